"""What gunicorn and the flask command start: ``gunicorn wsgi:app``, ``flask --app wsgi …``."""

import sys

from dashboard.config import SettingsError
from dashboard.factory import create_app

try:
    app = create_app()
except SettingsError as error:
    sys.exit(f"The dashboard cannot start: {error}")
