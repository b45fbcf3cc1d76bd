"""Pure: JSON of SkinsBack to records, exactly: no number passes through a float, and one bad field loses only itself.

Source: the fields of the API page ``market_getinfo``. Numbers arrive as numbers and as strings.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import partial
from typing import Any

from dashboard.lib.numbers import LARGEST_BIGINT, six_decimals
from dashboard.skinsback.errors import SkinsBackError, error_for_code, may_tell
from dashboard.skinsback.records import UNREADABLE_STATUS, PurchaseRecord, RejectedItem

LONGEST = {
    "offer_status": 64, "error_reason": 64, "steamid": 64, "tradeofferid": 64, "custom_id": 255, "item.name": 500,
    "item.id": 64, "item.classid": 64,
}  # fmt: skip
"""In characters. A longer value is not one of SkinsBack's, and would not fit into the columns it is kept in."""
_SHOWN_IN_PART = frozenset({"offer_status", "error_reason", "item.name"})
"""A part of these still tells a person something. A part of an id is another id."""
_LONGEST_QUOTED = 200
MOST_NAMED = 50
"""Unknown fields of one object that are named. Each is written on its own, and an object may have thousands."""

KNOWN_FIELDS = frozenset(
    {"item", "buy_id", "offer_status", "in_hold", "in_hold_until", "error_reason", "steamid", "date",
     "balance_debited_sum", "tradeofferid", "custom_id", "status"}
)  # fmt: skip
KNOWN_ITEM_FIELDS = frozenset({"id", "name", "price", "classid", "instanceid"})

DEEPEST = 50
"""Levels of nesting that are kept of an object. A purchase as documented has two."""
_DEEPEST_TEXT = 2 * DEEPEST
_LARGEST_MENDED = 8 * 1024 * 1024
"""In characters: what is mended is looked through piece by piece, which takes a second for so much."""

LARGEST_SUM = Decimal(10**9)
"""For one purchase. Thousands of such sums still add up within the BIGINT of the totals; no skin costs as much."""
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_UNIX_SECONDS = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,9})?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])(?:\Z|[T ](?=[0-9]{2}:[0-9]{2}))")
_ERROR_CODE = re.compile(r"([+-]?[0-9]{1,18})(?:\.0*)?")
"""Also as a binary number leaves it. A longer one is no code, and fits nowhere."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_FIRST_MOMENT = datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC)
_ROUNDED_ID = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]+")
"""A large number as a spreadsheet or a binary number leaves it."""
_ZEROS_BEHIND = re.compile(r"(?<=[0-9])\.0+\Z")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
"""What no database can keep as text."""
_TEXTS_AND_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


class UnreadableItem(ValueError):
    """An object that cannot become a record; the message says why, naming the field."""


@dataclass(frozen=True, slots=True)
class UnreadableNumber:
    """A number of a JSON text that no type of ours holds, as it was written."""

    text: str


@dataclass(slots=True)
class _Notes:
    """What in an object is not as documented, gathered while it is read."""

    unreadable: dict[str, str] = field(default_factory=dict)
    """What each field that cannot be read held; empty where it is missing."""
    warnings: list[str] = field(default_factory=list)

    def cannot_read(self, name: str, value: Any) -> None:
        self.unreadable[name] = "" if value is None else _quoted(value)


def writable(text: str) -> str:
    """Return the text with what no database can keep replaced."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def parse_answer(body: bytes, secrets: Sequence[str] = ()) -> dict[str, Any]:
    """Return the JSON object of an answer. Raises SkinsBackError when it is none, or reports an error.

    No text of the error repeats one of the ``secrets``.
    """
    try:
        answer = parse_json(body)
    except (ValueError, RecursionError, ArithmeticError):
        raise SkinsBackError("not_json", _what_came_instead(body), can_retry=True) from None
    if not isinstance(answer, dict):
        raise SkinsBackError("not_json", "SkinsBack's answer is not an object as documented.", can_retry=True)
    if answer.get("status") != "success":
        raise _reported_error(answer, secrets)
    return answer


