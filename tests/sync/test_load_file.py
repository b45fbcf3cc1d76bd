"""A file loads whole in every form that people have it in, or the command says what is lost, and fails."""

import gzip
import io
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from dashboard.db.extensions import db
from dashboard.purchases.models import Purchase, RejectedRecord
from dashboard.sync import load_file
from tests.purchases.samples import EXAMPLE

OBJECTS = [EXAMPLE | {"buy_id": number, "custom_id": f"заказ-{number} ★"} for number in (11, 12, 13)]
TEXTS = [json.dumps(one, ensure_ascii=False) for one in OBJECTS]

LAYOUTS: dict[str, str] = {
    "lines": "\n".join(TEXTS),
    "lines of Windows with empty ones": "\r\n\r\n".join(["", *TEXTS, ""]),
    "an array in a line": "[" + ", ".join(TEXTS) + "]",
    "an array over many lines": json.dumps(OBJECTS, ensure_ascii=False, indent=2),
    "an array with an element a line": "[\n" + ",\n".join(TEXTS) + "\n]\n",
    "an array of arrays": f"[[{TEXTS[0]}], [{TEXTS[1]}, {TEXTS[2]}]]",
    "arrays a line": f"[{TEXTS[0]}]\n[{TEXTS[1]},{TEXTS[2]}]\n",
    "objects over many lines": "\n".join(json.dumps(one, ensure_ascii=False, indent=4) for one in OBJECTS),
    "an answer": json.dumps({"status": "success", "items": OBJECTS}, ensure_ascii=False),
    "an answer over many lines": json.dumps({"status": "success", "items": OBJECTS}, ensure_ascii=False, indent=1),
    "answers a line": "\n".join(json.dumps({"items": [one]}, ensure_ascii=False) for one in OBJECTS),
    "answers and objects": json.dumps({"items": OBJECTS[:2]}, ensure_ascii=False) + "\n" + TEXTS[2],
    "marks in the middle": "\n".join("\ufeff" + text for text in TEXTS),
}
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16 with a mark": lambda text: text.encode("utf-16"),
    "UTF-16 LE": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: text.encode("utf-16-be"),
    "UTF-16 BE with a mark": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-32": lambda text: text.encode("utf-32"),
    "packed": lambda text: gzip.compress(text.encode()),
    "packed UTF-16 with a mark": lambda text: gzip.compress(text.encode("utf-16")),
    "packed in two parts": lambda text: gzip.compress(text.encode()[:100]) + gzip.compress(text.encode()[100:]),
}  # fmt: skip


on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def load(app: Flask, content: bytes, path: Path | None = None) -> Any:
    """Run the command on a file, or on standard input where no path is given."""
    if path is None:
        return app.test_cli_runner().invoke(args=["purchases", "load", "-"], input=content)
    path.write_bytes(content)
    return app.test_cli_runner().invoke(args=["purchases", "load", str(path)])


def stored() -> list[str | None]:
    db.session.rollback()
    return list(db.session.execute(select(Purchase.custom_id).order_by(Purchase.buy_id)).scalars())


def read(path: Path) -> tuple[list[Any], str]:
    """Return what is read of a file, and why it is not all."""
    loaded = load_file.Loaded()
    with load_file.opened(str(path)) as file:
        return [getattr(one, "custom_id", one) for one in load_file._objects(file, loaded)], loaded.problem


@on_sqlite
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_file_is_read_whole_in_every_layout_and_encoding(app: Flask, tmp_path: Path, layout: str) -> None:
    path = tmp_path / "purchases.json"
    for encoding, encoded in ENCODINGS.items():
        path.write_bytes(encoded(LAYOUTS[layout]))
        assert read(path) == ([one["custom_id"] for one in OBJECTS], ""), encoding


@on_sqlite
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_and_standard_input_are_stored_whole_in_every_encoding(
    app: Flask, tmp_path: Path, encoding: str
) -> None:
    content = ENCODINGS[encoding](LAYOUTS["lines"])
    result = load(app, content, tmp_path / ("purchases.gz" if "packed" in encoding else "purchases.jsonl"))
    assert (result.exit_code, stored()) == (0, [one["custom_id"] for one in OBJECTS]), result.output
    again = load(app, content)
    assert (again.exit_code, "3 lines: 0 new, 0 changed, 3 unchanged, 0 rejected" in again.output) == (0, True)


GOOD = TEXTS[0].encode()


