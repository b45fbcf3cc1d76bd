"""Pure: whether a rule has found something, from the plain figures that ``figure_queries`` reads.

Each function takes the rule's thresholds, the figures, and the subjects that have an open alert already. For those the
thresholds are halved: an alert that has opened stays until things are clearly better, not merely a little (hysteresis).
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import groupby

from dashboard.alerts import wording
from dashboard.alerts.figures import (
    ApiFigures,
    Attempt,
    Counts,
    RateFigures,
    Reversal,
    Settings,
    Side,
    StuckFigures,
    UnknownValue,
    is_failure_of,
    is_item_failure,
)
from dashboard.alerts.wording import AlertFinding
from dashboard.finance.balance.bridge import Reading
from dashboard.lib.rates import share_of
from dashboard.purchases import statuses
from dashboard.purchases.drift import DriftKind
from dashboard.skinsback import errors
from dashboard.sync.causes import HELD, LIMITED, Cause, CauseKind

LEAST_NORMAL = 20
"""Fewer purchases than this in the hours to compare with say nothing of what is normal."""

LEAST_EXPECTED = Decimal("0.01")
"""As a share of failures: where none is usual, one in a hundred is still no news."""

LONGEST_SUBJECT = 200
"""In characters, as the column keeps them."""

Subjects = AbstractSet[str]
"""Those that have an open alert already."""

OFFER_WAS_MADE = frozenset({"waiting_accept", "canceled", "timeout"}) | statuses.DELIVERED | statuses.REVERSED
"""Statuses that show that the item could be had, whatever the customer then did."""


def _threshold(full: int, is_open: bool) -> int:
    return -(-full // 2) if is_open else full


def failed_and_decided(side: str, counts: Counts) -> tuple[int, int]:
    """Return how many failed in this way, and how many are decided."""
    failed = decided = 0
    for (offer_status, error_reason), number in counts.items():
        if offer_status in statuses.DECIDED:
            decided += number
            failed += number if is_failure_of(side, offer_status, error_reason) else 0
    return failed, decided


def normal_share(side: str, weeks: Sequence[Counts]) -> Decimal | None:
    """Return the usual share of failures: the weeks pooled without the worst one; None when there is too little.

    The worst week is left out, so that last week's outage does not hide this week's.
    """
    each = [failed_and_decided(side, counts) for counts in weeks]
    known = sorted((one for one in each if one[1]), key=lambda one: share_of(*one) or 0)
    kept = known[:-1] if len(known) > 1 else known
    failed, decided = sum(one[0] for one in kept), sum(one[1] for one in kept)
    return share_of(failed, decided) if decided >= LEAST_NORMAL else None


def failure_rate(settings: Settings, figures: RateFigures, open_subjects: Subjects) -> list[AlertFinding]:
    """Too many purchases of the window failed: in number, as a share, and against normal."""
    is_open = "" in open_subjects
    side = settings["side"]
    failed, decided = failed_and_decided(side, figures.counts)
    share = share_of(failed, decided)
    if share is None or failed < _threshold(settings["least_failed"], is_open):
        return []
    usual = normal_share(side, figures.normal)
    if share * 100 < _threshold(settings["percent"], is_open):
        return []
    # An open alert closes on its own share: what counts as normal may move while it is open.
    if usual is not None and not is_open and share < settings["times_normal"] * usual:
        return []
    return [wording.failure_rate(settings, figures, failed, decided, usual)]


def item_failing(settings: Settings, attempts: Sequence[Attempt], open_subjects: Subjects) -> list[AlertFinding]:
    """One item failed for many different customers in a row, and no trade offer was made for it in between."""
    findings = []
    ordered = sorted(attempts, key=lambda attempt: (attempt.item_name, attempt.date, attempt.buy_id))
    for item_name, tried in groupby(ordered, key=lambda attempt: attempt.item_name):
        row = _failed_in_a_row(tried)
        customers = {attempt.steamid for attempt in row}
        subject = item_name[:LONGEST_SUBJECT]
        if row and len(customers) >= _threshold(settings["least_customers"], subject in open_subjects):
            findings.append(wording.item_failing(subject, row, len(customers)))
    return findings


def _failed_in_a_row(attempts: Iterable[Attempt]) -> list[Attempt]:
    row: list[Attempt] = []
    for attempt in attempts:
        if is_item_failure(attempt.offer_status, attempt.error_reason):
            row.append(attempt)
        elif attempt.offer_status in OFFER_WAS_MADE:
            row.clear()
    return row


def user_reversals(settings: Settings, reversals: Sequence[Reversal], open_subjects: Subjects) -> list[AlertFinding]:
    by_user: dict[str, list[Reversal]] = {}
    for reversal in reversals:
        by_user.setdefault(reversal.steamid, []).append(reversal)
    return [
        wording.reversals(steamid, undone)
        for steamid, undone in sorted(by_user.items())
        if len(undone) >= _threshold(settings["least_reversals"], steamid in open_subjects)
    ]


def stuck(settings: Settings, figures: StuckFigures, open_subjects: Subjects) -> list[AlertFinding]:
    if not figures.count or figures.count < _threshold(settings["least_purchases"], "" in open_subjects):
        return []
    return [wording.stuck(settings, figures)]


def unknown_values(settings: Settings, values: Sequence[UnknownValue], open_subjects: Subjects) -> list[AlertFinding]:
    """SkinsBack sends what its documentation does not have: one alert, with a cause for each kind of thing."""
    least = _threshold(settings["least_answers"], "" in open_subjects)
    findings = []
    for kind in DriftKind:
        often = [one for one in values if one.kind == kind and one.times >= least]
        if often:
            findings.append(wording.unknown_values(kind, often))
    return findings


def of_causes(kinds: AbstractSet[CauseKind], causes: Sequence[Cause]) -> list[AlertFinding]:
    """Why the copy is not current, as far as it is of these kinds."""
    return [wording.of_cause(one) for one in causes if one.kind in kinds]


def nothing(_settings: Settings, _figures: None, _open_subjects: Subjects) -> list[AlertFinding]:
    """What a rule finds in the past of which nothing is kept."""
    return []


def balance_low(settings: Settings, reading: Reading | None, open_subjects: Subjects) -> list[AlertFinding]:
    """The balance is below the sum; an open alert closes only when it is a tenth above."""
    least = Decimal(settings["dollars"])
    if "" in open_subjects:
        least *= Decimal("1.1")
    if reading is None or reading.amount >= least:
        return []
    return [wording.balance_low(settings, reading)]


def api_errors(_settings: Settings, figures: ApiFigures, _open_subjects: Subjects) -> list[AlertFinding]:
    """SkinsBack refused us, or had not answered for long, at a moment of the past; of now ``of_causes`` tells."""
    if figures.failing_since is None or figures.now - figures.failing_since < HELD:
        return []
    known = errors.KINDS.get(figures.code) if figures.code is not None else None
    kind = CauseKind.REFUSED if known and known.stops_asking else CauseKind.CONNECTION
    sentence = known.sentence if known else f"{figures.name}."
    return [
        wording.of_cause(
            Cause(CauseKind.LIMIT if figures.name in LIMITED else kind, figures.name, figures.failing_since, sentence)
        )
    ]


FEWEST_DECIDED = 20
"""A stretch with fewer decided purchases says too little, and a longer one stands in for it."""


def is_telling(counts: Counts) -> bool:
    return failed_and_decided(Side.ALL, counts)[1] >= FEWEST_DECIDED


def raised_failures(settings: Settings, figures: RateFigures, open_subjects: Subjects) -> list[AlertFinding]:
    """More purchases failed, in whatever way, than is usual and than chance explains."""
    failed, decided = failed_and_decided(Side.ALL, figures.counts)
    usual = normal_share(Side.ALL, figures.normal)
    if not _is_raised(settings, failed, decided, usual, "" in open_subjects):
        return []
    return [wording.raised_failures(figures, failed, decided, usual)]


def _is_raised(settings: Settings, failed: int, decided: int, usual: Decimal | None, is_open: bool) -> bool:
    share = share_of(failed, decided)
    if share is None or failed < _threshold(settings["least_failed"], is_open):
        return False
    if usual is None:
        return share * 100 >= _threshold(settings["percent"], is_open)
    expected = max(usual, LEAST_EXPECTED)
    excess, deviations = failed - decided * expected, Decimal(settings["deviations"]) / (2 if is_open else 1)
    is_chance = excess <= 0 or excess**2 <= deviations**2 * decided * expected * (1 - expected)
    return share * 100 >= usual * 100 + _threshold(settings["points"], is_open) and not is_chance
