"""The alerts that were open in a window, as the charts of rates mark them and the table beneath tells them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from flask import url_for

from dashboard.alerts.moment_queries import alerts_between
from dashboard.lib.charts import ChartMoment
from dashboard.lib.formatting import duration_words, local_time
from dashboard.ops.windows import Window
from dashboard.web.page import named_zone, now, zone

_A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class AlertMoment:
    """An alert; ``lasted`` is for how long it was open, or has been."""

    name: str
    sentence: str
    url: str
    opened_at: datetime
    closed_at: datetime | None
    lasted: str

    def on(self, window: Window) -> ChartMoment:
        """Return where it stands on a chart of the window; what began before it stands on the left edge."""
        end = self.closed_at or now()
        words = f"alert “{self.name}”, opened {local_time(self.opened_at, zone())}, open for {self.lasted}"
        return ChartMoment(_place(self.opened_at, window), _place(end, window), words, self.url)


def moments_of(window: Window) -> list[AlertMoment]:
    """Return the alerts that were open in the window, the newest first, as many as ``alerts_between`` does."""
    return [
        AlertMoment(
            row.rule_name,
            row.sentence,
            url_for("alerts.alert", alert_id=row.id, tz=named_zone()),
            row.opened_at,
            row.closed_at,
            duration_words((row.closed_at or now()) - row.opened_at),
        )
        for row in alerts_between(*window)
    ]


def _place(moment: datetime, window: Window) -> Decimal:
    """Return where a moment stands among the bars of a window, in bars from its beginning."""
    for index, bar in enumerate(window.bars):
        if moment < bar.until:
            into = max(moment - bar.since, timedelta(0))
            return index + Decimal(into // _A_SECOND) / ((bar.until - bar.since) // _A_SECOND)
    return Decimal(len(window.bars))
