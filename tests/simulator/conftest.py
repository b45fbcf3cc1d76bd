"""Simulators for the tests beside this file."""

from collections.abc import Iterator

import pytest

from dashboard.simulator import Simulator
from tests.simulator.hands import NOW, Client, Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def quiet(watch: Watch) -> Iterator[Simulator]:
    """Nothing in it but the documented example, and what a test adds."""
    with Simulator(purchases=0, now=watch) as simulator:
        yield simulator


@pytest.fixture
def client(quiet: Simulator) -> Iterator[Client]:
    """Asks the quiet simulator."""
    client = Client(quiet)
    yield client
    client.close()


@pytest.fixture(scope="package")
def full() -> Iterator[Simulator]:
    """3000 purchases at a moment that stands still; for tests that only read."""
    with Simulator(purchases=3000, seed=5, now=NOW, requests_per_minute=0) as simulator:
        yield simulator


@pytest.fixture
def full_client(full: Simulator) -> Iterator[Client]:
    """Asks the full simulator."""
    client = Client(full)
    yield client
    client.close()
