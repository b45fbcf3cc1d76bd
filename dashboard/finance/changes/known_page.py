"""Purchases as they were known at a past moment, as their page and its files show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from dashboard.finance import form as finance_form
from dashboard.finance import history_queries as history
from dashboard.finance import queries as reports
from dashboard.finance.form import PeriodForm
from dashboard.finance.history_queries import Listing
from dashboard.finance.report import total_of
from dashboard.lib.formatting import days_words, iso_z
from dashboard.lib.periods import Period
from dashboard.purchases import present
from dashboard.purchases.export_page import sums_about, sums_facts
from dashboard.purchases.filters import MISSING_WORDS
from dashboard.purchases.finality import SETTLEMENT_LABELS, Settlement
from dashboard.purchases.present import given_date
from dashboard.purchases.statuses import Badge
from dashboard.spreadsheets.tables import local, money, number, table_of, text, utc
from dashboard.totals.sums import NOTHING, Sums
from dashboard.web import downloads
from dashboard.web.downloads import Export, Snapshot
from dashboard.web.page import Pager, asked_place, now, pager


@dataclass(frozen=True)
class KnownPurchases:
    """Which purchases are asked for: of a period, as they were known at a moment, of one part or of all."""

    form: PeriodForm
    period: Period
    as_of: datetime
    part: str
    missing: str
    """``debited`` or ``price`` for those that came without it, or nothing."""

    def as_parameters(self) -> dict[str, Any]:
        """Return the address parameters that show the same to anybody."""
        return self.form.as_parameters(as_of=iso_z(self.as_of), part=self.part, missing=self.missing)

    def purchases(self) -> Listing:
        return history.purchases_as_of(self.as_of, self.period.interval, self.part, self.missing)

    def sums(self) -> Sums:
        if self.missing:
            return history.sums_as_of(self.as_of, self.period.interval, self.part, self.missing)
        parts = reports.find_report(self.period, self.as_of).parts
        return parts.get(Settlement(self.part), NOTHING) if self.part else total_of(parts)


@dataclass(frozen=True, slots=True)
class KnownRow:
    purchase: Any
    part_label: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class ShownKnown:
    as_of: datetime
    sums: Sums
    part_label: str
    missing_label: str
    missing_urls: dict[str, str]
    title: str
    rows: list[KnownRow]
    pager: Pager
    report_url: str
    export_links: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class KnownPage:
    form: PeriodForm
    shown: ShownKnown | None = None


def read(args: MultiDict[str, str]) -> tuple[PeriodForm, KnownPurchases | None]:
    """Read from the address what is asked for; None, and why in the form, when that cannot be shown."""
    form = finance_form.read_form(args)
    part, missing = args.get("part", ""), args.get("missing", "")
    if part and part not in tuple(Settlement):
        form.errors["part"] = f"There is no part “{part[:40]}”."
    if missing and missing not in MISSING_WORDS:
        form.errors["missing"] = f"“{missing[:40]}” is not a sum; use debited or price."
    if form.period is None or form.errors:
        return form, None
    return form, KnownPurchases(form, form.period, form.as_of or now(), part, missing)


def known_page(wanted: KnownPurchases) -> KnownPage:
    rows, next_after = wanted.purchases().page(asked_place("after"))
    form, period, parameters = wanted.form, wanted.period, wanted.as_parameters()
    endpoint = "finance_history.known_purchases"
    shown = ShownKnown(
        as_of=wanted.as_of,
        sums=wanted.sums(),
        part_label=SETTLEMENT_LABELS[Settlement(wanted.part)] if wanted.part else "All parts",
        missing_label=f"without a {MISSING_WORDS[wanted.missing]}" if wanted.missing else "",
        missing_urls={name: url_for(endpoint, **parameters | {"missing": name}) for name in MISSING_WORDS},
        title=days_words(period.first, period.last),
        rows=[KnownRow(row, SETTLEMENT_LABELS[Settlement(row.part)], present.badge(row)) for row in rows],
        pager=pager("after", next_after, endpoint, **parameters),
        report_url=url_for("finance.finance", **form.as_parameters(as_of=iso_z(wanted.as_of))),
        export_links=downloads.links(
            "finance_history.export_known", "every row, exact", "every row, with a sheet about it", **parameters
        ),
    )
    return KnownPage(form, shown)


COLUMNS = (
    number("buy_id"), text("custom_id"), text("steamid"), text("item_name", 40), text("offer_status"),
    text("error_reason"), text("part"), money("balance_debited_sum"), money("price"),
    utc("date", given_date), local("date_local", given_date), utc("first_seen_at"),
)  # fmt: skip


def export(wanted: KnownPurchases, connection: Snapshot) -> Export:
    form, sums = wanted.form, wanted.sums()
    return Export(
        "Purchases of a period, as they were known",
        f"purchases-{form.from_}-to-{form.to}-{wanted.part or 'all'}",
        wanted.as_of,
        [table_of("Purchases", COLUMNS, wanted.purchases().stream(connection))],
        [
            ("Period", f"{form.from_} to {form.to}, both included"),
            ("Part", SETTLEMENT_LABELS[Settlement(wanted.part)] if wanted.part else "all"),
            ("Missing sum", wanted.missing or "not filtered"),
            *sums_about(sums, "Rows"),
        ],
        url_for("finance_history.known_purchases", _external=True, **wanted.as_parameters()),
        sums_facts(sums),
    )
