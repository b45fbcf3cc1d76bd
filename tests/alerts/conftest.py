"""What tests of alerts share."""

from collections.abc import Iterator

import pytest

from tests.alerts.channel import Channel, open_channel


@pytest.fixture
def channel() -> Iterator[Channel]:
    """A chat channel behind a webhook."""
    with open_channel() as heard:
        yield heard
