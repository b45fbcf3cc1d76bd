"""The commands of ``flask --app wsgi``: those of all rooms, gathered."""

from flask import Flask

from dashboard.accounts.commands import users
from dashboard.finance.findings.commands import check_purchases
from dashboard.finance.monthly.commands import reports
from dashboard.jobs.commands import scheduler
from dashboard.simulator.commands import simulator
from dashboard.sync.commands import purchases
from dashboard.totals.commands import recount_totals


def register(app: Flask) -> None:
    purchases.add_command(check_purchases)
    purchases.add_command(recount_totals)
    for command in (users, purchases, reports, scheduler, simulator):
        app.cli.add_command(command)
