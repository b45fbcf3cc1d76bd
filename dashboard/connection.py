"""The SkinsBack clients of this process, made from the settings."""

from zoneinfo import ZoneInfo

from flask import current_app

from dashboard.skinsback.client import INTERACTIVE, SkinsBackClient


def is_connected() -> bool:
    """Say whether credentials are set."""
    return bool(current_app.config["SKINSBACK_CLIENT_ID"])


def client_for_people() -> SkinsBackClient:
    """Return the client for questions that somebody is waiting for."""
    config = current_app.config
    return SkinsBackClient(
        config["SKINSBACK_API_URL"],
        config["SKINSBACK_CLIENT_ID"],
        config["SKINSBACK_CLIENT_SECRET"],
        auth=config["SKINSBACK_AUTH"],
        patience=INTERACTIVE,
        naive_zone=ZoneInfo(config["SKINSBACK_TIMEZONE"]),
    )
