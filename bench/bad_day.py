"""A bad day: one fault after the other, and what the dashboard says of each, where, and after how many seconds.

``python -m bench.bad_day [FAULT…]`` lives through it in travelled time (``bench.lapsed_house``), prints what was said
word for word, and then the table of the README. The day stands in ``bench.incidents`` with what is expected of it, and
``tests/test_bad_day.py`` holds each line.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask_migrate import upgrade

from bench.expectations import complaints
from bench.incidents import FAULTS, Incident
from bench.lapse import Lapse
from bench.lapsed_house import LapsedHouse, open_house
from bench.living import START, live_through, warm_up
from bench.seen import Lived
from dashboard.db.extensions import db
from dashboard.factory import create_app


def main(names: list[str]) -> None:
    """Live through the faults with these names, or through all."""
    chosen = [fault for fault in FAULTS if not names or fault.name in names]
    rows = []
    with house_for_a_day() as house:
        for fault in chosen:
            lived = live_through(house, fault)
            print(_in_full(fault, lived), flush=True)
            rows.append(row(fault, lived))
    print("\n".join([*HEADINGS, *rows]))


@contextmanager
def house_for_a_day() -> Iterator[LapsedHouse]:
    """Yield a dashboard that has been running for a while, on a database of its own."""
    with fresh_database() as url, Lapse(START) as lapse, open_house(lapse, url) as house:
        warm_up(house)
        yield house


@contextmanager
def fresh_database() -> Iterator[str]:
    """Yield the address of an empty, migrated database."""
    with tempfile.TemporaryDirectory(prefix="dashboard-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'dashboard.sqlite'}"
        app = create_app({"DATABASE_URL": url, "SECRET_KEY": "bench-only-bench-only-bench-only", "LOG_LEVEL": "ERROR"})
        with app.app_context():
            upgrade()
            db.engine.dispose()
        yield url


HEADINGS = (
    "| what goes wrong | for | verdict | `/readyz` | banner | alerts | messages | normal again |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
)


def row(fault: Incident, lived: Lived) -> str:
    """Return the fault's row of the table."""
    cells = (
        fault.label, _length(fault.lasts), _after(lived.verdict, lived.verdict_after),
        _after("503", lived.not_ready_after),
        _after(", ".join(f"`{cause}`" for cause in lived.banners), lived.banner_after),
        "<br>".join(f"{kind}: `{cause}`, {severity}" for kind, cause, severity in lived.alerts) or "none",
        _messages(lived), f"after {_length(lived.normal_after)}" if lived.was_abnormal else "always",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _after(what: str, seconds: float | None) -> str:
    return "as usual" if seconds is None else f"{what} after {_length(seconds)}"


def _messages(lived: Lived) -> str:
    if not lived.messages:
        return "none"
    told = [f"{message.after:.0f} s" for message in lived.messages if not message.is_end]
    ends = [_length(message.after - lived.ended_after) for message in lived.messages if message.is_end]
    end = f"; its end {', '.join(ends)} after it was over" if ends else ""
    return f"{len(told)}, after {', '.join(told)}{end}"


def _length(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 600 else f"{seconds / 60:.0f} min"


def _in_full(fault: Incident, lived: Lived) -> str:
    lines = [f"{fault.label}, for {_length(fault.lasts)}"]
    lines += [f"  {change}" for change in lived.changes]
    lines += [f"  NOT AS IT MUST BE: {complaint}" for complaint in complaints(fault, lived)]
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
