"""What the purchase's row says when fields of an answer cannot be read: unknown is unknown, and never safe."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dashboard.db.extensions import db
from dashboard.finance.balance.queries import changes_of_purchases, changes_recorded
from dashboard.finance.history_queries import changes_between
from dashboard.finance.queries import find_report
from dashboard.lib.periods import By, Interval, Period
from dashboard.purchases import queries as purchases
from dashboard.purchases import store
from dashboard.purchases.finality import HOLD_LENGTH, Settlement
from dashboard.purchases.models import PurchaseAnswer, PurchaseVersion, RejectedRecord
from dashboard.purchases.store import Source
from dashboard.skinsback.parsing import parse_items, parse_purchase
from dashboard.skinsback.records import UNREADABLE_STATUS, PurchasesAnswer, RejectedItem
from tests.purchases.samples import ASKED_AT, DATE, EXAMPLE, an_answer
from tests.totals.recomputed import totals_from_rows, totals_kept

DELIVERED: dict[str, Any] = EXAMPLE | {"offer_status": "accepted", "date": int(DATE.timestamp()), "custom_id": "o-1"}
LATER, MUCH_LATER = ASKED_AT + timedelta(hours=1), ASKED_AT + timedelta(days=400)
ESTIMATE = DATE + HOLD_LENGTH
EVER = Interval(DATE - timedelta(days=1), DATE + timedelta(days=1))

UNREADABLE_ENDS = [
    {"date": "2026-12-24 13:54:30.000000", "timezone_type": 3, "timezone": "UTC"}, "Thu, 24 Dec 2026 13:54:30 GMT",
    "24.12.2026 13:54", [], ["2026-12-24"], True, 10**30, "1970-01-01 00:00:00", 1, "2500-01-01 00:00:00", "soon",
]  # fmt: skip
ENDS_BEFORE = ["1970-01-01 00:00:00", "2001-01-01 00:00:00", "1999-12-31", "2026-11-19", "2026-11-20 11:59:59"]
UNREADABLE_FLAGS = ["yes", "no", 2, -1, [], {}, "maybe", [False], Decimal("0.5")]
UNREADABLE_HOLDS = [
    *({"in_hold_until": end} for end in UNREADABLE_ENDS),
    *({"in_hold_until": end, "in_hold": None} for end in UNREADABLE_ENDS),
    *({"in_hold": flag} for flag in UNREADABLE_FLAGS),
]


def tell(asked_at: datetime = ASKED_AT, **changes: Any) -> Any:
    """Store the answer with these changes, as SkinsBack words it, and return the purchase's row."""
    store.record_answer(an_answer(parse_purchase(DELIVERED | changes), asked_at=asked_at), Source.SCHEDULED)
    row = purchases.find_purchase(9)
    db.session.rollback()
    return row


@pytest.mark.parametrize("hold", UNREADABLE_HOLDS)
def test_a_delivery_whose_hold_cannot_be_read_is_on_hold_until_an_estimate(app: Flask, hold: dict[str, Any]) -> None:
    row = tell(**hold)
    assert row.part == Settlement.REVERSIBLE
    assert (row.hold_ends_at, row.hold_end_is_estimate) == (ESTIMATE, True)
    assert row.due_at is not None


@pytest.mark.parametrize("hold", UNREADABLE_HOLDS)
def test_it_stays_on_hold_and_is_asked_about_for_as_long_as_the_newest_answer_cannot_be_read(
    app: Flask, hold: dict[str, Any]
) -> None:
    tell(**hold)
    row = tell(MUCH_LATER, **hold)
    assert row.part == Settlement.REVERSIBLE
    assert row.due_at is not None


