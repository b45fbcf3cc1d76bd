"""Store purchases from a file of API-shaped objects: one a line, an array of them, or answers of the API as saved."""

import gzip
import io
import itertools
import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, TextIO

from dashboard.purchases import store
from dashboard.purchases.store import Source
from dashboard.skinsback.parsing import UnreadableItem, parse_flag, parse_items, parse_json, to_json, writable
from dashboard.skinsback.records import PurchaseRecord, PurchasesAnswer, RejectedItem
from dashboard.sync.connection import naive_zone

OBJECTS_AT_ONCE = 1000
REJECTIONS_TOLD = 5

PIECE = 64 * 1024
LONGEST_OBJECT = 64 * 1024 * 1024
"""In characters. Only one line, element or answer is held in memory at a time; a page of history has half a million."""

LONGEST_KEPT = 20_000
"""In characters: what is kept of a line that is no JSON."""

_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_SPACE = " \t\r\n\ufeff"
"""Files that were put together have a byte-order mark in their middle too."""

_GAP = re.compile(f"[{_SPACE},]*")

# It only finds where a value ends; what its numbers are is for ``parse_json`` to say.
_SPLITTER = json.JSONDecoder(parse_float=str, parse_int=str)


class DamagedFile(ValueError):
    """What cannot be read any further; the message says why."""


@dataclass
class Loaded:
    """How much was read so far, and what became of it. ``problem`` says why the rest could not be read."""

    unit: str = "lines"
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    outdated: int = 0
    """What is stored claims to be newer than this machine's clock."""
    rejected: int = 0
    rejections: list[str] = field(default_factory=list)
    """The first few, a sentence each."""
    problem: str = ""
    goes_on: bool = False
    """The last answer of the file says that SkinsBack has more than it holds."""

    def __str__(self) -> str:
        outdated = f", {self.outdated} older than what is stored" if self.outdated else ""
        return (
            f"{self.read} {self.unit}: {self.new} new, {self.changed} changed, {self.unchanged} unchanged{outdated}, "
            f"{self.rejected} rejected"
        )

    @property
    def what_is_lost(self) -> str:
        """Return why the file is not stored whole, to follow its name; empty when it is."""
        if self.problem or not self.read:
            return self.problem or "holds nothing to store"
        lost = self.rejected + self.outdated
        if lost:
            return f"is not stored whole: {lost} of {self.read} {self.unit} are missing"
        return "is not the whole answer: SkinsBack says in it that it has more" if self.goes_on else ""


@contextmanager
def opened(path: str) -> Iterator[TextIO]:
    """Open a file, ``-`` for standard input: packed by gzip or not, in UTF-8, UTF-16 or UTF-32. Raises OSError.

    Bytes that are no UTF-8 become single surrogates, so that their line is known and the rest can be read.
    """
    if path == "-" and sys.stdin is None:
        raise OSError("it is closed")
    with nullcontext(sys.stdin.buffer) if path == "-" else open(path, "rb") as file:
        beginning = _Beginning(file, 2)
        is_packed = path.endswith(".gz") or beginning.head == b"\x1f\x8b"
        plain = _Beginning(gzip.GzipFile(fileobj=io.BufferedReader(beginning)) if is_packed else beginning, 4)
        encoding = json.detect_encoding(plain.head)
        errors = "surrogateescape" if encoding.startswith("utf-8") else "strict"
        yield io.TextIOWrapper(io.BufferedReader(plain), encoding, errors)


class _Beginning(io.RawIOBase):
    """A stream that lets its first bytes be looked at, also where it cannot be wound back, such as standard input."""

    def __init__(self, source: Any, length: int) -> None:
        self.head = b""
        while len(self.head) < length and (more := source.read(length - len(self.head))):
            self.head += more
        self._source, self._unread = source, self.head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._unread[: len(buffer)] or self._source.read(len(buffer))
        self._unread = self._unread[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)


def load(file: TextIO, on_progress: Callable[[Loaded], None] = lambda _: None) -> Loaded:
    """Store what a file says; what cannot be read of it is rejected and the rest is used. Memory stays flat.

    A file does not say when its answers were given, so its objects count as newest, the later of two about one
    purchase above all. An old file can thereby set a purchase back: whatever it changed is due at SkinsBack at once,
    even if it looks settled, and the history shows both.
    """
    loaded = Loaded()
    for chunk in _chunks(_objects(file, loaded)):
        asked_at = datetime.now(UTC)
        records = tuple(one for one in chunk if isinstance(one, PurchaseRecord))
        rejected = tuple(one for one in chunk if isinstance(one, RejectedItem))
        stored = store.record_answer(PurchasesAnswer(records, rejected, asked_at), Source.FILE)
        if stored.changed:
            store.make_due(stored.changed, asked_at, "changed by a file; SkinsBack is asked whether it still holds")
        loaded.read += len(chunk)
        loaded.new += len(stored.new)
        loaded.changed += len(stored.changed)
        loaded.unchanged += len(stored.unchanged)
        loaded.outdated += len(stored.outdated)
        loaded.rejected += stored.rejected
        on_progress(loaded)
    return loaded


