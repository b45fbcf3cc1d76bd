"""Every setting of the dashboard, in one table: name, type, default, help.

A value is read from the environment, then from a ``.env`` file in the directory the process was started in. A wrong
value is refused with one line that names its variable; the value itself is not repeated where it may be a secret.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from multiprocessing import cpu_count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent

API_REQUESTS_PER_MINUTE = 500
"""SkinsBack's own limit for a project (API page "General Information")."""

SHORTEST_PASSWORD = 10
"""In characters."""

MAKE_A_KEY = "make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"


class SettingsError(Exception):
    """A setting is missing or wrong. The message is one line and names the variable."""


def _secret_key(value: str) -> str:
    if len(value) < 16:
        raise ValueError(f"must have at least 16 characters; {MAKE_A_KEY}")
    return value


def _database_url(value: str) -> str:
    try:
        url = make_url(value)
    except ArgumentError:
        raise ValueError(
            "is not a database URL; examples: sqlite:////var/lib/dashboard.sqlite, postgresql+psycopg://user:password@host/name"
        ) from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        if url.database in (None, "", ":memory:"):
            raise ValueError("names an SQLite database in memory, which several processes cannot share; name a file")
        return value
    raise ValueError(f"names the database {url.drivername!r}; supported are SQLite and PostgreSQL")


def _http_url(value: str, schemes: tuple[str, str] = ("http", "https")) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(f"must be an address that begins with {schemes[0]}:// or {schemes[1]}://")
    return value


def _websocket_url(value: str) -> str:
    return _http_url(value, ("ws", "wss")) if value else ""


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):
        raise ValueError("must be an IANA time zone name such as UTC or Europe/Berlin") from None
    return value


def _address(value: str) -> str:
    # Plain addresses only: what stands here goes into headers and to a server that may know nothing but ASCII.
    if not re.fullmatch(r"[!-~]+@[!-~]+", value) or re.search(r"[\s,;<>]|@.*@", value) or len(value) > 254:
        raise ValueError("must be an e-mail address such as finance@shop.example")
    return value


def _addresses(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_address(one) for one in re.split(r"[\s,;]+", value) if one))


def _host(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._:-]+", value):
        raise ValueError("must be a host name or an IP address, without a scheme and without a port")
    return value


def _pagerduty_key(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]{32}", value):
        raise ValueError("must be the integration key of PagerDuty's Events API v2, 32 letters and digits")
    return value


def _choice(*allowed: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"must be one of: {', '.join(allowed)}")
        return value

    return check


