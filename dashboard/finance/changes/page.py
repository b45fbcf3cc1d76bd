"""What moved between two moments, turned into words, figures and links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from dashboard.finance import form as finance_form
from dashboard.finance import history_queries as history
from dashboard.finance import page as finance_page
from dashboard.finance import queries as money
from dashboard.finance.form import Form, Wanted
from dashboard.finance.history_queries import Move
from dashboard.finance.links import ListLinks
from dashboard.finance.report import Period, Report, SettlementChange, compared, total_of
from dashboard.lib.formatting import iso_z
from dashboard.purchases import statuses
from dashboard.purchases.finality import SETTLEMENT_LABELS, Settlement
from dashboard.totals.sums import NOTHING, ZERO, Sums
from dashboard.web import downloads
from dashboard.web.page import zone

NOT_IN_PERIOD = "Not in the period"


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A kind of move: from where to where, how many purchases, and by how much they changed the debited sum."""

    from_part: str
    to_part: str
    from_label: str
    to_label: str
    count: int
    change: Decimal
    url: str


@dataclass(frozen=True, slots=True)
class LinkedChange(SettlementChange):
    """A part before and after, with where its purchases are."""

    before_url: str
    after_url: str


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A purchase as it was known at a moment."""

    purchase: Any
    part_label: str
    badge: statuses.Badge


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A purchase that moved: what it was and what it is, in the figures of the period."""

    purchase: Any
    from_label: str
    to_label: str
    change: Decimal


@dataclass(frozen=True)
class Asked:
    """The two moments that are compared, and which of the moves are listed; ``chosen`` and ``after`` as in queries."""

    form: Form
    period: Period
    earlier: datetime
    later: datetime
    chosen: dict[str, str]
    after: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """The moves that are listed, together: how many purchases, and their change of the debited sum in USD."""

    count: int
    change: Decimal


def read(args: MultiDict[str, str], moment: datetime, after: int | None = None) -> tuple[Form, Asked | None]:
    """Read from the address what is to be compared; None, and why in the form, when that cannot be done."""
    form = finance_form.read_form(args, zone(), moment)
    earlier = finance_form.read_moment(form.errors, "since", args.get("since", "").strip()[:40], zone(), moment)
    later = form.as_of or moment
    if earlier is None and "since" in args and "since" not in form.errors:
        form.errors["since"] = "Choose the moment to compare with."
    if earlier is not None and earlier > later:
        form.errors["since"] = "The first moment must lie before the second."
    chosen = {name: args.get(name, history.ANY) for name in ("moved_from", "moved_to")}
    for part in chosen.values():
        if part not in ("", history.ANY, *Settlement):
            form.errors["part"] = f"There is no part “{part[:40]}”."
    if form.period is None or form.errors or earlier is None:
        return form, None
    return form, Asked(form, form.period, earlier, later, chosen, after)


def parameters_of(asked: Asked) -> dict[str, Any]:
    """Return the address parameters that show the same to anybody."""
    parameters = asked.form.as_parameters(zone(), since=iso_z(asked.earlier), as_of=iso_z(asked.later))
    return parameters | {name: part for name, part in asked.chosen.items() if part != history.ANY}


def chosen_of(found: Iterable[Move], chosen: dict[str, str]) -> Listed:
    """Return the moves that are listed, together."""
    wanted = (chosen["moved_from"], chosen["moved_to"])
    listed = [
        move
        for move in found
        if all(
            name in (history.ANY, part.value if part else "")
            for name, part in zip(wanted, (move.from_part, move.to_part), strict=True)
        )
    ]
    return Listed(sum(move.count for move in listed), sum((move.change for move in listed), ZERO))


def chosen_words(chosen: dict[str, str]) -> str:
    """Return which moves are listed, in words."""
    labels = ["any part" if part == history.ANY else _label(part) for part in chosen.values()]
    return "all" if labels == ["any part"] * 2 else " → ".join(labels)


