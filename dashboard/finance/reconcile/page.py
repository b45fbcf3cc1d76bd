"""A comparison as its page and its files show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import request, url_for

from dashboard.finance.reconcile import queries as reconciliations
from dashboard.finance.reconcile.matching import ListSums, Outcome
from dashboard.finance.reconcile.queries import Stored
from dashboard.finance.reconcile.store import Period
from dashboard.lib import periods
from dashboard.purchases import statuses
from dashboard.purchases.finality import Settlement
from dashboard.purchases.statuses import Badge
from dashboard.spreadsheets.tables import Table, local, money, number, table_of, text, total_text, utc
from dashboard.spreadsheets.uploads import FileProblem
from dashboard.web import downloads
from dashboard.web.downloads import Export

LABELS = {
    Outcome.AGREED: "Agreed",
    Outcome.DIFFERS: "Amount differs",
    Outcome.ONLY_US: "Only with us",
    Outcome.ONLY_THEM: "Only in the file",
    Outcome.REPEATED: "Repeated in the file",
}
MEANINGS = {
    Outcome.AGREED: "in both, with the same amount",
    Outcome.DIFFERS: "in both, with another amount",
    Outcome.ONLY_US: "purchases of the period that the file does not name",
    Outcome.ONLY_THEM: "rows whose purchase is not known here",
    Outcome.REPEATED: "rows whose purchase an earlier row names already; compared with nothing",
}


@dataclass(frozen=True)
class ListLink:
    """A list of a comparison: what it is, its sums, where it is shown, and whether it is shown now."""

    outcome: Outcome
    label: str
    meaning: str
    sums: ListSums
    url: str
    is_shown: bool


@dataclass(frozen=True)
class Line:
    """A row of a list."""

    row: Any
    badge: Badge | None
    difference: Decimal | None


def read_period(first: str, last: str, zone: ZoneInfo) -> Period | None:
    """Return the period of two dates, both included, or None when neither is given. Raises FileProblem."""
    first, last = first.strip(), last.strip()
    if not first and not last:
        return None
    if not first or not last:
        raise FileProblem("Give both dates of the period, or neither: then it spans the purchases that the file names.")
    try:
        return Period(*periods.day_bounds(periods.parse_date(first), periods.parse_date(last), zone))
    except (ValueError, OverflowError) as error:
        raise FileProblem(str(error)) from None


def chosen_list(stored: Stored, name: str | None) -> Outcome | None:
    """Return the list that is asked for; without a name the first one that needs a look. None for no list of ours."""
    if name is None:
        needing_a_look = (Outcome.DIFFERS, Outcome.ONLY_THEM, Outcome.ONLY_US, Outcome.REPEATED)
        return next((outcome for outcome in needing_a_look if stored.sums[outcome].count), Outcome.AGREED)
    return Outcome(name) if name in set(Outcome) else None


def context(stored: Stored, chosen: Outcome, after: str) -> dict[str, Any]:
    """Return what the page of a comparison shows."""
    place = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
    rows, following = reconciliations.page_of_rows(stored.id, chosen, after=place)
    return {
        "stored": stored,
        "period_text": _period_text(stored),
        "lists": [_link(stored, outcome, chosen) for outcome in Outcome if _is_listed(stored, outcome)],
        "chosen": _link(stored, chosen, chosen),
        "lines": [_line(row) for row in rows],
        "rows_of_file": sum(stored.sums[outcome].count for outcome in Outcome if outcome is not Outcome.ONLY_US),
        "is_first_page": place == 0,
        "first_url": _list_url(stored, chosen),
        "next_url": following and _list_url(stored, chosen, after=following),
        "export_links": _export_links(stored),
    }


def _is_listed(stored: Stored, outcome: Outcome) -> bool:
    return outcome is not Outcome.REPEATED or stored.sums[outcome].count > 0


def _link(stored: Stored, outcome: Outcome, chosen: Outcome) -> ListLink:
    meaning = MEANINGS[outcome]
    if outcome is Outcome.AGREED and not stored.has_amounts:
        meaning = "in both; the file gives no amounts to compare"
    url = _list_url(stored, outcome)
    return ListLink(outcome, LABELS[outcome], meaning, stored.sums[outcome], url, outcome is chosen)


def _list_url(stored: Stored, outcome: Outcome, **more: Any) -> str:
    parameters = {"list": outcome.value, "tz": request.args.get("tz")} | more
    return url_for("reconcile.result", number=stored.id, **parameters)


def _line(row: Any) -> Line:
    badge = (
        statuses.badge_of(row.offer_status, is_reversible=row.part == Settlement.REVERSIBLE)
        if row.offer_status
        else None
    )
    return Line(row, badge, difference(row))


def difference(row: Any) -> Decimal | None:
    """Return ours minus theirs in USD, or None where one side says nothing."""
    if row.ours is None or row.theirs is None:
        return None
    gap: Decimal = row.ours - row.theirs
    return gap


COLUMNS = (
    number("file_row"), text("custom_id", 22), number("buy_id"), text("offer_status"), utc("date"),
    local("date_local", "date"), money("amount_in_file", "theirs"), money("balance_debited_sum", "ours"),
    money("difference", difference), text("remark", 40),
)  # fmt: skip


def _period_text(stored: Stored) -> str:
    if stored.since is None or stored.until is None:
        return "none: the file names no purchase that is known here"
    zone = periods.zone_by_name(stored.zone)
    first = periods.local_date(stored.since, zone)
    last = periods.local_date(stored.until - timedelta(microseconds=1), zone)
    chosen = "" if stored.period_is_chosen else ", from the first to the last purchase that the file names"
    return f"{first} to {last} in {stored.zone}{chosen}"


def _export_links(stored: Stored) -> list[tuple[str, str, str]]:
    return downloads.links(
        "reconcile.export", "every list in one table", "a sheet for each list", number=stored.id,
        tz=request.args.get("tz"),
    )  # fmt: skip


def export(connection: Any, stored: Stored, *, in_one: bool) -> Export:
    """Return the lists as an export: in one table with the list's name in each row, or a table for each."""
    return Export(
        f"Reconciliation {stored.id}",
        f"reconciliation {stored.id}",
        stored.made_at,
        _tables(connection, stored, in_one=in_one),
        [
            ("File", stored.file_name),
            ("Made by", stored.made_by_email),
            ("Period", _period_text(stored)),
            ("Amounts in the file", "yes" if stored.has_amounts else "no"),
            *_sums_about(stored.sums),
        ],
        url_for("reconcile.result", number=stored.id, _external=True),
        {"Rows": sum(sums.count for sums in stored.sums.values())},
    )


def _tables(connection: Any, stored: Stored, *, in_one: bool) -> list[Table]:
    tables = [
        table_of(LABELS[outcome], COLUMNS, reconciliations.iter_rows(connection, stored.id, outcome))
        for outcome in Outcome
    ]
    if not in_one:
        return tables
    rows = ((table.title, *values) for table in tables for values in table.rows)
    return [Table("Reconciliation", (text("list"), *COLUMNS), rows)]


def _sums_about(sums: Mapping[Outcome, ListSums]) -> Iterator[tuple[str, str]]:
    for outcome in Outcome:
        yield f"{LABELS[outcome]}: rows", str(sums[outcome].count)
        yield f"{LABELS[outcome]}: sum in the file, USD", total_text(sums[outcome].theirs)
        yield f"{LABELS[outcome]}: sum debited, USD", total_text(sums[outcome].ours)
