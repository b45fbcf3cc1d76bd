"""Uploads that want everything: all are read or refused in words, in time, within memory, one at a time."""

import fcntl
import io
import os
import signal
import subprocess
import sys
import tempfile
import time
import tracemalloc
import zipfile
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.spreadsheets import uploads
from dashboard.spreadsheets.sheets import FileProblem, Sheet
from dashboard.spreadsheets.uploads import sheets_of
from tests.spreadsheets.files import case, cells_of, read, refusal, rows_of, sheet_of_cells
from tests.spreadsheets.nasty import EXHAUSTING, OTHER_KINDS, book

SECONDS, MEMORY = 10, 300_000_000


@pytest.fixture
def memory_seen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What processes that read took, as often as it was looked at."""
    seen = [0]
    memory_of = uploads._memory_of

    def watched(pid: int) -> int:
        seen.append(memory_of(pid))
        return seen[-1]

    monkeypatch.setattr(uploads, "_memory_of", watched)
    return seen


@pytest.mark.parametrize("name", EXHAUSTING)
def test_a_file_made_to_exhaust_is_read_or_refused_in_time_and_memory(
    name: str, memory_seen: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "SECONDS_TO_READ", 7)
    with tempfile.TemporaryFile() as file:
        file.write(EXHAUSTING[name]())
        started = time.monotonic()
        with suppress(FileProblem):
            for sheet in sheets_of(file):
                for _ in sheet.rows:
                    pass
    assert (time.monotonic() - started < SECONDS, max(memory_seen) < MEMORY) == (True, True)


@pytest.mark.parametrize(("data", "words"), OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_a_file_of_another_kind_is_refused_in_words(data: bytes, words: str) -> None:
    assert words in refusal(data)


@pytest.mark.parametrize("title", ["[November] orders", "{shop}", "[[Report]]", "[2026] and [2025]"])
def test_a_list_below_a_title_in_brackets_is_no_json(title: str) -> None:
    assert cells_of(f"{title}\nid;amount\n1;2\n".encode())[1:] == [["id", "amount"], ["1", "2"]]


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "SECONDS_TO_READ", 0)
    assert "takes too long" in refusal(b"id\n1\n")


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import signal; big = b'x' * (100 * 1024 * 1024); signal.pause()", "holds far more than a list"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "takes too long"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGALRM)", "takes too long"),
        ("import os; os.abort()", "holds far more than a list"),
        ('print(\'{"name": "One"}\')', "is damaged"),
        ("raise SystemExit(1)", "is damaged"),
    ],
)
def test_however_the_process_ends_it_is_said_in_words(
    program: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first program stands for a system that keeps no limit of memory.
    monkeypatch.setattr(uploads, "MEMORY", 50 * 1024 * 1024)
    monkeypatch.setattr(uploads, "PROGRAM", ["-c", program])
    assert words in refusal(b"id\n1\n")


def test_a_file_waits_for_another_one_and_is_refused_when_that_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "SECONDS_TO_WAIT", 0)
    first = sheets_of(io.BytesIO(b"id\n" + b"order\n" * 100_000))
    sheet = next(first)
    assert refusal(b"id\n1\n") == "Another file is being read just now; try again in a moment."
    assert len(list(sheet.rows)) == 100_001
    first.close()  # type: ignore[attr-defined] # It is a generator.
    assert cells_of(b"id\n1\n") == [["id"], ["1"]]


def test_the_next_file_is_read_once_nobody_asks_for_the_rest_of_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "SECONDS_TO_WAIT", 0)
    assert isinstance(next(sheets_of(io.BytesIO(b"id\n" + b"order\n" * 100_000))), Sheet)
    assert cells_of(b"id\n1\n") == [["id"], ["1"]]


def test_a_killed_worker_leaves_no_process_that_reads_on() -> None:
    program = (
        "import io, sys; from dashboard.spreadsheets import uploads; uploads.LOCK = sys.argv[1];"
        "sheets = uploads.sheets_of(io.BytesIO(b'id\\n' + b'order\\n' * 100_000)); sheet = next(sheets);"
        "print(next(sheet.rows), flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, uploads.LOCK], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as worker:  # fmt: skip
        assert worker.stdout
        assert worker.stdout.readline()
        worker.send_signal(signal.SIGKILL)
    with (Path(tempfile.gettempdir()) / uploads.LOCK).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # The process holds it until it ends.


def test_rows_come_as_they_are_read_and_are_not_gathered() -> None:
    data = io.BytesIO(b"id,amount,item\n" + b"order-1234567,11.73,AK-47 Redline\n" * 30_000)
    tracemalloc.start()
    try:
        assert sum(1 for sheet in sheets_of(data) for _ in sheet.rows) == 30_001
        assert tracemalloc.get_traced_memory()[1] < 1_500_000
    finally:
        tracemalloc.stop()


def test_a_workbook_of_very_long_cells_is_not_held_by_the_one_that_asks() -> None:
    data = EXHAUSTING["one shared text for all"]()
    tracemalloc.start()
    try:
        assert "holds far more than a list" in refusal(data)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_an_upload_on_disk_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"id\n1\n")
    with path.open("rb") as file:
        file.read(2)
        assert [cells for sheet in sheets_of(file) for _, cells in sheet.rows] == [["id"], ["1"]]


def test_rows_that_nobody_asked_for_are_passed_over() -> None:
    data = sheet_of_cells(["a"], ["b"])
    assert [sheet.name for sheet in sheets_of(io.BytesIO(data))] == ["One"]
    assert len([sheet.delimiter for sheet in sheets_of(io.BytesIO(b"a;b,c\n1;2,3\n"))]) == 2


def test_a_list_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_ROWS", 5)
    assert len(rows_of(b"id\n" + b"1\n" * 5)) == 6
    assert "more than 5 rows; split it by period" in refusal(b"id\n" + b"1\n" * 6)
    assert "more than 5 rows" in refusal(sheet_of_cells(*[["x"]] * 7))


@pytest.mark.parametrize("number", ["nan", "inf", "1e999", "-inf"])
def test_what_is_no_number_has_no_value(number: str) -> None:
    [_, [cell]] = cells_of(book([f"<row><c><v>{number}</v></c></row>".encode()]))
    assert "in place of a number" in cell.why


changes = st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=3), st.integers(0, 3)), min_size=1, max_size=4)


def mutated(data: bytes, mutations: list[tuple[float, bytes, int]]) -> bytes:
    for where, new, taken in mutations:
        place = int(where * len(data))
        data = data[:place] + new + data[place + taken :]
    return data


def seen(data: bytes) -> None:
    """Read a file that may be refused, and do no more than that."""
    with suppress(FileProblem):
        for _, rows in read(data):
            assert all(isinstance(number, int) and isinstance(cells, list) for number, cells in rows)


GOOD = sheet_of_cells(["id", "amount"], ["a", 5], ["b", Decimal("7.5")], formats={1: '0.00 "€"'})


@settings(deadline=None, max_examples=40)
@given(changes)
def test_any_change_to_a_workbook_leaves_rows_or_a_refusal(mutations: list[tuple[float, bytes, int]]) -> None:
    seen(mutated(GOOD, mutations))


@settings(deadline=None, max_examples=80)
@given(changes, st.sampled_from(zipfile.ZipFile(io.BytesIO(GOOD)).namelist()))
def test_any_change_to_a_part_leaves_rows_or_a_refusal(mutations: list[tuple[float, bytes, int]], part: str) -> None:
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, mutated(content, mutations) if name == part else content)
    seen(result.getvalue())


@settings(deadline=None, max_examples=40)
@given(changes, st.sampled_from(["unclosed-quote.csv", "unclosed-quote.tsv", "cp1251.csv"]))
def test_any_change_to_a_text_leaves_rows_or_a_refusal(mutations: list[tuple[float, bytes, int]], name: str) -> None:
    seen(mutated(case(name), mutations))
