"""What changed between two moments, as its page and its files show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from dashboard.finance import form as finance_form
from dashboard.finance import history_queries as history
from dashboard.finance import queries as reports
from dashboard.finance.form import PeriodForm
from dashboard.finance.history_queries import ChangeBetween, Listing
from dashboard.finance.links import ListLinks
from dashboard.finance.report import Report, SettlementChange, compared
from dashboard.lib.formatting import days_words, iso_z
from dashboard.lib.periods import Interval, Period
from dashboard.purchases.finality import SETTLEMENT_LABELS, Settlement
from dashboard.spreadsheets.tables import money, number, table_of, text, total_text, utc
from dashboard.totals.sums import ZERO
from dashboard.web import downloads
from dashboard.web.downloads import Export, Snapshot
from dashboard.web.page import Pager, asked_place, now, pager


@dataclass(frozen=True)
class Comparison:
    """The two moments that are compared, and which of the changes are listed; see ``changed_purchases``."""

    form: PeriodForm
    period: Period
    known: Interval
    from_part: str
    to_part: str

    @property
    def is_narrowed(self) -> bool:
        return (self.from_part, self.to_part) != (history.ANY, history.ANY)

    @property
    def listed_words(self) -> str:
        labels = ("any part" if part == history.ANY else _label(part) for part in (self.from_part, self.to_part))
        return " → ".join(labels) if self.is_narrowed else "all"

    def as_parameters(self) -> dict[str, Any]:
        """Return the address parameters that show the same to anybody."""
        parts = {"moved_from": self.from_part, "moved_to": self.to_part}
        return self.as_parameters_of_all() | {name: part for name, part in parts.items() if part != history.ANY}

    def as_parameters_of_all(self) -> dict[str, Any]:
        """Return the address parameters of the same comparison with every change listed."""
        return self.form.as_parameters(since=iso_z(self.known.since), as_of=iso_z(self.known.until))

    def purchases(self) -> Listing:
        return history.changed_purchases(
            self.known, self.period.interval, from_part=self.from_part, to_part=self.to_part
        )


@dataclass(frozen=True, slots=True)
class ChangeLine:
    change: ChangeBetween
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class LinkedChange(SettlementChange):
    before_url: str
    after_url: str


@dataclass(frozen=True, slots=True)
class ChangedRow:
    purchase: Any
    from_label: str
    to_label: str
    change: Decimal


@dataclass(frozen=True, slots=True)
class ListedChanges:
    """The changes that are listed, together: how many purchases, and their change of the debited sum in USD."""

    count: int
    change: Decimal
    not_known: int
    """Of how many purchases the debited sum is not known before or after."""


@dataclass(frozen=True, slots=True)
class ShownChanges:
    comparison: Comparison
    title: str
    differences: list[LinkedChange]
    total: LinkedChange
    changes: list[ChangeLine]
    sum_of_changes: Decimal
    before_url: str
    after_url: str
    listed: ListedChanges
    rows: list[ChangedRow]
    all_url: str
    pager: Pager
    export_links: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    form: PeriodForm
    since_text: str
    shown: ShownChanges | None = None


def read(args: MultiDict[str, str]) -> tuple[PeriodForm, Comparison | None]:
    """Read from the address what is to be compared; None, and why in the form, when that cannot be done."""
    form = finance_form.read_form(args)
    earlier = finance_form.read_moment(form.errors, "since", args.get("since", "").strip()[:40])
    later = form.as_of or now()
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
    return form, Comparison(form, form.period, Interval(earlier, later), from_part, to_part)


def listed_of(found: Iterable[ChangeBetween], asked: Comparison) -> ListedChanges:
    listed = [
        one
        for one in found
        if asked.from_part in (history.ANY, one.from_part or "") and asked.to_part in (history.ANY, one.to_part or "")
    ]
    return ListedChanges(
        sum(one.count for one in listed),
        sum((one.change for one in listed), ZERO),
        sum(one.not_known for one in listed),
    )


def changes_page(asked: Comparison) -> ChangesPage:
    form, period, known = asked.form, asked.period, asked.known
    before, after = (reports.find_report(period, moment) for moment in known)
    *differences, total = linked_changes(before, after, *(ListLinks(period.zone, moment) for moment in known))
    found = history.changes_between(known, period.interval)
    rows, next_after = asked.purchases().page(asked_place("after"))
    parameters, all_parameters = asked.as_parameters(), asked.as_parameters_of_all()
    before_url, after_url = (url_for("finance.finance", **form.as_parameters(as_of=iso_z(moment))) for moment in known)
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
        rows=[_changed_row(row) for row in rows],
        all_url=url_for("finance_history.changes", **all_parameters),
        pager=pager("after", next_after, "finance_history.changes", **parameters),
        export_links=downloads.links(
            "finance_history.export_changes", "the purchases that changed, exact",
            "the purchases, the changes and the difference, with a sheet about it", **parameters,
        ),
    )  # fmt: skip
    return ChangesPage(form, iso_z(known.since), shown)


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


FROM_AND_TO = (text("from_part", of=lambda of: of.from_part or ""), text("to_part", of=lambda of: of.to_part or ""))

# A purchase's share in the figures of the period at both moments; an empty part is "not in the period".
CHANGED = (
    number("buy_id"), text("custom_id"), text("steamid"), text("item_name", 40), *FROM_AND_TO,
    money("debited_before", "from_debited"), money("debited_after", "to_debited"),
    money("change", lambda row: (row.to_debited or ZERO) - (row.from_debited or ZERO)),
    money("price_before", "from_price"), money("price_after", "to_price"), utc("changed_at", "seen_at"),
)  # fmt: skip

BEFORE_AND_AFTER = (money("debited_before", "before.debited"), money("debited_after", "after.debited"), money("change"))

CHANGES_BY_PART = (*FROM_AND_TO, number("count"), *BEFORE_AND_AFTER, number("without_debited", "not_known"))

# A row for each part and one for the whole.
DIFFERENCES = (
    text("part", of="name"), text("label"), *BEFORE_AND_AFTER, number("count_before", "before.count"),
    number("count_after", "after.count"), number("without_debited_before", "before.debited_missing"),
    number("without_debited_after", "after.debited_missing"),
)  # fmt: skip


def export(asked: Comparison, connection: Snapshot) -> Export:
    period, known = asked.period, asked.known
    found = history.changes_between(known, period.interval, connection=connection)
    before, after = (reports.find_report(period, moment) for moment in known)
    listed = listed_of(found, asked)
    return Export(
        "Finance: what changed between two moments",
        f"changes-{asked.form.from_}-to-{asked.form.to}-since-{known.since:%Y%m%dT%H%M%SZ}",
        known.until,
        [
            table_of("Purchases", CHANGED, asked.purchases().stream(connection)),
            table_of("Changes", CHANGES_BY_PART, found),
            table_of("By part", DIFFERENCES, compared(before.parts, after.parts)),
        ],
        [
            ("Period", f"{period.first} to {period.last}, both included"),
            ("Time zone of all days", period.zone.key),
            ("Known at", iso_z(known.since)),
            ("Changes listed", asked.listed_words),
            ("Rows of purchases", str(listed.count)),
            ("Change of debited by them, in USD", total_text(listed.change)),
            ("Of them without a known debited sum before or after", str(listed.not_known)),
            ("Debited before, in USD", total_text(before.total.debited)),
            ("Debited after, in USD", total_text(after.total.debited)),
            ("Change of debited in all, in USD", total_text(after.total.debited - before.total.debited)),
        ],
        url_for("finance_history.changes", _external=True, **asked.as_parameters()),
        {"Rows": listed.count, "Change": total_text(listed.change)},
    )
