"""Pure: shares, failure rate and reversal rate, defined once: exact fractions of one as Decimal; no data is None."""

from decimal import ROUND_HALF_UP, Decimal


def failure_rate(*, failed: int, delivered: int, reversed_: int) -> Decimal | None:
    """Return failed / (delivered + failed + reversed), or None for 0 of 0. Open and unknown purchases are not in it."""
    _refuse_negative(failed, delivered, reversed_)
    return share_of(failed, delivered + failed + reversed_)


def reversal_rate(*, delivered: int, reversed_: int) -> Decimal | None:
    """Return reversed / (delivered + reversed), or None for 0 of 0."""
    _refuse_negative(delivered, reversed_)
    return share_of(reversed_, delivered + reversed_)


def share_of(part: int, whole: int) -> Decimal | None:
    """Return a part as a share of one, None of nothing."""
    return Decimal(part) / whole if whole else None


def _refuse_negative(*numbers: int) -> None:
    if min(numbers) < 0:
        raise ValueError(f"counts cannot be negative: {numbers}")


def share_text(share: Decimal | None) -> str:
    """Return a share as a plain decimal without trailing zeros (``0.125``), empty when there is no data."""
    if share is None:
        return ""
    text = format(share, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent_text(share: Decimal | None) -> str:
    """Return a share for people: ``12.5%``, to a tenth of a percent, ``no data`` for None.

    A share that is not quite nothing or not quite everything never reads ``0.0%`` or ``100.0%``.
    """
    if share is None:
        return "no data"
    rounded = (share * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if rounded == 0 and share > 0:
        return "<0.1%"
    if rounded == 100 and share < 1:
        return ">99.9%"
    return f"{rounded}%"