def context(asked: Asked) -> dict[str, Any]:
    """Return the context of the page "what changed"."""
    form, period, earlier, later = asked.form, asked.period, asked.earlier, asked.later
    before, now_ = (money.find_report(period, moment) for moment in (earlier, later))
    found = history.moves_between(earlier, later, *period.bounds)
    parameters = form.as_parameters(zone(), since=iso_z(earlier), as_of=iso_z(later))
    links = (ListLinks(period.zone, earlier), ListLinks(period.zone, later))
    *lines, total = differences(before, now_, *links)
    return {
        "form": form,
        "since_text": iso_z(earlier),
        "earlier": earlier,
        "later": later,
        "title": finance_page.days_words(period.first, period.last),
        "differences": lines,
        "total": total,
        "moves": [_line(move, parameters) for move in found],
        "sum_of_moves": sum((move.change for move in found), ZERO),
        "all_url": url_for("finance_history.changes", **parameters),
        "before_url": url_for("finance.finance", **form.as_parameters(zone(), as_of=iso_z(earlier))),
        "after_url": url_for("finance.finance", **form.as_parameters(zone(), as_of=iso_z(later))),
        **_list_context(asked, found),
    }


def _list_context(asked: Asked, found: Iterable[Move]) -> dict[str, Any]:
    chosen = asked.chosen
    page = history.moved_purchases(
        asked.earlier, asked.later, *asked.period.bounds,
        from_part=chosen["moved_from"], to_part=chosen["moved_to"], after=asked.after,
    )  # fmt: skip
    parameters = parameters_of(asked)
    return {
        "listed": chosen_of(found, asked.chosen),
        "chosen_words": chosen_words(asked.chosen),
        "is_chosen": any(part != history.ANY for part in asked.chosen.values()),
        "rows": [_moved_row(row) for row in page.rows],
        "is_first_page": asked.after is None,
        "first_url": url_for("finance_history.changes", **parameters),
        "next_url": page.next_after and url_for("finance_history.changes", **parameters, after=str(page.next_after)),
        "export_links": downloads.links(
            "history_exports.export_changes", "the purchases that moved, exact",
            "the purchases, the moves and the difference, with a sheet about it", **parameters,
        ),
    }  # fmt: skip


def differences(before: Report, after: Report, links_before: ListLinks, links_after: ListLinks) -> list[LinkedChange]:
    """Return each part of a period before and after, and the whole last, with where its purchases are."""
    days = (before.period.first, before.period.last)
    return [
        LinkedChange(
            one.part, one.before, one.after, links_before.days(*days, one.part), links_after.days(*days, one.part)
        )
        for one in compared(before.parts, after.parts)
    ]


def _line(move: Move, parameters: dict[str, Any]) -> MoveLine:
    from_part, to_part = (part.value if part else "" for part in (move.from_part, move.to_part))
    url = url_for("finance_history.changes", **parameters, moved_from=from_part, moved_to=to_part)
    labels = (_label(from_part), _label(to_part))
    return MoveLine(from_part, to_part, *labels, move.count, move.change, f"{url}#purchases")


def _label(part: str | None) -> str:
    return SETTLEMENT_LABELS[Settlement(part)] if part else NOT_IN_PERIOD


def _moved_row(row: Any) -> MovedRow:
    change = (row.to_debited or ZERO) - (row.from_debited or ZERO)
    return MovedRow(row, _label(row.from_part), _label(row.to_part), change)


def sums_of_known(period: Period, as_of: datetime, wanted: Wanted) -> Sums:
    """Return what the listed purchases of a period add up to, as they were known at a moment, in USD."""
    if wanted.missing:
        return history.sums_as_of(as_of, *period.bounds, part=wanted.part or None, missing=wanted.missing)
    parts = money.find_report(period, as_of).parts
    return parts.get(Settlement(wanted.part), NOTHING) if wanted.part else total_of(parts)


def known_rows(rows: Iterable[Any]) -> list[KnownRow]:
    """Return purchases as they were known, as rows of a list."""
    return [
        KnownRow(
            row,
            SETTLEMENT_LABELS[Settlement(row.part)],
            statuses.badge_of(row.offer_status, is_reversible=row.part == Settlement.REVERSIBLE),
        )
        for row in rows
    ]