@on_sqlite
@pytest.mark.parametrize(
    ("content", "says", "new"),
    [
        (b"", "holds nothing to store", 0),
        (b"\n \r\n\xef\xbb\xbf\n", "holds nothing to store", 0),
        (b"[]", "holds nothing to store", 0),
        (b'{"status": "success", "items": []}', "holds nothing to store", 0),
        (GOOD + b"\n" + TEXTS[1].encode()[:-9], "Line 2: it is not JSON", 1),
        (GOOD[:-9], "Line 1: it is not JSON", 0),
        (GOOD + b"\nnull\n7\n\"x\"", "Line 2: it is not an object.", 1),
        (b"\n".join([b"bad"] * 9), "4 more were rejected", 0),
        (b'{"status": "error", "error_code": -7}', "Line 1: it is an error that SkinsBack", 0),
        (b'{"status": "error", "error_code": 2, "buy_id": 5}', "Line 1: it is an error that SkinsBack", 0),
        (b'[{"status": "error", "buy_id": 5},' + GOOD + b"]", "Object 1: it is an error that SkinsBack", 1),
        (b'{"items": [' + GOOD + b', {"error_code": 2, "buy_id": 5}]}', "Line 1: it is an error that SkinsBack", 1),
        (b'{"status": "error", "items": [' + GOOD + b"]}", "Line 1: it is an error that SkinsBack", 0),
        (b'{"buy_id": 5, "items": [' + GOOD + b"]}", "Line 1: it has both a buy_id and items", 0),
        (b'{"has_more": true, "items": [' + GOOD + b"]}", "SkinsBack says in it that it has more", 1),
        (b'{\n"has_more": "1", "items":\n[]}', "holds nothing to store", 0),
        (b"[" + GOOD + b"," + GOOD[:50], "damaged, or cut off, where object 2 begins", 1),
        (b"[" + GOOD + b",{]", "damaged, or cut off, where object 2 begins", 1),
        (b"[" + GOOD + b",\ntru,\n" + GOOD + b"]", "damaged, or cut off, where object 2 begins", 1),
        (b"[" + GOOD + b"," + GOOD + b"] hello", "damaged, or cut off, where object 3 begins", 1),
        (b"[" + GOOD, "cut off where object 2 begins", 1),
        (b"{\n" + GOOD[1:-20], "cut off", 0),
        (b"[" + GOOD + b", 7]", "Object 2: it is not an object.", 1),
        (b"[" + GOOD + b", NaN]", "Object 2: it is not an object.", 1),
        (b"[" * 100_000, "cut off", 0),
        (TEXTS[0].encode("cp1251", "replace") + b"\n" + TEXTS[1].encode(), "Line 1: it is not UTF-8 text", 1),
        (TEXTS[1].encode() + b"\n" + "Ünder".encode("latin-1"), "Line 2: it is not UTF-8 text", 1),
        (b"[" + GOOD + b"," + TEXTS[1].encode("cp1251", "replace") + b"]", "Object 2: it is not UTF-8 text", 1),
        (TEXTS[0].encode("utf-16-le")[:-1], "cannot be read to its end", 0),
        (gzip.compress(GOOD + b"\n" + GOOD * 99)[:-12], "cannot be read to its end", 0),
        (b"\x1f\x8b\x08 damaged", "cannot be read", 0),
        (b"PK\x03\x04\xff\x00", "Line 1: it is not UTF-8 text", 0),
    ],
)  # fmt: skip
def test_whatever_is_lost_is_told_and_the_command_fails(app: Flask, content: bytes, says: str, new: int) -> None:
    result = load(app, content)
    assert result.exit_code == 1
    assert says in result.output
    assert "standard input" in result.output
    assert len(stored()) == new


def test_a_file_that_is_not_packed_in_spite_of_its_name_is_named(app: Flask, tmp_path: Path) -> None:
    result = load(app, GOOD, tmp_path / "purchases.gz")
    assert (result.exit_code, "purchases.gz cannot be read" in result.output) == (1, True)


@pytest.mark.parametrize("flags", [(True, False), ("1", 0), (True, None), (True, True, "0")])
def test_all_pages_of_a_history_together_are_the_whole(app: Flask, flags: tuple[object, ...]) -> None:
    pages = (json.dumps({"items": OBJECTS, "has_more": flag}) for flag in flags)
    assert load(app, "\n".join(pages).encode()).exit_code == 0