def parse_json(text: bytes | str) -> Any:
    """Return what the text says, every number exact. Raises ValueError, RecursionError or ArithmeticError.

    NaN and the infinities become Decimals. What spoils one value of a text alone is mended: a byte that is not UTF-8
    becomes a surrogate, a number of thousands of digits an UnreadableNumber, and what is nested too deep "…".
    """
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=Decimal)
    except (ValueError, RecursionError, ArithmeticError):
        if len(text) > _LARGEST_MENDED:
            raise
    if isinstance(text, bytes):
        text = text.decode(json.detect_encoding(text), "surrogateescape")
    numbers: dict[str, Any] = {"parse_float": partial(_number, Decimal), "parse_int": partial(_number, int)}
    return json.loads(_shallow(text), parse_constant=Decimal, strict=False, **numbers)


def _number(kind: Callable[[str], Any], text: str) -> Any:
    try:
        return kind(text)
    except (ValueError, ArithmeticError):
        return UnreadableNumber(text)


def _shallow(text: str) -> str:
    """Return a JSON text without what is nested deeper than _DEEPEST_TEXT, which no parser could go into."""
    kept, depth, start = [], 0, 0
    for token in _TEXTS_AND_BRACKETS.finditer(text):
        if token[0] in ("[", "{"):
            depth += 1
            if depth == _DEEPEST_TEXT:
                kept.append(text[start : token.start()])
        elif token[0] in ("]", "}"):
            if depth == _DEEPEST_TEXT:
                kept.append('"\N{HORIZONTAL ELLIPSIS}"')
                start = token.end()
            depth -= 1
    return "".join([*kept, text[start:]]) if depth < _DEEPEST_TEXT else text


def _what_came_instead(body: bytes) -> str:
    if not body.strip():
        return "SkinsBack's answer is empty."
    try:
        is_text = body.lstrip()[:1] not in (b"{", b"[") and "\0" not in body.decode()
    except UnicodeDecodeError:
        is_text = False
    return f"SkinsBack's answer is {'text, not JSON' if is_text else 'cut off or damaged'}."


def _reported_error(answer: Mapping[str, Any], secrets: Sequence[str]) -> SkinsBackError:
    code = _ERROR_CODE.fullmatch(_plain(answer.get("error_code")))
    if code is None:
        return SkinsBackError("not_json", "SkinsBack's answer reports neither success nor an error.", can_retry=True)
    message = writable(str(answer.get("error_message") or "no message"))
    # Looked for in the whole message: the beginning of a secret, cut off, is one too.
    shown = "a message that repeats our credentials" if may_tell(message, secrets) else message[:200]
    return error_for_code(int(code[1]), shown)


def parse_items(items: Any, *, naive_zone: tzinfo = UTC) -> tuple[list[PurchaseRecord], list[RejectedItem]]:
    """Return the records of an ``items`` array, and what was rejected. Raises SkinsBackError for no array."""
    if not isinstance(items, list):
        raise SkinsBackError("not_json", "SkinsBack's answer has no list of items as documented.", can_retry=True)
    records, rejected = [], []
    for item in items:
        try:
            records.append(parse_purchase(item, naive_zone=naive_zone))
        except UnreadableItem as error:
            rejected.append(RejectedItem(to_json(item), str(error), _buy_id_of(item)))
    return records, rejected


def _buy_id_of(item: Any) -> int | None:
    try:
        return parse_buy_id(item["buy_id"])
    except (UnreadableItem, TypeError, KeyError):
        return None