@pytest.mark.parametrize(
    "end",
    [*(end for end in UNREADABLE_ENDS if end not in ENDS_BEFORE), "Fri, 04 Dec 2026 13:54:30 GMT", "20261204", 691200],
)
@pytest.mark.parametrize("no", [False, 0, "0", "false"])
def test_a_readable_no_beside_an_unreadable_end_settles_nothing_and_is_asked_again(
    app: Flask, end: Any, no: Any
) -> None:
    for asked_at in (MUCH_LATER, MUCH_LATER + timedelta(days=1)):
        row = tell(asked_at, in_hold=no, in_hold_until=end)
        assert row.part == Settlement.REVERSIBLE
        assert row.due_at <= asked_at + timedelta(days=1)
    assert tell(MUCH_LATER + timedelta(days=2), in_hold=no).part == Settlement.FINAL


@pytest.mark.parametrize("end", ENDS_BEFORE)
@pytest.mark.parametrize(
    ("flag", "part"),
    [(False, Settlement.FINAL), ("0", Settlement.FINAL), (None, Settlement.REVERSIBLE), (True, Settlement.REVERSIBLE),
     ("maybe", Settlement.REVERSIBLE)],
)  # fmt: skip
def test_an_end_before_the_purchase_is_none_beside_a_no_and_else_unreadable(
    app: Flask, end: Any, flag: Any, part: Settlement
) -> None:
    row = tell(in_hold=flag, in_hold_until=end)
    assert (row.part, row.known_hold_until) == (part, None)
    assert ("in_hold_until" in row.unreadable) is (part is Settlement.REVERSIBLE)


@pytest.mark.parametrize("hold", [{"in_hold": "x"}, {"in_hold_until": {}}, {"in_hold": "x", "in_hold_until": {}}])
@pytest.mark.parametrize("status", [None, "waiting_accept", "in_review"])
def test_a_hold_that_could_not_be_read_before_the_delivery_may_have_been_one(
    app: Flask, status: str | None, hold: dict[str, Any]
) -> None:
    tell(offer_status=status, **hold)
    row = tell(LATER)
    assert (row.part, row.hold_ends_at) == (Settlement.REVERSIBLE, LATER + HOLD_LENGTH)


@pytest.mark.parametrize("end", [None, "", 0, "0", False, "0000-00-00 00:00:00"])
def test_an_end_like_zero_is_none(app: Flask, end: Any) -> None:
    assert tell(in_hold_until=end).part == Settlement.FINAL


def test_an_end_that_can_be_read_is_the_end_though_the_flag_cannot(app: Flask) -> None:
    row = tell(in_hold="maybe", in_hold_until="2026-12-01 12:00:00")
    assert (row.hold_ends_at.isoformat(), row.hold_end_is_estimate) == ("2026-12-01T12:00:00+00:00", False)


def test_the_estimate_is_never_before_an_end_that_was_given_earlier(app: Flask) -> None:
    tell(in_hold=True, in_hold_until="2026-12-24 12:00:00")
    row = tell(LATER, in_hold=True, in_hold_until="soon")
    assert (row.hold_ends_at.isoformat(), row.hold_end_is_estimate) == ("2026-12-24T12:00:00+00:00", True)


def test_a_final_purchase_becomes_reversible_when_its_hold_cannot_be_read_any_more(app: Flask) -> None:
    assert tell().part == Settlement.FINAL
    assert tell(LATER, in_hold="maybe").part == Settlement.REVERSIBLE
    assert totals_kept() == totals_from_rows()


def test_an_answer_before_the_estimate_that_says_nothing_of_a_hold_settles_nothing(app: Flask) -> None:
    tell(in_hold={})
    row = tell(LATER, in_hold=None)
    assert (row.part, row.hold_ends_at) == (Settlement.REVERSIBLE, ESTIMATE)


def test_an_answer_after_the_estimate_that_can_be_read_settles_it(app: Flask) -> None:
    tell(in_hold={})
    assert tell(ESTIMATE, in_hold=None).part == Settlement.FINAL


