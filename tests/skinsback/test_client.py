"""The client against a real HTTP server, and against answers that no server should give."""

import gzip
import json
import logging
import socket
import time
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import responses

from dashboard.simulator import Simulator
from dashboard.skinsback.client import INTERACTIVE, SkinsBackClient
from dashboard.skinsback.errors import SkinsBackError
from tests.dripping import dripping
from tests.purchases.samples import EXAMPLE
from tests.simulator.hands import NOW
from tests.skinsback.hands import HASTY, SECRET, URL, Notes, a_client

AGES_AGO, FAR_AHEAD = datetime(2001, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def client(skinsback: Simulator, notes: Notes) -> SkinsBackClient:
    return a_client(skinsback, notes)


@pytest.fixture
def wire() -> Iterator[responses.RequestsMock]:
    """Answers that a test writes itself, for the address ``URL``."""
    with responses.RequestsMock() as wire:
        yield wire


@pytest.fixture(scope="module")
def old_shop() -> Iterator[Simulator]:
    """A SkinsBack with more purchases than fit on two pages of history."""
    with Simulator(purchases=2100, seed=7, now=NOW, requests_per_minute=0) as running:
        yield running


def error_of(client: SkinsBackClient) -> SkinsBackError:
    with pytest.raises(SkinsBackError) as caught:
        client.get_purchase(9)
    return caught.value


# ---- what can be asked


def test_the_documented_example_comes_as_documented(client: SkinsBackClient) -> None:
    (record,) = client.get_purchase(9).records
    assert (record.buy_id, record.offer_status, record.price) == (9, "trade_create_error", Decimal("0.16"))
    assert (record.balance_debited_sum, record.steamid) == (Decimal("11.73"), "76561198050648523")
    assert record.date == datetime(2020, 8, 9, 18, 53, 46, tzinfo=UTC)


def test_an_unknown_purchase_is_not_found(client: SkinsBackClient) -> None:
    error = error_of_asking(client, 12345)
    assert (error.is_not_found, error.can_retry, error.stops_asking) == (True, False, False)


def error_of_asking(client: SkinsBackClient, buy_id: int) -> SkinsBackError:
    with pytest.raises(SkinsBackError) as caught:
        client.get_purchase(buy_id)
    return caught.value


def test_many_purchases_come_in_one_answer_without_the_unknown_ones(
    client: SkinsBackClient, skinsback: Simulator, notes: Notes
) -> None:
    first, second = skinsback.add_purchase(), skinsback.add_purchase()
    answer = client.get_purchases([second, 9, 7, first])
    assert sorted(record.buy_id for record in answer.records) == [9, first, second]
    assert [(call.method, call.ids, call.error) for call in notes.calls] == [("market_getinfo", 4, None)]


def test_purchases_come_by_the_shops_own_ids(client: SkinsBackClient, skinsback: Simulator) -> None:
    buy_id = skinsback.add_purchase(custom_id="заказ №7 'ü'")
    answer = client.get_purchases_by_custom_id(["заказ №7 'ü'", "unheard of"])
    assert [(record.buy_id, record.custom_id) for record in answer.records] == [(buy_id, "заказ №7 'ü'")]


def test_an_array_of_unknown_ids_alone_is_an_empty_answer(client: SkinsBackClient) -> None:
    assert client.get_purchases([7, 8]).records == ()
    assert client.get_purchases_by_custom_id(["unheard of"]).records == ()


def test_an_answer_says_when_it_was_asked_for(client: SkinsBackClient) -> None:
    before = datetime.now(UTC)
    asked_at = client.get_purchase(9).asked_at
    assert before <= asked_at <= datetime.now(UTC)


def test_one_bad_item_does_not_lose_the_others(client: SkinsBackClient, skinsback: Simulator) -> None:
    ids = [skinsback.add_purchase() for _ in range(3)]
    skinsback.set_faults(malformed_item="buy_id_text")
    answer = client.get_purchases(ids)
    assert (len(answer.records), len(answer.rejected)) == (2, 1)
    assert "buy_id" in answer.rejected[0].reason
    assert "n/a" in answer.rejected[0].raw


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("no_status", {"offer_status"}), ("date_text", {"date"}), ("price_text", {"item.price"}),
        ("item_list", {"item"}), ("debited_object", {"balance_debited_sum"}), ("debited_nan", {"balance_debited_sum"}),
        ("steamid_rounded", {"steamid"}), ("hold_text", {"in_hold", "in_hold_until"}),
        ("hold_object", {"in_hold_until"}), ("reason_false", {"error_reason"}),
        ("ids_empty", {"custom_id", "tradeofferid"}), ("name_endless", {"item.name"}),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_read_does_not_lose_its_purchase(
    client: SkinsBackClient, skinsback: Simulator, kind: str, fields: set[str]
) -> None:
    ids = [skinsback.add_purchase() for _ in range(3)]
    skinsback.set_faults(malformed_item=kind)
    answer = client.get_purchases(ids)
    assert [record.buy_id for record in answer.records] == ids
    assert {name for record in answer.records for name, _ in record.unreadable} == fields


def test_an_answer_about_another_purchase_is_rejected(wire: responses.RequestsMock) -> None:
    wire.post(URL, json={"status": "success", "buy_id": 8, "offer_status": "accepted", "date": 1596999226})
    answer = a_client().get_purchase(9)
    assert answer.records == ()
    assert "about purchase 8" in answer.rejected[0].reason


def test_times_without_a_zone_are_in_the_zone_of_the_setting(skinsback: Simulator) -> None:
    buy_id = skinsback.add_purchase(in_hold=True, in_hold_until="2099-11-28 12:00:00")
    client = a_client(skinsback, naive_zone=ZoneInfo("Europe/Moscow"))
    assert client.get_purchase(buy_id).records[0].in_hold_until == datetime(2099, 11, 28, 9, 0, tzinfo=UTC)


def test_the_history_comes_with_all_its_pages(old_shop: Simulator) -> None:
    pages = list(a_client(old_shop).iter_history(AGES_AGO, FAR_AHEAD))
    ids = [record.buy_id for page in pages for record in page.answer.records]
    assert [len(page.answer.records) for page in pages] == [1000, 1000, 101]
    assert len(set(ids)) == len(ids) == pages[0].total_count == 2101


def test_the_history_can_be_continued_where_it_was_left(old_shop: Simulator) -> None:
    first = a_client(old_shop).get_history_page(AGES_AGO, FAR_AHEAD)
    rest = list(a_client(old_shop).iter_history(AGES_AGO, FAR_AHEAD, first.start_from))
    assert [len(page.answer.records) for page in rest] == [1000, 101]
    assert (rest[-1].has_more, rest[-1].start_from) == (False, None)


def test_the_history_of_a_period_holds_only_that_period(old_shop: Simulator) -> None:
    since, until = NOW - timedelta(days=3), NOW - timedelta(days=2)
    records = [r for page in a_client(old_shop).iter_history(since, until) for r in page.answer.records]
    assert records
    assert all(since <= record.date <= until for record in records)


@pytest.mark.parametrize("next_page", [None, "", 0, False])
def test_a_history_that_goes_on_from_nowhere_is_an_error(wire: responses.RequestsMock, next_page: object) -> None:
    wire.post(URL, json={"status": "success", "items": [], "has_more": True, "start_from": next_page})
    with pytest.raises(SkinsBackError, match="no_next_page"):
        list(a_client().iter_history(AGES_AGO, FAR_AHEAD))


UNREADABLE_MORE = [None, "", "maybe", [], {}, 2, -1, "no", "nan"]


@pytest.mark.parametrize("has_more", UNREADABLE_MORE)
def test_a_history_of_which_it_cannot_be_read_if_it_ends_goes_on_while_it_says_where(
    wire: responses.RequestsMock, has_more: object
) -> None:
    wire.post(URL, json={"status": "success", "items": [], "has_more": has_more, "start_from": "2"})
    wire.post(URL, json={"status": "success", "items": [], "has_more": False})
    assert [page.has_more for page in a_client().iter_history(AGES_AGO, FAR_AHEAD)] == [True, False]


@pytest.mark.parametrize("has_more", UNREADABLE_MORE)
def test_a_history_of_which_it_cannot_be_read_if_or_where_it_goes_on_is_never_complete(
    wire: responses.RequestsMock, has_more: object
) -> None:
    wire.post(URL, json={"status": "success", "items": [], "has_more": has_more})
    with pytest.raises(SkinsBackError, match="nor that it ends"):
        list(a_client().iter_history(AGES_AGO, FAR_AHEAD))


@pytest.mark.parametrize("start_from", [[], {}, {"page": 2}, False, True, None, "", "a\ud800", "a\0", "9" * 10_001])
def test_a_place_that_cannot_be_read_is_none(wire: responses.RequestsMock, start_from: object) -> None:
    wire.post(URL, json={"status": "success", "items": [], "has_more": True, "start_from": start_from})
    assert a_client().get_history_page(AGES_AGO, FAR_AHEAD).start_from is None


@pytest.mark.parametrize("places", [["0", "1"], ["a", "b", "c"]])
def test_a_history_that_comes_back_to_where_it_was_is_an_error(wire: responses.RequestsMock, places: list[str]) -> None:
    for place in [*places, places[0]]:
        wire.post(URL, json={"status": "success", "items": [EXAMPLE], "has_more": True, "start_from": place})
    with pytest.raises(SkinsBackError, match="no_next_page.*going round"):
        list(a_client().iter_history(AGES_AGO, FAR_AHEAD))
    wire.assert_call_count(URL, len(places) + 1)


def empty_pages(wire: responses.RequestsMock, places: range, last: object) -> None:
    for place in places:
        wire.post(URL, json={"status": "success", "items": [], "has_more": True, "start_from": place})
    wire.post(URL, json={"status": "success", "items": [last], "has_more": False})


def test_a_history_of_nothing_but_empty_pages_is_an_error(wire: responses.RequestsMock) -> None:
    wire.assert_all_requests_are_fired = False
    empty_pages(wire, range(1, 10), EXAMPLE)
    with pytest.raises(SkinsBackError, match="no_next_page.*3 pages in a row are empty"):
        list(a_client().iter_history(AGES_AGO, FAR_AHEAD))
    wire.assert_call_count(URL, 3)


@pytest.mark.parametrize("last", [EXAMPLE, "what cannot be read is something too"])
def test_a_few_empty_pages_do_not_end_a_history(wire: responses.RequestsMock, last: object) -> None:
    empty_pages(wire, range(1, 3), last)
    assert len(list(a_client().iter_history(AGES_AGO, FAR_AHEAD))) == 3


def test_a_history_that_goes_on_from_where_it_was_is_an_error(wire: responses.RequestsMock) -> None:
    wire.post(URL, json={"status": "success", "items": [], "has_more": "1", "start_from": 1000})
    with pytest.raises(SkinsBackError, match="no_next_page"):
        list(a_client().iter_history(AGES_AGO, FAR_AHEAD))
    wire.assert_call_count(URL, 2)


@pytest.mark.parametrize(
    ("told", "count"), [("2101", 2101), (2101, 2101), (None, None), ("many", None), ("²", None), ("9" * 30, None)]
)
def test_the_total_of_a_history_may_be_text_or_missing(
    wire: responses.RequestsMock, told: object, count: int | None
) -> None:
    wire.post(URL, json={"status": "success", "items": [], "has_more": False, "total_count": told})
    assert a_client().get_history_page(AGES_AGO, FAR_AHEAD).total_count == count


def test_the_balance_is_exact(wire: responses.RequestsMock) -> None:
    wire.post(URL, body='{"status": "success", "balance": "758.930", "balance_eur": 655.03}')
    assert a_client().get_balance() == Decimal("758.93")


def test_the_balance_comes_from_a_real_server(client: SkinsBackClient) -> None:
    assert client.get_balance() > 0


@pytest.mark.parametrize("balance", [None, "a lot", "NaN", True, {"usd": "1"}])
def test_a_balance_that_is_no_sum_is_an_error(wire: responses.RequestsMock, balance: object) -> None:
    wire.post(URL, json={"status": "success", "balance": balance})
    with pytest.raises(SkinsBackError, match="balance"):
        a_client().get_balance()


# ---- who asks


def test_a_signed_request_is_accepted_for_every_method(skinsback: Simulator) -> None:
    client = a_client(skinsback, auth="signature")
    assert client.get_purchase(9).records[0].buy_id == 9
    assert client.get_purchases([9, 10]).records[0].buy_id == 9
    assert client.get_purchases_by_custom_id(["unheard of"]).records == ()
    assert client.get_history_page(AGES_AGO, FAR_AHEAD, "0").answer.records[0].buy_id == 9
    assert client.get_balance()


def test_a_signed_request_sends_no_secret(wire: responses.RequestsMock) -> None:
    wire.post(URL, json={"status": "success", "balance": 1})
    a_client(auth="signature").get_balance()
    sent = wire.calls[0].request
    assert SECRET not in str(sent.headers) + str(sent.body)


@pytest.mark.parametrize(("auth", "code"), [("headers", -10), ("signature", -3)])
def test_a_wrong_secret_is_refused_and_stops_the_asking(skinsback: Simulator, auth: str, code: int) -> None:
    notes = Notes()
    error = error_of(a_client(skinsback, notes, auth=auth, client_secret="wrong"))
    assert (error.code, error.stops_asking, len(notes.calls)) == (code, True, 1)
    assert "SKINSBACK_CLIENT_SECRET" in error.sentence


# ---- trying again


@pytest.mark.parametrize(
    "fault",
    [
        {"error_code": {"value": -7, "count": 2}},
        {"error_code": {"value": -9, "count": 2}},
        {"html_502": {"count": 2}},
        {"reset": {"count": 2}},
        {"cut_off": {"count": 2}},
        {"empty_body": {"count": 2}},
        {"truncated_json": {"count": 2}},
    ],
    ids=lambda fault: next(iter(fault)) + str(fault.get("error_code", {}).get("value", "")),
)
def test_what_can_pass_is_tried_again(
    client: SkinsBackClient, skinsback: Simulator, notes: Notes, fault: dict[str, object]
) -> None:
    skinsback.set_faults(**fault)
    assert client.get_purchase(9).records
    assert [call.error is None for call in notes.calls] == [False, False, True]


@pytest.mark.parametrize("code", [-1, -2, -3, -4, -5, -8, -10, 1, 2])
def test_what_cannot_pass_is_not_tried_again(
    client: SkinsBackClient, skinsback: Simulator, notes: Notes, code: int
) -> None:
    skinsback.set_faults(error_code=code)
    assert error_of(client).code == code
    assert (len(notes.calls), notes.pauses) == (1, [])


def test_tries_are_bounded_and_each_asks_the_budget(
    client: SkinsBackClient, skinsback: Simulator, notes: Notes
) -> None:
    skinsback.set_faults(error_code=-9)
    assert error_of(client).name == "under_maintenance"
    assert (len(notes.calls), notes.waits) == (3, [90.0, 90.0, 90.0])


def test_pauses_between_tries_are_random_grow_and_have_a_longest(
    skinsback: Simulator, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.skinsback.client.random.uniform", lambda least, most: most)
    skinsback.set_faults(error_code=-9)
    error_of(a_client(skinsback, notes, patience=replace(HASTY, tries=5, longest_pause=1.5)))
    assert notes.pauses == [0.5, 1.0, 1.5, 1.5]


def test_reaching_the_limit_pauses_everybody(client: SkinsBackClient, skinsback: Simulator, notes: Notes) -> None:
    skinsback.set_faults(error_code={"value": -7, "count": 1})
    client.get_purchase(9)
    assert notes.blocks == [60.0]


def test_a_person_does_not_wait_for_the_end_of_a_block(skinsback: Simulator, notes: Notes) -> None:
    skinsback.set_faults(error_code=-7)
    error = error_of(a_client(skinsback, notes, patience=INTERACTIVE))
    assert (error.name, len(notes.calls)) == ("request_limit_reached", 1)


def test_without_a_request_left_in_the_budget_nothing_is_sent(skinsback: Simulator, notes: Notes) -> None:
    class Spent(Notes):
        def acquire(self, *, wait_at_most: float) -> None:
            raise SkinsBackError("budget_exhausted", "No request is left.")

    spent = Spent()
    assert error_of(a_client(skinsback, spent)).name == "budget_exhausted"
    assert spent.calls == []


# ---- answers that are none


def test_a_server_that_is_not_there_could_not_be_reached(notes: Notes) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        client = SkinsBackClient(
            f"http://127.0.0.1:{closed.getsockname()[1]}/", "id", SECRET, patience=HASTY, sleep=notes.pauses.append
        )
        error = error_of(client)
    assert (error.name, error.can_retry, len(notes.pauses)) == ("connection_failed", True, 2)


def test_a_server_that_says_nothing_is_given_up_in_time(skinsback: Simulator, notes: Notes) -> None:
    skinsback.set_faults(latency=0.3)
    hurried = replace(HASTY, tries=1, read_timeout=0.05)
    assert error_of(a_client(skinsback, notes, patience=hurried)).name == "timeout"


def test_an_answer_that_drips_is_given_up_at_the_deadline(skinsback: Simulator, notes: Notes) -> None:
    skinsback.set_faults(drip=2.0)
    error = error_of(a_client(skinsback, notes, patience=replace(HASTY, tries=1, deadline=0.2)))
    assert (error.name, error.can_retry) == ("timeout", True)
    assert notes.calls[0].seconds < 1.0


@pytest.mark.parametrize("begins_with", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: "])
def test_headers_that_drip_for_ever_are_given_up_at_the_deadline(notes: Notes, begins_with: bytes) -> None:
    with dripping(begins_with) as port:
        hurried = replace(HASTY, tries=1, deadline=0.2)
        client = SkinsBackClient(
            f"http://127.0.0.1:{port}/", "id", SECRET, patience=hurried, on_call=notes.calls.append
        )
        error = error_of(client)
    assert (error.name, error.can_retry) == ("timeout", True)
    assert notes.calls[0].seconds < 1.0


def test_each_request_of_a_connection_that_is_kept_has_a_deadline_of_its_own(
    skinsback: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = a_client(skinsback)
    for seconds in (0, 100, 200):
        clock = SimpleNamespace(monotonic=lambda ahead=seconds: time.monotonic() + ahead, sleep=time.sleep)
        for module in ("client", "deadline"):
            monkeypatch.setattr(f"dashboard.skinsback.{module}.time", clock)
        assert client.get_purchase(9).records[0].buy_id == 9


def test_an_answer_that_drips_but_ends_in_time_is_used(skinsback: Simulator) -> None:
    skinsback.set_faults(drip=0.2)
    assert a_client(skinsback).get_purchase(9).records[0].buy_id == 9


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_without_end_is_not_read_to_its_end(
    wire: responses.RequestsMock, notes: Notes, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.skinsback.client.LARGEST_ANSWER", 1_000_000)
    body = b'{"status": "success", "x": "' + b"x" * 2_000_000 + b'"}'
    headers = {"Content-Encoding": "gzip"} if packed else {}
    wire.post(URL, body=gzip.compress(body) if packed else body, headers=headers)
    error = error_of(a_client(None, notes))
    assert (error.name, error.can_retry, len(notes.calls)) == ("too_large", False, 1)


def test_a_large_answer_within_the_bound_is_used(wire: responses.RequestsMock) -> None:
    items = [{"buy_id": n, "offer_status": "accepted", "date": 1596999226} for n in range(1, 20_001)]
    body = gzip.compress(json.dumps({"status": "success", "items": items}).encode())
    wire.post(URL, body=body, headers={"Content-Encoding": "gzip"})
    assert len(a_client().get_purchases([1]).records) == 20_000


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html><h1>Sorry</h1></html>", "web page"),
        (b'{"status": "success", "buy_id"', "cut off or damaged"),
        (b"", "empty"),
        (b"Fatal error: Uncaught PDOException: SQLSTATE[HY000] in /var/www/api.php", "text, not JSON"),
        ("Сервис временно недоступен".encode(), "text, not JSON"),
        (b"[error] no database", "cut off or damaged"),
        (b" \n", "empty"),
        (b"\xff\xfe\x00", "cut off or damaged"),
        (b"[" * 100_000, "cut off or damaged"),
        (b"9" * 10_000, "not an object"),
        (b'{"status": "success", "buy_id": \xff', "cut off or damaged"),
        (b"[]", "not an object"),
        (b'"success"', "not an object"),
        (b"{}", "neither success nor an error"),
        (b'{"status": "error", "error_code": null}', "neither success nor an error"),
    ],
)
def test_what_is_not_the_documented_json_is_a_clear_error(
    wire: responses.RequestsMock, body: bytes, words: str
) -> None:
    wire.post(URL, body=body)
    error = error_of(a_client())
    assert (error.name, error.can_retry) == ("not_json", True)
    assert words in error.sentence


@pytest.mark.parametrize("items", [None, {"9": {}}, "none", 0])
def test_a_list_of_items_that_is_no_list_is_a_clear_error(wire: responses.RequestsMock, items: object) -> None:
    wire.post(URL, json={"status": "success", "items": items})
    with pytest.raises(SkinsBackError, match="no list of items"):
        a_client().get_purchases([9])


@pytest.mark.parametrize(("status", "can_retry"), [(500, True), (503, True), (404, False), (403, True), (204, False)])
def test_another_http_status_is_an_error_that_names_it(
    wire: responses.RequestsMock, status: int, can_retry: bool
) -> None:
    wire.post(URL, body="<html>", status=status)
    error = error_of(a_client())
    assert (error.name, error.can_retry) == ("http_error", can_retry)
    assert str(status) in error.sentence


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(wire: responses.RequestsMock, status: int) -> None:
    wire.post(URL, status=status, headers={"Location": "https://elsewhere.example/"})
    assert error_of(a_client()).name == "http_error"
    assert {call.request.url for call in wire.calls} == {URL}


# ---- the secret


@pytest.mark.parametrize("fault", ["reset", "html_502", "truncated_json", "cut_off", "error_code"])
@pytest.mark.parametrize("auth", ["headers", "signature"])
def test_the_secret_is_in_no_exception_and_no_log(
    skinsback: Simulator, caplog: pytest.LogCaptureFixture, fault: str, auth: str
) -> None:
    caplog.set_level(logging.DEBUG)
    skinsback.set_faults(**{fault: True})
    error = error_of(a_client(skinsback, auth=auth))
    told = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error)) + caplog.text
    assert caplog.text
    assert SECRET not in told


def test_the_secret_is_not_in_the_clients_repr() -> None:
    assert SECRET not in repr(a_client()) + str(a_client())


def test_a_report_of_a_call_holds_neither_ids_nor_secrets(client: SkinsBackClient, notes: Notes) -> None:
    error_of_asking(client, 987654321)
    assert "987654321" not in repr(notes.calls)
    assert SECRET not in repr(notes.calls)
