"""``flask purchases``: fill the local copy and bring it up to date."""

import os
import sys
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from dashboard.lib import periods
from dashboard.lib.process import end_process
from dashboard.sync import import_run, load_file
from dashboard.sync.due import refresh_due
from dashboard.sync.limits import BatchSize

_NOT_READABLE = "of SkinsBack's objects could not be read and are not stored; /ops/health shows the newest."

purchases = AppGroup("purchases", help="The local copy of the purchases.")


@purchases.command("refresh")
def refresh_purchases() -> None:
    """Ask SkinsBack for everything that is due, once."""
    try:
        done = refresh_due(BatchSize(current_app.config["SKINSBACK_BATCH_SIZE"]))
    except KeyboardInterrupt:
        click.echo("Stopped; start it again to continue from here.", err=True)
        end_process(1)
    click.echo(str(done))
    if done.problem:
        raise click.ClickException(done.problem)
    if done.rejected:
        raise click.ClickException(f"{done.rejected} {_NOT_READABLE}")


@purchases.command("import")
@click.option("--since", required=True, help="The first day, such as 2026-01-31, in the zone of TIMEZONE.")
@click.option("--until", help="The last day; today when left out.")
def import_purchases(since: str, until: str | None) -> None:
    """Fetch the history from SkinsBack. Can be stopped and started again: it goes on where it was."""
    zone = periods.zone_by_name(current_app.config["TIMEZONE"])
    try:
        start = periods.day_start(periods.parse_date(since), zone)
        end = datetime.now(UTC)
        if until:
            last = periods.parse_date(until)
            end = periods.day_bounds(last, last, zone).until
    except (ValueError, OverflowError) as error:
        raise click.ClickException(str(error)) from None
    if start >= end:
        raise click.ClickException("The period is empty: --since must lie before --until and before now.")
    done = import_run.import_period(start, end, on_page=lambda so_far: click.echo(str(so_far), err=True))
    if done.problem:
        raise click.ClickException(f"{done.problem} Start the same command again to go on.")
    click.echo(f"Complete: {done}")
    if done.rejected:
        raise click.ClickException(f"{done.rejected} {_NOT_READABLE}")


@purchases.command("load")
@click.argument("file")
def load_purchases(file: str) -> None:
    """Store purchases from FILE: an object of the API a line, an array of them, or an answer as it was saved.

    -: standard input. Packed by gzip, and in UTF-16, too. Fails unless everything in FILE is stored.
    """
    name = "standard input" if file == "-" else file
    try:
        with load_file.opened(file) as text:
            loaded = load_file.load(text, lambda so_far: _say(f"\r{so_far}", err=True, nl=False))
    except (OSError, EOFError, zlib.error) as error:
        raise click.ClickException(f"{name} cannot be read: {error}") from None
    _say("", err=True)
    for sentence in loaded.rejections:
        _say(sentence, err=True)
    if more := loaded.rejected - len(loaded.rejections):
        _say(f"{more} more were rejected; /ops/health shows the newest.", err=True)
    _say(str(loaded))
    if loaded.what_is_lost:
        raise click.ClickException(f"{name} {loaded.what_is_lost}.")


def _say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Write a line if there is where to: the status of the command is about what is stored."""
    try:
        click.echo(text, err=err, nl=nl)
    except OSError as error:
        # Python would try once more at the end, and that alone would change the status.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), (sys.stderr if err else sys.stdout).fileno())
        if not err:
            _say(f"The result cannot be written: {error.strerror}", err=True)