def parse_purchase(obj: Any, *, naive_zone: tzinfo = UTC) -> PurchaseRecord:
    """Return the record of one purchase's object. Raises UnreadableItem where it does not say which purchase it is.

    Every other field that cannot be read is left out and named in ``unreadable``.
    """
    if not isinstance(obj, dict):
        raise UnreadableItem("it is not an object")
    buy_id, notes = parse_buy_id(obj.get("buy_id")), _Notes()
    item = _item(obj, notes)
    date, in_hold = _date(obj.get("date"), notes), _flag(obj.get("in_hold"), notes)
    hold_end = _hold_end(obj.get("in_hold_until"), naive_zone, notes, bought_at=date, in_hold=in_hold)
    unknown = _unknown(
        sorted(set(obj) - KNOWN_FIELDS) + [f"item.{name}" for name in sorted(set(item) - KNOWN_ITEM_FIELDS)]
    )
    return PurchaseRecord(
        buy_id=buy_id,
        offer_status=_status(obj, notes),
        date=date,
        error_reason=_text(obj, "error_reason", notes),
        in_hold=in_hold,
        in_hold_until=hold_end,
        steamid=_text(obj, "steamid", notes),
        custom_id=_text(obj, "custom_id", notes),
        tradeofferid=_text(obj, "tradeofferid", notes),
        price=_money(item.get("price"), "item.price", notes),
        balance_debited_sum=_money(obj.get("balance_debited_sum"), "balance_debited_sum", notes),
        item_id=_text(item, "id", notes, "item.id"),
        item_name=_text(item, "name", notes, "item.name"),
        classid=_text(item, "classid", notes, "item.classid"),
        raw=to_json(obj),
        unreadable=tuple(notes.unreadable.items()),
        parse_warnings=(*notes.warnings, *unknown),
    )


def _unknown(names: list[str]) -> list[str]:
    warnings = [f"unknown field {_short(name)!r}" for name in names[:MOST_NAMED]]
    left = len(names) - len(warnings)
    return [*warnings, f"unknown fields beyond the first {MOST_NAMED}: {left}"] if left else warnings


def _item(obj: Mapping[str, Any], notes: _Notes) -> dict[str, Any]:
    item = obj.get("item")
    if isinstance(item, dict):
        return item
    if item is None:
        notes.warnings.append("item is missing")
    else:
        notes.cannot_read("item", item)
    return {}


def _plain(value: Any) -> str:
    """Return a text or a number as text; nothing for everything else."""
    return str(value).strip() if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool) else ""


def parse_buy_id(value: Any) -> int:
    """Return the number of a purchase, which must be there. Raises UnreadableItem."""
    text = _plain(value)
    if not re.fullmatch("[0-9]{1,19}", text) or not 1 <= int(text) <= LARGEST_BIGINT:
        raise UnreadableItem(f"buy_id is not a positive whole number: {_quoted(value)}")
    return int(text)


def _date(value: Any, notes: _Notes) -> datetime | None:
    text = _plain(value)
    moment = _from_unix(text) if _UNIX_SECONDS.fullmatch(text) else None
    if moment is None:
        notes.cannot_read("date", value)
    return moment


def _from_unix(text: str) -> datetime | None:
    seconds = Decimal(text)
    if seconds > 10**11:
        seconds /= 1000  # Milliseconds: the seconds of a year in our range have ten digits.
    try:
        moment = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(seconds * 1_000_000))
    except OverflowError:
        return None
    return moment if _FIRST_YEAR <= moment.year < _LAST_YEAR else None


def _status(obj: Mapping[str, Any], notes: _Notes) -> str:
    status = _text(obj, "offer_status", notes)
    if status and not status.isspace():
        return status
    notes.cannot_read("offer_status", obj.get("offer_status"))
    return UNREADABLE_STATUS


