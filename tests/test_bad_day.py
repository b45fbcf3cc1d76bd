"""Each line of the README's bad day: what goes wrong is said everywhere, in time, once, and taken back when it is over.

What must be said of each incident stands with it in ``bench.incidents``. One dashboard lives through all of them, one
after the other, as on a bad day.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.expectations import complaints
from bench.incidents import FAULTS, Incident
from bench.lapse import Lapse
from bench.lapsed_house import LapsedHouse, open_house
from bench.living import START, live_through, warm_up


@pytest.fixture(scope="module")
def house(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LapsedHouse]:
    """A dashboard on SQLite whose jobs have been running for a while."""
    database = tmp_path_factory.mktemp("bad-day") / "dashboard.sqlite"
    shutil.copy(migrated_sqlite, database)
    with Lapse(START) as lapse, open_house(lapse, f"sqlite:///{database}") as opened:
        warm_up(opened)
        yield opened


@pytest.mark.parametrize("incident", FAULTS, ids=lambda incident: incident.name)
def test_what_goes_wrong_is_said_in_time_once_and_taken_back(house: LapsedHouse, incident: Incident) -> None:
    assert complaints(incident, live_through(house, incident)) == []
