"""What the pages of what looks wrong show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from dashboard.finance.findings import queries as findings
from dashboard.finance.findings.queries import KindTotals, LastCheck
from dashboard.finance.findings.rules import FindingKind, FindingState
from dashboard.purchases import present
from dashboard.purchases.present import PurchaseLine
from dashboard.web import downloads
from dashboard.web.downloads import ExportLink
from dashboard.web.page import asked_place, zone


@dataclass(frozen=True)
class FindingKinds:
    """The page of all kinds with what is open of each."""

    totals: Mapping[FindingKind, KindTotals]
    last: LastCheck | None
    export_links: list[ExportLink]


@dataclass(frozen=True)
class FindingList:
    """The page of one kind's findings; ``error`` says why a decision could not be made."""

    kind: FindingKind
    state: FindingState
    totals: KindTotals
    lines: list[PurchaseLine]
    last: LastCheck | None
    error: str
    reason: str
    is_first_page: bool
    first_url: str
    next_url: str
    export_links: list[ExportLink]


@dataclass(frozen=True)
class FindingHistory:
    """The page of one finding."""

    kind: FindingKind
    finding: Any
    line: PurchaseLine
    history: Sequence[Any]


def finding_kinds() -> FindingKinds:
    links = downloads.links(
        "findings.export_overview", "the kinds with their sums",
        "the kinds, the constant ratios and every open finding", tz=zone().key,
    )  # fmt: skip
    return FindingKinds(findings.totals_by_kind(), findings.last_check(), links)


def finding_list(kind: FindingKind, state: FindingState, error: str, reason: str) -> FindingList:
    before, totals = asked_place("before"), findings.totals_by_kind(state)[kind]
    rows, next_before = findings.findings_of_kind(kind, state, before=before)
    next_url = list_url(kind, state, before=next_before) if next_before else ""
    links = downloads.links(
        "findings.export_list", "every row, exact", "every row, with a sheet about it",
        kind=kind.value, tz=zone().key, state=state.value or None,
    )  # fmt: skip
    return FindingList(
        kind, state, totals, present.lines(rows), findings.last_check(), error, reason, before is None,
        list_url(kind, state), next_url, links,
    )  # fmt: skip


def finding_history(kind: FindingKind, finding: Any) -> FindingHistory:
    return FindingHistory(kind, finding, present.line(finding), findings.resolutions_of(kind, finding.buy_id))


def list_url(kind: FindingKind, state: FindingState = FindingState.OPEN, **parameters: Any) -> str:
    """Return the address of a list of findings."""
    return url_for("findings.finding_list", kind=kind.value, state=state.value or None, **parameters)
