"""A field that cannot be read loses itself: not its purchase, not its neighbours, not the answer it stands in."""

import json
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.skinsback.parsing import UnreadableNumber, parse_answer, parse_items, parse_json, parse_purchase
from dashboard.skinsback.records import UNREADABLE_STATUS
from tests.purchases.samples import EXAMPLE

WHOLE: dict[str, Any] = EXAMPLE | {
    "offer_status": "accepted", "error_reason": "skin_unavailable", "in_hold": True,
    "in_hold_until": "2026-12-24 13:54:30", "tradeofferid": "7000000001", "custom_id": "order-1",
}  # fmt: skip
"""Every documented field, readable."""

ATTRIBUTES = {
    "offer_status": "offer_status", "date": "date", "error_reason": "error_reason", "in_hold": "in_hold",
    "in_hold_until": "in_hold_until", "steamid": "steamid", "custom_id": "custom_id", "tradeofferid": "tradeofferid",
    "balance_debited_sum": "balance_debited_sum", "item.price": "price", "item.id": "item_id", "item.name": "item_name",
    "item.classid": "classid",
}  # fmt: skip
"""Each optional field of the API, and what a record calls it."""


def with_field(name: str, value: Any, obj: dict[str, Any] = WHOLE) -> dict[str, Any]:
    outer, _, inner = name.partition(".")
    return {**obj, outer: {**obj["item"], inner: value}} if inner else {**obj, outer: value}


WRONG_EVERYWHERE = [
    {}, {"a": 1}, [], [1], ["x"], Decimal("NaN"), Decimal("-Infinity"), UnreadableNumber("9" * 5000), 10**4000,
    "x" * 10_000, "\ud800",
]  # fmt: skip
WRONG: dict[str, list[Any]] = dict.fromkeys(ATTRIBUTES, WRONG_EVERYWHERE) | {
    "in_hold": [*WRONG_EVERYWHERE, "yes", "no", "maybe", 2, -1, "on", Decimal("0.5"), " ", "null"],
    "in_hold_until": [
        *WRONG_EVERYWHERE, {"date": "2026-12-24 13:54:30.000000", "timezone_type": 3, "timezone": "UTC"},
        "Thu, 24 Dec 2026 13:54:30 GMT", "24.12.2026 13:54", "12/24/2026", "soon", True, 10**30, 1, -1,
        "1970-01-01 00:00:00", "2500-01-01T00:00:00Z", "2026-13-01", "2026-12-24 25:00:00", " ",
    ],
    "date": [*WRONG_EVERYWHERE, None, "", True, False, 0, -1, "yesterday", "2026-11-20 12:00:00", 10**30],
    "offer_status": [*WRONG_EVERYWHERE, None, "", " ", "\t\n", True, False],
    "error_reason": [*WRONG_EVERYWHERE, True, False],
    "balance_debited_sum": [
        *WRONG_EVERYWHERE, True, False, "lots", "0.1234567", "1_000", "１２", "1,50", "$1", "Infinity", 10**10, " ",
        Decimal("1E+13"), Decimal("0.00000001"), "--1", "1e9999",
    ],
    "steamid": [*WRONG_EVERYWHERE, True, False, Decimal("7.656119805064852E+16"), "7.656119805064852E+16"],
    "tradeofferid": [*WRONG_EVERYWHERE, True, False, Decimal("7E+9")],
    "custom_id": [*WRONG_EVERYWHERE, True, False, "order\0", Decimal("1E+5")],
}  # fmt: skip
WRONG["item.price"] = WRONG["balance_debited_sum"]
PAIRS = [pytest.param(name, value, id=f"{name}-{place}") for name in WRONG for place, value in enumerate(WRONG[name])]


@pytest.mark.parametrize(("name", "value"), PAIRS)
def test_a_field_that_cannot_be_read_is_named_and_every_other_is_read(name: str, value: Any) -> None:
    record, whole = parse_purchase(with_field(name, value)), parse_purchase(WHOLE)
    assert [field for field, _ in record.unreadable] == [name]
    others = set(ATTRIBUTES.values()) - {ATTRIBUTES[name]}
    assert {field: getattr(record, field) for field in others} == {field: getattr(whole, field) for field in others}


@pytest.mark.parametrize(("name", "value"), PAIRS)
def test_what_cannot_be_read_gives_no_value(name: str, value: Any) -> None:
    told = getattr(parse_purchase(with_field(name, value)), ATTRIBUTES[name])
    is_shown_in_part = name in ("offer_status", "error_reason", "item.name") and str(value).strip()
    if is_shown_in_part and isinstance(value, (str, int)) and not isinstance(value, bool):
        assert told[-1:] == ("\N{REPLACEMENT CHARACTER}" if value == "\ud800" else "…")
    else:
        assert told == (UNREADABLE_STATUS if name == "offer_status" else None)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text("09aZ_.-+eE: é★\0\ud800", max_size=80)
    | st.decimals(allow_nan=False)
    | st.just(Decimal("NaN")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=3,
)


@given(st.dictionaries(st.sampled_from([*ATTRIBUTES, "item"]), _JSON, max_size=6))
def test_no_value_of_optional_fields_loses_the_purchase_and_none_that_holds_something_is_lost_in_silence(
    fields: dict[str, Any],
) -> None:
    obj = dict(WHOLE)
    for name in sorted(fields, reverse=True):
        if name.startswith("item.") and not isinstance(obj["item"], dict):
            continue
        obj = with_field(name, fields[name], obj)
    record = parse_purchase(obj)
    named = {name for name, _ in record.unreadable}
    assert record.buy_id == 9
    for name, attribute in ATTRIBUTES.items():
        outer, _, inner = name.partition(".")
        if isinstance(obj["item"], dict) or not inner:
            told = obj["item"].get(inner) if inner else obj.get(outer)
            if getattr(record, attribute) is None and told not in (None, ""):
                nothing = name == "in_hold_until" and (told in (0, "0") or str(told).startswith("0000-00-00"))
                assert name in named or nothing
        elif obj["item"] is not None:
            assert "item" in named


