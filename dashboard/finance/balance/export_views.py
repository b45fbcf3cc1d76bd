"""The balance bridge as a file: the days of the page, and in workbook and ZIP every change of a debited sum."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request, url_for

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance.balance import page as balance_page
from dashboard.finance.balance import queries as balance
from dashboard.finance.balance.bridge import BridgeDay, whole
from dashboard.finance.balance.page import Form
from dashboard.lib import periods
from dashboard.lib.formatting import exact, iso_z
from dashboard.spreadsheets.tables import About, Column, Kind, Table, total_text
from dashboard.web import downloads
from dashboard.web.page import now, zone

blueprint = Blueprint("balance_exports", __name__)

DAYS = (
    Column("day", Kind.DAY, 12), Column("opening", Kind.MONEY, 16), Column("opening_read_at", Kind.UTC, 28),
    Column("debited", Kind.MONEY, 16), Column("returned", Kind.MONEY, 16), Column("unexplained", Kind.MONEY, 16),
    Column("closing", Kind.MONEY, 16), Column("closing_read_at", Kind.UTC, 28), Column("purchases", Kind.NUMBER, 10),
)  # fmt: skip
"""An empty cell where the balance was not read, and where that leaves nothing to reckon with."""

CHANGES = (
    Column("buy_id", Kind.NUMBER, 12), Column("date", Kind.UTC, 22), Column("date_local", Kind.LOCAL, 20),
    Column("recorded_at", Kind.UTC, 28), Column("recorded_at_local", Kind.LOCAL, 20),
    Column("change_of_balance_debited_sum", Kind.MONEY, 18),
)  # fmt: skip
"""Below zero, something came back."""


@blueprint.get("/finance/balance/export.<any(csv, xlsx, zip):extension>")
@requires(Role.FINANCE)
def export(extension: str) -> Response:
    """The bridge of the page with the same parameters. A period that cannot be used is answered with 400."""
    form = balance_page.read_form(request.args, periods.local_date(now(), zone()))
    if form.errors:
        abort(400, "Nothing was exported, because the period cannot be used. " + " ".join(form.errors.values()))
    return downloads.answered(lambda stack: _sent(extension, form, stack))


def _sent(extension: str, form: Form, stack: ExitStack) -> Response:
    days = balance.find_bridge(list(periods.days_between(form.first, form.last)), zone())
    changes = balance.changes_recorded(*periods.day_bounds(form.first, form.last, zone()))
    rows = [(one.buy_id, one.date, one.date, one.recorded_at, one.recorded_at, one.amount) for one in changes]
    tables = [Table("Days", DAYS, _rows(days)), Table("Changes", CHANGES, rows)]
    what = f"balance-{form.first}-to-{form.last}"
    return downloads.send(extension, tables, _about(form, days), what=what, as_of=now(), stack=stack)


def _rows(days: Sequence[BridgeDay]) -> Iterator[tuple[object, ...]]:
    for day in reversed(days):
        opening, closing = day.opening, day.closing
        yield (
            day.day, opening and opening.amount, opening and opening.read_at, day.debited, day.returned,
            day.unexplained, closing and closing.amount, closing and closing.read_at, day.purchases,
        )  # fmt: skip


def _about(form: Form, days: Sequence[BridgeDay]) -> About:
    total = whole(days)
    parameters = {"from": form.first.isoformat(), "to": form.last.isoformat(), "tz": zone().key}
    return [
        ("Export", "Balance bridge: opening − debited + returned + unexplained = closing"),
        ("From", parameters["from"]),
        ("To, included", parameters["to"]),
        ("Time zone of days and of columns named local", zone().key),
        ("As of", iso_z(now())),
        ("Rows", str(len(days))),
        ("Opening, USD", exact(total.opening.amount) if total.opening else "no reading"),
        ("Debited, sum in USD", total_text(total.debited)),
        ("Came back, sum in USD", total_text(total.returned)),
        ("Unexplained, USD", "no reading" if total.unexplained is None else exact(total.unexplained)),
        ("Closing, USD", exact(total.closing.amount) if total.closing else "no reading"),
        ("The same as a page", f"{url_for('balance.bridge', _external=True)}?{urlencode(parameters)}"),
    ]


def links(form: Form) -> list[tuple[str, str, str]]:
    """Return (label, what it is, address) of the exports of a period."""
    named = (
        ("CSV", "the days", "csv"), ("Excel", "the days and every change of a debited sum", "xlsx"),
        ("ZIP", "the same as CSV files", "zip"),
    )  # fmt: skip
    parameters = {"from": form.first.isoformat(), "to": form.last.isoformat(), "tz": zone().key}
    return [
        (label, what, f"{url_for('balance_exports.export', extension=extension)}?{urlencode(parameters)}")
        for label, what, extension in named
    ]
