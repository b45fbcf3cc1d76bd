"""Pure: what some purchases add up to. Sums are in US dollars, exact."""

import operator
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal("0.00")


class Sums(NamedTuple):
    """What some purchases add up to. A purchase without a sum counts as 0 in it and in ``…_missing``.

    A tuple, because a report by day makes thousands, and nothing else is as cheap to make and to add up.
    """

    count: int = 0  # type: ignore[assignment] # Nobody counts equal sums with the tuple's own method.
    debited: Decimal = ZERO
    price: Decimal = ZERO
    price_missing: int = 0
    debited_missing: int = 0

    @property
    def difference(self) -> Decimal:
        """Debited minus price."""
        return self.debited - self.price

    def __add__(self, other: "Sums") -> "Sums":  # type: ignore[override] # Sums are added, not strung together.
        return Sums._make(map(operator.add, self, other))

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums._make(map(operator.sub, self, other))


NOTHING = Sums()