def test_a_directory_is_named(app: Flask, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(args=["purchases", "load", str(tmp_path)])
    assert (result.exit_code, f"{tmp_path} cannot be read" in result.output) == (1, True)


def test_what_stands_before_the_damage_is_stored(app: Flask) -> None:
    lines = "\n".join(json.dumps(EXAMPLE | {"buy_id": number}) for number in range(1, 2501)).encode()
    result = load(app, gzip.compress(lines)[:-100])
    assert result.exit_code == 1
    assert 2000 < len(stored()) < 2500


def test_what_is_no_text_is_kept_as_it_can_be_with_the_reason(app: Flask) -> None:
    load(app, b'{"custom_id": "\xe7\xe0\xea\xe0\xe7"}')
    raw, reason = db.session.execute(select(RejectedRecord.raw, RejectedRecord.reason)).one()
    assert raw == '{"custom_id": "�����"}'
    assert "save the file as UTF-8" in reason


def test_what_is_older_than_what_is_stored_is_told(app: Flask) -> None:
    load(app, GOOD)
    db.session.execute(update(Purchase).values(asked_at=datetime(2099, 1, 1, tzinfo=UTC)))
    db.session.commit()
    result = load(app, GOOD)
    assert result.exit_code == 1
    assert "1 older than what is stored" in result.output


class Endless(io.RawIOBase):
    """A file without end, which counts what is read of it."""

    def __init__(self, head: bytes, again: bytes) -> None:
        self._pieces = itertools.chain([head], itertools.repeat(again))
        self._left = b""
        self.read_so_far = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._left = self._left or next(self._pieces)
        piece, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(piece)] = piece
        self.read_so_far += len(piece)
        return len(piece)


@on_sqlite
@pytest.mark.parametrize(("head", "between"), [(b" ", b"\n"), (b"[", b","), (b"[\n", b",\n"), (b"{\n}", b"\n{\n}\n")])
def test_of_a_long_file_no_more_is_held_than_the_next_objects(app: Flask, head: bytes, between: bytes) -> None:
    file = Endless(head, GOOD + between)
    objects = load_file._objects(io.TextIOWrapper(io.BufferedReader(file), "utf-8"), load_file.Loaded())
    for number in range(1, 2000):
        assert next(objects)
        assert file.read_so_far < (number + 1) * len(GOOD + between) + 4 * load_file.PIECE


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(JSON.filter(lambda value: not isinstance(value, list))), st.integers(0, 3), st.integers(1, 50))
def test_an_array_is_cut_into_its_elements_wherever_its_pieces_end(values: list[Any], indent: int, piece: int) -> None:
    text = json.dumps(values, ensure_ascii=False, indent=indent or None)
    file = io.StringIO(text[piece:])
    small = type("Small", (), {"read": lambda _, size: file.read(piece)})()
    assert [json.loads(one) for one in load_file._elements(text[:piece], small)] == values


@on_sqlite
def test_each_line_of_a_purchase_that_has_several_is_counted_and_its_holds_are_kept(app: Flask) -> None:
    lines: list[dict[str, Any]] = [
        {"in_hold": True, "in_hold_until": "2099-01-01"}, {"in_hold": "odd"}, {}, {}, {"buy_id": 10}, {"buy_id": 0},
    ]  # fmt: skip
    file = io.StringIO("\n".join(json.dumps(EXAMPLE | {"offer_status": "accepted"} | line) for line in lines))
    with app.app_context():
        loaded = load_file.load(file)
        parts = db.session.execute(select(Purchase.part).order_by(Purchase.buy_id)).scalars().all()
    assert (loaded.read, loaded.new, loaded.rejected, loaded.outdated) == (6, 2, 1, 0)
    assert loaded.changed + loaded.unchanged == 3
    assert parts == ["reversible", "final"]


@on_sqlite
@pytest.mark.parametrize(
    ("redirected", "status", "says"),
    [
        ("2>&-", 0, ""),
        ("2>/dev/full", 0, ""),
        (">/dev/full", 0, "The result cannot be written: No space left on device"),
        (">/dev/full 2>&1", 0, ""),
        ("- <&-", 1, "Error: standard input cannot be read: it is closed"),
    ],
)
def test_the_status_is_right_and_a_line_is_said_wherever_one_can_be_written(
    database_url: str, tmp_path: Path, redirected: str, status: int, says: str
) -> None:
    good = tmp_path / "good.jsonl"
    good.write_bytes(GOOD)
    file = "" if redirected[0] == "-" else str(good)
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m flask --app wsgi purchases load {file} {redirected}', sys.executable],
        env={**os.environ, "DATABASE_URL": database_url, "SECRET_KEY": "s" * 48}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
    assert says in done.stderr
