"""The filtered list of purchases: any length, any page at the same price."""

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, Select, and_, or_, select, type_coerce, union_all
from sqlalchemy.orm import InstrumentedAttribute

from dashboard.db.extensions import db
from dashboard.db.paging import PAGE_LENGTH
from dashboard.lib.numbers import LARGEST_BIGINT, MICRO
from dashboard.purchases import statuses
from dashboard.purchases.filters import UNKNOWN, Filters
from dashboard.purchases.models import Purchase
from dashboard.purchases.queries import ROWS
from dashboard.purchases.statuses import Fault, Phase

MISSING = {"debited": Purchase.balance_debited_sum, "price": Purchase.price}

_DEBITED, _PRICE = (type_coerce(column, BigInteger) for column in (Purchase.balance_debited_sum, Purchase.price))
HAS_RATIO = and_(_DEBITED > 0, _PRICE > 0)
THOUSANDTHS = ((_DEBITED * 1000 + _PRICE // 2) // _PRICE).label("thousandths")
"""Debited to price, to the nearest thousandth, in whole numbers throughout; of purchases with HAS_RATIO."""

SORTS: dict[str, tuple[InstrumentedAttribute[Any], bool]] = {
    "-date": (Purchase.date, True),
    "date": (Purchase.date, False),
    "-balance_debited_sum": (Purchase.balance_debited_sum, True),
    "balance_debited_sum": (Purchase.balance_debited_sum, False),
    "hold_ends_at": (Purchase.hold_ends_at, False),
}
"""Name in the address -> column, descending. Purchases without a value come last; ties go by buy_id."""


@dataclass(frozen=True)
class ListRows:
    rows: Sequence[Row[Any]]
    next_cursor: str | None


class CursorError(ValueError):
    """The cursor in the address is not one of ours."""


def search_purchases(filters: Filters, *, sort: str = "-date", after: str | None = None) -> ListRows:
    """Return the purchases that match, PAGE_LENGTH a page, in the order of ``sort``. Raises CursorError."""
    column, descending = SORTS[sort]
    value, buy_id = _decode(after, sort) if after else (None, None)
    rows: list[Row[Any]] = []
    if buy_id is None or value is not None:
        beyond = () if buy_id is None else (_beyond(column, value, buy_id, descending),)
        rows += _fetch(filters, (column.is_not(None), *beyond), (column, Purchase.buy_id), descending, PAGE_LENGTH + 1)
    if len(rows) <= PAGE_LENGTH and not is_required(column):
        seen_null = () if value is not None or buy_id is None else (_past(Purchase.buy_id, buy_id, descending),)
        missing = (column.is_(None), *seen_null)
        rows += _fetch(filters, missing, (Purchase.buy_id,), descending, PAGE_LENGTH + 1 - len(rows))
    page = rows[:PAGE_LENGTH]
    more = len(rows) > PAGE_LENGTH
    return ListRows(page, _encode(sort, getattr(page[-1], column.key), page[-1].buy_id) if more else None)


def _fetch(
    filters: Filters,
    extra: tuple[ColumnElement[bool], ...],
    order: tuple[InstrumentedAttribute[Any], ...],
    descending: bool,
    limit: int,
) -> Sequence[Row[Any]]:
    branches = [
        ordered(ROWS.where(*conditions(branch), *extra), order, descending).limit(limit)
        for branch in _branches(filters)
    ]
    if len(branches) == 1:
        return db.session.execute(branches[0]).all()
    # One index range for each status or part, merged: the database would otherwise sort every match of all of them.
    merged = union_all(*(select(branch.subquery()) for branch in branches)).subquery()
    columns = [merged.c[attribute.key] for attribute in order]
    in_order = select(merged).order_by(*(c.desc() if descending else c.asc() for c in columns)).limit(limit)
    return db.session.execute(in_order).all()


def _branches(filters: Filters) -> list[Filters]:
    # A fault is one of what failed or was reversed, so those statuses are where it is looked for.
    phases = filters.phases or (statuses.UNDELIVERED_PHASES if filters.fault is not None else ())
    wanted = tuple(dict.fromkeys(filters.statuses or _statuses_of(phases)))
    if len(wanted) > 1 and UNKNOWN not in wanted:
        return [replace(filters, statuses=(status,)) for status in wanted]
    if not wanted and len(filters.parts) > 1:
        return [replace(filters, parts=(part,)) for part in dict.fromkeys(filters.parts)]
    return [filters]


def ordered(query: Select[Any], order: tuple[InstrumentedAttribute[Any], ...], descending: bool) -> Select[Any]:
    return query.order_by(*(column.desc() if descending else column.asc() for column in order))


def conditions(filters: Filters) -> list[ColumnElement[bool]]:
    return [*_kinds(filters), *_ranges(filters)]


def _kinds(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.parts:
        yield _is_one_of(Purchase.part, filters.parts)
    if filters.statuses:
        yield _any_status(filters.statuses)
    if filters.reasons:
        yield _any_of(filters.reasons, statuses.NO_REASON, Purchase.error_reason, Purchase.error_reason.is_(None))
    if filters.phases:
        yield _any_status(_statuses_of(filters.phases))
    if filters.fault is not None:
        yield is_fault(filters.fault)
    if filters.steamid:
        yield Purchase.steamid == filters.steamid
    if filters.item is not None:
        yield Purchase.item_name == filters.item
    for name in filters.missing:
        yield MISSING[name].is_(None)
    if filters.thousandths is not None:
        yield and_(HAS_RATIO, THOUSANDTHS == filters.thousandths)  # noqa: SIM300 # It is a column.


def _ranges(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.on_hold:
        yield Purchase.hold_ends_at.is_not(None)
    for column, least, below in (
        (Purchase.date, filters.since, filters.until),
        (Purchase.hold_ends_at, filters.released_since, filters.released_until),
    ):
        if least is not None:
            yield column >= least
        if below is not None:
            yield column < below
    if filters.least is not None:
        yield Purchase.balance_debited_sum >= filters.least
    if filters.most is not None:
        yield Purchase.balance_debited_sum <= filters.most


def _any_status(wanted: tuple[str, ...]) -> ColumnElement[bool]:
    unknown = Purchase.offer_status.not_in(sorted(statuses.KNOWN_STATUSES))
    return _any_of(wanted, UNKNOWN, Purchase.offer_status, unknown)


def _any_of(
    wanted: tuple[str, ...], word: str, column: InstrumentedAttribute[Any], meant: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Return the condition that the column has one of these values, ``word`` among them standing for ``meant``."""
    named = tuple(value for value in wanted if value != word)
    if word not in wanted:
        return _is_one_of(column, named)
    return or_(meant, _is_one_of(column, named)) if named else meant


def _is_one_of(column: InstrumentedAttribute[Any], values: Sequence[str]) -> ColumnElement[bool]:
    return column == values[0] if len(values) == 1 else column.in_(values)


def _statuses_of(phases: tuple[Phase, ...]) -> tuple[str, ...]:
    named = tuple(status.value for status in statuses.STATUSES if status.phase in phases)
    return (*named, UNKNOWN) if Phase.UNKNOWN in phases else named


def is_fault(fault: Fault) -> ColumnElement[bool]:
    """Return the condition that a purchase failed or was reversed by this fault, as ``statuses.fault_of`` finds it."""
    is_undelivered = Purchase.offer_status.in_(sorted(statuses.UNDELIVERED))
    reasons = sorted(reason.value for reason in statuses.REASONS if reason.fault is fault)
    by_status = sorted(status.value for status in statuses.STATUSES if status.fault is fault)
    found = [
        Purchase.error_reason.in_(reasons),
        and_(Purchase.error_reason.is_(None), Purchase.offer_status.in_(by_status)),
    ]
    if fault is Fault.UNKNOWN:
        found.append(Purchase.error_reason.not_in(sorted(statuses.KNOWN_REASONS)))
    return and_(is_undelivered, or_(*found))


def _past(column: InstrumentedAttribute[Any], value: Any, descending: bool) -> ColumnElement[bool]:
    past: ColumnElement[bool] = column < value if descending else column > value
    return past


def _beyond(column: InstrumentedAttribute[Any], value: Any, buy_id: int, descending: bool) -> ColumnElement[bool]:
    # Said twice on purpose: the first part is a range that an index can begin at.
    edge = column <= value if descending else column >= value
    return and_(edge, or_(_past(column, value, descending), _past(Purchase.buy_id, buy_id, descending)))


def is_required(column: InstrumentedAttribute[Any]) -> bool:
    """Say whether every purchase has a value in this column of SORTS."""
    return column is Purchase.date


def _encode(sort: str, value: datetime | Decimal | None, buy_id: int) -> str:
    text: str | None = None
    if isinstance(value, datetime):
        text = value.astimezone(UTC).isoformat()
    elif value is not None:
        text = str(value)
    return base64.urlsafe_b64encode(json.dumps([sort, text, buy_id]).encode()).decode().rstrip("=")


def _decoded_value(text: Any, column: InstrumentedAttribute[Any]) -> datetime | Decimal | None:
    """Return what the column can be compared with. Raises ValueError, TypeError or ArithmeticError."""
    if text is None:
        if is_required(column):
            raise ValueError("this column is never empty")
        return None
    if column is Purchase.date or column is Purchase.hold_ends_at:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    amount = Decimal(text)
    if not amount.is_finite() or amount != amount.quantize(MICRO) or abs(amount) > 10**12:
        raise ValueError("no sum that can be stored")
    return amount


def _decode(cursor: str, sort: str) -> tuple[datetime | Decimal | None, int]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        made_for, text, buy_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if made_for != sort or type(buy_id) is not int or abs(buy_id) > LARGEST_BIGINT:
            raise CursorError("This link to a further page is for another sort order; start from the first page.")
        return _decoded_value(text, SORTS[sort][0]), buy_id
    except CursorError:
        raise
    except (ValueError, TypeError, ArithmeticError, RecursionError, binascii.Error):
        raise CursorError("This link to a further page is damaged; start from the first page.") from None
