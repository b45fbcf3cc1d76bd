"""A comparison as its page and its files show it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from dashboard.finance.reconcile import queries as reconciliations
from dashboard.finance.reconcile.matching import Compared, MatchOutcome, MatchSums
from dashboard.finance.reconcile.queries import StoredReconciliation
from dashboard.lib import periods
from dashboard.lib.periods import Interval
from dashboard.purchases import present
from dashboard.purchases.statuses import Badge
from dashboard.spreadsheets.sheets import FileProblem
from dashboard.spreadsheets.tables import Table, local, money, number, table_of, text, total_text, utc
from dashboard.web import downloads
from dashboard.web.downloads import Export, ExportLink, Snapshot
from dashboard.web.page import Pager, asked_place, named_zone, pager


@dataclass(frozen=True)
class UploadForm:
    problems: Sequence[str]
    from_: str
    to: str
    earlier: list[StoredReconciliation]


@dataclass(frozen=True)
class ReconciliationResult:
    stored: StoredReconciliation
    period_text: str
    chosen: MatchOutcome
    rows: list[tuple[Compared, Badge | None]]
    pager: Pager
    export_links: list[ExportLink]


def read_period(first: str, last: str, zone: ZoneInfo) -> Interval | None:
    """Return the period of two dates, both included, or None when neither is given. Raises FileProblem."""
    first, last = first.strip(), last.strip()
    if not first and not last:
        return None
    if not first or not last:
        raise FileProblem("Give both dates of the period, or neither: then it spans the purchases that the file names.")
    try:
        return periods.day_bounds(periods.parse_date(first), periods.parse_date(last), zone)
    except (ValueError, OverflowError) as error:
        raise FileProblem(str(error)) from None


def chosen_list(stored: StoredReconciliation, name: str | None) -> MatchOutcome | None:
    """Return the list that is asked for; without a name the first one that needs a look. None for no list of ours."""
    if name is None:
        needing_a_look = (MatchOutcome.DIFFERS, MatchOutcome.ONLY_THEM, MatchOutcome.ONLY_US, MatchOutcome.REPEATED)
        return next((outcome for outcome in needing_a_look if stored.sums[outcome].count), MatchOutcome.AGREED)
    return MatchOutcome(name) if name in tuple(MatchOutcome) else None


def result(stored: StoredReconciliation, chosen: MatchOutcome) -> ReconciliationResult:
    rows, following = reconciliations.page_of_rows(stored.id, chosen, after=asked_place("after") or 0)
    here: dict[str, Any] = {"number": stored.id, "tz": named_zone()}
    return ReconciliationResult(
        stored, _period_text(stored), chosen, [(row, present.badge(row) if row.offer_status else None) for row in rows],
        pager("after", following, "reconcile.result", list=chosen.value, **here),
        downloads.links("reconcile.export", "every list in one table", "a sheet for each list", **here),
    )  # fmt: skip


def _period_text(stored: StoredReconciliation) -> str:
    if stored.since is None or stored.until is None:
        return "none: the file names no purchase that is known here"
    zone = periods.zone_by_name(stored.zone)
    first = periods.local_date(stored.since, zone)
    last = periods.local_date(stored.until - timedelta(microseconds=1), zone)
    chosen = "" if stored.period_is_chosen else ", from the first to the last purchase that the file names"
    return f"{first} to {last} in {stored.zone}{chosen}"


COLUMNS = (
    number("file_row"), text("custom_id", 22), number("buy_id"), text("offer_status"), utc("date"),
    local("date_local", "date"), money("amount_in_file", "theirs"), money("balance_debited_sum", "ours"),
    money("difference"), text("remark", 40),
)  # fmt: skip


def export(connection: Snapshot, stored: StoredReconciliation, *, in_one: bool) -> Export:
    """Return the lists as an export: in one table with the list's name in each row, or a table for each."""
    tables = [
        table_of(outcome.label, COLUMNS, reconciliations.iter_rows(connection, stored.id, outcome))
        for outcome in MatchOutcome
    ]
    in_one_table = ((table.title, *values) for table in tables for values in table.rows)
    return Export(
        f"Reconciliation {stored.id}",
        f"reconciliation {stored.id}",
        stored.made_at,
        [Table("Reconciliation", (text("list"), *COLUMNS), in_one_table)] if in_one else tables,
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


def _sums_about(sums: Mapping[MatchOutcome, MatchSums]) -> Iterator[tuple[str, str]]:
    for outcome, of_list in sums.items():
        yield f"{outcome.label}: rows", str(of_list.count)
        yield f"{outcome.label}: sum in the file, USD", total_text(of_list.theirs)
        yield f"{outcome.label}: sum debited, USD", total_text(of_list.ours)
