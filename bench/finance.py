"""What the finance page costs for a year: at ten thousand purchases, at a million, and beside a page that asks nothing.

``python -m bench.finance``: the median of some hundred requests each, in turn, in one process, signed in, through the
whole application (session, queries, template), on SQLite with the files in memory.
"""

import statistics
from datetime import UTC, datetime, timedelta

from bench import lookup
from bench.population import EMAIL, PASSWORD, app_with
from dashboard.db.extensions import db
from tests.reader import Reader

ROUNDS = 200
SIZES = (10_000, 1_000_000)


def main() -> None:
    """Print the median of each page at each size, and the ratios that were promised."""
    last = datetime.now(UTC).date()
    year = f"from={last - timedelta(days=364)}&to={last}"
    pages = {
        "asks nothing": "/",
        "a year by month": f"/finance?{year}&by=month",
        "a year by month, Kathmandu": f"/finance?{year}&by=month&tz=Asia/Kathmandu",
        "a year by week": f"/finance?{year}&by=week",
        "a year by day": f"/finance?{year}&by=day",
        "a year by day, Los Angeles": f"/finance?{year}&by=day&tz=America/Los_Angeles",
        "a year by day, Kathmandu": f"/finance?{year}&by=day&tz=Asia/Kathmandu",
        # Of all zones its days are put together from the most totals.
        "a year by day, Darwin": f"/finance?{year}&by=day&tz=Australia/Darwin",
        "this month": "/finance",
        "the list behind a part of a year": f"/purchases?{year}&part=final",
        "the list behind what failed": f"/purchases?{year}&part=failed",
    }
    medians = _measure(pages)
    print(f"  SQLite; median of {ROUNDS} requests, in milliseconds")
    print(f"  {'':<36}" + "".join(f"{size:>12,}" for size in SIZES) + "   ratio   × empty page")
    for name in pages:
        small, large = (medians[size][name] for size in SIZES)
        beside = large / medians[SIZES[1]]["asks nothing"]
        print(f"  {name:<36}{small * 1000:12.2f}{large * 1000:12.2f}   {large / small:5.2f}   {beside:5.2f}")


def _measure(pages: dict[str, str]) -> dict[int, dict[str, float]]:
    apps = {size: app_with(size) for size in SIZES}
    clients = {}
    for size, app in apps.items():
        clients[size] = app.test_client()
        with app.app_context():
            Reader(clients[size]).sign_in(EMAIL, PASSWORD)
        lookup.read_whole(app)
    times: dict[int, dict[str, list[float]]] = {size: {name: [] for name in pages} for size in SIZES}
    for round_number in range(ROUNDS + 10):
        # In turn, so that whatever else the machine does meets all of them alike.
        for name, path in pages.items():
            for size, client in clients.items():
                seconds = lookup.seconds_of(client, path)
                if round_number >= 10:
                    times[size][name].append(seconds)
    for app in apps.values():
        with app.app_context():
            db.engine.dispose()
    return {size: {name: statistics.median(all_) for name, all_ in named.items()} for size, named in times.items()}


if __name__ == "__main__":
    main()
