"""Pure: what numbers can hold: a database's, a spreadsheet's, and a sum of money."""

from decimal import Decimal

LARGEST_BIGINT = 2**63 - 1
"""No BIGINT holds a larger number, so no row has one."""

SECOND = 1_000_000
"""Microseconds."""

MICRO = Decimal("0.000001")
"""A sum of money has no smaller part."""

SPREADSHEET_DIGITS = 15
"""So many digits of a number a spreadsheet keeps."""
EXACT_IN_SPREADSHEETS = Decimal(10 ** (SPREADSHEET_DIGITS - 6))
"""Below it a spreadsheet's number holds six decimals; above it they may have been rounded."""

_BINARY_NOISE = Decimal("1e-9")
"""11.73 is written out as 11.730000000000000426 by what keeps binary numbers; that and nothing larger is taken off."""


def six_decimals(value: Decimal) -> Decimal | None:
    """Return a sum without the noise of a binary number; None when it has more than six decimals."""
    rounded = value.quantize(MICRO)
    return None if abs(rounded - value) > _BINARY_NOISE else rounded
