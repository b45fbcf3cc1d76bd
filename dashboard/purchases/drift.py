"""Pure: what SkinsBack sends that its documentation, as we know it, does not have; ``drift_store`` keeps it.

Statuses grew from eight to ten in two years, so new values are expected: they are kept raw and reported to ops.
"""

from enum import StrEnum

from dashboard.purchases import statuses
from dashboard.skinsback.records import PurchaseRecord

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


def facts_of(record: PurchaseRecord) -> set[Fact]:
    """Return what in an answer is not as documented; mostly nothing."""
    facts = {_fact_of_warning(warning) for warning in record.parse_warnings}
    facts |= {(DriftKind.TYPE.value, f"{name} could not be read") for name, _ in record.unreadable}
    if record.offer_status not in statuses.KNOWN_STATUSES:
        facts.add((DriftKind.STATUS.value, record.offer_status))
    if record.error_reason and record.error_reason not in statuses.KNOWN_REASONS:
        facts.add((DriftKind.REASON.value, record.error_reason))
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
