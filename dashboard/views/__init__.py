"""What people see: one module for each kind of reader. Pages are rendered from the database through ``queries``."""

from flask import Flask

from dashboard.views import (
    account,
    balance,
    balance_exports,
    errors,
    finance,
    finance_exports,
    finance_history,
    lookup,
    page,
    purchase_exports,
    purchases,
    reconcile,
    security,
    system,
)

MODULES = (
    lookup, purchases, purchase_exports, finance, finance_exports, finance_history, balance, balance_exports,
    reconcile, account, system,
)  # fmt: skip


def register(app: Flask) -> None:
    """Add every page, filter and guard to the application."""
    for module in MODULES:
        app.register_blueprint(module.blueprint)
    page.register(app)
    security.register(app)
    errors.register(app)
