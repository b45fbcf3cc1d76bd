FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 HOST=0.0.0.0
WORKDIR /app

COPY requirements.txt .
RUN pip install --disable-pip-version-check --require-hashes -r requirements.txt

COPY . .
RUN useradd --system --home /app dashboard && mkdir -p instance && chown dashboard instance
USER dashboard

EXPOSE 8000
# One image, two services: the pages (this command) and the background jobs (`flask --app wsgi scheduler`).
CMD ["gunicorn", "wsgi:app"]
HEALTHCHECK --interval=30s --timeout=5s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
