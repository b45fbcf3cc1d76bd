"""Pure: how long to wait before what has failed is tried again."""

from datetime import timedelta
from typing import TypeVar

Wait = TypeVar("Wait", timedelta, float)


def doubled(shortest: Wait, longest: Wait, failures: int) -> Wait:
    """Return how long to wait after so many failures in a row: twice as long each time, up to the longest wait."""
    times: int = 2 ** min(failures - 1, 10)
    return min(shortest * times, longest)
