"""The project's balance: debited for purchases, given back for failed ones, topped up when it runs low."""

from decimal import Decimal
from random import Random

LOW = Decimal(1500)
TOP_UP = Decimal(20_000)
CURRENCIES = {"eur": Decimal("0.8631"), "rub": Decimal("81.27"), "cny": Decimal("7.0894")}
"""What a dollar is worth. Made up; the documentation names no fixed rates."""


class Balance:
    """A sum in USD with two decimals, as of the last change."""

    def __init__(self, seed: int) -> None:
        self.value = Decimal(Random(f"{seed}:balance").randrange(400_000, 3_000_000)) / 100

    def change(self, amount: Decimal) -> None:
        """Add a sum, which may be below zero. The merchant tops up what has run low."""
        self.value = (self.value + amount).quantize(Decimal("0.01"))
        if self.value < LOW:
            self.value += TOP_UP

    def in_currencies(self) -> dict[str, str]:
        """The balance in other currencies."""
        return {name: str((self.value * rate).quantize(Decimal("0.01"))) for name, rate in CURRENCIES.items()}
