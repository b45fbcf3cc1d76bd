"""How the dashboard logs: one line an event on standard error, for the service manager to keep.

On a terminal the lines are for reading, elsewhere each is a JSON object. Every line carries the ids of
``trace``; none carries a secret, and none a Steam ID unless LOG_STEAM_IDS allows it.
"""

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from dashboard.config import load_settings
from dashboard.lib import trace
from dashboard.observability.redaction import Redact, redactor

FIELDS = "fields"
"""``extra={"fields": {…}}``: what a line says beside its message, by name."""

LOGGERS = ("dashboard", "apscheduler")


class _Formatter(logging.Formatter):
    """What both forms share: every text is redacted last, tracebacks included."""

    def __init__(self, redact: Redact) -> None:
        super().__init__()
        self.redact = redact

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        """Return what stands beside the message, the ids first; texts are redacted."""
        given = {"request_id": trace.current(), "trace_id": trace.current_trace(), **getattr(record, FIELDS, {})}
        shown = {name: value for name, value in given.items() if value not in (None, "")}
        return {name: self.redact(value) if isinstance(value, str) else value for name, value in shown.items()}

    def traceback(self, record: logging.LogRecord) -> str:
        return self.redact(self.formatException(record.exc_info)) if record.exc_info else ""


class JsonFormatter(_Formatter):
    """A JSON object a line: time, level, logger, message, and the fields; a traceback is one of them."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.redact(record.getMessage()),
            **self.fields(record),
        }
        traceback = self.traceback(record)
        if traceback:
            line["traceback"] = traceback
        return json.dumps(line, ensure_ascii=False, default=str)


class TextFormatter(_Formatter):
    """A line for somebody at a terminal; only a traceback takes more than one."""

    def format(self, record: logging.LogRecord) -> str:
        message = self.redact(record.getMessage()).replace("\r", "\\r").replace("\n", "\\n")
        fields = "".join(f" {name}={value}" for name, value in self.fields(record).items())
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {message}{fields}"
        traceback = self.traceback(record)
        return f"{line}\n{traceback}" if traceback else line


def formatter(settings: Mapping[str, Any] | None = None) -> logging.Formatter:
    """Return the formatter that the settings ask for; without any they are read from the environment."""
    settings = load_settings() if settings is None else settings
    wanted = settings["LOG_FORMAT"]
    # There is none where whoever started us closed it.
    is_text = wanted == "text" or (wanted == "auto" and sys.stderr is not None and sys.stderr.isatty())
    redact = redactor(settings, with_steam_ids=settings["LOG_STEAM_IDS"])
    return TextFormatter(redact) if is_text else JsonFormatter(redact)


class _Handler(logging.StreamHandler[Any]):
    """Ours, so that a second application of the same process replaces it instead of adding another."""


def configure(app: Flask) -> None:
    """Send lines to standard error: those of the dashboard and its scheduler at the level of the settings.

    Warnings of libraries come out in the same form. Nobody else would take the secrets from them, such as the address
    in a warning about a webhook.
    """
    handler = _Handler()
    handler.setFormatter(formatter(app.config))
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    for name in LOGGERS:
        logging.getLogger(name).setLevel(app.config["LOG_LEVEL"])


def gunicorn_logging() -> dict[str, Any]:
    """Return gunicorn's ``logconfig_dict``: its own lines in the same form, at the same place."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": "dashboard.observability.logs.formatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "ours", "stream": "ext://sys.stderr"}},
        "root": {"level": "WARNING", "handlers": []},
        "loggers": {
            "gunicorn.error": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
            # The application itself writes the line of a request, since it knows the user and what must not be said.
            "gunicorn.access": {"level": "ERROR", "handlers": [], "propagate": False},
        },
    }
