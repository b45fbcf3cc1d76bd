"""Events over the websocket and the webhook, and the balance that they tell of."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from threading import Thread
from typing import Any, ClassVar

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from dashboard.simulator import Simulator
from tests.simulator.hands import Client, Watch

SIGNATURE = hashlib.md5(b"demo-clientdemo-secret").hexdigest()


def open_websocket(simulator: Simulator, signature: str = SIGNATURE) -> ClientConnection:
    return connect(f"{simulator.websocket_url}?shopid=demo-client&signature={signature}", proxy=None, close_timeout=0.2)


def receive(socket: ClientConnection) -> dict[str, Any]:
    return dict(json.loads(socket.recv(timeout=5)))


@pytest.fixture
def socket(quiet: Simulator) -> Iterator[ClientConnection]:
    """A websocket that was let in."""
    with open_websocket(quiet) as socket:
        assert receive(socket)["event"] == "auth_success"
        yield socket


def test_a_wrong_signature_is_told_and_closed(quiet: Simulator) -> None:
    with open_websocket(quiet, "0" * 32) as socket:
        assert receive(socket) == {"event": "auth_failed"}
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)


def test_a_ping_is_answered_and_nonsense_is_not(socket: ClientConnection) -> None:
    socket.send("{nonsense")
    socket.send("ping")
    assert socket.recv(timeout=5) == "pong"


def test_a_new_purchase_is_pushed_without_user_and_date(quiet: Simulator, socket: ClientConnection) -> None:
    buy_id = quiet.add_purchase(offer_status="creating_trade", custom_id="order-1-1", balance_debited_sum="1.50")
    event = receive(socket)
    assert event["event"] == "buy_item"
    assert event["data"].keys() == {"item", "buy_id", "offer_status", "balance_debited_sum", "custom_id"}
    assert event["data"]["buy_id"] == str(buy_id)


def test_a_status_change_is_pushed(quiet: Simulator, socket: ClientConnection) -> None:
    buy_id = quiet.add_purchase(offer_status="waiting_accept", tradeofferid="77", balance_debited_sum=0)
    receive(socket)
    quiet.change_purchase(buy_id, offer_status="canceled")
    assert receive(socket) == {
        "event": "status_change",
        "data": {
            "item": {"id": "1280"},
            "buy_id": str(buy_id),
            "offer_status": "canceled",
            "error_reason": None,
            "tradeofferid": "77",
        },
    }


def test_a_change_that_is_no_status_pushes_nothing(quiet: Simulator, socket: ClientConnection) -> None:
    buy_id = quiet.add_purchase(balance_debited_sum=0)
    receive(socket)
    quiet.change_purchase(buy_id, in_hold=False)
    quiet.change_purchase(buy_id, offer_status="rollback_user")
    assert receive(socket)["data"]["offer_status"] == "rollback_user"


def test_the_balance_goes_down_with_a_purchase_and_up_with_a_return(
    quiet: Simulator, client: Client, socket: ClientConnection
) -> None:
    before = Decimal(client.ask("balance")["balance"])
    buy_id = quiet.add_purchase(balance_debited_sum="12.34")
    receive(socket)
    assert receive(socket) == {"event": "balance_change", "data": {"balance_value": str(before - Decimal("12.34"))}}
    quiet.change_purchase(buy_id, balance_debited_sum="2.00")
    assert receive(socket)["data"]["balance_value"] == str(before - 2) == client.ask("balance")["balance"]


def test_planned_purchases_push_their_events_in_order_when_their_time_comes(watch: Watch) -> None:
    with Simulator(purchases=100, now=watch) as simulator, open_websocket(simulator) as socket:
        receive(socket)
        watch.forward(minutes=30)
        seen: dict[str, list[str]] = {}
        for _ in range(120):
            event = receive(socket)
            if event["event"] != "balance_change":
                seen.setdefault(event["data"]["buy_id"], []).append(event["data"]["offer_status"])
    lives = [statuses for statuses in seen.values() if statuses[0] == "creating_trade"]
    assert ["creating_trade", "waiting_accept", "accepted"] in lives


def test_the_balance_follows_the_debits_of_planned_purchases(watch: Watch) -> None:
    with Simulator(purchases=100, now=watch) as simulator:
        client = Client(simulator)
        before = Decimal(client.ask("balance")["balance"])
        watch.forward(seconds=400)
        after = Decimal(client.ask("balance")["balance"])
        made = [one for one in simulator.world.population.plans if one.created > simulator.clock.start]
        now = watch.moment.timestamp()
        returned = sum(
            one.returned_cents
            for one in simulator.world.population.plans
            if one.returned is not None and simulator.clock.start < one.returned <= now
        )
        client.close()
    debited = sum(one.debited_cents for one in made)
    assert (after - before - Decimal(returned - debited) / 100) % 20_000 == 0


def test_lost_events_are_a_fault_that_can_be_switched_on(quiet: Simulator, socket: ClientConnection) -> None:
    quiet.set_faults(events_lost=True)
    quiet.add_purchase()
    quiet.clear_faults()
    buy_id = quiet.add_purchase()
    assert receive(socket)["data"]["buy_id"] == str(buy_id)


def test_dropped_websockets_may_come_back(quiet: Simulator, socket: ClientConnection) -> None:
    quiet.drop_websockets()
    with pytest.raises(ConnectionClosed):
        socket.recv(timeout=5)
    with open_websocket(quiet) as again:
        assert receive(again)["event"] == "auth_success"


class Hook(BaseHTTPRequestHandler):
    """Takes webhook calls and keeps them."""

    calls: ClassVar[Queue[tuple[str, bytes]]] = Queue()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.calls.put((self.headers["Signature"], body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""


def test_the_webhook_gets_the_same_events_signed_over_the_raw_body(watch: Watch) -> None:
    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        with Simulator(purchases=0, now=watch, webhook_url=f"http://127.0.0.1:{server.server_port}") as simulator:
            buy_id = simulator.add_purchase()
            signature, body = Hook.calls.get(timeout=5)
        server.shutdown()
        thread.join(timeout=5)
    assert json.loads(body)["data"]["buy_id"] == str(buy_id)
    assert signature == hmac.new(b"demo-secret", body, hashlib.sha256).hexdigest()


def test_a_webhook_that_nobody_takes_holds_nothing_up(watch: Watch) -> None:
    with Simulator(purchases=0, now=watch, webhook_url="http://127.0.0.1:9/nobody") as simulator:
        client = Client(simulator)
        buy_id = simulator.add_purchase()
        assert client.look_up(buy_id)["status"] == "success"
        client.close()
