"""Pure: what some purchases add up to, in Python and in SQL. Sums are in US dollars, exact."""

import operator
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal("0.00")

SUMMED = {
    "count": "1",
    "debited": "coalesce({debited}, 0)",
    "price": "coalesce({price}, 0)",
    "price_missing": "CASE WHEN {price} IS NULL THEN 1 ELSE 0 END",
    "debited_missing": "CASE WHEN {debited} IS NULL THEN 1 ELSE 0 END",
    "estimates": "CASE WHEN {estimate} THEN 1 ELSE 0 END",
}
"""What the fields of Sums add up of each row, in SQL; ``sums_of_one`` says the same in Python."""


class Sums(NamedTuple):
    """What some purchases add up to. One whose sum is not known adds nothing to it, and one to ``…_missing``.

    A tuple, because a report by day makes thousands, and nothing else is as cheap to make and to add up.
    """

    count: int = 0  # type: ignore[assignment] # Nobody counts equal sums with the tuple's own method.
    debited: Decimal = ZERO
    price: Decimal = ZERO
    price_missing: int = 0
    debited_missing: int = 0
    estimates: int = 0
    """Of holds only: how many have an estimated end, because SkinsBack gave none."""

    @property
    def difference(self) -> Decimal:
        return self.debited - self.price

    def __add__(self, other: "Sums") -> "Sums":  # type: ignore[override] # Sums are added, not strung together.
        return Sums._make(map(operator.add, self, other))

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums._make(map(operator.sub, self, other))


NOTHING = Sums()


def sums_of_one(debited: Decimal | None, price: Decimal | None) -> Sums:
    """Return what one purchase adds to the sums it belongs to."""
    return Sums(1, debited or ZERO, price or ZERO, price is None, debited is None)


def from_kept(count: int, debited: int, price: int, *others: int) -> Sums:
    """Return sums from the numbers that the database gives for the fields: money in micro-dollars."""
    # PostgreSQL sums BIGINT as numeric. Zeros at the end stay: whoever writes the sum drops them anyway.
    return Sums(int(count), Decimal(debited).scaleb(-6), Decimal(price).scaleb(-6), *map(int, others))
