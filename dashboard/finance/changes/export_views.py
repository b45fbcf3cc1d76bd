"""What changed between two moments, and what was known at one, as files: everything that the pages show."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance import form as finance_form
from dashboard.finance import history_queries as history
from dashboard.finance import queries as money
from dashboard.finance.changes import page as moves
from dashboard.finance.changes.page import Asked
from dashboard.finance.form import Form, Wanted
from dashboard.finance.links import ListLinks
from dashboard.finance.report import Report
from dashboard.lib.formatting import iso_z
from dashboard.purchases import export_queries as purchase_export
from dashboard.purchases.finality import PART_LABELS, Part
from dashboard.spreadsheets.tables import About, Column, Kind, Table, total_text
from dashboard.totals.sums import ZERO, Sums
from dashboard.web import downloads
from dashboard.web.page import now, zone

blueprint = Blueprint("history_exports", __name__)

MOVED = (
    Column("buy_id", Kind.NUMBER, 12), Column("custom_id", width=20), Column("steamid", width=20),
    Column("item_name", width=40), Column("from_part", width=20), Column("to_part", width=20),
    Column("debited_before", Kind.MONEY, 16), Column("debited_after", Kind.MONEY, 16),
    Column("change", Kind.MONEY, 16), Column("price_before", Kind.MONEY, 16), Column("price_after", Kind.MONEY, 16),
    Column("changed_at", Kind.UTC, 28),
)  # fmt: skip
"""A purchase's share in the figures of the period at both moments; an empty part is "not in the period"."""

MOVES = (
    Column("from_part", width=20), Column("to_part", width=20), Column("count", Kind.NUMBER, 10),
    Column("debited_before", Kind.MONEY, 16), Column("debited_after", Kind.MONEY, 16),
    Column("change", Kind.MONEY, 16),
)  # fmt: skip
DIFFERENCES = (
    Column("part", width=22), Column("label", width=22), Column("debited_before", Kind.MONEY, 16),
    Column("debited_after", Kind.MONEY, 16), Column("change", Kind.MONEY, 16),
    Column("count_before", Kind.NUMBER, 12), Column("count_after", Kind.NUMBER, 12),
)  # fmt: skip
"""A row for each part and one for the whole."""

KNOWN = (
    Column("buy_id", Kind.NUMBER, 12), Column("custom_id", width=20), Column("steamid", width=20),
    Column("item_name", width=40), Column("offer_status", width=18), Column("error_reason", width=20),
    Column("part", width=18), Column("balance_debited_sum", Kind.MONEY, 14), Column("price", Kind.MONEY, 14),
    Column("date", Kind.UTC, 22), Column("date_local", Kind.LOCAL, 20),
)  # fmt: skip


@blueprint.get("/finance/changes/export.<any(csv, xlsx, zip):extension>")
@requires(Role.FINANCE)
def export_changes(extension: str) -> Response:
    """What moved, as the page with the same parameters shows it. What cannot be compared is answered with 400.

    A CSV is the purchases that moved; workbook and ZIP hold the difference by part and the moves too.
    """
    form, asked = moves.read(request.args, now())
    if asked is None:
        abort(400, "Nothing was exported, because this cannot be compared. " + " ".join(form.errors.values()))
    return downloads.answered(lambda stack: _changes(extension, asked, stack))


def _changes(extension: str, asked: Asked, stack: ExitStack) -> Response:
    connection = stack.enter_context(purchase_export.snapshot())
    span = (asked.earlier, asked.later, *asked.period.bounds)
    found = history.moves_between(*span, connection=connection)
    chosen = asked.chosen
    rows = history.iter_moved(connection, *span, from_part=chosen["moved_from"], to_part=chosen["moved_to"])
    before, after = (money.find_report(asked.period, moment) for moment in (asked.earlier, asked.later))
    listed = moves.chosen_of(found, chosen)
    tables = [
        Table("Purchases", MOVED, map(_moved, rows)),
        Table("Moves", MOVES, [_move(move) for move in found]),
        Table("By part", DIFFERENCES, list(_differences(before, after))),
    ]
    what = f"changes-{asked.form.from_}-to-{asked.form.to}-since-{asked.earlier:%Y%m%dT%H%M%SZ}"
    about = _about_changes(asked, listed, before, after)
    response = downloads.send(extension, tables, about, what=what, as_of=asked.later, stack=stack)
    response.headers.update(
        {
            "X-Export-Rows": str(listed.count), "X-Export-Change": total_text(listed.change),
            "X-Export-As-Of": iso_z(asked.later), "X-Export-Zone": zone().key,
        }
    )  # fmt: skip
    return response