def _text(obj: Mapping[str, Any], field: str, notes: _Notes, name: str = "") -> str | None:
    name, value = name or field, obj.get(field)
    if value is None or value == "":
        return None
    text = "" if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)) else str(value)
    is_rounded = name in ("steamid", "tradeofferid") and _ROUNDED_ID.fullmatch(text)
    if is_rounded or (isinstance(value, Decimal) and not (value.is_finite() and "E" not in text)):
        # A large id that went through a binary number has lost digits, and would name somebody else.
        text = ""
    if isinstance(value, Decimal) or name == "tradeofferid":
        # An id is a whole number or a text; what wrote it took the number for a binary one.
        text = _ZEROS_BEHIND.sub("", text)
    readable = writable(text if len(text) <= LONGEST[name] else text[: LONGEST[name] - 1] + "\N{HORIZONTAL ELLIPSIS}")
    if text and readable == text:
        return text
    notes.cannot_read(name, value)
    return readable if text and name in _SHOWN_IN_PART else None


def parse_flag(value: Any) -> bool | None:
    """Return whether a flag is set, however it is written; None for what is no flag."""
    words = {"0": False, "false": False, "1": True, "true": True}
    return words.get(str(value).strip().lower()) if isinstance(value, (bool, int, str, Decimal)) else None


def _flag(value: Any, notes: _Notes) -> bool | None:
    if value is None or value == "":
        return None
    flag = parse_flag(value)
    if flag is None:
        notes.cannot_read("in_hold", value)
    return flag


def _hold_end(
    value: Any, naive_zone: tzinfo, notes: _Notes, *, bought_at: datetime | None, in_hold: bool | None
) -> datetime | None:
    text = _plain(value)
    if value is None or value in ("", 0, "0", False) or text.startswith("0000-00-00"):
        return None
    moment = _from_unix(text) if _UNIX_SECONDS.fullmatch(text) else _from_iso(text, naive_zone)
    if moment is not None and moment < (bought_at or _FIRST_MOMENT):
        # No hold ends before its purchase: beside a "no" it is a way to write none, otherwise nobody can tell.
        if in_hold is False:
            return None
        moment = None
    if moment is None:
        notes.cannot_read("in_hold_until", value)
    return moment


def _from_iso(text: str, naive_zone: tzinfo) -> datetime | None:
    found = _ISO.match(text)
    try:
        moment = datetime.fromisoformat(text) if found else None
        if moment is None:
            return None
        if found and found[0] == text:
            # A date alone is the whole day: the hold has ended when the day has.
            moment += timedelta(days=1)
        moment = moment.replace(tzinfo=naive_zone) if moment.tzinfo is None else moment
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year < _LAST_YEAR else None


def parse_money(value: Any, name: str) -> Decimal:
    """Return a sum in USD that must be there. Raises UnreadableItem."""
    amount = _amount(value)
    if amount is None:
        raise UnreadableItem(f"{name} is not a sum of money with at most six decimals: {_quoted(value)}")
    return amount


def _money(value: Any, name: str, notes: _Notes) -> Decimal | None:
    if value is None or value == "":
        return None
    amount = _amount(value)
    if amount is None:
        notes.cannot_read(name, value)
    elif amount != Decimal(_plain(value)):
        notes.warnings.append(f"{name} was written with the noise of a binary number: {_quoted(value)}")
    return amount


def _amount(value: Any) -> Decimal | None:
    text = _plain(value)
    if not _DECIMAL.fullmatch(text):  # Decimal itself takes "1_000", "NaN" and digits of other scripts too.
        return None
    amount = Decimal(text)
    if amount.adjusted() > 12 or abs(amount) > LARGEST_SUM:
        return None
    return six_decimals(amount)


def _quoted(value: Any) -> str:
    return _short(to_json(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTED else text[:_LONGEST_QUOTED] + "…"


def to_json(value: Any, levels: int = DEEPEST) -> str:
    """Return the ASCII JSON text of a parsed value, every number with the digits it came with.

    What is nested deeper than ``levels`` is written as "…".
    """
    if levels < 0:
        return '"\\u2026"'
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, UnreadableNumber):
        return value.text
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{json.dumps(str(key))}: {to_json(item, levels - 1)}" for key, item in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(to_json(item, levels - 1) for item in value) + "]"
    return json.dumps(value)
