"""What looks wrong as files: the kinds with their sums, and every finding of the lists."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from dashboard.accounts.guards import requires
from dashboard.accounts.store import Role
from dashboard.finance.findings import queries as findings
from dashboard.finance.findings.queries import KindTotals
from dashboard.finance.findings.rules import LABELS, MEANINGS
from dashboard.finance.findings.rules import Kind as FindingKind
from dashboard.lib.formatting import iso_z
from dashboard.purchases import export_queries as purchase_export
from dashboard.spreadsheets.tables import About, Column, Kind, Table, total_text
from dashboard.totals.sums import ZERO
from dashboard.web import downloads
from dashboard.web.page import now, zone

blueprint = Blueprint("finding_exports", __name__, url_prefix="/finance/wrong")

FINDINGS = (
    Column("kind", width=20), Column("buy_id", Kind.NUMBER, 12), Column("custom_id", width=20),
    Column("steamid", width=20), Column("item_name", width=40), Column("offer_status", width=18),
    Column("error_reason", width=20), Column("amount", Kind.MONEY, 14), Column("balance_debited_sum", Kind.MONEY, 14),
    Column("price", Kind.MONEY, 14), Column("repeats_buy_id", Kind.NUMBER, 12), Column("date", Kind.UTC, 22),
    Column("date_local", Kind.LOCAL, 20), Column("found_at", Kind.UTC, 28), Column("found_at_local", Kind.LOCAL, 20),
    Column("owner", width=26), Column("resolved_at", Kind.UTC, 28), Column("resolved_by", width=26),
    Column("reason", width=40),
)  # fmt: skip
"""``amount`` is the money in question, as docs/numbers.md says for each kind."""

KINDS = (
    Column("kind", width=22), Column("label", width=36), Column("open", Kind.NUMBER, 10),
    Column("without_owner", Kind.NUMBER, 12), Column("amount", Kind.MONEY, 16), Column("oldest", Kind.UTC, 28),
)  # fmt: skip
RATIOS = (
    Column("ratio", Kind.MONEY, 10), Column("count", Kind.NUMBER, 10), Column("debited", Kind.MONEY, 16),
    Column("price", Kind.MONEY, 16), Column("difference", Kind.MONEY, 16),
)  # fmt: skip


STATE_WORDS = {"resolved": "resolved findings", "unowned": "open findings that nobody has taken"}


@blueprint.get("/export.<any(csv, xlsx, zip):extension>")
@requires(Role.FINANCE)
def export_overview(extension: str) -> Response:
    """Every kind with how much of it is open; workbook and ZIP hold the constant ratios and all open findings too."""
    return downloads.answered(lambda stack: _overview(extension, stack))


def _overview(extension: str, stack: ExitStack) -> Response:
    connection = stack.enter_context(purchase_export.snapshot())
    totals, last = findings.totals_by_kind(connection=connection), findings.last_check()
    ratios = last.ratios if last else ()
    tables = [
        Table("Kinds", KINDS, _kinds(totals)),
        Table("Ratios", RATIOS, [(r.ratio, r.count, r.debited, r.price, r.difference) for r in ratios]),
        Table("Open findings", FINDINGS, map(_finding, findings.iter_findings(connection, None))),
    ]
    about = [
        ("Export", "Finance: what looks wrong"),
        ("Purchases checked until", iso_z(last.checked_until) if last else "not checked yet"),
        *_about(totals.values(), "open findings"),
        ("Rows of kinds", str(len(totals))),
        ("The same as a page", url_for("findings.overview", _external=True)),
    ]
    response = _sent(extension, tables, about, totals.values(), what="what-looks-wrong", stack=stack)
    response.headers["X-Export-Rows"] = str(len(totals))
    return response


@blueprint.get("/<kind>/export.<any(csv, xlsx, zip):extension>")
@requires(Role.FINANCE)
def export_list(kind: str, extension: str) -> Response:
    """Every open finding of a kind, with ``state=resolved`` every resolved one, with ``state=unowned`` what is open
    and nobody has taken."""
    if kind not in tuple(FindingKind):
        abort(404, "There is no such list.")
    state = request.args.get("state", "")
    return downloads.answered(lambda stack: _list(extension, FindingKind(kind), state, stack))


def _list(extension: str, kind: FindingKind, state: str, stack: ExitStack) -> Response:
    connection = stack.enter_context(purchase_export.snapshot())
    resolved, unowned = state == "resolved", state == "unowned"
    totals = findings.totals_by_kind(resolved=resolved, unowned=unowned, connection=connection)[kind]
    rows = map(_finding, findings.iter_findings(connection, kind, resolved=resolved, unowned=unowned))
    about = [
        ("Export", f"Finance: what looks wrong, {LABELS[kind]}"),
        ("What it means", MEANINGS[kind]),
        *_about([totals], STATE_WORDS.get(state, "open findings")),
        ("The same list as a page", url_for("findings.finding_list", kind=kind.value, state=state, _external=True)),
    ]
    what = f"what-looks-wrong-{kind.value}-{state if state in STATE_WORDS else 'open'}"
    return _sent(extension, [Table("Findings", FINDINGS, rows)], about, [totals], what=what, stack=stack)


def _sent(
    extension: str, tables: list[Table], about: About, totals: Iterable[KindTotals], *, what: str, stack: ExitStack
) -> Response:
    response = downloads.send(extension, tables, about, what=what, as_of=now(), stack=stack)
    count, amount = _sums(totals)
    response.headers.update(
        {
            "X-Export-Rows": count,
            "X-Export-Findings": count,
            "X-Export-Amount": amount,
            "X-Export-As-Of": iso_z(now()),
            "X-Export-Zone": zone().key,
        }
    )
    return response


def _kinds(totals: Mapping[FindingKind, KindTotals]) -> Iterator[tuple[Any, ...]]:
    for kind, of_kind in totals.items():
        yield (kind.value, LABELS[kind], of_kind.count, of_kind.unowned, of_kind.amount, of_kind.oldest)


def _finding(row: Any) -> tuple[Any, ...]:
    return (
        row.kind, row.buy_id, row.custom_id, row.steamid, row.item_name, row.offer_status, row.error_reason,
        row.amount, row.balance_debited_sum, row.price, row.other_buy_id, row.date, row.date, row.found_at,
        row.found_at, row.owner_email, row.resolved_at, row.resolved_by, row.reason,
    )  # fmt: skip


def _sums(totals: Iterable[KindTotals]) -> tuple[str, str]:
    all_ = list(totals)
    return str(sum(of_kind.count for of_kind in all_)), total_text(sum((of_kind.amount for of_kind in all_), ZERO))


def _about(totals: Iterable[KindTotals], which: str) -> About:
    count, amount = _sums(totals)
    return [
        ("Filter", which),
        ("As of", iso_z(now())),
        ("Time zone of columns named local", zone().key),
        ("Findings", count),
        ("Amount, sum in USD", amount),
        ("Text that would run as a formula", "has an apostrophe in front"),
    ]
