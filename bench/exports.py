"""What exports of the list cost: time, size and memory, each in a process of its own.

``python -m bench.exports [PURCHASES …]``: through the whole application, signed in, on SQLite. Memory is what the
process holds more than before the export, at most; flat means that it does not grow with the number of rows.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

from bench.population import EMAIL, PASSWORD, app_with
from tests.reader import Reader


def main(*sizes: int) -> None:
    """Print seconds, megabytes and the peak of memory for each size and format."""
    for purchases in sizes or (100_000, 1_000_000):
        app_with(purchases)
        for extension in ("csv", "xlsx"):
            command = [sys.executable, "-m", "bench.exports", "--one", extension, str(purchases)]
            answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
            one = json.loads(answer)
            print(
                f"  {purchases:>9,} purchases  {extension:<5}{one['first']:6.2f} s to first byte{one['seconds']:7.1f} s"
                f"{one['bytes'] / 1e6:8.1f} MB{one['rows']:>10,} rows   {one['growth'] / 1024:7.1f} MiB more memory"
            )


def measure(extension: str, purchases: int) -> None:
    """Print what one export took, as JSON."""
    app = app_with(purchases)
    client = app.test_client()
    with app.app_context():
        Reader(client).sign_in(EMAIL, PASSWORD)
    before = resident()
    size, first, most = 0, 0.0, before
    started = time.perf_counter()
    response = client.get(f"/purchases/export.{extension}", buffered=False)
    for number, piece in enumerate(response.response):
        first = first or time.perf_counter() - started
        size += len(piece)
        if number % 16 == 0:
            most = max(most, resident())
    seconds = time.perf_counter() - started
    rows = int(response.headers["X-Export-Rows"])
    response.close()
    print(json.dumps({"seconds": seconds, "first": first, "bytes": size, "rows": rows, "growth": most - before}))


def resident() -> int:
    """Return the memory that this process holds, in KiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    if "--one" in sys.argv:
        measure(sys.argv[2], int(sys.argv[3]))
    else:
        main(*(int(argument) for argument in sys.argv[1:]))
