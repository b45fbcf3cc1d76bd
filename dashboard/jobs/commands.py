"""``flask scheduler``: the background jobs."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from dashboard.jobs import scheduler as jobs_scheduler
from dashboard.lib.process import end_process


@click.command("scheduler")
@with_appcontext
def scheduler() -> None:
    """Run the background jobs. Start as many as you like: one leads, the others stand by."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # The proxy's documented way out.
    jobs_scheduler.run(app)
    end_process(0)