@pytest.mark.parametrize("value", [None, "", 0, "0", False, "0000-00-00", "0000-00-00 00:00:00", Decimal(0)])
def test_a_hold_end_like_zero_is_none_and_readable(value: object) -> None:
    record = parse_purchase(WHOLE | {"in_hold_until": value})
    assert (record.in_hold_until, record.unreadable) == (None, ())


@pytest.mark.parametrize("name", [name for name in ATTRIBUTES if name not in ("date", "offer_status")])
@pytest.mark.parametrize("absent", [None, ""])
def test_an_absent_field_is_not_an_unreadable_one(name: str, absent: object) -> None:
    assert parse_purchase(with_field(name, absent)).unreadable == ()


def test_what_a_field_held_is_told_in_json_and_cut() -> None:
    held = dict(parse_purchase(WHOLE | {"in_hold_until": {"date": "2026-12-24"}, "date": None}).unreadable)
    assert held == {"in_hold_until": '{"date": "2026-12-24"}', "date": ""}
    assert len(dict(parse_purchase(with_field("item.name", "n" * 10_000)).unreadable)["item.name"]) == 201


@pytest.mark.parametrize("item", [[], ["AK-47"], "AK-47", 5, True, False, ""])
def test_an_item_that_is_no_object_loses_the_item_alone(item: object) -> None:
    record = parse_purchase(WHOLE | {"item": item})
    assert [name for name, _ in record.unreadable] == ["item"]
    assert (record.item_name, record.price, record.balance_debited_sum) == (None, None, Decimal("11.73"))


def an_answer(spoilt: str | bytes) -> bytes:
    """Return three purchases, the middle one with a custom_id that spoils the JSON of all of them."""
    items = [EXAMPLE | {"buy_id": number, "custom_id": "before"} for number in (1, 2, 3)]
    items[1]["custom_id"] = "SPOILT"
    before, _, after = json.dumps({"status": "success", "items": items}).partition('"SPOILT"')
    return before.encode() + (spoilt if isinstance(spoilt, bytes) else spoilt.encode()) + after.encode()


SPOILERS: dict[str, str | bytes] = {
    "not a number": "NaN", "infinity": "-Infinity", "5,000 digits": "9" * 5000,
    "a negative one": "-" + "9" * 5000, "a giant exponent": "1e" + "9" * 30, "a byte that is not UTF-8": b'"caf\xe9"',
    "a cut letter": b'"\xe2\x98"', "brackets": "[" * 200_000 + "]" * 200_000,
    "objects": '{"a":' * 100_000 + "1" + "}" * 100_000, "quotes in brackets": "[" * 5000 + r'"\"]]"' + "]" * 5000,
}  # fmt: skip


@pytest.mark.parametrize("spoilt", SPOILERS.values(), ids=SPOILERS)
def test_a_value_that_spoils_the_json_of_an_answer_loses_itself_alone(spoilt: str | bytes) -> None:
    records, rejected = parse_items(parse_answer(an_answer(spoilt))["items"])
    assert ([record.buy_id for record in records], rejected) == ([1, 2, 3], [])
    assert [record.custom_id for record in records] == ["before", None, "before"]
    assert [[name for name, _ in record.unreadable] for record in records] == [[], ["custom_id"], []]


def test_a_line_break_inside_a_text_spoils_nothing() -> None:
    records, _ = parse_items(parse_answer(an_answer('"two\nlines"'))["items"])
    assert records[1].custom_id == "two\nlines"


def test_a_name_with_a_broken_byte_is_shown_in_part_and_named() -> None:
    body = json.dumps({"status": "success", **WHOLE}, ensure_ascii=False).encode()
    record = parse_purchase(parse_answer(body.replace(b"Taunt", b"Ta\xfcnt")))
    assert record.item_name == "Ta\N{REPLACEMENT CHARACTER}nt: RazorFlip!"
    assert [name for name, _ in record.unreadable] == ["item.name"]


@pytest.mark.parametrize("number", ["9" * 5000, "-1e" + "9" * 30, "NaN", "Infinity"])
def test_a_number_that_nothing_holds_is_kept_as_it_was_written(number: str) -> None:
    record = parse_purchase(parse_json(f'{{"buy_id": 9, "custom_id": {number}}}'))
    assert record.raw == f'{{"buy_id": 9, "custom_id": {number}}}'


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_no_number_becomes_a_binary_one(constant: str) -> None:
    assert isinstance(parse_json(constant), Decimal)


@pytest.mark.parametrize("text", ["", "{", '{"a": }', "[1,]", '"', '"\\', "[" * 100_000, "nul", "[" * 200 + "}" * 200])
def test_what_is_no_json_stays_none(text: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        parse_json(text)


@pytest.mark.parametrize("text", ['"' + '\\"' * 1_000_000, "[" * 1_000_000, '["' * 1_000_000, '{"a' * 1_000_000])
def test_reading_what_is_damaged_takes_no_longer_than_its_length_asks_for(text: str) -> None:
    started = time.process_time()
    with pytest.raises((ValueError, RecursionError)):
        parse_json(text)
    assert time.process_time() - started < 5


def test_a_thousand_good_purchases_are_read_without_the_lenient_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.skinsback.parsing._shallow", lambda _: pytest.fail("not needed"))
    body = json.dumps({"status": "success", "items": [EXAMPLE] * 1000}).encode()
    assert len(parse_answer(body)["items"]) == 1000
