"""From JSON to records: exact, and never a crash. Fields that cannot be read: ``test_unreadable_fields.py``."""

import contextlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.skinsback.errors import SkinsBackError
from dashboard.skinsback.parsing import (
    MOST_NAMED,
    UnreadableItem,
    parse_answer,
    parse_items,
    parse_money,
    parse_purchase,
    to_json,
)
from tests.purchases.samples import EXAMPLE


def test_the_documented_example_is_read_to_the_digit() -> None:
    record = parse_purchase(EXAMPLE)
    assert (record.buy_id, record.offer_status, record.error_reason) == (9, "trade_create_error", None)
    assert (record.price, record.balance_debited_sum) == (Decimal("0.16"), Decimal("11.73"))
    assert record.date == datetime(2020, 8, 9, 18, 53, 46, tzinfo=UTC)
    assert record.steamid == "76561198050648523"
    assert (record.in_hold, record.in_hold_until, record.tradeofferid, record.custom_id) == (None, None, None, None)
    assert (record.parse_warnings, record.unreadable) == ((), ())


def test_numbers_may_come_as_numbers_and_keep_every_digit() -> None:
    body = b'{"status":"success","buy_id":9,"offer_status":"accepted","date":1596999226,"item":{"price":0.1234},'
    answer = parse_answer(body + b'"steamid":76561198050648523,"balance_debited_sum":1234567.123456}')
    record = parse_purchase(answer)
    assert record.steamid == "76561198050648523"
    assert (record.price, record.balance_debited_sum) == (Decimal("0.1234"), Decimal("1234567.123456"))


@pytest.mark.parametrize(
    ("told", "flag"),
    [(None, None), (True, True), (False, False), (1, True), (0, False), ("1", True), ("0", False), ("true", True)],
)
def test_in_hold_may_be_written_in_every_way_seen(told: object, flag: bool | None) -> None:
    assert parse_purchase(EXAMPLE | {"in_hold": told}).in_hold is flag


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2024-05-27 13:54:30", datetime(2024, 5, 27, 13, 54, 30, tzinfo=UTC)),
        ("2025-07-17T20:51:48.689998Z", datetime(2025, 7, 17, 20, 51, 48, 689998, tzinfo=UTC)),
        ("2025-07-17T20:51:48+03:00", datetime(2025, 7, 17, 17, 51, 48, tzinfo=UTC)),
        (1596999226, datetime(2020, 8, 9, 18, 53, 46, tzinfo=UTC)),
        ("1596999226", datetime(2020, 8, 9, 18, 53, 46, tzinfo=UTC)),
        ("0000-00-00 00:00:00", None),
        (None, None),
    ],
)
def test_a_hold_end_may_be_written_in_every_way_seen(told: object, moment: datetime | None) -> None:
    assert parse_purchase(EXAMPLE | {"in_hold_until": told}).in_hold_until == moment


def test_a_time_without_a_zone_is_in_the_zone_of_the_setting() -> None:
    record = parse_purchase(EXAMPLE | {"in_hold_until": "2026-01-01 12:00:00"}, naive_zone=ZoneInfo("Europe/Moscow"))
    assert record.in_hold_until == datetime(2026, 1, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2026-11-29", "2026-11-29T21:00:00+00:00"), ("2026-11-29 00:00:00", "2026-11-28T21:00:00+00:00"),
        ("2026-W48-7", None), ("2026-W48", None), ("20261129", None), ("2026-333", None), ("2026-11", None),
        ("2026-11-29T", None), ("20261129T120000", None), ("2026-11-29 12", None), ("2026-W48-7T12:00", None),
    ],
)  # fmt: skip
def test_a_date_alone_is_the_end_of_that_day_and_rarer_forms_are_not_guessed_at(told: str, moment: str | None) -> None:
    record = parse_purchase(EXAMPLE | {"in_hold_until": told}, naive_zone=ZoneInfo("Europe/Moscow"))
    assert (record.in_hold_until and record.in_hold_until.isoformat()) == moment
    assert [name for name, _ in record.unreadable] == ([] if moment else ["in_hold_until"])


def test_unknown_values_are_carried_as_they_came_and_unknown_fields_named() -> None:
    record = parse_purchase(EXAMPLE | {"offer_status": "in_review", "error_reason": "moon", "warranty": 1})
    assert (record.offer_status, record.error_reason) == ("in_review", "moon")
    assert record.parse_warnings == ("unknown field 'warranty'",)


@pytest.mark.parametrize(
    "buy_id", [None, "", "nine", -1, 0, True, 2**63, [], {}, Decimal("9.0"), Decimal("NaN"), "9e3", "٩"]
)
def test_an_object_that_does_not_say_which_purchase_it_is_is_refused(buy_id: object) -> None:
    with pytest.raises(UnreadableItem, match="buy_id"):
        parse_purchase(EXAMPLE | {"buy_id": buy_id})


