"""What is installed is the same everywhere: every requirement at one version, and all it needs locked beside it."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name as normal

ROOT = Path(__file__).parents[1]
LOCKS = {path.with_suffix(".txt"): path for path in ROOT.glob("requirements*.in")}

every_lock = pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)


def asked_for(path: Path) -> list[Requirement]:
    """What a file asks for, with what it asks for by naming another file."""
    lines = [line.partition("  #")[0].strip() for line in path.read_text().splitlines()]
    named = [path.with_name(line.split()[1]) for line in lines if line.startswith("-r ")]
    own = [Requirement(line) for line in lines if line and line[0] not in "#-"]
    return own + [requirement for other in named for requirement in asked_for(other)]


def locked(lock: Path) -> dict[str, str]:
    """The version of everything in a lock file, by name; what stands there in another form is kept as it is."""
    entries = lock.read_text().replace("\\\n", "").splitlines()
    found = (re.fullmatch(r"(\S+)==(\S+)((?: +--hash=sha256:[0-9a-f]{64})+)\s*", entry) for entry in entries)
    return {normal(entry[1]): entry[2] for entry in found if entry}


def version_asked_for(requirement: Requirement) -> str:
    (one,) = requirement.specifier
    assert one.operator == "=="
    return one.version


def test_every_file_that_asks_for_something_has_its_lock() -> None:
    assert {lock.name for lock in LOCKS} == {path.name for path in ROOT.glob("requirements*.txt")}
    assert ROOT / "requirements.txt" in LOCKS


@every_lock
def test_every_requirement_is_asked_for_at_one_version_and_locked_at_it(lock: Path) -> None:
    versions = locked(lock)
    for requirement in asked_for(LOCKS[lock]):
        assert versions[normal(requirement.name)] == version_asked_for(requirement)


@every_lock
def test_a_lock_holds_nothing_but_versions_with_their_digests(lock: Path) -> None:
    text = lock.read_text()
    entries = [line for line in text.replace("\\\n", "").splitlines() if line and line.lstrip()[0] != "#"]
    assert len(entries) == len(locked(lock))
    assert not re.search(r"https?:|file:|--(?:extra-)?index-url|--find-links|\s/", text)


@every_lock
def test_a_lock_holds_all_that_its_entries_need(lock: Path) -> None:
    versions = locked(lock)
    for name in versions:
        for line in distribution(name).requires or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                assert normal(needed.name) in versions, f"{name} needs {needed.name}: make lock"


def test_both_locks_agree() -> None:
    versions = locked(ROOT / "requirements-dev.txt")
    assert locked(ROOT / "requirements.txt").items() <= versions.items()


def test_what_is_locked_runs_on_the_oldest_python_that_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    oldest = project["requires-python"].removeprefix(">=")
    for name, version in locked(ROOT / "requirements-dev.txt").items():
        installed = distribution(name)
        if installed.version == version:
            wanted = SpecifierSet(installed.metadata["Requires-Python"] or "")
            assert oldest in wanted, f"{name} {version} wants Python {wanted}"


@pytest.mark.parametrize("name", ["Makefile", "Dockerfile"])
def test_whatever_installs_a_lock_checks_the_digests(name: str) -> None:
    installs = [line for line in (ROOT / name).read_text().splitlines() if re.search(r"pip install.* -r ", line)]
    assert installs
    assert all("--require-hashes" in line for line in installs)
