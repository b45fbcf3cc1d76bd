"""What the operations page shows: panels that have addresses of their own too."""

from dataclasses import dataclass

from dashboard.alerts.page import OpenAlerts
from dashboard.ops.health_page import HealthLine
from dashboard.ops.rates_page import RatesPanel
from dashboard.ops.verdict_page import Sentence


@dataclass(frozen=True)
class OperationsPage:
    """The operations page, or one of its panels alone: the others are None then."""

    verdict: Sentence | None = None
    alerts: OpenAlerts | None = None
    health: HealthLine | None = None
    rates: RatesPanel | None = None
