"""What people see: one module for each kind of reader. Pages are rendered from the database through ``queries``."""

from flask import Flask

from dashboard.views import account, alerts, errors, health, lookup, ops, page, purchases, security, system, webhooks


def register(app: Flask) -> None:
    """Add every page, filter and guard to the application."""
    for reader in (lookup, purchases, ops, alerts, health, account, system, webhooks):
        app.register_blueprint(reader.blueprint)
    page.register(app)
    security.register(app)
    errors.register(app)