def _moved(row: Any) -> tuple[Any, ...]:
    change = (row.to_debited or ZERO) - (row.from_debited or ZERO)
    return (
        row.buy_id, row.custom_id, row.steamid, row.item_name, row.from_part or "", row.to_part or "",
        row.from_debited, row.to_debited, change, row.from_price, row.to_price, row.seen_at,
    )  # fmt: skip


def _move(move: history.Move) -> tuple[Any, ...]:
    parts = (part.value if part else "" for part in (move.from_part, move.to_part))
    return (*parts, move.count, move.before.debited, move.after.debited, move.change)


def _differences(before: Report, after: Report) -> Iterator[tuple[Any, ...]]:
    links = ListLinks(before.period.zone)
    for line in moves.differences(before, after, links, links):
        sums = (line.before.debited, line.after.debited, line.change, line.before.count, line.after.count)
        yield (line.name, line.label, *sums)


def _about_changes(asked: Asked, listed: moves.Listed, before: Report, after: Report) -> About:
    period, parameters = asked.period, moves.parameters_of(asked)
    return [
        ("Export", "Finance: what changed between two moments"),
        ("Period", f"{period.first} to {period.last}, both included"),
        ("Time zone of all days", period.zone.key),
        ("Known at", iso_z(asked.earlier)),
        ("and at (as of)", iso_z(asked.later)),
        ("Moves listed", moves.chosen_words(asked.chosen)),
        ("Rows of purchases", str(listed.count)),
        ("Change of debited by them, in USD", total_text(listed.change)),
        ("Debited before, in USD", total_text(before.total.debited)),
        ("Debited after, in USD", total_text(after.total.debited)),
        ("Change of debited in all, in USD", total_text(after.total.debited - before.total.debited)),
        ("The same as a page", url_for("finance_history.changes", _external=True, **parameters)),
        ("Text that would run as a formula", "has an apostrophe in front"),
    ]


@blueprint.get("/finance/purchases/export.<any(csv, xlsx, zip):extension>")
@requires(Role.FINANCE)
def export_known(extension: str) -> Response:
    """The purchases of a period as they were known at a moment, as the page with the same parameters lists them."""
    form = finance_form.read_form(request.args, zone(), now())
    wanted = finance_form.read_wanted(form, request.args)
    if form.period is None or form.errors:
        abort(400, "Nothing was exported, because the period cannot be used. " + " ".join(form.errors.values()))
    return downloads.answered(lambda stack: _known(extension, form, wanted, stack))


def _known(extension: str, form: Form, wanted: Wanted, stack: ExitStack) -> Response:
    assert form.period is not None  # noqa: S101 # The caller has answered with 400 otherwise.
    as_of = form.as_of or now()
    connection = stack.enter_context(purchase_export.snapshot())
    sums = moves.sums_of_known(form.period, as_of, wanted)
    rows = history.iter_known(connection, as_of, *form.period.bounds, part=wanted.part or None, missing=wanted.missing)
    what = f"purchases-{form.from_}-to-{form.to}-{wanted.part or 'all'}"
    table = Table("Purchases", KNOWN, map(_known_row, rows))
    about = _about_known(form, wanted, sums, iso_z(as_of))
    response = downloads.send(extension, [table], about, what=what, as_of=as_of, stack=stack)
    response.headers.update(
        {
            "X-Export-Rows": str(sums.count), "X-Export-Debited": total_text(sums.debited),
            "X-Export-Price": total_text(sums.price), "X-Export-As-Of": iso_z(as_of), "X-Export-Zone": zone().key,
        }
    )  # fmt: skip
    return response


def _known_row(row: Any) -> Sequence[Any]:
    return (
        row.buy_id, row.custom_id, row.steamid, row.item_name, row.offer_status, row.error_reason, row.part,
        row.balance_debited_sum, row.price, row.date, row.date,
    )  # fmt: skip


def _about_known(form: Form, wanted: Wanted, sums: Sums, as_of: str) -> About:
    parameters = form.as_parameters(zone(), as_of=as_of, part=wanted.part, missing=wanted.missing)
    return [
        ("Export", "Purchases of a period, as they were known"),
        ("Period", f"{form.from_} to {form.to}, both included"),
        ("Part", PART_LABELS[Part(wanted.part)] if wanted.part else "all"),
        ("Came without", wanted.missing or "not asked"),
        ("Time zone of days and of columns named local", zone().key),
        ("As of", as_of),
        ("Rows", str(sums.count)),
        ("Debited, sum in USD", total_text(sums.debited)),
        ("Rows without a debited sum", str(sums.debited_missing)),
        ("Price, sum in USD", total_text(sums.price)),
        ("Rows without a price", str(sums.price_missing)),
        ("The same list as a page", url_for("finance_history.known_purchases", _external=True, **parameters)),
        ("Text that would run as a formula", "has an apostrophe in front"),
    ]
