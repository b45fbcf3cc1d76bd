"""The commands of ``flask --app wsgi``."""

import logging
import os
import zlib
from datetime import UTC, datetime
from typing import NoReturn

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from dashboard import simulator as skinsback_simulator
from dashboard.accounts import store as accounts
from dashboard.finance.findings import store as findings
from dashboard.finance.monthly.sending import send_due_reports
from dashboard.jobs import scheduler as jobs_scheduler
from dashboard.lib import periods
from dashboard.sync import import_run as history_import
from dashboard.sync import load_file
from dashboard.sync.batch_size import BatchSize
from dashboard.sync.due import refresh_due
from dashboard.totals import store as totals_store

users = AppGroup("users", help="The people who may sign in.")
purchases = AppGroup("purchases", help="The local copy of the purchases.")
reports = AppGroup("reports", help="The monthly report by mail.")


def register(app: Flask) -> None:
    """Add the commands to the application."""
    app.cli.add_command(users)
    app.cli.add_command(purchases)
    app.cli.add_command(reports)
    app.cli.add_command(scheduler)
    app.cli.add_command(simulator)


@users.command("create")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in accounts.Role]), required=True)
@click.password_option(help="Asked for at a prompt when left out.")
def create_user(email: str, role: str, password: str) -> None:
    """Make a user who may sign in with EMAIL."""
    try:
        accounts.create_user(email, password, role)
    except accounts.AccountError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{accounts.normal_email(email)} may now sign in ({role}).")


@users.command("password")
@click.argument("email")
@click.password_option(help="Asked for at a prompt when left out.")
def set_password(email: str, password: str) -> None:
    """Give the user EMAIL a new password and sign all their browsers out."""
    try:
        accounts.set_password(email, password)
    except accounts.AccountError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{accounts.normal_email(email)} has a new password; every session has ended.")


@purchases.command("refresh")
def refresh_purchases() -> None:
    """Ask SkinsBack for everything that is due, once."""
    try:
        done = refresh_due(BatchSize(current_app.config["SKINSBACK_BATCH_SIZE"]))
    except KeyboardInterrupt:
        click.echo("Stopped; starting it again goes on where this ended.", err=True)
        _end_process(1)
    click.echo(str(done))
    if done.problem:
        raise click.ClickException(done.problem)


@purchases.command("import")
@click.option("--since", required=True, help="The first day, such as 2026-01-31, in the zone of TIMEZONE.")
@click.option("--until", help="The last day; today when left out.")
def import_purchases(since: str, until: str | None) -> None:
    """Fetch the history from SkinsBack. Can be stopped and started again: it goes on where it was."""
    zone = periods.zone_by_name(current_app.config["TIMEZONE"])
    try:
        start = periods.day_start(periods.parse_date(since), zone)
        end = periods.day_bounds(day := periods.parse_date(until), day, zone)[1] if until else datetime.now(UTC)
    except (ValueError, OverflowError) as error:
        raise click.ClickException(str(error)) from None
    if start >= end:
        raise click.ClickException("The period is empty: --since must lie before --until and before now.")
    done = history_import.import_period(start, end, on_page=lambda so_far: click.echo(str(so_far), err=True))
    if done.problem:
        raise click.ClickException(f"{done.problem} Start the same command again to go on.")
    click.echo(f"Complete: {done}")


@purchases.command("load")
@click.argument("file")
def load_purchases(file: str) -> None:
    """Store purchases from FILE, one JSON object a line (-: standard input; .gz too)."""
    try:
        with load_file.opened(file) as lines:
            loaded = load_file.load_lines(lines, lambda so_far: click.echo(f"\r{so_far}", err=True, nl=False))
    except (OSError, EOFError, zlib.error) as error:
        raise click.ClickException(f"{file} cannot be read: {error}") from None
    click.echo("", err=True)
    click.echo(str(loaded))


@purchases.command("check")
def check_purchases() -> None:
    """Look for what looks wrong about purchases that changed; the background jobs do so by themselves."""
    click.echo(str(findings.check(current_app.config["FINANCE_PRICE_TOLERANCE"])))


@purchases.command("recount")
def recount_totals() -> None:
    """Make the totals by period anew from the purchases, and say whether any was wrong."""
    recounted = totals_store.recount()
    if recounted.is_right:
        click.echo("Every total was right.")
        return
    for table, rows in recounted.differences.items():
        click.echo(f"{table}: {rows} rows differed and are right now.")
    raise click.ClickException("Totals differed from the purchases. They are right now; please report it.")


@reports.command("send")
def send_reports() -> None:
    """Send every monthly report that is due; the background jobs do so by themselves."""
    if not current_app.config["REPORT_RECIPIENTS"]:
        raise click.ClickException("REPORT_RECIPIENTS is not set, so there is nobody to send a report to.")
    done = send_due_reports(datetime.now(UTC))
    click.echo(str(done))
    if done.problems:
        raise click.ClickException("Not everything could be sent; it is tried again later.")


@click.command("scheduler")
def scheduler() -> None:
    """Run the background jobs. Start as many as you like: one leads, the others stand by."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # The proxy's documented way out.
    jobs_scheduler.run(app)
    _end_process(0)


def _end_process(status: int) -> NoReturn:
    # The interpreter would wait for the threads of pools, and those for SkinsBack's answers.
    logging.shutdown()
    os._exit(status)


@click.command("simulator")
@click.option("--port", type=click.IntRange(1, 65534), required=True, help="Its websocket takes the next port.")
@click.option("--purchases", "purchase_count", type=click.IntRange(0), default=2000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--speed", type=click.FloatRange(min=0, min_open=True), default=1.0, show_default=True)
def simulator(port: int, purchase_count: int, seed: int, speed: float) -> None:
    """Run only the simulated SkinsBack."""
    skinsback_simulator.run(port, purchases=purchase_count, seed=seed, speed=speed)
