"""The application factory: config -> extensions -> blueprints -> commands."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from dashboard import cli, database, logs, pushed_events, slow_statements, views
from dashboard.config import ROOT, load_settings
from dashboard.extensions import csrf, db, migrate
from dashboard.request_log import RequestLog

LARGEST_REQUEST = 1024 * 1024
"""In bytes. Five hundred pasted lines fit many times over."""


def create_app(environment: Mapping[str, str] | None = None) -> Flask:
    """Make the application from the environment, or from ``environment`` alone. Raises SettingsError."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_mapping(_flask_config(load_settings(environment)))
    logs.configure(app)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "dashboard" / "migrations"))
    csrf.init_app(app)
    database.prepare(app)
    slow_statements.prepare(app)
    pushed_events.prepare(app)
    views.register(app)
    cli.register(app)
    _wrap(app)
    return app


def _flask_config(settings: dict[str, Any]) -> dict[str, Any]:
    return {
        **settings,
        "SQLALCHEMY_DATABASE_URI": settings["DATABASE_URL"],
        "SQLALCHEMY_ENGINE_OPTIONS": database.engine_options(settings["DATABASE_URL"]),
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST,
        "SESSION_COOKIE_NAME": "dashboard_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # A page stays open all day; the token lives as long as the session it belongs to.
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _wrap(app: Flask) -> None:
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign] # Flask documents assigning wsgi_app as the way to add middleware.
        app.wsgi_app,
        root=app.static_folder,
        prefix="static/",
        max_age=31_536_000,
        immutable_file_test=lambda _path, url: True,
    )
    proxies = app.config["TRUSTED_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign] # As above.
    app.wsgi_app = RequestLog(app.wsgi_app, with_ids=app.config["LOG_STEAM_IDS"])  # type: ignore[method-assign] # As above.
