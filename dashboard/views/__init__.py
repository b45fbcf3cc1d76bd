"""What people see: one module for each kind of reader. Pages are rendered from the database through ``queries``."""

from flask import Flask

from dashboard.views import (
    account,
    alerts,
    balance,
    balance_exports,
    closed_exports,
    closing,
    errors,
    finance,
    finance_exports,
    finance_history,
    finding_exports,
    findings,
    health,
    history_exports,
    lookup,
    ops,
    ops_work,
    page,
    purchase_exports,
    purchases,
    reconcile,
    security,
    system,
    webhooks,
)

PAGES = (
    lookup, purchases, purchase_exports, ops, ops_work, alerts, health, finance, finance_exports, finance_history,
    history_exports, findings, finding_exports, closing, closed_exports, balance, balance_exports, reconcile, account,
    system, webhooks,
)  # fmt: skip


def register(app: Flask) -> None:
    """Add every page, filter and guard to the application."""
    for module in PAGES:
        app.register_blueprint(module.blueprint)
    page.register(app)
    security.register(app)
    errors.register(app)
