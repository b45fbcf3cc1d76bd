"""Pure: what SkinsBack sends that its documentation, as we know it, does not have; ``drift_store`` keeps it.

Statuses grew from eight to ten in two years, so new values are expected: they are kept raw and reported to ops.
"""

from collections.abc import Iterable
from enum import StrEnum

from dashboard.purchases import statuses

LONGEST_VALUE = 200
"""In characters; the name of a field may be of any length, and a longer one is cut."""
_UNKNOWN_FIELD = "unknown field "


class DriftKind(StrEnum):
    """What is not as documented, the gravest first."""

    REJECTED = "set_aside"
    """An object that could not be used at all."""
    STATUS = "status"
    REASON = "reason"
    TYPE = "type"
    """A documented field whose value is of another kind, or missing."""
    FIELD = "field"


DRIFT_WORDS = {
    DriftKind.REJECTED: "an object that could not be used", DriftKind.STATUS: "the status",
    DriftKind.REASON: "the reason", DriftKind.TYPE: "a value of another kind", DriftKind.FIELD: "the field",
}  # fmt: skip


Fact = tuple[str, str]
"""(kind, value)."""

Sighting = tuple[Fact, int | None, str]
"""What an answer has that is not documented, the purchase, and the answer as received."""


def facts_of(offer_status: str, error_reason: str | None, parse_warnings: Iterable[str]) -> set[Fact]:
    """Return what in an answer is not as documented; mostly nothing. ``parse_warnings`` as the parsing words them."""
    facts: set[Fact] = set()
    if offer_status not in statuses.KNOWN_STATUSES:
        facts.add((DriftKind.STATUS.value, offer_status))
    if error_reason and error_reason not in statuses.KNOWN_REASONS:
        facts.add((DriftKind.REASON.value, error_reason))
    for warning in parse_warnings:
        facts.add(_fact_of_warning(warning))
    return facts


def _fact_of_warning(warning: str) -> Fact:
    if warning.startswith(_UNKNOWN_FIELD):
        # The name stands in quotation marks, as Python writes texts.
        return DriftKind.FIELD.value, warning.removeprefix(_UNKNOWN_FIELD)[1:-1][:LONGEST_VALUE]
    return DriftKind.TYPE.value, _without_example(warning)


def fact_of_rejected(reason: str) -> Fact:
    """Return what an object that was rejected is counted as."""
    return DriftKind.REJECTED.value, _without_example(reason)


def _without_example(sentence: str) -> str:
    # The value that was wrong stands behind a colon.
    return sentence.partition(": ")[0][:LONGEST_VALUE]
