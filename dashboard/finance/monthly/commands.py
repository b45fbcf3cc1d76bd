"""``flask reports``: the monthly report by mail."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from dashboard.finance.monthly.sending import send_due_reports

reports = AppGroup("reports", help="The monthly report by mail.")


@reports.command("send")
def send_reports() -> None:
    """Send every monthly report that is due; the background jobs do so by themselves."""
    if not current_app.config["REPORT_RECIPIENTS"]:
        raise click.ClickException("REPORT_RECIPIENTS is not set, so there is nobody to send a report to.")
    done = send_due_reports(datetime.now(UTC))
    click.echo(str(done))
    if done.problems:
        raise click.ClickException("Not everything could be sent; it is tried again later.")
