"""An uploaded CSV or XLSX file as rows of cells, whatever program wrote it. Nothing in a file is executed.

A process of its own reads it (``reading.process``), with limits of time and memory, and one at a time on a machine, or
many large files together would take all its memory. Rows are taken as they come, so no process holds them all.
"""

import fcntl
import io
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from dashboard.spreadsheets.refusals import DAMAGED, TOO_LARGE
from dashboard.spreadsheets.sheets import FileProblem, Moment, NoValue, Row, Sheet, Shown, decimal_of

MOST_ROWS = 200_000

LOCK = f"skinsback-desk-{os.getuid()}.reading"
"""A file beside those that are temporary, held by the process that reads, so that it is free again whatever becomes of
the one that waits for the rows."""

SECONDS_TO_WAIT = 2.0
"""For another file to be read."""
SECONDS_TO_READ = 7.0
"""By the clock, while the rows are worked with as well."""
MEMORY = 250 * 1024 * 1024
"""In bytes. 200,000 rows of ten columns take 240 MB."""
LOOK_EVERY = 0.1
"""In seconds: so often the memory of the process is looked at, since not every system keeps its limit."""

PIECE = 64 * 1024

PROGRAM = ["-m", "dashboard.spreadsheets.reading.process"]

BUSY = "Another file is being read just now; try again in a moment."
TOO_LONG = "Reading the file takes too long; leave out other sheets and columns, or split it by period."
_BY_SIGNAL = {
    signal.SIGXCPU: TOO_LONG,
    signal.SIGALRM: TOO_LONG,
    signal.SIGABRT: TOO_LARGE,  # So Rust ends where memory ends.
    signal.SIGKILL: TOO_LARGE,  # So does the system.
}


def sheets_of(file: IO[bytes]) -> Iterator[Sheet]:
    """Yield every way to read a file. Raises FileProblem, also while rows are read."""
    with closing(_lines(file)) as lines:
        for line in lines:
            # What is left of a sheet that was not read to its end is passed over.
            if isinstance(line, dict) and "name" in line:
                notes: list[str] = []
                yield Sheet(**line, rows=_rows(lines, notes), notes=notes)


def _rows(lines: Iterator[Any], notes: list[str]) -> Iterator[Row]:
    for line in lines:
        if isinstance(line, list):
            yield from ((int(number), cells) for number, cells in line)
        elif "notes" in line:
            notes += line["notes"]
        else:
            return


def _lines(file: IO[bytes]) -> Generator[Any, None, None]:
    """Yield what the process says, decoded. Raises FileProblem where it refuses the file or comes to no end."""
    decode = json.JSONDecoder(
        object_hook=_object_of, parse_float=decimal_of, parse_int=Decimal, parse_constant=_no_number
    ).decode
    with _started(file) as process:
        for lines in _blocks(process, process.stdout.fileno() if process.stdout else -1):
            for line in decode(lines.decode().replace("\n", ",").join("[]")):
                if isinstance(line, dict) and "refused" in line:
                    raise FileProblem(*line["refused"])
                if isinstance(line, dict) and "is_whole" in line:
                    return
                yield line
        raise FileProblem(_BY_SIGNAL.get(-process.wait(), DAMAGED))  # type: ignore[call-overload]


def _no_number(text: str) -> NoValue:
    return NoValue(f"holds “{text}” in place of a number")


def _object_of(pairs: dict[str, Any]) -> object:
    if "value" in pairs:
        return Shown(Decimal(pairs["value"]), pairs["text"])
    if "moment" in pairs:
        return Moment(pairs["moment"])
    return NoValue(pairs["why"]) if "why" in pairs else pairs


def _blocks(process: subprocess.Popen[bytes], source: int) -> Iterator[bytes]:
    """Yield whole lines, some at a time. Raises FileProblem where the process takes too much time or memory."""
    answers = select.poll()
    answers.register(source, select.POLLIN)
    deadline = time.monotonic() + SECONDS_TO_READ
    rest = b""
    while time.monotonic() < deadline:
        is_there = answers.poll(LOOK_EVERY * 1000)
        if _memory_of(process.pid) > MEMORY:
            raise FileProblem(TOO_LARGE)
        if not is_there:
            continue
        piece = os.read(source, PIECE)
        if not piece:
            return
        whole, _, rest = (rest + piece).rpartition(b"\n")
        if whole:
            yield whole
    raise FileProblem(TOO_LONG)


def _memory_of(pid: int) -> int:
    """Return the bytes that a process has in memory, 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    except (OSError, IndexError):
        return 0


@contextmanager
def _started(file: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-P", *PROGRAM, str(MOST_ROWS), str(MEMORY)]
    # The paths find the libraries wherever they are installed; secrets of the environment are none of its business.
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    with _on_disk(file) as source:
        with _turn() as turn:
            process = subprocess.Popen(
                command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
                pass_fds=[turn],
            )  # fmt: skip
        with process:
            try:
                yield process
            finally:
                process.kill()


@contextmanager
def _on_disk(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give a file that another process can read: large uploads lie on disk already."""
    file.seek(0)
    try:
        file.fileno()
    except io.UnsupportedOperation:
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(file, copy)
            copy.flush()
            yield copy
    else:
        yield file


@contextmanager
def _turn() -> Iterator[int]:
    """Wait until no other file is being read, and give the lock, which holds as long as any process has it open."""
    lock = os.open(Path(tempfile.gettempdir()) / LOCK, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    try:
        deadline = time.monotonic() + SECONDS_TO_WAIT
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise FileProblem(BUSY) from None
                time.sleep(0.05)
        yield lock
    finally:
        os.close(lock)
