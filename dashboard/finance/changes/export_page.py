"""What changed between two moments, and what was known at one, as files: everything that the pages show."""

from typing import Any

from flask import url_for

from dashboard.finance import history_queries as history
from dashboard.finance import queries as reports
from dashboard.finance.changes.page import Comparison, linked_changes, listed_of, sums_of_known
from dashboard.finance.form import PeriodForm, Wanted
from dashboard.finance.links import ListLinks
from dashboard.lib.formatting import iso_z
from dashboard.purchases.export_page import sums_about, sums_facts
from dashboard.purchases.finality import SETTLEMENT_LABELS, Settlement
from dashboard.spreadsheets.tables import local, money, number, table_of, text, total_text, utc
from dashboard.totals.sums import ZERO
from dashboard.web.downloads import Export, Snapshot
from dashboard.web.page import now, zone

FROM_AND_TO = (text("from_part", of=lambda of: of.from_part or ""), text("to_part", of=lambda of: of.to_part or ""))

ITEM = (number("buy_id"), text("custom_id"), text("steamid"), text("item_name", 40))

CHANGED = (
    *ITEM, *FROM_AND_TO,
    money("debited_before", "from_debited"), money("debited_after", "to_debited"),
    money("change", lambda row: (row.to_debited or ZERO) - (row.from_debited or ZERO)),
    money("price_before", "from_price"), money("price_after", "to_price"), utc("changed_at", "seen_at"),
)  # fmt: skip

"""A purchase's share in the figures of the period at both moments; an empty part is "not in the period"."""

BEFORE_AND_AFTER = (money("debited_before", "before.debited"), money("debited_after", "after.debited"), money("change"))

CHANGES_BY_PART = (
    *FROM_AND_TO,
    number("count"), *BEFORE_AND_AFTER,
)  # fmt: skip

DIFFERENCES = (
    text("part", of="name"), text("label"), *BEFORE_AND_AFTER, number("count_before", "before.count"),
    number("count_after", "after.count"),
)  # fmt: skip

"""A row for each part and one for the whole."""

KNOWN = (
    *ITEM, text("offer_status"), text("error_reason"), text("part"), money("balance_debited_sum"), money("price"),
    utc("date"), local("date_local", "date"),
)  # fmt: skip


def changes_export(asked: Comparison, connection: Snapshot) -> Export:
    """Return the export that the page with the same parameters offers."""
    period, known = asked.period, asked.known
    found = history.changes_between(known, period.interval, connection=connection)
    rows = history.iter_changed(connection, known, period.interval, from_part=asked.from_part, to_part=asked.to_part)
    before, after = (reports.find_report(period, moment) for moment in known)
    listed, links = listed_of(found, asked), ListLinks(period.zone)
    return Export(
        "Finance: what changed between two moments",
        f"changes-{asked.form.from_}-to-{asked.form.to}-since-{known.since:%Y%m%dT%H%M%SZ}",
        known.until,
        [
            table_of("Purchases", CHANGED, rows),
            table_of("Changes", CHANGES_BY_PART, found),
            table_of("By part", DIFFERENCES, linked_changes(before, after, links, links)),
        ],
        [
            ("Period", f"{period.first} to {period.last}, both included"),
            ("Time zone of all days", period.zone.key),
            ("Known at", iso_z(known.since)),
            ("Changes listed", asked.listed_words),
            ("Rows of purchases", str(listed.count)),
            ("Change of debited by them, in USD", total_text(listed.change)),
            ("Debited before, in USD", total_text(before.total.debited)),
            ("Debited after, in USD", total_text(after.total.debited)),
            ("Change of debited in all, in USD", total_text(after.total.debited - before.total.debited)),
        ],
        url_for("finance_history.changes", _external=True, **asked.as_parameters()),
        {"Rows": listed.count, "Change": total_text(listed.change)},
    )


def known_export(form: PeriodForm, wanted: Wanted, connection: Snapshot) -> Export:
    """Return the export that the page with the same parameters offers."""
    assert form.period is not None  # noqa: S101 # The caller has answered with 400 otherwise.
    as_of = form.as_of or now()
    sums = sums_of_known(form.period, as_of, wanted)
    rows: Any = history.iter_known(connection, as_of, form.period.interval, wanted.part, wanted.missing)
    parameters = form.as_parameters(zone(), as_of=iso_z(as_of), part=wanted.part, missing=wanted.missing)
    return Export(
        "Purchases of a period, as they were known",
        f"purchases-{form.from_}-to-{form.to}-{wanted.part or 'all'}",
        as_of,
        [table_of("Purchases", KNOWN, rows)],
        [
            ("Period", f"{form.from_} to {form.to}, both included"),
            ("Part", SETTLEMENT_LABELS[Settlement(wanted.part)] if wanted.part else "all"),
            ("Came without", wanted.missing or "not asked"),
            *sums_about(sums, "Rows"),
        ],
        url_for("finance_history.known_purchases", _external=True, **parameters),
        sums_facts(sums),
    )
