"""Column types for what must not be approximated: money, and moments in time."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator

from dashboard.lib.numbers import LARGEST_BIGINT

RowId = BigInteger().with_variant(Integer, "sqlite")
"""The number of a row. SQLite numbers rows by itself only in a column whose type is exactly INTEGER."""

_LARGEST_EXPONENT = 12
_TWO_DECIMALS = Decimal("0.00")


class Money(TypeDecorator[Decimal]):
    """US dollars as a Decimal, stored as whole micro-dollars in a BIGINT.

    SQLite has no exact decimal type, and SUM over whole numbers is exact on both databases. Accepts Decimal, int and
    numeric text; refuses float and bool (TypeError), more than six decimals and sums out of range (ValueError).
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | str | None, dialect: Dialect) -> int | None:
        return None if value is None else to_micros(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else from_micros(int(value))


def to_micros(value: Decimal | int | str) -> int:
    """Return the sum in whole micro-dollars. Raises TypeError and ValueError as Money does."""
    if isinstance(value, (bool, float)) or not isinstance(value, (Decimal, int, str)):
        raise TypeError(f"money must be Decimal, int or text, not {type(value).__name__}")
    try:
        sum_ = Decimal(value)
    except InvalidOperation:
        raise ValueError("money must be a number") from None
    if not sum_.is_finite() or sum_.adjusted() > _LARGEST_EXPONENT:
        raise ValueError("money is out of range")
    whole = int(sum_.scaleb(6))
    # Back again and compared: digits beyond the sixth decimal, and any that the scaling rounded away, show here.
    if Decimal(whole).scaleb(-6) != sum_:
        raise ValueError("money has more than six decimals")
    if abs(whole) > LARGEST_BIGINT:
        raise ValueError("money is out of range")
    return whole


def from_micros(micros: int) -> Decimal:
    """Return whole micro-dollars as dollars, exact, without needless zeros."""
    return Decimal(micros).scaleb(-6).normalize() + _TWO_DECIMALS


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored and returned in UTC. Refuses naive values with ValueError.

    SQLite keeps no zone, so UTC without a zone is stored there; PostgreSQL keeps ``timestamptz``.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
