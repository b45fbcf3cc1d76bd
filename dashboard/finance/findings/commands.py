"""``flask purchases check``."""

import click
from flask import current_app
from flask.cli import with_appcontext

from dashboard.finance.findings import store as findings


@click.command("check")
@with_appcontext
def check_purchases() -> None:
    """Look for what looks wrong about purchases that changed; the background jobs do so by themselves."""
    click.echo(str(findings.check(current_app.config["FINANCE_PRICE_TOLERANCE"])))
