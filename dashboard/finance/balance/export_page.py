"""The balance bridge as a file: the days of the page, and in workbook and ZIP every change of a debited sum."""

from flask import url_for

from dashboard.finance.balance import queries as balance
from dashboard.finance.balance.bridge import whole
from dashboard.finance.balance.page import parameters_of
from dashboard.lib.formatting import exact
from dashboard.lib.periods import Period, days_between
from dashboard.spreadsheets.tables import day, local, money, number, table_of, total_text, utc
from dashboard.web.downloads import Export
from dashboard.web.page import now

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


def export(period: Period) -> Export:
    """Return the export that the page with the same parameters offers."""
    days = balance.find_bridge(list(days_between(period.first, period.last)), period.zone)
    changes = balance.changes_recorded(period.interval)
    total = whole(days)
    return Export(
        "Balance bridge: opening − debited + returned + unexplained = closing",
        f"balance-{period.first}-to-{period.last}",
        now(),
        [table_of("Days", DAYS, reversed(days)), table_of("Changes", CHANGES, changes)],
        [
            ("Period", f"{period.first} to {period.last}, both included"),
            ("Time zone of all days", period.zone.key),
            ("Rows", str(len(days))),
            ("Opening, USD", exact(total.opening.amount) if total.opening else "no reading"),
            ("Debited, sum in USD", total_text(total.debited)),
            ("Came back, sum in USD", total_text(total.returned)),
            ("Unexplained, USD", "no reading" if total.unexplained is None else exact(total.unexplained)),
            ("Closing, USD", exact(total.closing.amount) if total.closing else "no reading"),
        ],
        url_for("balance.bridge", _external=True, **parameters_of(period)),
        {"Rows": len(days), "Debited": total_text(total.debited)},
    )
