"""What the operations page costs at ten thousand and at a million purchases.

``python -m bench.ops [--cold]``: both databases in turn, in one process, signed in, through the whole application, on
SQLite. The figure that counts is the ratio of the two medians: the page is made from totals by period, so it must not
grow with the purchases. What needs rows is measured beside it; it is loaded after the page and reads a bounded number.
"""

import statistics
import sys

from flask import Flask
from flask.testing import FlaskClient

from bench.lookup import read_whole, seconds_of
from bench.population import EMAIL, PASSWORD, app_with
from dashboard.extensions import db
from tests.reader import Reader

SMALL, LARGE = 10_000, 1_000_000
ROUNDS = 200
WARM_UP = 20
PAGES = {
    "/ops for 30 days": "/ops?window=30d&tz=UTC",
    "/ops for 30 days, in Europe/Berlin": "/ops?window=30d&tz=Europe/Berlin",
    "/ops for 30 days, in Asia/Kathmandu": "/ops?window=30d&tz=Asia/Kathmandu",
    "/ops for 24 hours": "/ops?window=24h&tz=UTC",
    "the panel of lists": "/ops/work",
    "what fails most in 24 hours": "/ops/most?window=24h",
    "what fails most in 30 days": "/ops/most?window=30d",
    "asks nothing": "/",
}
PROMISED = {"/ops for 30 days": 1.3}
SLOW = {"the panel of lists", "what fails most in 24 hours", "what fails most in 30 days"}
"""Measured less often."""


def main(*, is_cold: bool = False) -> None:
    """Print the median of each page at both sizes and their ratio."""
    clients = {size: _client(app_with(size), is_cold=is_cold) for size in (SMALL, LARGE)}
    print(f"  SQLite; median of {ROUNDS} requests, in milliseconds{SMALL:>14,}{LARGE:>12,}")
    for name, path in PAGES.items():
        times: dict[int, list[float]] = {size: [] for size in clients}
        rounds = ROUNDS // 10 if name in SLOW else ROUNDS
        for number in range(rounds + WARM_UP):
            for size, client in clients.items():
                seconds = seconds_of(client, path)
                if number >= WARM_UP:
                    times[size].append(seconds)
        small, large = (statistics.median(times[size]) for size in (SMALL, LARGE))
        promised = f"   promised: at most × {PROMISED[name]}" if name in PROMISED else ""
        print(f"  {name:<52}{small * 1000:10.2f}{large * 1000:12.2f}   × {large / small:.2f}{promised}")


def _client(app: Flask, *, is_cold: bool) -> FlaskClient:
    client = app.test_client()
    with app.app_context():
        Reader(client).sign_in(EMAIL, PASSWORD)
        db.session.remove()
    if not is_cold:
        read_whole(app)
    return client


if __name__ == "__main__":
    main(is_cold="--cold" in sys.argv)