def test_one_bad_item_is_rejected_with_its_text_and_reason_and_the_rest_are_used() -> None:
    records, rejected = parse_items([EXAMPLE, EXAMPLE | {"buy_id": "ten", "date": "never"}, "text", EXAMPLE])
    assert [record.buy_id for record in records] == [9, 9]
    assert [item.reason for item in rejected] == [
        'buy_id is not a positive whole number: "ten"', "it is not an object",
    ]  # fmt: skip
    assert json.loads(rejected[0].raw)["date"] == "never"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False, allow_infinity=False))
def test_money_is_exact_however_it_is_written(amount: Decimal) -> None:
    text = format(amount, "f")
    as_number = json.loads(text, parse_float=Decimal)
    assert parse_money(text, "x") == parse_money(as_number, "x") == amount


# Letters that have broken parsers; a list of our own needs no table of all of Unicode to be built first.
_TEXT = st.lists(st.sampled_from("09aZ_.-+eE é★٣\0\ud800"), max_size=12).map("".join)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXT | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=3,
)


@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys((*EXAMPLE, "in_hold", "in_hold_until", "tradeofferid", "custom_id"), _JSON),
    )
)
def test_anything_gives_a_record_or_a_reason(fields: dict[str, Any]) -> None:
    for obj in (fields, EXAMPLE | fields):
        with contextlib.suppress(UnreadableItem):
            record = parse_purchase(obj)
            assert record.raw == to_json(obj)
            assert record.date is None or record.date.utcoffset() is not None


@given(st.binary(max_size=200))
def test_any_bytes_give_an_answer_or_the_one_error(body: bytes) -> None:
    with pytest.raises(SkinsBackError):
        parse_answer(body)


@pytest.mark.parametrize("depth", [450, 900])
def test_a_field_nested_beyond_reason_is_kept_as_far_as_anybody_reads(depth: int) -> None:
    deep = json.loads("[" * depth + "]" * depth)
    record = parse_purchase(EXAMPLE | {"extra": deep, "custom_id": deep})
    assert (record.buy_id, [name for name, _ in record.unreadable]) == (9, ["custom_id"])
    assert json.loads(record.raw)["extra"][0][0] != []


@pytest.mark.parametrize("message", ["\ud800", "a\0b", None])
def test_an_error_message_of_any_kind_can_be_shown(message: str | None) -> None:
    body = json.dumps({"status": "error", "error_code": -77, "error_message": message}).encode()
    with pytest.raises(SkinsBackError) as caught:
        parse_answer(body)
    shown = caught.value.sentence.encode().decode()
    assert "\0" not in shown
    assert "None" not in shown


@pytest.mark.parametrize("name", ["z\ud800", "z\0", "two\nlines", "k" * 100_000, "it's"])
@pytest.mark.parametrize("where", ["object", "item"])
def test_the_name_of_an_unknown_field_is_written_so_that_any_database_keeps_it(name: str, where: str) -> None:
    fields: dict[str, Any] = {name: 1} if where == "object" else {"item": {"id": 1, name: 1}}
    (warning,) = parse_purchase(EXAMPLE | fields).parse_warnings
    assert warning.isprintable()
    assert warning.encode()
    assert len(warning) < 300


def test_of_thousands_of_unknown_fields_the_first_are_named_and_the_rest_counted() -> None:
    fields = {f"field{number}": 1 for number in range(10_000)}
    warnings = parse_purchase(EXAMPLE | fields | {"item": fields}).parse_warnings
    assert len(warnings) == MOST_NAMED + 1
    assert warnings[-1] == f"unknown fields beyond the first {MOST_NAMED}: {20_000 - MOST_NAMED}"


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("-7.0", -7), ("-7", -7), ('"-7"', -7), ('"-7.0"', -7), ("3000000000", 3_000_000_000), ("1" + "0" * 30, None),
        ("1" * 5000, None), ("true", None), ("1.5", None), ('"1_0"', None), ('"\\u0661"', None), ("[]", None),
    ],
)  # fmt: skip
def test_an_error_code_is_read_however_it_is_written_or_is_none(code: str, read: int | None) -> None:
    with pytest.raises(SkinsBackError) as caught:
        parse_answer(f'{{"status": "error", "error_code": {code}, "error_message": "m"}}'.encode())
    assert caught.value.code == read
    assert (caught.value.name == "not_json") == (read is None)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("custom_id", Decimal("7123.0"), "7123"), ("custom_id", "7123.0", "7123.0"), ("custom_id", "v1.0", "v1.0"),
        ("custom_id", Decimal("7123.50"), "7123.50"), ("tradeofferid", Decimal("7000000001.0"), "7000000001"),
        ("tradeofferid", "7000000001.0", "7000000001"),
    ],
)  # fmt: skip
def test_an_id_that_went_through_a_binary_number_is_read_without_its_zeros(name: str, value: Any, read: str) -> None:
    assert getattr(parse_purchase(EXAMPLE | {name: value}), name) == read
