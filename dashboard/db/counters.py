"""Pure: what is counted in the database for ``/metrics``: by whichever process, told by whichever is asked.

Every label has a closed set of values. What is not in it, such as a stranger's text, is counted as OTHER: it might name
somebody, and each new text would be one more series for ever.
"""

import itertools
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

OTHER = "other"

Key = tuple[str, str]
"""A row of the counters: its name, and its labels' values as a JSON list."""


@dataclass(frozen=True)
class Counted:
    """A counter. ``labels``: the values that each label can have, OTHER among them where they are not our own words."""

    name: str
    meaning: str
    labels: Mapping[str, Sequence[str]]

    def key(self, *values: str) -> Key:
        known = zip(values, self.labels.values(), strict=True)
        return self.name, json.dumps([value if value in those else OTHER for value, those in known])

    def all_keys(self) -> Iterator[tuple[Key, dict[str, str]]]:
        """Yield every key there can be with its labels, so that what has never happened is told as 0."""
        for values in itertools.product(*self.labels.values()):
            yield self.key(*values), dict(zip(self.labels, values, strict=True))


@dataclass(frozen=True)
class Timed:
    """A histogram of seconds, by one label. Each time is kept in the first of ``bounds`` that it does not exceed."""

    name: str
    meaning: str
    label: str
    values: Sequence[str]
    bounds: Sequence[float]

    def counts(self, value: str, seconds: float) -> dict[Key, int]:
        """Return what one time adds: one to its bucket, and its microseconds to their sum."""
        place = bisect_left(self.bounds, seconds)
        bucket = str(self.bounds[place]) if place < len(self.bounds) else "+Inf"
        known = value if value in self.values else OTHER
        return {
            (self.name, json.dumps([known, bucket])): 1,
            (f"{self.name}_sum", json.dumps([known])): round(seconds * 1_000_000),
        }

    def read(self, kept: Mapping[Key, int], value: str) -> tuple[list[tuple[str, int]], float]:
        """Return (bound, how many times were at most that long) for each bound, and the seconds of all together."""
        bounds = [*map(str, self.bounds), "+Inf"]
        single = (kept.get((self.name, json.dumps([value, bound])), 0) for bound in bounds)
        seconds = kept.get((f"{self.name}_sum", json.dumps([value])), 0) / 1_000_000
        return list(zip(bounds, itertools.accumulate(single), strict=True)), seconds


def with_other(values: Iterable[str]) -> tuple[str, ...]:
    """Return a label's values when others than ours can come."""
    return (*sorted(values), OTHER)