@pytest.mark.parametrize("hold", [{"in_hold": "maybe"}, {"in_hold_until": "soon"}])
@pytest.mark.parametrize("status", ["waiting_accept", "timeout", "rollback_user", "rollback_supplier", "in_review"])
def test_what_was_not_delivered_is_the_same_with_an_unreadable_hold(
    app: Flask, status: str, hold: dict[str, Any]
) -> None:
    readable = tell(offer_status=status)
    row = tell(LATER, offer_status=status, **hold)
    names = ("part", "hold_ends_at", "known_hold_until")
    assert [getattr(row, name) for name in names] == [getattr(readable, name) for name in names]


def test_asking_in_vain_keeps_the_estimate_of_an_unreadable_hold(app: Flask) -> None:
    tell(in_hold_until="soon")
    store.record_missing([9], LATER)
    row = purchases.find_purchase(9)
    assert row is not None
    assert (row.part, row.hold_ends_at) == (Settlement.REVERSIBLE, ESTIMATE)
    assert row.due_at is not None


@pytest.mark.parametrize(
    ("name", "value", "column", "before"),
    [
        ("custom_id", [], "custom_id", "o-1"), ("steamid", Decimal("7.6E+16"), "steamid", EXAMPLE["steamid"]),
        ("tradeofferid", False, "tradeofferid", "77"), ("item", [], "item_name", "Taunt: RazorFlip!"),
        ("item", {"name": "n" * 10_000}, "item_name", "Taunt: RazorFlip!"), ("date", "yesterday", "date", DATE),
        ("date", None, "date", DATE), ("item", {"id": True}, "item_id", "1280"),
    ],
)  # fmt: skip
def test_an_identity_that_cannot_be_read_stays_as_it_was_known(
    app: Flask, name: str, value: Any, column: str, before: Any
) -> None:
    tell(tradeofferid="77")
    row = tell(LATER, **{name: value})
    assert getattr(row, column) == before
    assert row.unreadable


def test_a_name_that_can_be_read_in_part_is_shown_where_nothing_better_is_known(app: Flask) -> None:
    assert tell(item={"name": "n" * 10_000}).item_name == "n" * 499 + "…"


WRONG_SUMS = ["lots", True, [], {}, "0.1234567", Decimal("NaN"), 10**30, "12,5O"]


@pytest.mark.parametrize("wrong", WRONG_SUMS)
@pytest.mark.parametrize("is_known_before", [True, False])
def test_a_sum_that_cannot_be_read_is_not_known(app: Flask, wrong: Any, is_known_before: bool) -> None:
    if is_known_before:
        tell(offer_status="timeout")
    row = tell(LATER, offer_status="timeout", balance_debited_sum=wrong, item={"price": wrong})
    assert (row.balance_debited_sum, row.price) == (None, None)
    assert totals_kept() == totals_from_rows()
    assert ("money_totals", "debited_missing") in {(key[0], key[-1]) for key in totals_kept()}


@pytest.mark.parametrize("item", [[], "AK-47", 5])
def test_a_price_inside_an_item_that_cannot_be_read_is_not_known(app: Flask, item: Any) -> None:
    tell()
    assert tell(LATER, item=item).price is None


@pytest.mark.parametrize("absent", [None, ""])
def test_a_sum_that_is_left_out_stays_as_last_given(app: Flask, absent: Any) -> None:
    tell()
    row = tell(LATER, balance_debited_sum=absent, item=None)
    assert (row.balance_debited_sum, row.price) == (Decimal("11.73"), Decimal("0.16"))


def told_changes() -> list[Decimal | None]:
    statement = select(PurchaseVersion.debited_change).order_by(PurchaseVersion.version)
    return list(db.session.execute(statement).scalars())


def test_what_a_sum_is_after_it_could_not_be_read_changes_the_last_one_that_was_known(app: Flask) -> None:
    for hours, debited in enumerate(["10.50", "lots", "8", [], "8", None, True, "8.25"]):
        tell(ASKED_AT + timedelta(hours=hours), balance_debited_sum=debited)
    nothing = None
    assert told_changes() == [nothing, nothing, Decimal("-2.5"), nothing, nothing, nothing, Decimal("0.25")]
    first = Decimal("8.25") - sum(change.amount for change in changes_of_purchases(EVER))
    assert first == Decimal("10.50")


