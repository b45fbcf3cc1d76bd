"""Pure: the filters of the list, read from the address and written back into it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from dashboard.lib import periods
from dashboard.lib.numbers import MICRO
from dashboard.purchases import identify, statuses
from dashboard.purchases.finality import SETTLEMENT_LABELS, SETTLEMENTS
from dashboard.purchases.statuses import Fault, Phase
from dashboard.skinsback.parsing import LARGEST_SUM, LONGEST
from dashboard.skinsback.records import UNREADABLE_STATUS

T = TypeVar("T")

MOST_VALUES = 40

SORT_WORDS = {
    "-date": "newest first", "date": "oldest first", "-balance_debited_sum": "largest debit first",
    "balance_debited_sum": "smallest debit first", "hold_ends_at": "soonest release first",
}  # fmt: skip

MISSING_WORDS = {"debited": "debited sum", "price": "price"}

UNKNOWN = "unknown"
"""As a ``status``: any value that the catalogue does not know."""


@dataclass(frozen=True)
class Filters:
    """Which purchases are wanted; empty means all. Times are half-open [since, until), sums include both ends.

    ``released_since`` and ``released_until`` are about the end of the running hold.
    """

    parts: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    steamid: str | None = None
    on_hold: bool = False
    since: datetime | None = None
    until: datetime | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    released_since: datetime | None = None
    released_until: datetime | None = None
    item: str | None = None
    """An ``item_name``, exactly."""
    phases: tuple[Phase, ...] = ()
    fault: Fault | None = None
    """Only what failed or was reversed has one."""
    missing: tuple[str, ...] = ()
    """Of MISSING_WORDS: purchases that came without it."""
    thousandths: int | None = None
    """Debited to price, to the nearest thousandth; only purchases that have both, above 0."""


@dataclass
class ListForm:
    """What stands in the filter form: the texts as they came, the filters they mean, and what is wrong with them."""

    status: list[str] = field(default_factory=list)
    reason: list[str] = field(default_factory=list)
    part: list[str] = field(default_factory=list)
    phase: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    steamid: str = ""
    hold: bool = False
    from_: str = ""
    to: str = ""
    min: str = ""
    max: str = ""
    sort: str = "-date"
    released_from: str = ""
    released_to: str = ""
    since: str = ""
    until: str = ""
    item: str = ""
    fault: str = ""
    ratio: str = ""
    filters: Filters = field(default_factory=Filters)
    errors: dict[str, str] = field(default_factory=dict)

    def as_parameters(self, **changes: Any) -> dict[str, Any]:
        """Return the address parameters of this form, with changes; empty ones are left out."""
        values = {
            "status": self.status, "reason": self.reason, "steamid": self.steamid, "hold": "1" if self.hold else "",
            "from": self.from_, "to": self.to, "min": self.min, "max": self.max,
            "sort": "" if self.sort == "-date" else self.sort,
            "part": self.part, "released_from": self.released_from, "released_to": self.released_to,
            "since": self.since, "until": self.until, "item": self.item, "fault": self.fault, "phase": self.phase,
            "missing": self.missing, "ratio": self.ratio,
        }  # fmt: skip
        return {name: value for name, value in (values | changes).items() if value}

    @property
    def is_filtered(self) -> bool:
        return bool(set(self.as_parameters()) - {"sort"})


def values_of(parameter: str | list[str]) -> list[str]:
    return parameter if isinstance(parameter, list) else [parameter]


def read_form(args: MultiDict[str, str], zone: ZoneInfo) -> ListForm:
    """Read the filters from the address. What cannot be understood is left out and explained in ``errors``."""
    form = ListForm(
        status=_texts(args, "status"), reason=_texts(args, "reason"), part=_texts(args, "part"),
        steamid=_text(args, "steamid", 200), hold=args.get("hold") == "1", from_=_text(args, "from"),
        to=_text(args, "to"), min=_text(args, "min"), max=_text(args, "max"), sort=args.get("sort") or "-date",
        released_from=_text(args, "released_from"), released_to=_text(args, "released_to"),
        since=_text(args, "since"), until=_text(args, "until"), ratio=_text(args, "ratio", 20),
        item=args.get("item", "").replace("\0", "\N{REPLACEMENT CHARACTER}")[:LONGEST["item.name"]],
        fault=args.get("fault", ""),
    )  # fmt: skip
    if form.sort not in SORT_WORDS:
        form.errors["sort"] = f"“{form.sort[:40]}” is not a sort order; the newest purchases come first instead."
        form.sort = "-date"
    since, until = _period(form, zone, ("from", form.from_), ("to", form.to))
    since, until = _narrowed(form, since, until)
    released = _period(form, zone, ("released_from", form.released_from), ("released_to", form.released_to))
    _read_kind(form, args)
    least, most = _read(form, "min", form.min, _parse_sum), _read(form, "max", form.max, _parse_sum)
    if least is not None and most is not None and least > most:
        form.errors["max"] = "The largest sum is below the smallest one, so nothing can match."
    form.filters = Filters(
        statuses=tuple(form.status), reasons=tuple(form.reason), steamid=_steamid(form), on_hold=form.hold,
        since=since, until=until, least=least, most=most, parts=tuple(form.part), released_since=released[0],
        released_until=released[1], item=form.item or None, phases=tuple(Phase(phase) for phase in form.phase),
        fault=Fault(form.fault) if form.fault else None, missing=tuple(form.missing), thousandths=_ratio(form),
    )  # fmt: skip
    return form


def holds_form() -> ListForm:
    return ListForm(hold=True, sort="hold_ends_at", filters=Filters(on_hold=True))


def _narrowed(
    form: ListForm, since: datetime | None, until: datetime | None
) -> tuple[datetime | None, datetime | None]:
    """Return the period narrowed by ``since`` and ``until``, which charts use: instants, not days."""
    starts = [moment for moment in (since, _instant(form, "since")) if moment is not None]
    ends = [moment for moment in (until, _instant(form, "until")) if moment is not None]
    return max(starts, default=None), min(ends, default=None)


def _instant(form: ListForm, name: str) -> datetime | None:
    moment = _read(form, name, getattr(form, name), periods.parse_instant)
    if moment is None:
        setattr(form, name, "")
    return moment


def _read_kind(form: ListForm, args: MultiDict[str, str]) -> None:
    form.phase = [phase for phase in dict.fromkeys(args.getlist("phase")) if phase in set(Phase)]
    form.missing = [name for name in dict.fromkeys(args.getlist("missing")) if name in MISSING_WORDS]
    unknown = [phase for phase in args.getlist("phase") if phase not in form.phase]
    if form.fault and form.fault not in set(Fault):
        unknown.append(form.fault)
        form.fault = ""
    if unknown:
        form.errors["kind"] = f"There is no group of purchases called “{unknown[0][:40]}”; this filter is left out."


def _ratio(form: ListForm) -> int | None:
    """Return the ratio of debited to price in thousandths; one that cannot be read is left out and explained."""
    if not form.ratio:
        return None
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,3}0*)?", form.ratio):
        form.errors["kind"] = (
            f"“{form.ratio}” is not a ratio of debited to price such as 1.05; this filter is left out."
        )
        form.ratio = ""
        return None
    return int(Decimal(form.ratio).scaleb(3))


def _text(args: MultiDict[str, str], name: str, at_most: int = 40) -> str:
    return args.get(name, "").strip()[:at_most]


def _texts(args: MultiDict[str, str], name: str) -> list[str]:
    # No stored value holds a control character or more than 64 characters, so such a filter matches nothing as it is;
    # PostgreSQL would refuse a NUL outright.
    values = (value.strip().replace("\0", "\N{REPLACEMENT CHARACTER}")[:64] for value in args.getlist(name))
    return list(dict.fromkeys(value for value in values if value))[:MOST_VALUES]


def _period(
    form: ListForm, zone: ZoneInfo, first: tuple[str, str], last: tuple[str, str]
) -> tuple[datetime | None, datetime | None]:
    begin, end = _read(form, *first, periods.parse_date), _read(form, *last, periods.parse_date)
    if begin and end and begin > end:
        form.errors[last[0]] = "The last day is before the first one, so nothing can match."
    since = periods.day_start(begin, zone) if begin else None
    return since, periods.day_bounds(end, end, zone).until if end else None


def _read(form: ListForm, name: str, text: str, parse: Callable[[str], T]) -> T | None:
    try:
        return parse(text) if text else None
    except ValueError as error:
        form.errors[name] = str(error)
        return None


def _parse_sum(text: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", ".").lstrip("$"))
        # Not ``abs``, which computes, and cannot do so with a number of any size.
        if not value.is_finite() or value.copy_abs() > LARGEST_SUM or value != value.quantize(MICRO):
            raise InvalidOperation
    except InvalidOperation:
        raise ValueError(f"“{text}” is not a sum in dollars such as 11.73; this filter is left out.") from None
    return value


def _steamid(form: ListForm) -> str | None:
    if not form.steamid:
        return None
    # Else shown as it is: SkinsBack may send an id that is none of Steam's, and its purchases must be found too.
    return identify.steamid_in(form.steamid) or form.steamid.replace("\0", "\N{REPLACEMENT CHARACTER}")


def choices(kind: str, chosen: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Return (value, label, is chosen) of every part, status, reason or order, and of unknown ones asked for."""
    known = _KNOWN_CHOICES[kind]
    extra = [(value, value) for value in chosen if value not in dict(known)]
    return [(value, label, value in chosen) for value, label in known + extra]


_KNOWN_CHOICES = {
    "sort": list(SORT_WORDS.items()),
    "part": [(part.value, SETTLEMENT_LABELS[part]) for part in SETTLEMENTS],
    "status": [(status.value, status.label) for status in statuses.STATUSES]
    + [(UNREADABLE_STATUS, statuses.status_of(UNREADABLE_STATUS).label), (UNKNOWN, "Any undocumented status")],
    "reason": [(reason.value, reason.label) for reason in statuses.REASONS]
    + [(statuses.NO_REASON, statuses.reason_label(None))],
}
