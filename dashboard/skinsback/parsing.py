"""Pure: JSON of SkinsBack to records, exactly: no number passes through a float, and one bad object loses only itself.

Source: the fields of the API page ``market_getinfo``. Numbers arrive as numbers and as strings.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from dashboard.lib.numbers import LARGEST_BIGINT, six_decimals
from dashboard.skinsback.errors import SkinsBackError, error_for_code
from dashboard.skinsback.records import PurchaseRecord, RejectedItem

LONGEST = {
    "offer_status": 64, "error_reason": 64, "steamid": 64, "tradeofferid": 64, "custom_id": 255, "item.name": 500,
    "item.id": 64, "item.classid": 64,
}  # fmt: skip
"""In characters. A longer value is not one of SkinsBack's, and would not fit into the columns it is kept in."""

KNOWN_FIELDS = frozenset(
    {"item", "buy_id", "offer_status", "in_hold", "in_hold_until", "error_reason", "steamid", "date",
     "balance_debited_sum", "tradeofferid", "custom_id", "status"}
)  # fmt: skip
KNOWN_ITEM_FIELDS = frozenset({"id", "name", "price", "classid", "instanceid"})

DEEPEST = 50
"""Levels of nesting. A purchase as documented has two."""

LARGEST_SUM = Decimal(10**9)
"""For one purchase. Thousands of such sums still add up within the BIGINT of the totals; no skin costs as much."""
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_UNIX_SECONDS = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,9})?")
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
"""What no database can keep as text."""


class UnreadableItem(ValueError):
    """An object that cannot become a record; the message says why, naming the field."""


