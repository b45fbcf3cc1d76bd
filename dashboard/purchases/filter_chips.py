"""Pure: the filters of the list that charts and tables set: shown in words, each to be taken away again."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.lib import periods
from dashboard.lib.formatting import local_time
from dashboard.purchases.filters import ListForm
from dashboard.purchases.statuses import Fault, Phase


@dataclass(frozen=True)
class Chip:
    """A filter that has no field of its own in the form: in words, and the address without it."""

    name: str
    values: list[str]
    text: str
    without: dict[str, Any]


PHASE_WORDS = {
    Phase.OPEN: "open", Phase.DELIVERED: "delivered", Phase.FAILED: "failed", Phase.REVERSED: "reversed",
    Phase.UNKNOWN: "unknown",
}  # fmt: skip
FAULT_WORDS = {
    Fault.CUSTOMER: "the customer's fault", Fault.SUPPLIER: "the supplier's fault",
    Fault.MIXED: "partly the customer's fault", Fault.UNKNOWN: "unknown whose fault",
}  # fmt: skip

MISSING_WORDS = {"debited": "debited sum", "price": "price"}


def chips(form: ListForm, zone: ZoneInfo) -> list[Chip]:
    """Return the filters that a chart or a table set and the form has no field for."""
    words = {
        "since": form.since and f"from {local_time(periods.parse_instant(form.since), zone)}",
        "until": form.until and f"before {local_time(periods.parse_instant(form.until), zone)}",
        "item": form.item,
        "phase": " or ".join(PHASE_WORDS[Phase(phase)] for phase in form.phase),
        "fault": form.fault and FAULT_WORDS[Fault(form.fault)],
        "missing": " and ".join(f"without a {MISSING_WORDS[name]}" for name in form.missing),
        "ratio": form.ratio and f"debited is {form.ratio} times the price",
    }
    return [
        Chip(name, _values(form, name), text, form.as_parameters(**{name: ""})) for name, text in words.items() if text
    ]


def _values(form: ListForm, name: str) -> list[str]:
    value = getattr(form, name)
    return value if isinstance(value, list) else [value]
