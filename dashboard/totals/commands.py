"""``flask purchases recount``."""

import click
from flask.cli import with_appcontext

from dashboard.totals import store as totals_store


@click.command("recount")
@with_appcontext
def recount_totals() -> None:
    """Count the totals by period again from the purchases, and say whether any was wrong."""
    differences = totals_store.recount()
    if not any(differences.values()):
        click.echo("Every total was right.")
        return
    for table, rows in differences.items():
        click.echo(f"{table}: {rows} rows differed and are right now.")
    raise click.ClickException("Totals differed from the purchases. They are right now; please report it.")
