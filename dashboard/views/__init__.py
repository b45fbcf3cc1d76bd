"""What people see: one module for each kind of reader. Pages are rendered from the database through ``queries``."""

from flask import Flask

from dashboard.views import (
    account,
    alerts,
    errors,
    finance,
    health,
    lookup,
    ops,
    ops_work,
    page,
    purchase_exports,
    purchases,
    security,
    system,
    webhooks,
)


def register(app: Flask) -> None:
    """Add every page, filter and guard to the application."""
    pages = (lookup, purchases, purchase_exports, finance, ops, ops_work, alerts, health, account)
    for module in (*pages, system, webhooks):
        app.register_blueprint(module.blueprint)
    page.register(app)
    security.register(app)
    errors.register(app)