def _optional(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda value: check(value) if value else ""


def _whole_number(at_least: int, at_most: int) -> Callable[[str], int]:
    def check(value: str) -> int:
        if not (value.isascii() and value.isdigit()) or len(value) > 12 or not at_least <= int(value) <= at_most:
            raise ValueError(f"must be a whole number from {at_least} to {at_most}")
        return int(value)

    return check


def _percent(value: str) -> Decimal:
    try:
        share = Decimal(value.removesuffix("%").strip()) / 100
    except InvalidOperation:
        share = Decimal(-1)
    if not (share.is_finite() and 0 <= share <= 1):
        raise ValueError("must be a percentage from 0 to 100, such as 1 or 0.5")
    return share


def _switch(value: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if value.lower() not in words:
        raise ValueError("must be on or off")
    return words[value.lower()]


@dataclass(frozen=True)
class Setting:
    """One line of the table. ``check`` turns the text into the value or raises ValueError with the rest of a sentence."""

    name: str
    check: Callable[[str], Any]
    default: str | None
    help: str
    is_secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("DATABASE_URL", _database_url, f"sqlite:///{ROOT / 'instance' / 'dashboard.sqlite'}", "any SQLAlchemy URL of SQLite or PostgreSQL", is_secret=True),
    Setting("SECRET_KEY", _secret_key, None, f"signs sessions; required; {MAKE_A_KEY}", is_secret=True),
    Setting("SKINSBACK_API_URL", _http_url, "https://skinsback.com/api.php", "the API's endpoint"),
    Setting("SKINSBACK_CLIENT_ID", str, "", "Client ID from the merchant panel; without it the dashboard is not connected"),
    Setting("SKINSBACK_CLIENT_SECRET", str, "", "Client Secret from the merchant panel", is_secret=True),
    Setting("SKINSBACK_AUTH", _choice("headers", "signature"), "headers", "how requests are authenticated"),
    Setting("SKINSBACK_REQUESTS_PER_MINUTE", _whole_number(1, API_REQUESTS_PER_MINUTE), "450", "ceiling for all processes together; the API's own limit is 500"),
    Setting("SKINSBACK_BATCH_SIZE", _whole_number(1, 1000), "100", "ids in one market_getinfo call"),
    Setting("SKINSBACK_WEBSOCKET_URL", _websocket_url, "wss://skinsback.com/ws/", "pushed events; empty turns it off"),
    Setting("SKINSBACK_TIMEZONE", _zone, "UTC", "zone of times that SkinsBack sends without one"),
    Setting("TIMEZONE", _zone, "UTC", "IANA name, default zone of pages and reports"),
    Setting("FINANCE_PRICE_TOLERANCE", _percent, "1", "by how many percent of the price the debited sum may differ before finance is told"),
    Setting("ADMIN_EMAIL", str, "", "makes the first administrator at start when there are no users"),
    Setting("ADMIN_PASSWORD", str, "", "the first administrator's password", is_secret=True),
    Setting("SMTP_HOST", _optional(_host), "", "the mail server; empty sends no mail"),
    Setting("SMTP_PORT", _whole_number(1, 65535), "587", "its port"),
    Setting("SMTP_SECURITY", _choice("none", "starttls", "tls"), "starttls", "none, starttls (port 587) or tls (port 465)"),
    Setting("SMTP_USER", str, "", "the user name at the mail server; empty: no sign-in"),
    Setting("SMTP_PASSWORD", str, "", "the password of SMTP_USER", is_secret=True),
    Setting("MAIL_FROM", _optional(_address), "", "the sender of the dashboard's mail"),
    Setting("REPORT_RECIPIENTS", _addresses, "", "who gets the monthly report, addresses separated by commas; empty sends none"),
    Setting("ALERT_WEBHOOK_URL", _optional(_http_url), "", "a Slack-compatible webhook for alerts; empty: none", is_secret=True),
    Setting("ALERT_PAGERDUTY_KEY", _optional(_pagerduty_key), "", "the integration key of a PagerDuty service (Events API v2) for alerts; empty: none", is_secret=True),
    Setting("ALERT_PAGERDUTY_URL", _http_url, "https://events.pagerduty.com/v2/enqueue", "where PagerDuty takes events; EU accounts: https://events.eu.pagerduty.com/v2/enqueue"),
    Setting("ALERTMANAGER_URL", _optional(lambda value: _http_url(value).rstrip("/")), "", "an Alertmanager of Prometheus for alerts; empty: none", is_secret=True),
    Setting("ALERT_RECIPIENTS", _addresses, "", "who gets alerts by mail, addresses separated by commas; empty sends none"),
    Setting("ALERT_ESCALATION_RECIPIENTS", _addresses, "", "who gets alerts by mail that nobody has acknowledged; empty sends none"),
    Setting("ALERT_ESCALATE_AFTER_MINUTES", _whole_number(1, 1440), "15", "how long an alert may stay unacknowledged before they are told"),
    Setting("DASHBOARD_URL", _optional(lambda value: _http_url(value).rstrip("/")), "", "where people open the dashboard, for links in messages"),
    Setting("HOST", _host, "127.0.0.1", "the address that the pages listen at"),
    Setting("PORT", _whole_number(1, 65535), "8000", "its port"),
    Setting("WEB_CONCURRENCY", _whole_number(1, 64), str(min(4, cpu_count() + 1)), "processes that serve pages"),
    Setting("SESSION_COOKIE_SECURE", _switch, "off", "on: the sign-in cookie travels over HTTPS only, always; off: whenever the page itself came over HTTPS"),
    Setting("TRUSTED_PROXIES", _whole_number(0, 5), "0", "how many reverse proxies in front are trusted to tell the client's address and scheme"),
    Setting("LOG_LEVEL", _choice("DEBUG", "INFO", "WARNING", "ERROR"), "INFO", "the least severe line that is logged"),
    Setting("LOG_FORMAT", _choice("auto", "json", "text"), "auto", "how lines are written; auto: text on a terminal, JSON elsewhere"),
    Setting("LOG_STEAM_IDS", _switch, "off", "on: log lines may hold Steam IDs and what people looked up"),
)  # fmt: skip


def load_settings(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return every setting's checked value by name.

    ``environment`` replaces the process's environment and the ``.env`` file together. Raises SettingsError.
    """
    if environment is None:
        file_values = {name: value for name, value in dotenv_values(".env").items() if value is not None}
        environment = {**file_values, **os.environ}
    values = {setting.name: _read(setting, environment) for setting in SETTINGS}
    _check_together(values)
    return values


def _read(setting: Setting, environment: Mapping[str, str]) -> Any:
    text = environment.get(setting.name, "").strip()
    # An empty websocket address is a value of its own: it turns pushed events off.
    is_given = bool(text) or (setting.check is _websocket_url and setting.name in environment)
    if not is_given:
        if setting.default is None:
            raise SettingsError(f"{setting.name} is not set: {setting.help}")
        text = setting.default
    try:
        return setting.check(text)
    except ValueError as error:
        raise SettingsError(f"{setting.name} {error}") from None


_PAIRS = (
    ("SKINSBACK_CLIENT_ID", "SKINSBACK_CLIENT_SECRET"),
    ("ADMIN_EMAIL", "ADMIN_PASSWORD"),
    ("SMTP_HOST", "MAIL_FROM"),
    ("SMTP_USER", "SMTP_PASSWORD"),
)
"""Settings that are of no use without each other."""


def _check_together(values: Mapping[str, Any]) -> None:
    for one, other in _PAIRS:
        if bool(values[one]) != bool(values[other]):
            missing, present = (other, one) if values[one] else (one, other)
            raise SettingsError(f"{missing} is not set although {present} is: set both or neither")
    if values["ADMIN_PASSWORD"] and len(values["ADMIN_PASSWORD"]) < SHORTEST_PASSWORD:
        raise SettingsError(f"ADMIN_PASSWORD must have at least {SHORTEST_PASSWORD} characters")
    if values["SMTP_USER"] and values["SMTP_SECURITY"] == "none":
        raise SettingsError(
            "SMTP_SECURITY must be starttls or tls when SMTP_USER is set: a password must not travel open"
        )
    for name in ("ALERT_RECIPIENTS", "ALERT_ESCALATION_RECIPIENTS", "REPORT_RECIPIENTS"):
        if values[name] and not values["SMTP_HOST"]:
            raise SettingsError(f"SMTP_HOST is not set although {name} is: without it nothing can be mailed")