def test_of_a_sum_that_is_not_known_no_earlier_change_is_taken_off(app: Flask) -> None:
    for hours, debited in enumerate(["10.50", "8", []]):
        tell(ASKED_AT + timedelta(hours=hours), balance_debited_sum=debited)
    assert changes_of_purchases(EVER) == []


def test_a_sum_that_cannot_be_read_did_not_come_back(app: Flask) -> None:
    tell()
    tell(LATER, balance_debited_sum="lots")
    assert changes_recorded(Interval(DATE, DATE + timedelta(days=9999))) == []


def test_a_date_that_was_corrected_while_the_sum_was_not_known_keeps_the_changes(app: Flask) -> None:
    other_day = DATE + timedelta(days=3)
    for hours, changes in enumerate(
        [{}, {"balance_debited_sum": "8"}, {"balance_debited_sum": []},
         {"balance_debited_sum": [], "date": int(other_day.timestamp())}, {"date": int(other_day.timestamp())}]
    ):  # fmt: skip
        tell(ASKED_AT + timedelta(hours=hours), **changes)
    around = Interval(other_day - timedelta(hours=1), other_day + timedelta(hours=1))
    assert Decimal("11.73") - sum(change.amount for change in changes_of_purchases(around)) == Decimal("11.73")


def test_figures_as_of_a_moment_and_changes_follow_a_sum_that_is_not_known_any_more(app: Flask) -> None:
    tell()
    known_at = db.session.execute(select(PurchaseVersion.recorded_at)).scalar_one()
    tell(LATER, balance_debited_sum="lots")
    lost_at = db.session.execute(select(PurchaseVersion.recorded_at).order_by(PurchaseVersion.version.desc())).scalar()
    period = Period(DATE.date(), DATE.date(), DATE.tzinfo, By.DAY)  # type: ignore[arg-type] # UTC is a zone too.
    before, now = find_report(period, known_at).total, find_report(period).total
    assert (before.debited, before.debited_missing) == (Decimal("11.73"), 0)
    assert (now.count, now.debited, now.debited_missing) == (1, Decimal(0), 1)
    assert lost_at is not None
    (change,) = changes_between(Interval(known_at, lost_at), period.interval)
    assert (change.change, change.after.debited_missing) == (Decimal("-11.73"), 1)


STATUSES = [(None, UNREADABLE_STATUS), ("", UNREADABLE_STATUS), ([], UNREADABLE_STATUS), (True, UNREADABLE_STATUS),
            ({}, UNREADABLE_STATUS), (Decimal("NaN"), UNREADABLE_STATUS), ("s" * 200, "s" * 63 + "…")]  # fmt: skip


@pytest.mark.parametrize(("told", "status"), STATUSES)
@pytest.mark.parametrize("is_known_before", [True, False])
def test_a_status_that_cannot_be_read_is_unknown_and_asked_about(
    app: Flask, told: Any, status: str, is_known_before: bool
) -> None:
    if is_known_before:
        tell()
    row = tell(LATER, offer_status=told)
    assert (row.offer_status, row.part, row.unreadable) == (status, Settlement.UNKNOWN, "offer_status")
    assert row.due_at is not None
    assert totals_kept() == totals_from_rows()


def test_a_status_that_cannot_be_read_is_asked_about_however_old_the_purchase(app: Flask) -> None:
    row = tell(MUCH_LATER, offer_status=[])
    assert row.due_at == MUCH_LATER + timedelta(days=1)


