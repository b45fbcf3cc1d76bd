"""A comparison as its page and its files show it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

from flask import url_for

from dashboard.finance.reconcile import queries as reconciliations
from dashboard.finance.reconcile.matching import Compared, MatchOutcome, MatchSums
from dashboard.finance.reconcile.queries import StoredReconciliation
from dashboard.finance.reconcile.shop_list import place_of
from dashboard.finance.reconcile.what_was_read import WhatWasRead
from dashboard.lib import periods
from dashboard.purchases import present
from dashboard.purchases.statuses import Badge
from dashboard.spreadsheets.tables import Table, local, money, number, table_of, text, total_text, utc
from dashboard.web import downloads
from dashboard.web.downloads import Export, ExportLink, Snapshot
from dashboard.web.page import Pager, asked_place, named_zone, pager


@dataclass(frozen=True)
class UploadForm:
    problems: Sequence[str]
    from_: str
    to: str
    wants_to_choose: bool
    earlier: list[StoredReconciliation]
    waiting: Sequence[Any]
    """Files of this person that wait until they choose how these are read: key, file_name, uploaded_at."""


@dataclass(frozen=True)
class ReconciliationResult:
    stored: StoredReconciliation
    read: WhatWasRead | None
    left_out: int
    first_left_out: list[str]
    """Some of the rows that were left out, with the reason."""
    left_out_list: MatchOutcome
    period_text: str
    chosen: MatchOutcome
    rows: list[tuple[Compared, Badge | None]]
    pager: Pager
    export_links: list[ExportLink]


_NAMES_BEFORE = {"only_us": MatchOutcome.ONLY_OURS, "only_them": MatchOutcome.ONLY_THEIRS}
"""Addresses that people kept still lead to their lists."""

_NEEDING_A_LOOK = (
    MatchOutcome.DIFFERS, MatchOutcome.ONLY_THEIRS, MatchOutcome.ONLY_OURS, MatchOutcome.NOT_COMPARED,
    MatchOutcome.REPEATED,
)  # fmt: skip


def chosen_list(stored: StoredReconciliation, name: str | None) -> MatchOutcome | None:
    """Return the list that is asked for; without a name the first one that needs a look. None for no list of ours."""
    if name is None:
        return next((outcome for outcome in _NEEDING_A_LOOK if stored.sums[outcome].count), MatchOutcome.AGREED)
    return _NAMES_BEFORE.get(name) or (MatchOutcome(name) if name in tuple(MatchOutcome) else None)


def result(stored: StoredReconciliation, chosen: MatchOutcome) -> ReconciliationResult:
    rows, following = reconciliations.page_of_rows(stored.id, chosen, after=asked_place("after") or 0)
    here: dict[str, Any] = {"number": stored.id, "tz": named_zone()}
    shown = [(row, present.badge(row) if row.offer_status else None) for row in rows]
    return ReconciliationResult(
        stored, reconciliations.what_was_read(stored.id), stored.sums[MatchOutcome.LEFT_OUT].count,
        _first_left_out(stored.id), MatchOutcome.LEFT_OUT, _period_text(stored), chosen, shown,
        pager("after", following, "reconcile.result", list=chosen.value, **here),
        downloads.links("reconcile.export", "every list in one table", "a sheet for each list", **here),
    )  # fmt: skip


def _first_left_out(number: int) -> list[str]:
    rows, _ = reconciliations.page_of_rows(number, MatchOutcome.LEFT_OUT)
    return [f"{place_of(row.sheet, row.file_row or 0)} {row.remark}" for row in rows[:LEFT_OUT_SHOWN]]


def _period_text(stored: StoredReconciliation) -> str:
    if stored.since is None or stored.until is None:
        return "none: the file names no purchase that is known here"
    zone = periods.zone_by_name(stored.zone)
    first = periods.local_date(stored.since, zone)
    last = periods.local_date(stored.until - timedelta(microseconds=1), zone)
    chosen = "" if stored.period_is_chosen else ", from the first to the last purchase that the file names"
    return f"{first} to {last} in {stored.zone}{chosen}"


LEFT_OUT_SHOWN = 5
"""Of the rows that were left out; the list and the files hold all of them."""

COLUMNS = (
    number("file_row"), text("custom_id", 22), number("buy_id"), text("offer_status"), utc("date"),
    local("date_local", "date"), money("amount_in_file", "theirs"), money("balance_debited_sum", "ours"),
    money("difference"), text("remark", 40), text("sheet", 14),
)  # fmt: skip

READ = "What was read"
"""In a CSV, the list of the rows at its end that say what was read of the file."""


def export(connection: Snapshot, stored: StoredReconciliation, *, in_one: bool) -> Export:
    """Return the lists as an export: in one table with the list's name in each row, or a table for each.

    A CSV holds one table alone, so what was read stands in its last rows.
    """
    tables = [
        table_of(outcome.label, COLUMNS, reconciliations.iter_rows(connection, stored.id, outcome))
        for outcome in MatchOutcome
        if stored.sums[outcome].count or outcome not in (MatchOutcome.NOT_COMPARED, MatchOutcome.LEFT_OUT)
    ]
    what_was_read = reconciliations.what_was_read(stored.id)
    is_held = not (what_was_read and what_was_read.not_held)
    read = list(_read_about(what_was_read))
    remark_at = [column.name for column in COLUMNS].index("remark")
    in_one_table = chain(
        ((table.title, *values) for table in tables for values in table.rows),
        ((READ, *_alone(f"{what}: {told}", remark_at)) for what, told in read),
    )
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
            *read,
            *_sums_about(stored.sums, is_held),
        ],
        url_for("reconcile.result", number=stored.id, _external=True),
        {"Rows": sum(sums.count for sums in stored.sums.values())},
    )


def _alone(value: str, place: int) -> list[str | None]:
    """Return a row of COLUMNS that holds this alone."""
    return [value if at == place else None for at in range(len(COLUMNS))]


def _read_about(read: WhatWasRead | None) -> Iterator[tuple[str, str]]:
    if read is None:
        yield "Read", "this comparison was made before the dashboard noted what it read"
        return
    yield "Sheets read", read.sheets
    yield "Columns read", read.columns
    yield "Amounts read", read.amounts
    yield "Encoding", read.encoding
    yield "Rows compared", str(read.rows)
    for note in filter(None, (read.not_held, *read.notes)):
        yield "Note", note


def _sums_about(sums: Mapping[MatchOutcome, MatchSums], is_held: bool) -> Iterator[tuple[str, str]]:
    for outcome, of_list in sums.items():
        yield f"{outcome.label}: rows", str(of_list.count)
        yield f"{outcome.label}: sum in the file, USD", _known(of_list.theirs_known, of_list.theirs_missing)
        ours = of_list.ours_known if is_held or outcome is not MatchOutcome.ONLY_OURS else None
        yield f"{outcome.label}: sum debited, USD", _known(ours, of_list.ours_missing)
        if of_list.difference is not None and ours is not None:
            yield f"{outcome.label}: difference, USD", total_text(of_list.difference)


def _known(total: Decimal | None, missing: int) -> str:
    if total is None:
        return "not known"
    return f"{total_text(total)}, and {missing:,} not known" if missing else total_text(total)
