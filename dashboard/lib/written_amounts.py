"""Pure: Sums of money as people and programs write them: ``11.73``, ``1,234.50``, ``1.234,50``, ``$11``, ``(5.00)``.

Whether a comma or a point separates the decimals is decided for a whole column: ``1.234`` alone could be either, but
beside ``11.73`` it is 1.234, and beside ``11,73`` it is 1234. What stays open is asked, never guessed.

A minus may stand before or behind, and a sum in brackets is negative, as accountants write it. A currency may stand on
either side. Only US dollars are sums here: ``$`` alone means them, ``C$``, ``A$``, ``HK$`` and ``R$`` do not.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from dashboard.lib.numbers import EXACT_IN_SPREADSHEETS, MICRO, SPREADSHEET_DIGITS, six_decimals
from dashboard.lib.seen_text import as_seen

_PARTS = re.compile(r"([^0-9.,]*(?:\.[^0-9.,]+)?)((?:[.,](?=[0-9]))?[0-9](?:[0-9.,'’ ]*[0-9])?[.,]?(?![0-9]))(.*)")
"""What stands before the digits, the digits with their marks, and what stands behind."""
_POINT = re.compile(r"([1-9][0-9]{0,2}(,[0-9]{3})+|[1-9][0-9]{0,2}(['’ ][0-9]{3})+|[0-9]+)?(\.[0-9]*)?")
_COMMA = re.compile(r"([1-9][0-9]{0,2}(\.[0-9]{3})+|[1-9][0-9]{0,2}(['’ ][0-9]{3})+|[0-9]+)?(,[0-9]*)?")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_PLAIN = re.compile(r"[0-9]+([.,][0-9]+)?")
"""Most amounts, which need not be taken apart."""
_WITHOUT_CENTS = re.compile(r"[-–—]+(?=$|[^0-9-])")
"""The dash for no cents, as in ``5.-``; it is no minus."""
LARGEST = Decimal(10**12)

US_DOLLARS = frozenset(("$", "USD", "US$", "$US", "USD$", "$USD", "USDOLLAR", "USDOLLARS", "DOLLAR", "DOLLARS"))
_OTHER_NAMES = {
    "€": "EUR", "EURO": "EUR", "EUROS": "EUR", "£": "GBP", "₽": "RUB", "РУБ": "RUB", "РУБЛЕЙ": "RUB", "Р": "RUB",
    "RUR": "RUB", "ZŁ": "PLN", "ZL": "PLN", "₴": "UAH", "ГРН": "UAH", "₺": "TRY", "TL": "TRY", "C$": "CAD",
    "CA$": "CAD", "CAN$": "CAD", "A$": "AUD", "AU$": "AUD", "HK$": "HKD", "R$": "BRL", "NZ$": "NZD", "S$": "SGD",
    "SG$": "SGD", "NT$": "TWD", "MX$": "MXN", "MEX$": "MXN", "AR$": "ARS", "CL$": "CLP", "KČ": "CZK", "FT": "HUF",
    "KR": "SEK, NOK or DKK", "¥": "JPY or CNY", "￥": "JPY or CNY", "元": "CNY", "RMB": "CNY", "₸": "KZT", "₹": "INR",
    "₩": "KRW", "฿": "THB", "₪": "ILS", "₫": "VND", "₱": "PHP", "FR": "CHF", "SFR": "CHF", "LEI": "RON",
}  # fmt: skip
_CODES = re.compile(
    "AED|ARS|AUD|BGN|BRL|BTC|BYN|CAD|CHF|CLP|CNY|COP|CZK|DKK|ETH|EUR|GBP|GEL|HKD|HRK|HUF|IDR|ILS|INR|ISK|JPY|KRW|KZT|MXN|"
    "MYR|NOK|NZD|PEN|PHP|PLN|RON|RSD|RUB|SAR|SEK|SGD|THB|TRY|TWD|UAH|USDC|USDT|UZS|VND|ZAR"
)


@dataclass(frozen=True)
class Unreadable:
    """Why a value is no sum: the rest of a sentence that begins with where it stands."""

    why: str
    is_foreign: bool = False
    """Whether it is a sum, but one in another currency."""


@dataclass(frozen=True)
class InTwoWays:
    """A column in which nothing tells what separates the decimals."""

    example: str


@dataclass(frozen=True)
class _Written:
    """A sum taken apart: its digits with their marks, its sign, and the currency beside it."""

    digits: str
    is_negative: bool
    currency: str


def currency_named(text: str) -> str | None:
    """Return the currency that a text names, USD for US dollars; empty for an empty text, None when it names none."""
    name = as_seen(text).upper().replace(" ", "").strip(".:()[]").replace("US-$", "US$")
    if not name:
        return ""
    if name in US_DOLLARS:
        return "USD"
    if name in _OTHER_NAMES or _CODES.fullmatch(name):
        return _OTHER_NAMES.get(name, name)
    is_symbol = any(unicodedata.category(letter) == "Sc" for letter in name)
    return name if is_symbol and len(name) <= 4 and not any(map(str.isdigit, name)) else None


def decimal_mark(values: Iterable[object]) -> str | Unreadable | InTwoWays:
    """Return what separates the decimals of a column, or why that cannot be told."""
    point = comma = either = other = ""
    for value in values:
        if not isinstance(value, str) or not ("," in value or "." in value or "．" in value or "，" in value):
            continue
        written = _taken_apart(value)
        # Sums in another currency are no amounts, and tell nothing of those that are.
        digits = written.digits if written and written.currency in ("", "USD") else ""
        if _EITHER.fullmatch(digits):
            either = either or value
            other = other or (value if ("," in digits) != ("," in as_seen(either)) else "")
        elif _POINT.fullmatch(digits) and not _COMMA.fullmatch(digits):
            point = point or value
        elif _COMMA.fullmatch(digits) and not _POINT.fullmatch(digits):
            comma = comma or value
        if point and comma:
            return _mixed(point, comma)
    if point or comma or not either:
        return "," if comma else "."
    if other:
        return _mixed(*sorted((as_seen(either), as_seen(other)), key=lambda text: "," in text))
    return InTwoWays(as_seen(either))


def _mixed(point: str, comma: str) -> Unreadable:
    return Unreadable(f"mixes decimal points (“{point}”) and decimal commas (“{comma}”); use one of them")


def _taken_apart(text: str) -> _Written | None:
    if _PLAIN.fullmatch(text):
        return _Written(text, False, "")
    seen = as_seen(text).replace("\N{MINUS SIGN}", "-").replace("US-$", "US$")
    parts = _PARTS.fullmatch(seen)
    if not parts:
        return None
    before, digits, behind = parts.groups()
    if digits[-1] in ".,":
        behind = _WITHOUT_CENTS.sub("", behind, count=1) if behind[:1] in "-–—" else behind
    marks = (before + behind).replace(" ", "")
    around = "".join(mark for mark in marks if mark in "+-()")
    if around not in ("", "+", "-", "()"):
        return None
    is_bracketed_wrongly = around == "()" and not ("(" in before and ")" in behind)
    currency = currency_named("".join(mark for mark in marks if mark not in "+-()"))
    if currency is None or is_bracketed_wrongly or (around == "+" and "+" in behind):
        return None
    return _Written(digits, around in ("-", "()"), currency)


def amount_of(value: object, mark: str) -> Decimal | Unreadable:
    """Return the sum that a cell holds, in USD and exact, or why it holds none."""
    if value is None:
        return Unreadable("is empty")
    if isinstance(value, str):
        return _in_text(value, mark)
    if not isinstance(value, Decimal):
        return Unreadable(f"is not a sum: “{str(value)[:40]}”")
    is_large = value.is_finite() and EXACT_IN_SPREADSHEETS <= value.copy_abs() <= LARGEST
    if is_large and len(value.as_tuple().digits) > SPREADSHEET_DIGITS:
        return Unreadable(f"has more digits than a spreadsheet keeps; write it as text: “{value}”")
    return _checked(value, str(value), is_binary=True)


def _in_text(text: str, mark: str) -> Decimal | Unreadable:
    written = _taken_apart(text)
    if written is None and not as_seen(text):
        return Unreadable("is empty")
    is_foreign = written is not None and written.currency not in ("", "USD")
    fitting = (_POINT, _COMMA) if is_foreign else (_POINT,) if mark == "." else (_COMMA,)
    if written is None or not any(one.fullmatch(written.digits) for one in fitting):
        return Unreadable(f"is not a sum: “{text[:40]}”")
    if is_foreign:
        return Unreadable(f"is in {written.currency}, not in US dollars: “{text[:40]}”", is_foreign=True)
    bare = re.sub("['’ ]", "", written.digits)
    bare = bare.replace(",", "") if mark == "." else bare.replace(".", "").replace(",", ".")
    return _checked(Decimal(f"-{bare}" if written.is_negative else bare), text, is_binary=False)


def amount_shown(value: Decimal, text: str) -> Decimal | Unreadable:
    """Return the sum that a person sees in a number whose format shows it as this text, empty where not known."""
    if not text:
        return Unreadable("has a number format that cannot be read; give it the format “0.00”")
    # A format may set any digits apart with spaces.
    shown = _in_text(text.replace(" ", ""), ".")
    exact = amount_of(value, ".")
    if isinstance(shown, Unreadable):
        return _in_text(text, ".")
    if isinstance(exact, Unreadable):
        return exact
    decimals = re.search(r"\.([0-9]*)[^0-9]*$", text)
    half = Decimal("0.5").scaleb(-len(decimals[1]) if decimals else 0)
    # What the format only rounds is meant with all its decimals.
    return exact if abs(exact - shown) <= half else shown


def _checked(value: Decimal, shown: str, *, is_binary: bool) -> Decimal | Unreadable:
    # Not ``abs``, which calculates, and cannot do so with a number that is beyond all measure.
    if not value.is_finite() or value.copy_abs() > LARGEST:
        return Unreadable(f"is larger than any amount allowed: “{shown[:40]}”")
    # Only a workbook's numbers are binary; what is written as text is meant to its last digit.
    rounded = six_decimals(value) if is_binary else value.quantize(MICRO)
    if rounded is None or (not is_binary and rounded != value):
        return Unreadable(f"has more than six decimals: “{shown[:40]}”")
    return rounded.normalize() + Decimal("0.00")
