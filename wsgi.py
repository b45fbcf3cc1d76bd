"""What gunicorn and the flask command start: ``gunicorn wsgi:app``, ``flask --app wsgi …``."""

import sys

from dashboard.factory import create_app
from dashboard.config import SettingsError

try:
    app = create_app()
except SettingsError as error:
    sys.exit(f"The dashboard cannot start: {error}")
