"""How the dashboard logs: lines to standard error, for the service manager to keep."""

import logging

from flask import Flask

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def configure(app: Flask) -> None:
    """Send the dashboard's log lines to standard error at the level of the settings."""
    logger = logging.getLogger("dashboard")
    logger.setLevel(app.config["LOG_LEVEL"])
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter(FORMAT))
        logger.addHandler(handler)
