"""What changed between two moments, and what was known at one, turned into words, figures and links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from dashboard.finance import form as finance_form
from dashboard.finance import history_queries as history
from dashboard.finance import queries as money
from dashboard.finance.form import PeriodForm, Wanted
from dashboard.finance.history_queries import ChangeBetween, VersionsPage
from dashboard.finance.links import ListLinks
from dashboard.finance.report import Report, SettlementChange, compared, total_of
from dashboard.lib.formatting import days_words, iso_z
from dashboard.lib.periods import Interval, Period
from dashboard.purchases import statuses
from dashboard.purchases.filter_chips import MISSING_WORDS
from dashboard.purchases.finality import SETTLEMENT_LABELS, Settlement
from dashboard.purchases.list_queries import MISSING
from dashboard.totals.sums import NOTHING, ZERO, Sums
from dashboard.web import downloads
from dashboard.web.page import zone


@dataclass(frozen=True)
class Comparison:
    """The two moments that are compared, and which of the changes are listed; see ``changed_purchases``."""

    form: PeriodForm
    period: Period
    known: Interval
    from_part: str
    to_part: str
    after: int | None

    @property
    def is_narrowed(self) -> bool:
        """Whether only some of the changes are listed."""
        return (self.from_part, self.to_part) != (history.ANY, history.ANY)

    @property
    def listed_words(self) -> str:
        """Which changes are listed, in words."""
        labels = ("any part" if part == history.ANY else _label(part) for part in (self.from_part, self.to_part))
        return " → ".join(labels) if self.is_narrowed else "all"

    def as_parameters(self) -> dict[str, Any]:
        """Return the address parameters that show the same to anybody."""
        parts = {"moved_from": self.from_part, "moved_to": self.to_part}
        return self.as_parameters_of_all() | {name: part for name, part in parts.items() if part != history.ANY}

    def as_parameters_of_all(self) -> dict[str, Any]:
        """Return the address parameters of the same comparison with every change listed."""
        return self.form.as_parameters(zone(), since=iso_z(self.known.since), as_of=iso_z(self.known.until))


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Purchases that went from one part to another, and where they are."""

    change: ChangeBetween
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class LinkedChange(SettlementChange):
    """A part before and after, with where its purchases are."""

    before_url: str
    after_url: str


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A purchase that changed: what it was and what it is, in the figures of the period."""

    purchase: Any
    from_label: str
    to_label: str
    change: Decimal


@dataclass(frozen=True, slots=True)
class Listed:
    """The changes that are listed, together: how many purchases, and their change of the debited sum in USD."""

    count: int
    change: Decimal


@dataclass(frozen=True, slots=True)
class ShownChanges:
    """What the page "What changed" shows of a comparison."""

    comparison: Comparison
    title: str
    differences: list[LinkedChange]
    total: LinkedChange
    changes: list[ChangeLine]
    sum_of_changes: Decimal
    before_url: str
    after_url: str
    listed: Listed
    rows: list[ChangedRow]
    all_url: str
    first_url: str
    next_url: str
    export_links: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """The page "What changed"; without ``shown`` where nothing can be compared yet."""

    form: PeriodForm
    since_text: str
    shown: ShownChanges | None = None


def read(args: MultiDict[str, str], moment: datetime, after: int | None = None) -> tuple[PeriodForm, Comparison | None]:
    """Read from the address what is to be compared; None, and why in the form, when that cannot be done."""
    form = finance_form.read_form(args, zone(), moment)
    earlier = finance_form.read_moment(form.errors, "since", args.get("since", "").strip()[:40], zone(), moment)
    later = form.as_of or moment
    if earlier is None and "since" in args and "since" not in form.errors:
        form.errors["since"] = "Choose the moment to compare with."
    if earlier is not None and earlier > later:
        form.errors["since"] = "The first moment must lie before the second."
    from_part, to_part = (args.get(name, history.ANY) for name in ("moved_from", "moved_to"))
    for part in (from_part, to_part):
        if part not in ("", history.ANY, *Settlement):
            form.errors["part"] = f"There is no part “{part[:40]}”."
    if form.period is None or form.errors or earlier is None:
        return form, None
    return form, Comparison(form, form.period, Interval(earlier, later), from_part, to_part, after)


def listed_of(found: Iterable[ChangeBetween], asked: Comparison) -> Listed:
    """Return the changes that are listed, together."""
    listed = [
        one
        for one in found
        if asked.from_part in (history.ANY, one.from_part or "") and asked.to_part in (history.ANY, one.to_part or "")
    ]
    return Listed(sum(one.count for one in listed), sum((one.change for one in listed), ZERO))


def changes_page(asked: Comparison) -> ChangesPage:
    """Return the page "What changed"."""
    form, period, known = asked.form, asked.period, asked.known
    before, after = (money.find_report(period, moment) for moment in known)
    *differences, total = linked_changes(before, after, *(ListLinks(period.zone, moment) for moment in known))
    found = history.changes_between(known, period.interval)
    page = history.changed_purchases(
        known, period.interval, from_part=asked.from_part, to_part=asked.to_part, after=asked.after
    )
    parameters, all_parameters = asked.as_parameters(), asked.as_parameters_of_all()
    before_url, after_url = (
        url_for("finance.finance", **form.as_parameters(zone(), as_of=iso_z(moment))) for moment in known
    )
    shown = ShownChanges(
        comparison=asked,
        title=days_words(period.first, period.last),
        differences=differences,
        total=total,
        changes=[_line(one, all_parameters) for one in found],
        sum_of_changes=sum((one.change for one in found), ZERO),
        before_url=before_url,
        after_url=after_url,
        listed=listed_of(found, asked),
        rows=[_changed_row(row) for row in page.rows],
        all_url=url_for("finance_history.changes", **all_parameters),
        first_url=url_for("finance_history.changes", **parameters),
        next_url=_next_url("finance_history.changes", parameters, page),
        export_links=downloads.links(
            "history_exports.export_changes", "the purchases that changed, exact",
            "the purchases, the changes and the difference, with a sheet about it", **parameters,
        ),
    )  # fmt: skip
    return ChangesPage(form, iso_z(known.since), shown)


def _next_url(endpoint: str, parameters: dict[str, Any], page: VersionsPage) -> str:
    return url_for(endpoint, **parameters, after=str(page.next_after)) if page.next_after else ""


def linked_changes(
    before: Report, after: Report, links_before: ListLinks, links_after: ListLinks
) -> list[LinkedChange]:
    """Return each part of a period before and after, and the whole last, with where its purchases are."""
    days = (before.period.first, before.period.last)
    return [
        LinkedChange(
            one.part, one.before, one.after, links_before.days(*days, one.part), links_after.days(*days, one.part)
        )
        for one in compared(before.parts, after.parts)
    ]


def _line(one: ChangeBetween, parameters: dict[str, Any]) -> ChangeLine:
    parts: dict[str, Any] = {"moved_from": one.from_part or "", "moved_to": one.to_part or "", "_anchor": "purchases"}
    label = f"{_label(one.from_part)} → {_label(one.to_part)}"
    return ChangeLine(one, label, url_for("finance_history.changes", **parameters, **parts))


def _label(part: str | None) -> str:
    return SETTLEMENT_LABELS[Settlement(part)] if part else "Not in the period"


def _changed_row(row: Any) -> ChangedRow:
    change = (row.to_debited or ZERO) - (row.from_debited or ZERO)
    return ChangedRow(row, _label(row.from_part), _label(row.to_part), change)


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A purchase as it was known at a moment."""

    purchase: Any
    part_label: str
    badge: statuses.Badge