@pytest.mark.parametrize("changes", [{"balance_debited_sum": "lots"}, {"item": []}, {"date": "yesterday"}])
def test_a_settled_purchase_of_which_a_figure_cannot_be_read_is_asked_about_every_day(
    app: Flask, changes: dict[str, Any]
) -> None:
    tell(offer_status="timeout")
    assert tell(MUCH_LATER, offer_status="timeout", **changes).due_at == MUCH_LATER + timedelta(days=1)


def test_a_settled_purchase_of_which_an_id_cannot_be_read_comes_to_rest(app: Flask) -> None:
    tell(offer_status="timeout")
    assert tell(MUCH_LATER, offer_status="timeout", tradeofferid=False).due_at is None


@pytest.mark.parametrize("told", [None, "", "yesterday", [], 0, 10**30])
def test_a_purchase_without_a_readable_date_is_dated_by_its_first_answer_and_says_so(app: Flask, told: Any) -> None:
    row = tell(date=told)
    assert (row.date, row.date_is_estimate, row.unreadable) == (ASKED_AT, True, "date")
    assert (tell(LATER, date=told).date, row.date_is_estimate) == (ASKED_AT, True)


def test_a_readable_date_takes_the_place_of_the_first_answers(app: Flask) -> None:
    tell(date=None)
    row = tell(LATER)
    assert (row.date, row.date_is_estimate) == (DATE, False)
    assert [version.date_is_estimate for version in purchases.versions_of(9)] == [True, False]
    assert totals_kept() == totals_from_rows()


def test_an_estimated_date_moves_the_estimated_end_of_a_hold_to_the_safe_side(app: Flask) -> None:
    assert tell(date=None, in_hold="maybe").hold_ends_at == ASKED_AT + HOLD_LENGTH


@pytest.mark.parametrize("reason", [False, True, [], {}, Decimal("NaN")])
def test_a_reason_that_cannot_be_read_is_none_and_named(app: Flask, reason: Any) -> None:
    tell(offer_status="timeout", error_reason="private_inventory")
    row = tell(LATER, offer_status="timeout", error_reason=reason)
    assert (row.error_reason, row.unreadable) == (None, "error_reason")


def test_the_answer_keeps_what_the_fields_held_beside_the_raw_text(app: Flask) -> None:
    tell(in_hold_until="soon", custom_id=[])
    answer = purchases.find_answer(9)
    assert answer is not None
    assert answer.unreadable == '{"in_hold_until": "\\"soon\\"", "custom_id": "[]"}'
    assert '"in_hold_until": "soon"' in answer.raw


def test_an_object_that_was_rejected_is_forgotten_once_its_purchase_can_be_read(app: Flask) -> None:
    rejected = (RejectedItem("{}", "date is missing", 9), RejectedItem("[]", "it is not an object", None))
    store.record_answer(PurchasesAnswer((), rejected, ASKED_AT), Source.HISTORY)
    tell(LATER)
    assert db.session.execute(select(RejectedRecord.buy_id)).scalars().all() == [None]


def test_an_answer_that_can_be_read_again_leaves_nothing_of_it(app: Flask) -> None:
    tell(in_hold_until="soon", custom_id=[])
    row = tell(LATER)
    answer = db.session.execute(select(PurchaseAnswer.unreadable)).scalar_one()
    assert (row.unreadable, answer) == ("", "")


def in_one_answer(*words: dict[str, Any]) -> Any:
    records = [parse_purchase(DELIVERED | word) for word in words]
    store.record_answer(an_answer(*records), Source.SCHEDULED)
    row = purchases.find_purchase(9)
    db.session.rollback()
    return row


@pytest.mark.parametrize(
    "words",
    [
        [{"in_hold": True, "in_hold_until": "2027-01-01"}, {"in_hold": "odd"}, {}], [{"in_hold": True}, {}],
        [{"in_hold": "odd"}, {"in_hold": False}], [{"in_hold_until": {}}, {}], [{"in_hold_until": "2027-01-01"}, {}],
        [{"in_hold": True}, {"in_hold": False}], [{}, {"in_hold": True}],
    ],
)  # fmt: skip
def test_what_any_word_of_one_answer_says_of_a_hold_counts(app: Flask, words: list[dict[str, Any]]) -> None:
    row = in_one_answer(*words)
    assert (row.part, row.was_on_hold) == (Settlement.REVERSIBLE, True)
    assert row.due_at is not None


