"""Store purchases from a file of API-shaped objects, one JSON object a line."""

import gzip
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TextIO

from dashboard.purchases import store
from dashboard.purchases.store import Source
from dashboard.skinsback.parsing import UnreadableItem, parse_json, parse_purchase, writable
from dashboard.skinsback.records import PurchaseRecord, PurchasesAnswer, RejectedItem
from dashboard.sync.connection import naive_zone

LINES_AT_ONCE = 1000


@dataclass
class Loaded:
    """How many lines were read so far, and what became of them."""

    lines: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0

    def __str__(self) -> str:
        return (
            f"{self.lines} lines: {self.new} new, {self.changed} changed, {self.unchanged} unchanged, "
            f"{self.rejected} rejected"
        )


@contextmanager
def opened(path: str) -> Iterator[TextIO]:
    """Open a file of lines; ``-`` is standard input, a name that ends in ``.gz`` is unpacked. Raises OSError."""
    if path == "-":
        yield sys.stdin
        return
    open_it = gzip.open if path.endswith(".gz") else open
    with open_it(path, "rt", encoding="utf-8", errors="replace") as file:
        yield file


def load_lines(lines: Iterable[str], on_progress: Callable[[Loaded], None] = lambda _: None) -> Loaded:
    """Store what the lines say; one that cannot be read is rejected and the rest are used. Memory stays flat.

    A file does not say when its answers were given, so its lines count as newest, the later of two lines about one
    purchase above all. An old file can thereby set a purchase back: whatever it changed is due at SkinsBack at once,
    even if it looks settled, and the history shows both.
    """
    loaded = Loaded()
    remaining = (line for line in lines if line.strip())
    while chunk := list(itertools.islice(remaining, LINES_AT_ONCE)):
        asked_at = datetime.now(UTC)
        records: list[PurchaseRecord] = []
        rejected: list[RejectedItem] = []
        for line in chunk:
            try:
                records.append(_parse(line))
            except UnreadableItem as error:
                rejected.append(RejectedItem(writable(line.strip()), str(error)))
        stored = store.record_answer(PurchasesAnswer(tuple(records), tuple(rejected), asked_at), Source.FILE)
        if stored.changed:
            store.make_due(stored.changed, asked_at, "changed by a file; SkinsBack is asked whether it still holds")
        loaded.lines += len(chunk)
        loaded.new += len(stored.new)
        loaded.changed += len(stored.changed)
        loaded.unchanged += len(stored.unchanged) + len(stored.outdated)
        loaded.rejected += stored.rejected
        on_progress(loaded)
    return loaded


def _parse(line: str) -> PurchaseRecord:
    try:
        value = parse_json(line)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise UnreadableItem(f"the line is not JSON ({error})") from None
    return parse_purchase(value, naive_zone=naive_zone())