@dataclass(frozen=True, slots=True)
class ShownKnown:
    """What the page "Purchases as they were known" shows of a moment."""

    as_of: datetime
    sums: Sums
    part_label: str
    missing_label: str
    missing_urls: dict[str, str]
    title: str
    rows: list[KnownRow]
    is_first_page: bool
    first_url: str
    next_url: str
    report_url: str
    export_links: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class KnownPage:
    """The page "Purchases as they were known"; without ``shown`` where the address means no period."""

    form: PeriodForm
    shown: ShownKnown | None = None


def known_page(form: PeriodForm, period: Period, as_of: datetime, wanted: Wanted, after: int | None) -> KnownPage:
    """Return the page of the purchases of a period as they were known at a moment."""
    page = history.purchases_as_of(as_of, period.interval, wanted.part, wanted.missing, after=after)
    endpoint = "finance_history.known_purchases"
    parameters = form.as_parameters(zone(), as_of=iso_z(as_of), part=wanted.part, missing=wanted.missing)
    shown = ShownKnown(
        as_of=as_of,
        sums=sums_of_known(period, as_of, wanted),
        part_label=SETTLEMENT_LABELS[Settlement(wanted.part)] if wanted.part else "All parts",
        missing_label=f"without a {MISSING_WORDS[wanted.missing]}" if wanted.missing else "",
        missing_urls={name: url_for(endpoint, **parameters | {"missing": name}) for name in MISSING},
        title=days_words(period.first, period.last),
        rows=[_known_row(row) for row in page.rows],
        is_first_page=after is None,
        first_url=url_for(endpoint, **parameters),
        next_url=_next_url(endpoint, parameters, page),
        report_url=url_for("finance.finance", **form.as_parameters(zone(), as_of=iso_z(as_of))),
        export_links=downloads.links(
            "history_exports.export_known", "every row, exact", "every row, with a sheet about it", **parameters
        ),
    )
    return KnownPage(form, shown)


def sums_of_known(period: Period, as_of: datetime, wanted: Wanted) -> Sums:
    """Return what the listed purchases of a period add up to, as they were known at a moment, in USD."""
    if wanted.missing:
        return history.sums_as_of(as_of, period.interval, wanted.part, wanted.missing)
    parts = money.find_report(period, as_of).parts
    return parts.get(Settlement(wanted.part), NOTHING) if wanted.part else total_of(parts)


def _known_row(row: Any) -> KnownRow:
    badge = statuses.badge_of(row.offer_status, is_reversible=row.part == Settlement.REVERSIBLE)
    return KnownRow(row, SETTLEMENT_LABELS[Settlement(row.part)], badge)
