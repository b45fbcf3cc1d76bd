"""What the pages of what looks wrong show."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for

from dashboard.finance.findings import queries as findings
from dashboard.finance.findings.queries import KindTotals, LastCheck
from dashboard.finance.findings.rules import CHECKED_EVERY, FindingKind, FindingState
from dashboard.finance.findings.store import LONGEST_REASON
from dashboard.lib.formatting import iso_z
from dashboard.purchases import present
from dashboard.purchases.present import PurchaseLine
from dashboard.spreadsheets.tables import local, money, number, table_of, text, total_text, utc
from dashboard.totals.sums import ZERO
from dashboard.web import downloads
from dashboard.web.downloads import Export, ExportLink, Snapshot
from dashboard.web.page import Pager, asked_place, now, pager, zone


@dataclass(frozen=True)
class FindingKinds:
    totals: Mapping[FindingKind, KindTotals]
    last: LastCheck | None
    export_links: list[ExportLink]
    checked_every: timedelta = CHECKED_EVERY


@dataclass(frozen=True)
class FindingList:
    kind: FindingKind
    state: FindingState
    totals: KindTotals
    lines: list[PurchaseLine]
    last: LastCheck | None
    error: str
    reason: str
    pager: Pager
    export_links: list[ExportLink]
    longest_reason: int = LONGEST_REASON
    checked_every: timedelta = CHECKED_EVERY


@dataclass(frozen=True)
class FindingHistory:
    kind: FindingKind
    finding: Any
    line: PurchaseLine
    history: Sequence[tuple[str, Any]]
    longest_reason: int = LONGEST_REASON


def finding_kinds() -> FindingKinds:
    links = downloads.links(
        "findings.export_overview", "the kinds with their sums",
        "the kinds, the constant ratios and every open finding", tz=zone().key,
    )  # fmt: skip
    return FindingKinds(findings.totals_by_kind(), findings.last_check(), links)


def finding_list(kind: FindingKind, state: FindingState, error: str, reason: str) -> FindingList:
    rows, next_before = findings.findings_of_kind(kind, state, before=asked_place("before"))
    links = downloads.links(
        "findings.export_list", "every row, exact", "every row, with a sheet about it",
        kind=kind.value, tz=zone().key, state=state.value or None,
    )  # fmt: skip
    return FindingList(
        kind, state, findings.totals_by_kind(state)[kind], present.lines(rows), findings.last_check(), error, reason,
        pager("before", next_before, "findings.finding_list", kind=kind.value, state=state.value or None), links,
    )  # fmt: skip


def finding_history(kind: FindingKind, finding: Any) -> FindingHistory:
    entries = findings.resolutions_of(kind, finding.buy_id)
    history = [(ACTION_WORDS[entry.action], entry) for entry in entries]
    return FindingHistory(kind, finding, present.line(finding), history)


def list_url(kind: FindingKind, state: FindingState = FindingState.OPEN, **parameters: Any) -> str:
    return url_for("findings.finding_list", kind=kind.value, state=state.value or None, **parameters)


# ``amount`` is the money in question, as docs/numbers.md says for each kind.
FINDINGS = (
    text("kind"), number("buy_id"), text("custom_id"), text("steamid"), text("item_name", 40), text("offer_status"),
    text("error_reason"), money("amount", "known_amount"), money("balance_debited_sum"), money("price"),
    number("repeats_buy_id", "other_buy_id"), utc("date"), local("date_local", "date"), utc("found_at"),
    local("found_at_local", "found_at"), text("owner", 26, "owner_email"), utc("resolved_at"), text("resolved_by", 26),
    text("reason", 40),
)  # fmt: skip

# Of pairs of a kind and its totals.
KINDS = (
    text("kind", of=lambda pair: pair[0].value), text("label", 36, lambda pair: pair[0].label),
    number("open", lambda pair: pair[1].count), number("without_owner", lambda pair: pair[1].unowned),
    money("amount", lambda pair: pair[1].amount), utc("oldest", lambda pair: pair[1].oldest),
    number("without_amount", lambda pair: pair[1].not_known),
)  # fmt: skip

# What a history says of each action, before the name of who did it; a finding is only ever assigned to oneself.
ACTION_WORDS = {
    "found": "Found by", "owned": "Assigned to", "resolved": "Resolved by", "reopened": "Reopened by",
}  # fmt: skip

STATE_WORDS = {
    FindingState.OPEN: "open findings", FindingState.UNOWNED: "open findings without an owner",
    FindingState.RESOLVED: "resolved findings",
}  # fmt: skip

RATIOS = (
    money("ratio"), number("count", "sums.count"), money("debited", "sums.debited"), money("price", "sums.price"),
    money("difference", "sums.difference"),
)  # fmt: skip


def overview_export(connection: Snapshot) -> Export:
    totals, last = findings.totals_by_kind(connection=connection), findings.last_check()
    count, amount = _sums(totals.values())
    return Export(
        "Finance: what looks wrong",
        "what-looks-wrong",
        now(),
        [
            table_of("Kinds", KINDS, totals.items()),
            table_of("Ratios", RATIOS, last.ratios if last else ()),
            table_of("Open findings", FINDINGS, findings.iter_findings(connection)),
        ],
        [
            ("Purchases checked until", iso_z(last.checked_until) if last else "not checked yet"),
            ("Filter", STATE_WORDS[FindingState.OPEN]),
            ("Rows of kinds", str(len(totals))),
            ("Findings", str(count)),
            ("Amount, sum in USD", amount),
            ("Findings whose amount is not known", str(sum(one.not_known for one in totals.values()))),
        ],
        url_for("findings.overview", _external=True),
        {"Rows": len(totals), "Findings": count, "Amount": amount},
    )


def list_export(kind: FindingKind, state: FindingState, connection: Snapshot) -> Export:
    totals = [findings.totals_by_kind(state, connection=connection)[kind]]
    count, amount = _sums(totals)
    return Export(
        f"Finance: what looks wrong, {kind.label}",
        f"what-looks-wrong-{kind.value}-{state.value or 'open'}",
        now(),
        [table_of("Findings", FINDINGS, findings.iter_findings(connection, kind, state))],
        [
            ("What it means", kind.meaning),
            ("Filter", STATE_WORDS[state]),
            ("Findings", str(count)),
            ("Amount, sum in USD", amount),
            ("Findings whose amount is not known", str(sum(one.not_known for one in totals))),
        ],
        list_url(kind, state, _external=True),
        {"Rows": count, "Findings": count, "Amount": amount},
    )


def _sums(totals: Collection[KindTotals]) -> tuple[int, str]:
    return sum(one.count for one in totals), total_text(sum((one.amount for one in totals), ZERO))
