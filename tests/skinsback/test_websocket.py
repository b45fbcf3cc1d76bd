"""The websocket to SkinsBack: events arrive, a lost connection is made again, a refusal is told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, Queue
from threading import Event, Thread

import pytest
from websockets.sync.server import ServerConnection, serve

from dashboard.simulator import Simulator
from dashboard.skinsback.events import PushedEvent
from dashboard.skinsback.websocket import EventSocket

WAIT = 10.0


class Heard:
    """What the websocket told."""

    def __init__(self) -> None:
        self.events: Queue[PushedEvent] = Queue()
        self.alive: Queue[None] = Queue()
        self.problems: Queue[str] = Queue()
        self.stop = Event()


@contextmanager
def listening(url: str, skinsback: Simulator, secret: str | None = None, ping_every: float = 30.0) -> Iterator[Heard]:
    heard = Heard()
    socket = EventSocket(
        url,
        skinsback.client_id,
        secret or skinsback.client_secret,
        on_event=heard.events.put,
        on_alive=lambda: heard.alive.put(None),
        on_problem=heard.problems.put,
        stop=heard.stop,
        ping_every=ping_every,
        first_pause=0.01,
    )
    thread = Thread(target=socket.run)
    thread.start()
    try:
        yield heard
    finally:
        heard.stop.set()
        thread.join(timeout=WAIT)
        assert not thread.is_alive()


def test_a_change_at_skinsback_arrives_as_an_event(skinsback: Simulator) -> None:
    buy_id = skinsback.add_purchase(offer_status="waiting_accept")
    with listening(skinsback.websocket_url, skinsback) as heard:
        heard.alive.get(timeout=WAIT)
        skinsback.change_purchase(buy_id, offer_status="accepted")
        assert heard.events.get(timeout=WAIT) == PushedEvent("status_change", buy_id=buy_id)


def test_a_connection_that_skinsback_ends_is_made_again(skinsback: Simulator) -> None:
    with listening(skinsback.websocket_url, skinsback) as heard:
        heard.alive.get(timeout=WAIT)
        skinsback.drop_websockets()
        heard.alive.get(timeout=WAIT)
        assert "not connected" in heard.problems.get(timeout=WAIT)


def test_a_refusal_is_told_with_what_to_change_and_without_the_secret(
    skinsback: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    with listening(skinsback.websocket_url, skinsback, secret="wrong-secret") as heard:
        assert "SKINSBACK_CLIENT_ID" in heard.problems.get(timeout=WAIT)
        assert heard.alive.empty()
    assert "wrong-secret" not in caplog.text


def test_a_server_that_is_not_there_is_told(skinsback: Simulator) -> None:
    with listening("ws://127.0.0.1:9/ws/", skinsback) as heard:
        assert "not connected" in heard.problems.get(timeout=WAIT)


def test_a_ping_is_sent_as_documented_and_shows_that_the_connection_lives(skinsback: Simulator) -> None:
    received: Queue[str | bytes] = Queue()

    def talk(connection: ServerConnection) -> None:
        connection.send('{"event":"auth_success"}')
        for message in connection:
            received.put(message)

    with served(talk) as url, listening(url, skinsback, ping_every=0.0) as heard:
        assert received.get(timeout=WAIT) == "ping"
        for _ in range(3):
            heard.alive.get(timeout=WAIT)


def test_a_connection_that_is_ended_again_and_again_is_made_less_and_less_often(skinsback: Simulator) -> None:
    with served(lambda connection: connection.send('{"event":"auth_success"}')) as url:
        heard = Heard()
        socket = EventSocket(
            url, skinsback.client_id, skinsback.client_secret, on_event=heard.events.put, on_problem=heard.problems.put,
            on_alive=lambda: None, stop=heard.stop,
        )  # fmt: skip
        pauses = [socket._connect_once() for _ in range(4)]
    assert pauses == sorted(pauses)
    assert pauses[-1] >= 4


def test_a_message_that_is_no_event_is_ignored(skinsback: Simulator) -> None:
    def talk(connection: ServerConnection) -> None:
        connection.send('{"event":"auth_success"}')
        connection.send("<html>")
        connection.send("pong")
        connection.send('{"event":"buy_item","data":{"buy_id":5}}')
        connection.recv(timeout=WAIT)

    with served(talk) as url, listening(url, skinsback) as heard:
        assert heard.events.get(timeout=WAIT) == PushedEvent("buy_item", buy_id=5)
        with pytest.raises(Empty):
            heard.events.get_nowait()


def test_a_server_that_says_something_else_first_is_left_again(skinsback: Simulator) -> None:
    with served(lambda connection: connection.send("hello")) as url, listening(url, skinsback) as heard:
        assert "not connected" in heard.problems.get(timeout=WAIT)
        assert heard.alive.empty()


@contextmanager
def served(talk: Callable[[ServerConnection], None]) -> Iterator[str]:
    with serve(talk, "127.0.0.1", 0, close_timeout=1) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}/ws/"
        finally:
            server.shutdown()
            thread.join(timeout=WAIT)
