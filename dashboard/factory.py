"""The application factory: config -> extensions -> blueprints -> commands."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from dashboard import cli
from dashboard.accounts import guards
from dashboard.accounts import store as accounts_store
from dashboard.accounts import views as accounts
from dashboard.alerts import jobs as alert_jobs
from dashboard.alerts import runbook_views
from dashboard.alerts import views as alerts
from dashboard.config import ROOT, load_settings
from dashboard.db import database
from dashboard.db.extensions import csrf, db, migrate
from dashboard.finance import tabs as finance_tabs
from dashboard.finance.balance import views as balance
from dashboard.finance.changes import views as changes
from dashboard.finance.closed import views as closed
from dashboard.finance.debited import views as debited
from dashboard.finance.findings import jobs as finding_jobs
from dashboard.finance.findings import views as findings
from dashboard.finance.monthly import jobs as report_jobs
from dashboard.finance.reconcile import upload_store as kept_uploads
from dashboard.finance.reconcile import views as reconcile
from dashboard.jobs import run_store as runs
from dashboard.jobs.plan import Plan
from dashboard.observability import logs
from dashboard.observability import views as observability
from dashboard.observability.request_log import RequestLog
from dashboard.ops import views as ops
from dashboard.purchases import views as purchases
from dashboard.purchases.identify import MOST_IDS
from dashboard.support import views as support
from dashboard.sync import jobs as sync_jobs
from dashboard.sync import pushed_events, webhook_views
from dashboard.sync import state_store as skinsback_state
from dashboard.sync.frame import frame_of
from dashboard.web import errors, page

PAGES = (
    support, purchases, ops, alerts, runbook_views, debited, changes, findings, closed, balance, reconcile, accounts,
    observability, webhook_views,
)  # fmt: skip

PLAN = Plan(
    (
        *sync_jobs.JOBS,
        *alert_jobs.JOBS,
        *report_jobs.JOBS,
        *finding_jobs.JOBS,
        runs.tidy_job((runs.drop_old, accounts_store.drop_old, skinsback_state.drop_old, kept_uploads.drop_old)),
    ),
    before_leading=sync_jobs.prepare_to_lead,
    beside=sync_jobs.follow_events,
)
"""What the background jobs do: the jobs of every room."""

LARGEST_REQUEST = 1024 * 1024
"""In bytes. Five hundred pasted lines fit many times over."""


def create_app(environment: Mapping[str, str] | None = None) -> Flask:
    """Make the application from the environment, or from ``environment`` alone. Raises SettingsError."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_mapping(_flask_config(load_settings(environment)))
    logs.configure(app)
    db.init_app(app)
    migrate.init_app(app, db)
    database.prepare(app)
    app.extensions["pushed_events"] = pushed_events.Inbox(app)
    page.register(app, frame_of)
    for module in PAGES:
        app.register_blueprint(module.blueprint)
    app.add_template_global(finance_tabs.tabs, "finance_tabs")
    app.jinja_env.globals["most_ids"] = MOST_IDS
    guards.register(app)
    # After the guards: who is signed out is led to the sign-in, whatever token a form still carries.
    csrf.init_app(app)
    errors.register(app)
    cli.register(app)
    app.extensions["jobs"] = PLAN
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
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign] # Middleware, as Flask documents it.
    app.wsgi_app = RequestLog(app.wsgi_app, with_ids=app.config["LOG_STEAM_IDS"])  # type: ignore[method-assign] # Middleware, as Flask documents it.
