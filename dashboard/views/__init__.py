"""What people see: one module for each kind of reader. Pages are rendered from the database through ``queries``."""

from flask import Flask

from dashboard.views import account, errors, lookup, page, purchases, security, system, webhooks


def register(app: Flask) -> None:
    """Add every page, filter and guard to the application."""
    for blueprint in (lookup.blueprint, purchases.blueprint, account.blueprint, system.blueprint, webhooks.blueprint):
        app.register_blueprint(blueprint)
    page.register(app)
    security.register(app)
    errors.register(app)