def test_else_the_last_word_of_an_answer_counts_and_is_not_as_documented(app: Flask) -> None:
    row = in_one_answer({"offer_status": "timeout", "custom_id": "a"}, {"offer_status": "timeout", "custom_id": "b"})
    answer = purchases.find_answer(9)
    assert answer is not None
    assert (row.custom_id, answer.oddities) == ("b", "one answer has the purchase several times: 2")


@pytest.mark.parametrize(
    "changes", [{"balance_debited_sum": None}, {"item": None}, {"item": {"id": "1280"}}, {"balance_debited_sum": ""}]
)
def test_a_sum_left_out_since_it_could_not_be_read_is_not_known_and_asked_for_until_it_is(
    app: Flask, changes: dict[str, Any]
) -> None:
    tell(offer_status="timeout")
    tell(LATER, offer_status="timeout", balance_debited_sum="x", item={"price": "x"})
    for day in range(2):
        asked_at = MUCH_LATER + timedelta(days=day)
        row = tell(asked_at, offer_status="timeout", **changes)
        assert None in (row.balance_debited_sum, row.price)
        assert row.due_at == asked_at + timedelta(days=1)
    row = tell(MUCH_LATER + timedelta(days=3), offer_status="timeout")
    assert (row.balance_debited_sum, row.unreadable, row.due_at) == (Decimal("11.73"), "", None)


@pytest.mark.parametrize(
    "written",
    [76561198050648523, Decimal("76561198050648523.0"), "76561198050648523.0", " 76561198050648523\n",
     "\u200b76561198050648523", "STEAM_0:1:45191397", "[U:1:90382795]",
     "https://steamcommunity.com/profiles/76561198050648523/"],
)  # fmt: skip
def test_a_steam_id_is_kept_as_its_steamid64_however_it_is_written(app: Flask, written: Any) -> None:
    assert tell(steamid=written).steamid == "76561198050648523"


@pytest.mark.parametrize("written", ["nobody", "7", "https://steamcommunity.com/id/somebody"])
def test_what_names_no_account_is_kept_as_it_came(app: Flask, written: str) -> None:
    assert tell(steamid=written).steamid == written


@pytest.mark.parametrize(("name", "value"), [("steamid", False), ("custom_id", []), ("steamid", {})])
def test_an_id_that_could_not_be_read_is_asked_for_every_day_until_a_value_is_known(
    app: Flask, name: str, value: Any
) -> None:
    ended = {"offer_status": "timeout"}
    assert tell(MUCH_LATER, **ended, **{name: value}).due_at == MUCH_LATER + timedelta(days=1)
    assert tell(MUCH_LATER + timedelta(days=1), **ended).due_at is None
    assert tell(MUCH_LATER + timedelta(days=2), **ended, **{name: value}).due_at is None


@pytest.mark.parametrize("odd", ["z\ud800", "z\0", "k" * 100_000])
def test_no_text_of_an_answer_stops_its_storing(app: Flask, odd: str) -> None:
    item = {"id": odd, "name": odd, "classid": odd, odd: odd}
    texts = dict.fromkeys(("custom_id", "steamid", "tradeofferid", "error_reason", "offer_status", "in_hold"), odd)
    tell(**texts, item=item, **{odd: odd})
    records, rejected = parse_items([{odd: odd}, odd, {"buy_id": odd}])
    stored = store.record_answer(PurchasesAnswer(tuple(records), tuple(rejected), LATER), Source.FILE)
    assert (purchases.find_purchase(9).buy_id, stored.rejected) == (9, 3)  # type: ignore[union-attr] # It was stored.
