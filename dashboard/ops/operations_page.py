"""What the operations page shows: panels that have addresses of their own too."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.ops.health_page import HealthLine
from dashboard.ops.rates_page import RatesPanel
from dashboard.ops.verdict_page import Sentence


@dataclass(frozen=True)
class OperationsPage:
    """The operations page, or one of its panels alone: the others are None then."""

    verdict: Sentence | None = None
    alerts: Mapping[str, Any] | None = None
    health: HealthLine | None = None
    rates: RatesPanel | None = None
