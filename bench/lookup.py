"""What a look-up costs beside a page of the same application that asks nothing of the purchases.

``python -m bench.lookup [PURCHASES] [--cold]``: the median of some hundred requests each, in turn, in one process,
signed in, through the whole application (session, queries, template), on SQLite. The file is read once before, so that
it is in memory as on a server that has been in use; ``--cold`` leaves that out, and then the disk decides.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from bench.population import EMAIL, PASSWORD, app_with
from dashboard.db.extensions import db
from tests.reader import Reader

ROUNDS = 300


def main(purchases: int = 1_000_000, *, is_cold: bool = False) -> None:
    """Print the median of each page and its ratio to the page that asks nothing."""
    app = app_with(purchases)
    client = app.test_client()
    with app.app_context():
        Reader(client).sign_in(EMAIL, PASSWORD)
    if not is_cold:
        read_whole(app)
    pages = _pages(purchases)
    times: dict[str, list[float]] = {name: [] for name in pages}
    for round_number in range(ROUNDS + 20):
        for name, path in pages.items():
            seconds = seconds_of(client, path())
            if round_number >= 20:
                times[name].append(seconds)
    base = statistics.median(times["asks nothing"])
    print(f"  {purchases:,} purchases, SQLite; median of {ROUNDS} requests, in milliseconds")
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"  {name:<44}{median * 1000:8.2f}   × {median / base:.2f}")
    with app.app_context():
        db.engine.dispose()


def read_whole(app: Flask) -> None:
    """Read the database file once, so that it is in memory as on a server that has been in use."""
    with app.app_context():
        path = db.engine.url.database
    if path is not None:
        with Path(path).open("rb") as file:
            while file.read(1 << 20):
                pass


def _pages(purchases: int) -> dict[str, Callable[[], str]]:
    dice = random.Random(1)

    def number() -> int:
        return dice.randrange(1, purchases + 1)

    return {
        "asks nothing": lambda: "/",
        "a purchase by buy_id": lambda: f"/purchases/{4_000_000 + number()}",
        "search by buy_id (leads to the purchase)": lambda: f"/?q={4_000_000 + number()}",
        "search by custom_id (leads to the purchase)": lambda: f"/?q=order-{number()}-1",
        "search by trade offer (leads to the purchase)": lambda: f"/?q={7_000_000_000 + number()}",
        "search by Steam ID (leads to the user)": lambda: f"/?q={76561197960265728 + dice.randrange(purchases // 40)}",
        "a Steam user": lambda: f"/users/{76561197960265728 + dice.randrange(purchases // 40)}",
        "the list, newest first": lambda: "/purchases",
        "the list, filtered by two statuses": lambda: "/purchases?status=timeout&status=rollback_user",
        "what is on hold": lambda: "/holds",
    }


def seconds_of(client: FlaskClient, path: str) -> float:
    """Return how long one request takes. Raises RuntimeError when it fails."""
    started = time.perf_counter()
    response = client.get(path)
    response.get_data()
    elapsed = time.perf_counter() - started
    if response.status_code not in (200, 302):
        raise RuntimeError(f"{path} answered {response.status_code}")
    return elapsed


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument != "--cold"]
    main(*numbers, is_cold="--cold" in sys.argv)
