"""Pure: how purchases turned out, counted by status and reason: the figures of the operations pages."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from dashboard.lib import rates
from dashboard.purchases import statuses
from dashboard.purchases.statuses import Fault, Outcome, Phase

K = TypeVar("K")


@dataclass(frozen=True)
class Outcomes:
    """Numbers of purchases by (offer_status, error_reason). An undocumented value is a member like any other."""

    counts: Mapping[Outcome, int] = field(default_factory=dict)

    @cached_property
    def _by_phase(self) -> dict[Phase, int]:
        return _summed((statuses.phase_of(status), number) for (status, _), number in self.counts.items())

    def of_phase(self, phase: Phase) -> int:
        return self._by_phase.get(phase, 0)

    @property
    def count(self) -> int:
        """All purchases, the open and the unknown ones included."""
        return sum(self.counts.values())

    @property
    def failed(self) -> int:
        return self.of_phase(Phase.FAILED)

    @property
    def decided(self) -> int:
        """Delivered, failed and reversed: what the failure rate is a share of."""
        return sum(number for (status, _), number in self.counts.items() if status in statuses.DECIDED)

    @property
    def once_delivered(self) -> int:
        """Delivered and reversed: what the reversal rate is a share of."""
        return self.of_phase(Phase.DELIVERED) + self.of_phase(Phase.REVERSED)

    @cached_property
    def failure_rate(self) -> Decimal | None:
        """The share that failed; None for no data. See ``rates.failure_rate``."""
        delivered, reversed_ = self.of_phase(Phase.DELIVERED), self.of_phase(Phase.REVERSED)
        return rates.failure_rate(failed=self.failed, delivered=delivered, reversed_=reversed_)

    @cached_property
    def reversal_rate(self) -> Decimal | None:
        """The share of deliveries that was reversed; None for no data. See ``rates.reversal_rate``."""
        return rates.reversal_rate(delivered=self.of_phase(Phase.DELIVERED), reversed_=self.of_phase(Phase.REVERSED))

    def by_status(self) -> dict[str, int]:
        """Return the numbers by offer_status, in the order of a purchase's life, undocumented ones last."""
        sums = _summed((status, number) for (status, _), number in self.counts.items())
        order = [status.value for status in statuses.STATUSES]
        known = {status: sums[status] for status in order if status in sums}
        return known | {status: sums[status] for status in sorted(sums) if status not in known}

    def by_reason(self, *phases: Phase) -> dict[str, int]:
        """Return the numbers of these phases by error_reason, the most frequent first; none is the empty text."""
        sums = _summed((reason, n) for (status, reason), n in self._in(phases))
        return dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))

    def by_fault(self, *phases: Phase) -> dict[Fault, int]:
        """Return the numbers of these phases by whose fault it was; every fault is there, if only with 0."""
        sums = _summed((statuses.fault_of(status, reason), n) for (status, reason), n in self._in(phases))
        return {fault: sums.get(fault, 0) for fault in Fault}

    def main_cause(self) -> Outcome | None:
        """Return the (offer_status, error_reason) that most failures have, or None without failures."""
        failures = list(self._in((Phase.FAILED,)))
        return max(failures, key=lambda pair: (pair[1], pair[0]))[0] if failures else None

    def _in(self, phases: Iterable[Phase]) -> Iterable[tuple[Outcome, int]]:
        wanted = tuple(phases)
        return ((key, n) for key, n in self.counts.items() if n and statuses.phase_of(key[0]) in wanted)


def _summed(pairs: Iterable[tuple[K, int]]) -> dict[K, int]:
    sums: Counter[K] = Counter()
    for name, number in pairs:
        sums[name] += number
    return {name: number for name, number in sums.items() if number}


def total(parts: Iterable[Outcomes]) -> Outcomes:
    sums: Counter[Outcome] = Counter()
    for part in parts:
        sums.update(part.counts)
    return Outcomes({key: number for key, number in sums.items() if number})