def writable(text: str) -> str:
    """Return the text with what no database can keep replaced."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def parse_answer(body: bytes) -> dict[str, Any]:
    """Return the JSON object of an answer. Raises SkinsBackError when it is none, or reports an error."""
    try:
        answer = parse_json(body)
    except (ValueError, RecursionError, ArithmeticError):
        raise SkinsBackError("not_json", _what_came_instead(body), can_retry=True) from None
    if not isinstance(answer, dict):
        raise SkinsBackError("not_json", "SkinsBack's answer is not an object as documented.", can_retry=True)
    if answer.get("status") != "success":
        raise _reported_error(answer)
    return answer


def parse_json(text: bytes | str) -> Any:
    """Return what the text says, every number exact. Raises ValueError, RecursionError or ArithmeticError."""
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _what_came_instead(body: bytes) -> str:
    if not body.strip():
        return "SkinsBack's answer is empty."
    return "SkinsBack's answer is cut off or damaged."


def _reported_error(answer: Mapping[str, Any]) -> SkinsBackError:
    try:
        code = int(str(answer.get("error_code")))
    except ValueError:
        return SkinsBackError("not_json", "SkinsBack's answer reports neither success nor an error.", can_retry=True)
    message = writable(str(answer.get("error_message") or "no message"))
    return error_for_code(code, message[:200])


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
    """Return the record of one purchase's object. Raises UnreadableItem.

    Ids, status, date and money must be readable; what else is not as documented is left out, with a parse warning.
    """
    if not isinstance(obj, dict):
        raise UnreadableItem("it is not an object")
    if _is_deeper_than(obj, DEEPEST):
        raise UnreadableItem(f"it is nested more than {DEEPEST} levels deep")
    warnings: list[str] = []
    item = _item(obj, warnings)
    record = PurchaseRecord(
        buy_id=parse_buy_id(obj.get("buy_id")),
        offer_status=_required_text(obj, "offer_status", warnings),
        date=_date(obj.get("date")),
        error_reason=_text(obj, "error_reason", warnings),
        in_hold=_flag(obj.get("in_hold"), warnings),
        in_hold_until=_hold_end(obj.get("in_hold_until"), naive_zone, warnings),
        steamid=_text(obj, "steamid", warnings),
        custom_id=_text(obj, "custom_id", warnings),
        tradeofferid=_text(obj, "tradeofferid", warnings),
        price=_money(item.get("price"), "item.price", warnings),
        balance_debited_sum=_money(obj.get("balance_debited_sum"), "balance_debited_sum", warnings),
        item_id=_text(item, "id", warnings, "item.id"),
        item_name=_text(item, "name", warnings, "item.name"),
        classid=_text(item, "classid", warnings, "item.classid"),
        raw=to_json(obj),
    )
    warnings += [f"unknown field {name!r}" for name in sorted(set(obj) - KNOWN_FIELDS)]
    warnings += [f"unknown field 'item.{name}'" for name in sorted(set(item) - KNOWN_ITEM_FIELDS)]
    return replace(record, parse_warnings=tuple(warnings)) if warnings else record


def _is_deeper_than(value: Any, levels: int) -> bool:
    """Say so level by level: a function that calls itself would fail on the very thing it looks for."""
    level = [value]
    for _ in range(levels + 1):
        inside = [part.values() if isinstance(part, dict) else part for part in level if isinstance(part, (dict, list))]
        if not inside:
            return False
        level = [part for parts in inside for part in parts]
    return True


def _item(obj: Mapping[str, Any], warnings: list[str]) -> dict[str, Any]:
    item = obj.get("item")
    if isinstance(item, dict):
        return item
    warnings.append("item is missing" if item is None else f"item is not an object: {_quoted(item)}")
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


def _date(value: Any) -> datetime:
    text = _plain(value)
    moment = _from_unix(text) if _UNIX_SECONDS.fullmatch(text) else None
    if moment is None:
        raise UnreadableItem(f"date is not a time in UNIX seconds: {_quoted(value)}")
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


def _required_text(obj: Mapping[str, Any], name: str, warnings: list[str]) -> str:
    text = _text(obj, name, warnings)
    if not text:
        raise UnreadableItem(f"{name} is missing")
    return text


def _text(obj: Mapping[str, Any], field: str, warnings: list[str], name: str = "") -> str | None:
    name, value = name or field, obj.get(field)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise UnreadableItem(f"{name} is neither text nor a number: {_quoted(value)}")
    if isinstance(value, Decimal) and "E" in str(value):
        # A large id that went through a binary number has lost digits, and would name somebody else.
        raise UnreadableItem(f"{name} is a number with an exponent: {_quoted(value)}")
    text = writable(str(value))
    if text != str(value):
        warnings.append(f"{name} holds characters that no database can keep; they were replaced")
    if len(text) > LONGEST[name]:
        raise UnreadableItem(f"{name} is longer than {LONGEST[name]} characters")
    return text


def _flag(value: Any, warnings: list[str]) -> bool | None:
    if value is None or value == "":
        return None
    words = {"0": False, "false": False, "1": True, "true": True}
    flag = words.get(str(value).strip().lower()) if isinstance(value, (bool, int, str, Decimal)) else None
    if flag is None:
        warnings.append(f"in_hold is neither true nor false: {_quoted(value)}")
    return flag


def _hold_end(value: Any, naive_zone: tzinfo, warnings: list[str]) -> datetime | None:
    text = _plain(value)
    if value is None or value in ("", 0, "0", False) or text.startswith("0000-00-00"):
        return None
    moment = _from_unix(text) if _UNIX_SECONDS.fullmatch(text) else _from_iso(text, naive_zone)
    if moment is None:
        warnings.append(f"in_hold_until is not a time: {_quoted(value)}")
    return moment


def _from_iso(text: str, naive_zone: tzinfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=naive_zone) if moment.tzinfo is None else moment
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if _FIRST_YEAR <= moment.year < _LAST_YEAR else None


def parse_money(value: Any, name: str) -> Decimal:
    """Return a sum in USD that must be there. Raises UnreadableItem."""
    amount = _money(value, name, [])
    if amount is None:
        raise UnreadableItem(f"{name} is missing")
    return amount


def _money(value: Any, name: str, warnings: list[str]) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
            raise InvalidOperation
        if isinstance(value, str) and not _DECIMAL.fullmatch(value.strip()):
            raise InvalidOperation  # Decimal itself takes "1_000" and digits of other scripts too.
        amount = Decimal(value.strip() if isinstance(value, str) else value)
        if not amount.is_finite() or amount.adjusted() > 12 or abs(amount) > LARGEST_SUM:
            raise InvalidOperation
    except (InvalidOperation, ValueError):
        raise UnreadableItem(f"{name} is not a sum of money: {_quoted(value)}") from None
    rounded = six_decimals(amount)
    if rounded is None:
        raise UnreadableItem(f"{name} has more than six decimals: {_quoted(value)}")
    if rounded != amount:
        warnings.append(f"{name} was written with the noise of a binary number: {_quoted(value)}")
    return rounded


def _quoted(value: Any) -> str:
    text = to_json(value)
    return text if len(text) <= 80 else text[:80] + "…"


def to_json(value: Any, levels: int = DEEPEST) -> str:
    """Return the ASCII JSON text of a parsed value, every number with the digits it came with.

    What is nested deeper than ``levels`` is written as "…".
    """
    if levels < 0:
        return '"\\u2026"'
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{json.dumps(str(key))}: {to_json(item, levels - 1)}" for key, item in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(to_json(item, levels - 1) for item in value) + "]"
    return json.dumps(value)