def _chunks(
    objects: Iterator[PurchaseRecord | RejectedItem],
) -> Iterator[list[PurchaseRecord | RejectedItem]]:
    """Yield what is stored at once: no purchase twice, so that each object is an answer, and counted, on its own."""
    while chunk := list(itertools.islice(objects, OBJECTS_AT_ONCE)):
        parts: dict[int, list[PurchaseRecord | RejectedItem]] = {}
        told: Counter[int] = Counter()
        for one in chunk:
            part = 0
            if isinstance(one, PurchaseRecord):
                part = told[one.buy_id]
                told[one.buy_id] += 1
            parts.setdefault(part, []).append(one)
        yield from parts.values()


def _objects(file: TextIO, loaded: Loaded) -> Iterator[PurchaseRecord | RejectedItem]:
    """Yield what each object of a file says; what ends the reading early is noted in ``loaded``."""
    zone = naive_zone()
    records: list[PurchaseRecord]
    try:
        for place, text in _places(file, loaded):
            try:
                values = _values_in(text, loaded)
            except UnreadableItem as error:
                records = []
                rejected = [RejectedItem(writable(text[:LONGEST_KEPT]), str(error))]
            else:
                loaded.unit = "lines" if loaded.unit == "lines" and len(values) == 1 else "objects"
                no_purchases = [RejectedItem(to_json(one), why) for one in values if (why := _is_no_purchase(one))]
                records, rejected = parse_items([one for one in values if not _is_no_purchase(one)], naive_zone=zone)
                rejected += no_purchases
            more = REJECTIONS_TOLD - len(loaded.rejections)
            loaded.rejections += [f"{place}: {item.reason}." for item in rejected[:more]]
            yield from records
            yield from rejected
    except (OSError, EOFError, zlib.error, UnicodeError, DamagedFile) as error:
        loaded.problem = f"cannot be read to its end: {error}"


def _values_in(text: str, loaded: Loaded) -> list[Any]:
    """Return the objects that a text holds: itself, or the elements of an array or an answer. Raises UnreadableItem.

    Whether SkinsBack has more than an answer holds is noted in ``loaded``.
    """
    if not text.isascii() and _NOT_UTF8.search(text):
        raise UnreadableItem("it is not UTF-8 text; save the file as UTF-8")
    try:
        value = parse_json(text)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise UnreadableItem(f"it is not JSON ({error})") from None
    if isinstance(value, dict) and not _is_no_purchase(value) and isinstance(value.get("items"), list):
        loaded.goes_on = parse_flag(value.get("has_more")) is True
        value = value["items"]
    return value if isinstance(value, list) else [value]


def _is_no_purchase(value: Any) -> str:
    """Return why an object, though it may have a ``buy_id``, is neither a purchase nor an answer that holds some."""
    if not isinstance(value, dict):
        return ""
    if "error_code" in value or value.get("status") == "error":
        return "it is an error that SkinsBack answered with, not a purchase"
    if "buy_id" in value and value.get("items"):
        return "it has both a buy_id and items, so which purchases it means cannot be told"
    return ""


def _places(file: TextIO, loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Yield the text of each object or answer, with its place in words. Raises DamagedFile."""
    beginning = file.read(PIECE)
    if not beginning.lstrip(_SPACE).startswith("["):
        beginning += file.readline(LONGEST_OBJECT)
    first_line = beginning.strip(_SPACE).partition("\n")[0].rstrip(_SPACE)
    # No object ends so: its text goes over many lines.
    if first_line.startswith("[") or first_line.endswith(("{", "[", ",")):
        loaded.unit = "objects"
        yield from ((f"Object {number}", text) for number, text in enumerate(_elements(beginning, file), 1))
        return
    lines = itertools.chain(io.StringIO(beginning), iter(partial(file.readline, LONGEST_OBJECT), ""))
    for number, line in enumerate(lines, 1):
        if len(line) >= LONGEST_OBJECT:
            raise DamagedFile(f"line {number} has more than {LONGEST_OBJECT:,} characters")
        if text := line.strip(_SPACE):
            yield f"Line {number}", text


def _elements(text: str, file: TextIO) -> Iterator[str]:
    """Yield the text of each element of an array, or of each value outside of one, however it is broken into lines.

    Raises DamagedFile.
    """
    place = depth = number = 0
    while True:
        place = _GAP.match(text, place).end()  # type: ignore[union-attr] # It matches nothing at all, too.
        bracket = text[place : place + 1]
        if bracket == "[" or (bracket == "]" and depth):
            depth += 1 if bracket == "[" else -1
            place += 1
            continue
        end = _end_of_value(text, place)
        # A number may go on in what is not read yet.
        if end is None or (end == len(text) and text[-1] not in '}"'):
            # Twice as much each time, or a long element would be looked at over and over.
            more = file.read(max(PIECE, len(text) - place))
            if more and len(text) - place < LONGEST_OBJECT:
                text, place = text[place:] + more, 0
                continue
            if place == len(text) and not depth:
                return
            if end is None:
                what = "cut off" if place == len(text) else "damaged, or cut off,"
                too_long = f", which has over {LONGEST_OBJECT:,} characters" if more else ""
                raise DamagedFile(f"its JSON is {what} where object {number + 1} begins{too_long}")
        yield text[place:end]
        place, number = end, number + 1


def _end_of_value(text: str, place: int) -> int | None:
    try:
        return _SPLITTER.raw_decode(text, place)[1]
    except (ValueError, RecursionError):
        return None
