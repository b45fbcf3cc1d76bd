"""What looks wrong as files: the kinds with their sums, and every finding of the lists."""

from collections.abc import Collection

from flask import url_for

from dashboard.finance.findings import queries as findings
from dashboard.finance.findings.page import list_url
from dashboard.finance.findings.queries import KindTotals
from dashboard.finance.findings.rules import FindingKind, FindingState
from dashboard.lib.formatting import iso_z
from dashboard.spreadsheets.tables import local, money, number, table_of, text, total_text, utc
from dashboard.totals.sums import ZERO
from dashboard.web.downloads import Export, Snapshot
from dashboard.web.page import now

FINDINGS = (
    text("kind"), number("buy_id"), text("custom_id"), text("steamid"), text("item_name", 40), text("offer_status"),
    text("error_reason"), money("amount"), money("balance_debited_sum"), money("price"),
    number("repeats_buy_id", "other_buy_id"), utc("date"), local("date_local", "date"), utc("found_at"),
    local("found_at_local", "found_at"), text("owner", 26, "owner_email"), utc("resolved_at"), text("resolved_by", 26),
    text("reason", 40),
)  # fmt: skip

"""``amount`` is the money in question, as docs/numbers.md says for each kind."""

KINDS = (
    text("kind", of=lambda pair: pair[0].value), text("label", 36, lambda pair: pair[0].label),
    number("open", lambda pair: pair[1].count), number("without_owner", lambda pair: pair[1].unowned),
    money("amount", lambda pair: pair[1].amount), utc("oldest", lambda pair: pair[1].oldest),
)  # fmt: skip

"""Of pairs of a kind and its totals."""

STATE_WORDS = {
    FindingState.OPEN: "open findings", FindingState.UNOWNED: "open findings that nobody has taken",
    FindingState.RESOLVED: "resolved findings",
}  # fmt: skip

RATIOS = (money("ratio"), number("count"), money("debited"), money("price"), money("difference"))


def overview_export(connection: Snapshot) -> Export:
    """Return the kinds, the constant ratios and every open finding."""
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
        ],
        url_for("findings.overview", _external=True),
        {"Rows": len(totals), "Findings": count, "Amount": amount},
    )


def list_export(kind: FindingKind, state: FindingState, connection: Snapshot) -> Export:
    """Return every finding of a list."""
    count, amount = _sums([findings.totals_by_kind(state, connection=connection)[kind]])
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
        ],
        list_url(kind, state, _external=True),
        {"Rows": count, "Findings": count, "Amount": amount},
    )


def _sums(totals: Collection[KindTotals]) -> tuple[int, str]:
    return sum(one.count for one in totals), total_text(sum((one.amount for one in totals), ZERO))
