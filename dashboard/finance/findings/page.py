"""What the pages of what looks wrong show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from dashboard.finance.findings import queries as findings
from dashboard.finance.findings.queries import KindTotals, LastCheck
from dashboard.finance.findings.rules import FindingKind, FindingState, Ratio
from dashboard.lib.formatting import exact
from dashboard.purchases import present
from dashboard.purchases.present import Line
from dashboard.web import downloads
from dashboard.web.downloads import ExportLink
from dashboard.web.page import asked_place, zone


@dataclass(frozen=True)
class KindLine:
    """A kind with what is open of it."""

    kind: FindingKind
    totals: KindTotals
    url: str
    unowned_url: str


@dataclass(frozen=True)
class FindingKinds:
    """The page of all kinds, with the constant ratios and the addresses of their purchases."""

    kinds: list[KindLine]
    last: LastCheck | None
    ratios: list[tuple[Ratio, str]]
    export_links: list[ExportLink]


@dataclass(frozen=True)
class FindingList:
    """The page of one kind's findings, of one state; ``error`` says why a decision could not be made."""

    kind: FindingKind
    is_resolved: bool
    is_unowned: bool
    totals: KindTotals
    lines: list[Line]
    last: LastCheck | None
    error: str
    reason: str
    other_url: str
    is_first_page: bool
    first_url: str
    next_url: str | None
    export_links: list[ExportLink]


@dataclass(frozen=True)
class FindingHistory:
    """The page of one finding."""

    kind: FindingKind
    finding: Any
    line: Line
    history: Sequence[Any]
    list_url: str


def overview() -> FindingKinds:
    """Return the page of all kinds."""
    last = findings.last_check()
    return FindingKinds(
        [
            KindLine(kind, totals, list_url(kind), list_url(kind, FindingState.UNOWNED))
            for kind, totals in findings.totals_by_kind().items()
        ],
        last,
        [(ratio, _ratio_url(ratio)) for ratio in last.ratios] if last else [],
        downloads.links(
            "findings.export_overview", "the kinds with their sums",
            "the kinds, the constant ratios and every open finding", tz=zone().key,
        ),
    )  # fmt: skip


def _ratio_url(ratio: Ratio) -> str:
    return url_for("purchases.purchase_list", ratio=exact(ratio.ratio), tz=zone().key)


def finding_list(kind: FindingKind, state: FindingState, *, error: str = "", reason: str = "") -> FindingList:
    """Return the page of one kind's findings."""
    before = asked_place("before")
    page = findings.findings_of_kind(kind, state, before=before)
    is_resolved = state is FindingState.RESOLVED
    return FindingList(
        kind,
        is_resolved,
        state is FindingState.UNOWNED,
        findings.totals_by_kind(state)[kind],
        present.lines(page.rows),
        findings.last_check(),
        error,
        reason,
        list_url(kind, FindingState.OPEN if is_resolved else FindingState.RESOLVED),
        before is None,
        list_url(kind, state),
        list_url(kind, state, before=page.next_before) if page.next_before else None,
        downloads.links(
            "findings.export_list", "every row, exact", "every row, with a sheet about it",
            kind=kind.value, tz=zone().key, state=state.value or None,
        ),
    )  # fmt: skip


def finding_history(kind: FindingKind, finding: Any) -> FindingHistory:
    """Return the page of one finding."""
    history = findings.resolutions_of(kind, finding.buy_id)
    return FindingHistory(kind, finding, present.line(finding), history, list_url(kind))


def list_url(kind: FindingKind, state: FindingState = FindingState.OPEN, **parameters: Any) -> str:
    """Return the address of a list of findings."""
    return url_for("findings.finding_list", kind=kind.value, state=state.value or None, **parameters)
