"""Pure: the filters of the list that charts and tables set: shown in words, each to be taken away again."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.lib import periods
from dashboard.lib.formatting import local_time
from dashboard.purchases.filters import MISSING_WORDS, ListForm, values_of
from dashboard.purchases.statuses import Fault


@dataclass(frozen=True)
class Chip:
    """A filter that has no field of its own in the form: in words, and the address without it."""

    name: str
    values: list[str]
    text: str
    without: dict[str, Any]


FAULT_WORDS = {
    Fault.CUSTOMER: "the customer's fault", Fault.SUPPLIER: "the supplier's fault",
    Fault.MIXED: "partly the customer's fault", Fault.UNKNOWN: "fault unknown",
}  # fmt: skip


def chips(form: ListForm, zone: ZoneInfo) -> list[Chip]:
    """Return the filters that a chart or a table set and the form has no field for."""
    words = {
        "since": form.since and f"from {local_time(periods.parse_instant(form.since), zone)}",
        "until": form.until and f"before {local_time(periods.parse_instant(form.until), zone)}",
        "item": form.item,
        "phase": " or ".join(form.phase),
        "fault": form.fault and FAULT_WORDS[Fault(form.fault)],
        "missing": " and ".join(f"without a {MISSING_WORDS[name]}" for name in form.missing),
        "ratio": form.ratio and f"debited is {form.ratio} times the price",
    }
    parameters = form.as_parameters()
    return [
        Chip(name, values_of(parameters[name]), text, form.as_parameters(**{name: ""}))
        for name, text in words.items()
        if text
    ]
