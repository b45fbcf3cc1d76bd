"""What people see: one module for each kind of reader. Pages are rendered from the database through ``queries``."""

from flask import Flask

from dashboard.views import (
    account,
    errors,
    finance,
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
    for module in (lookup, purchases, purchase_exports, finance, ops, ops_work, account, system, webhooks):
        app.register_blueprint(module.blueprint)
    page.register(app)
    security.register(app)
    errors.register(app)
