"""What gunicorn and the flask command start: ``gunicorn wsgi:app``, ``flask --app wsgi …``."""

import sys
from types import TracebackType

from dashboard.config import SettingsError
from dashboard.db.unusable import why_unusable
from dashboard.factory import create_app

try:
    app = create_app()
except SettingsError as error:
    sys.exit(f"The dashboard cannot start: {error}")


def _tell(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """Tell what ended a command, whichever it was; a traceback is for mistakes of ours."""
    line = why_unusable(error, app.config["DATABASE_URL"])
    if line is None:
        sys.__excepthook__(kind, error, where)
    else:
        sys.stderr.write(f"Error: {line}\n")


sys.excepthook = _tell
