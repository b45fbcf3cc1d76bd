"""What reconciling a file of 100,000 rows takes, from the upload to the page of the result.

``python -m bench.reconcile [PURCHASES] [--postgresql]``: through the whole application, signed in. Most rows agree,
some differ, some are unknown here; the period holds some purchases that the file does not name.
"""

import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from flask import Flask
from flask.testing import FlaskClient

from bench.population import EMAIL, PASSWORD, app_with
from dashboard.db.database import snapshot
from dashboard.lib.periods import zone_by_name
from dashboard.purchases.export_queries import iter_purchases
from dashboard.purchases.filters import Filters
from dashboard.spreadsheets.tables import Table, text
from dashboard.spreadsheets.xlsx import xlsx_stream
from tests import postgresql
from tests.conftest import Client
from tests.reader import Reader

ROWS = 100_000


def main(purchases: int = 200_000, *, on_postgresql: bool = False) -> None:
    """Print the seconds for a CSV and for an XLSX file; on a busy machine they are longer than the work itself."""
    with _database(on_postgresql) as url:
        app = app_with(purchases, url=url)
        app.test_client_class = Client
        client = app.test_client()
        with app.app_context():
            reader = Reader(client)
            reader.sign_in(EMAIL, PASSWORD)
            token = reader.token()
        rows = _rows(app)
        files = {"CSV": ("list.csv", _csv(rows)), "XLSX": ("list.xlsx", _xlsx(rows))}
        print(f"  {purchases:,} purchases, {'PostgreSQL' if on_postgresql else 'SQLite'}; {len(rows):,} rows")
        for kind, (name, content) in files.items():
            seconds, computed = _seconds(client, name, content, token)
            print(f"  {kind:<6}{len(content) / 1e6:6.1f} MB{seconds:8.1f} s, {computed:.1f} s of them on the processor")


@contextmanager
def _database(on_postgresql: bool) -> Iterator[str | None]:
    if not on_postgresql:
        yield None
        return
    with postgresql.server() as url:
        yield url


def _rows(app: Flask) -> list[tuple[str, str]]:
    with app.app_context(), snapshot() as connection:
        newest = islice(iter_purchases(connection, Filters(), "-date"), ROWS + 2000)
        known = [(str(row.custom_id), str(row.balance_debited_sum)) for row in newest]
    kept = [row for number, row in enumerate(known) if number % 60][: ROWS - 500]
    rows = [(custom_id, amount if number % 97 else "0.01") for number, (custom_id, amount) in enumerate(kept)]
    return rows + [(f"unknown-{number}", "1.00") for number in range(ROWS - len(rows))]


def _csv(rows: list[tuple[str, str]]) -> bytes:
    return ("custom_id,amount\n" + "".join(f"{custom_id},{amount}\n" for custom_id, amount in rows)).encode()


def _xlsx(rows: list[tuple[str, str]]) -> bytes:
    table = Table("List", [text("custom_id"), text("amount")], rows)
    return b"".join(xlsx_stream([table], [], zone_by_name("UTC")))


def _seconds(client: FlaskClient, name: str, content: bytes, token: str) -> tuple[float, float]:
    started, worked = time.perf_counter(), time.process_time()
    form = {"csrf_token": token, "file": (io.BytesIO(content), name)}
    response = client.post("/finance/reconcile", data=form, follow_redirects=True)
    elapsed, computed = time.perf_counter() - started, time.process_time() - worked
    if response.status_code != 200:
        raise RuntimeError(f"the upload answered {response.status_code}")
    return elapsed, computed


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    main(*numbers, on_postgresql="--postgresql" in sys.argv)
