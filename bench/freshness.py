"""How long a change at SkinsBack takes to reach a page that is open.

``python -m bench.freshness [SECONDS]``: a simulated SkinsBack at 60 times its speed, the background jobs and the pages
as real processes, once with pushed events switched off and once with them.

- A purchase's page: somebody has it open and it asks for its panel every two seconds, as in a browser. Measured from
  the moment the purchase changes at SkinsBack to the moment the panel shows it.
- The list of the newest purchases, asked for every ten seconds: measured from every change of one of the purchases on
  it, those that are new included. At this speed most of them live for some seconds only.
"""

import random
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import requests

from bench.processes import EMAIL, PASSWORD, house
from dashboard.simulator import Simulator

PAGES_OPEN = 12
PANEL_SECONDS = 2.0
LIST_SECONDS = 10.0
CHANGES_AFTER = (3.0, 30.0)
"""In seconds: when a purchase changes after its page was opened."""

_STATUS = re.compile(r'data-field="offer_status" data-value="([^"]*)"')
_ROW = re.compile(
    r'data-row="purchase" data-buy-id="(\d+)".*?data-field="offer_status" data-value="([^"]*)"', re.DOTALL
)
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def main(seconds: int = 120) -> None:
    """Print the median and what nine of ten changes take, for both ways."""
    print(f"  SQLite, {PAGES_OPEN} pages open, {seconds} s each, in seconds")
    for way, has_events in (("by asking alone", False), ("with pushed events", True)):
        for page, delays in _measure(seconds, has_events=has_events).items():
            if len(delays) < 10:
                raise RuntimeError(f"{way}, {page}: only {len(delays)} changes were seen")
            tenth = sorted(delays)[int(len(delays) * 0.9)]
            median = statistics.median(delays)
            print(f"  {way:<20}{page:<18}median {median:6.2f}   90 % within {tenth:6.2f}   {len(delays)} changes")


def _measure(seconds: int, *, has_events: bool) -> dict[str, list[float]]:
    with Simulator(purchases=300, seed=5, speed=60) as skinsback:
        settings = {} if has_events else {"SKINSBACK_WEBSOCKET_URL": ""}
        with house(skinsback, **settings) as built:
            built.start_scheduler()
            address = built.start_pages()
            time.sleep(15)
            delays: dict[str, list[float]] = {"purchase's page": [], "list": []}
            give_up_at = time.monotonic() + seconds

            def read_pages() -> None:
                _read_pages(skinsback, address, give_up_at, delays["purchase's page"])

            def read_list() -> None:
                _read_list(skinsback, address, give_up_at, delays["list"])

            _run_all([read_pages] * PAGES_OPEN + [read_list])
            return delays


def _run_all(readers: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=reader) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _read_pages(skinsback: Simulator, address: str, give_up_at: float, delays: list[float]) -> None:
    browser = _signed_in(address)
    while time.monotonic() < give_up_at:
        date = str(int(datetime.now(UTC).timestamp()))
        buy_id = skinsback.add_purchase(offer_status="waiting_accept", date=date, steamid="76561198050648523")
        browser.get(f"{address}/purchases/{buy_id}", timeout=30).raise_for_status()
        changes_at = time.monotonic() + random.uniform(*CHANGES_AFTER)
        changed_at: float | None = None
        next_poll = time.monotonic() + PANEL_SECONDS
        while time.monotonic() < give_up_at:
            time.sleep(max(0.0, min(next_poll, changes_at if changed_at is None else next_poll) - time.monotonic()))
            if changed_at is None and time.monotonic() >= changes_at:
                skinsback.change_purchase(buy_id, offer_status="timeout")
                changed_at = time.monotonic()
            if time.monotonic() >= next_poll:
                next_poll += PANEL_SECONDS
                panel = browser.get(f"{address}/purchases/{buy_id}/panel?poll=1", timeout=30).text
                shown = _STATUS.search(panel)
                if changed_at is not None and shown is not None and shown.group(1) == "timeout":
                    delays.append(time.monotonic() - changed_at)
                    break


def _read_list(skinsback: Simulator, address: str, give_up_at: float, delays: list[float]) -> None:
    browser = _signed_in(address)
    changed_at: dict[tuple[str, str], float] = {}
    known: dict[str, str] = _newest(skinsback)
    next_poll = time.monotonic()
    while time.monotonic() < give_up_at:
        for buy_id, status in _newest(skinsback).items():
            if known.get(buy_id) != status:
                known[buy_id] = status
                changed_at[buy_id, status] = time.monotonic()
        if time.monotonic() >= next_poll:
            next_poll += LIST_SECONDS
            shown = _ROW.findall(browser.get(f"{address}/purchases", timeout=30).text)
            # A status that the next one followed before anybody asked is counted as seen with it.
            for change in [change for change in changed_at if change in shown or _is_past(change, known, shown)]:
                delays.append(time.monotonic() - changed_at.pop(change))
        time.sleep(0.05)


def _is_past(change: tuple[str, str], known: dict[str, str], shown: list[tuple[str, str]]) -> bool:
    buy_id, status = change
    return known[buy_id] != status and (buy_id, known[buy_id]) in shown


def _newest(skinsback: Simulator) -> dict[str, str]:
    _, newest = skinsback.world.history(time.time() - 120, time.time(), 0, 1000)
    return {purchase["buy_id"]: purchase["offer_status"] for purchase in newest[-30:]}


def _signed_in(address: str) -> requests.Session:
    browser = requests.Session()
    token = _TOKEN.search(browser.get(f"{address}/login", timeout=30).text)
    if token is None:
        raise RuntimeError("the sign-in page has no token")
    form = {"email": EMAIL, "password": PASSWORD, "csrf_token": token.group(1), "next": "/"}
    browser.post(f"{address}/login", data=form, timeout=30).raise_for_status()
    return browser


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
