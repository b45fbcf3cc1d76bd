"""The balance bridge as a file: the days of the page, and in workbook and ZIP every change of a debited sum."""

from typing import Any

from flask import url_for

from dashboard.finance.balance import queries as balance
from dashboard.finance.balance.bridge import whole
from dashboard.finance.balance.page import Form
from dashboard.lib import periods
from dashboard.lib.formatting import exact
from dashboard.spreadsheets.tables import day, local, money, number, table_of, total_text, utc
from dashboard.web import downloads
from dashboard.web.downloads import Export
from dashboard.web.page import now, zone

DAYS = (
    day("day"), money("opening", lambda of: of.opening and of.opening.amount),
    utc("opening_read_at", lambda of: of.opening and of.opening.read_at), money("debited"), money("returned"),
    money("unexplained"), money("closing", lambda of: of.closing and of.closing.amount),
    utc("closing_read_at", lambda of: of.closing and of.closing.read_at), number("purchases"),
)  # fmt: skip

"""An empty cell where the balance was not read, and where the figure cannot be told without it."""

CHANGES = (
    number("buy_id"), utc("date"), local("date_local", "date"), utc("recorded_at"),
    local("recorded_at_local", "recorded_at"), money("change_of_balance_debited_sum", "amount"),
)  # fmt: skip

"""Below zero, something came back."""


def export(form: Form) -> Export:
    """Return the export that the page with the same parameters offers."""
    days = balance.find_bridge(list(periods.days_between(form.first, form.last)), zone())
    changes = balance.changes_recorded(*periods.day_bounds(form.first, form.last, zone()))
    total = whole(days)
    return Export(
        "Balance bridge: opening − debited + returned + unexplained = closing",
        f"balance-{form.first}-to-{form.last}",
        now(),
        [table_of("Days", DAYS, reversed(days)), table_of("Changes", CHANGES, changes)],
        [
            ("Period", f"{form.first} to {form.last}, both included"),
            ("Time zone of all days", zone().key),
            ("Rows", str(len(days))),
            ("Opening, USD", exact(total.opening.amount) if total.opening else "no reading"),
            ("Debited, sum in USD", total_text(total.debited)),
            ("Came back, sum in USD", total_text(total.returned)),
            ("Unexplained, USD", "no reading" if total.unexplained is None else exact(total.unexplained)),
            ("Closing, USD", exact(total.closing.amount) if total.closing else "no reading"),
        ],
        url_for("balance.bridge", _external=True, **_parameters(form)),
        {"Rows": len(days), "Debited": total_text(total.debited)},
    )


def _parameters(form: Form) -> dict[str, Any]:
    return {"from": form.first.isoformat(), "to": form.last.isoformat(), "tz": zone().key}


def links(form: Form) -> list[tuple[str, str, str]]:
    """Return (label, what it is, address) of the exports of a period."""
    of_workbook = "the days and every change of a debited sum"
    return downloads.links("balance_exports.export", "the days", of_workbook, **_parameters(form))
