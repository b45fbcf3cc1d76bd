"""500 requests a minute, counted over a sliding minute, and the block past it."""

from collections.abc import Iterator

import pytest

from dashboard.simulator import Simulator
from tests.simulator.hands import Client, Watch


@pytest.fixture
def strict(watch: Watch) -> Iterator[Client]:
    """Three requests a minute, and a block of 90 seconds past it."""
    with Simulator(purchases=0, now=watch, requests_per_minute=3, block_seconds=90) as simulator:
        client = Client(simulator)
        yield client
        client.close()


def codes(client: Client, count: int) -> list[int | None]:
    return [client.ask("status").get("error_code") for _ in range(count)]


def test_the_limit_itself_is_allowed_and_one_more_is_refused(strict: Client) -> None:
    assert codes(strict, 4) == [None, None, None, -7]


def test_the_minute_slides(strict: Client, watch: Watch) -> None:
    codes(strict, 1)
    watch.forward(seconds=40)
    codes(strict, 2)
    watch.forward(seconds=20)
    assert codes(strict, 2) == [None, -7]


def test_a_block_lasts_even_when_the_minute_is_over(strict: Client, watch: Watch) -> None:
    codes(strict, 4)
    watch.forward(seconds=89)
    assert codes(strict, 1) == [-7]
    watch.forward(seconds=1)
    assert codes(strict, 1) == [None]


def test_the_default_limit_is_the_documented_one(client: Client) -> None:
    assert codes(client, 501)[-2:] == [None, -7]


def test_requests_are_counted_for_measurements(strict: Client) -> None:
    strict.ask("market_getinfo", buy_ids=[1, 2, 3])
    strict.ask("status")
    log = strict.simulator.requests
    assert [(one.method, one.ids, one.refused) for one in log] == [("market_getinfo", 3, True), ("status", 0, False)]
    assert (log.total, log.max_in_60_seconds, log.by_method["status"], log.by_error_code[2]) == (2, 2, 1, 1)


def test_the_most_requests_of_a_sliding_minute_are_remembered(strict: Client, watch: Watch) -> None:
    codes(strict, 3)
    watch.forward(minutes=5)
    codes(strict, 1)
    assert strict.simulator.requests.max_in_60_seconds == 3


def test_the_measurement_can_begin_anew(strict: Client) -> None:
    codes(strict, 2)
    strict.simulator.requests.clear()
    assert (strict.simulator.requests.total, len(strict.simulator.requests)) == (0, 0)
