"""A comparison as its page and its files show it."""

from collections.abc import Iterator, Mapping, Sequence
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
from dashboard.lib.formatting import iso_z
from dashboard.purchases import statuses
from dashboard.purchases.finality import Part
from dashboard.purchases.statuses import Badge
from dashboard.spreadsheets.tables import About, Column, Kind, Table, total_text
from dashboard.spreadsheets.uploads import FileProblem

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

COLUMNS = (
    Column("file_row", Kind.NUMBER, 9), Column("custom_id", width=22), Column("buy_id", Kind.NUMBER, 12),
    Column("offer_status", width=18), Column("date", Kind.UTC, 22), Column("date_local", Kind.LOCAL, 20),
    Column("amount_in_file", Kind.MONEY), Column("balance_debited_sum", Kind.MONEY), Column("difference", Kind.MONEY),
    Column("remark", width=40),
)  # fmt: skip


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
    badge = statuses.badge_of(row.offer_status, is_reversible=row.part == Part.REVERSIBLE) if row.offer_status else None
    return Line(row, badge, difference(row))


def difference(row: Any) -> Decimal | None:
    """Return ours minus theirs in USD, or None where one side says nothing."""
    if row.ours is None or row.theirs is None:
        return None
    gap: Decimal = row.ours - row.theirs
    return gap


def _period_text(stored: Stored) -> str:
    if stored.since is None or stored.until is None:
        return "none: the file names no purchase that is known here"
    zone = periods.zone_by_name(stored.zone)
    first = periods.local_date(stored.since, zone)
    last = periods.local_date(stored.until - timedelta(microseconds=1), zone)
    chosen = "" if stored.period_is_chosen else ", from the first to the last purchase that the file names"
    return f"{first} to {last} in {stored.zone}{chosen}"


def _export_links(stored: Stored) -> list[tuple[str, str, str]]:
    named = (
        ("CSV", "every list in one table", "csv"), ("Excel", "a sheet for each list", "xlsx"),
        ("ZIP", "a CSV for each list, with a file about them", "zip"),
    )  # fmt: skip
    tz = request.args.get("tz")
    return [
        (label, what, url_for("reconcile.export", number=stored.id, extension=extension, tz=tz))
        for label, what, extension in named
    ]


def tables(connection: Any, stored: Stored, *, in_one: bool) -> list[Table]:
    """Return the lists as tables to write: in one with the list's name in each row, or a table for each."""
    if in_one:
        rows = ((LABELS[outcome], *values) for outcome in Outcome for values in _written(connection, stored, outcome))
        return [Table("Reconciliation", (Column("list", width=20), *COLUMNS), rows)]
    return [Table(LABELS[outcome], COLUMNS, _written(connection, stored, outcome)) for outcome in Outcome]


def _written(connection: Any, stored: Stored, outcome: Outcome) -> Iterator[Sequence[Any]]:
    for row in reconciliations.iter_rows(connection, stored.id, outcome):
        yield (
            row.file_row, row.custom_id, row.buy_id, row.offer_status, row.date, row.date, row.theirs, row.ours,
            difference(row), row.remark,
        )  # fmt: skip


def about(stored: Stored) -> About:
    """Return what is to be known about the files of a comparison."""
    return [
        ("Export", f"Reconciliation {stored.id}"),
        ("File", stored.file_name),
        ("Made by", stored.made_by_email),
        ("Compared as of", iso_z(stored.made_at)),
        ("Period", _period_text(stored)),
        ("Amounts in the file", "yes" if stored.has_amounts else "no"),
        *_sums_about(stored.sums),
        ("The same as a page", url_for("reconcile.result", number=stored.id, _external=True)),
        ("Text that would run as a formula", "has an apostrophe in front"),
    ]


def _sums_about(sums: Mapping[Outcome, ListSums]) -> Iterator[tuple[str, str]]:
    for outcome in Outcome:
        yield f"{LABELS[outcome]}: rows", str(sums[outcome].count)
        yield f"{LABELS[outcome]}: sum in the file, USD", total_text(sums[outcome].theirs)
        yield f"{LABELS[outcome]}: sum debited, USD", total_text(sums[outcome].ours)
