"""What people see: one module for each kind of reader. Pages are rendered from the database through ``queries``."""

from flask import Flask

from dashboard.views import (
    account,
    balance,
    errors,
    finance,
    lookup,
    page,
    purchase_exports,
    purchases,
    reconcile,
    security,
    system,
)


def register(app: Flask) -> None:
    """Add every page, filter and guard to the application."""
    for module in (lookup, purchases, purchase_exports, finance, balance, reconcile, account, system):
        app.register_blueprint(module.blueprint)
    page.register(app)
    security.register(app)
    errors.register(app)
