"""Pure: what alerts about trends say. No sentence names a Steam user."""

from collections.abc import Sequence
from datetime import UTC
from decimal import ROUND_DOWN, Decimal
from urllib.parse import urlencode

from dashboard.alerts.trend_figures import AnsweredMinute, ReversalFigures, VolumeFigures
from dashboard.alerts.wording import AlertFinding
from dashboard.finance.balance.bridge import Reading
from dashboard.finance.balance.runway import Runway
from dashboard.lib import rates
from dashboard.lib.formatting import count, iso_z, local_time, not_known, usd, utc_words


def slow_answers(newest: Sequence[AnsweredMinute]) -> AlertFinding:
    answers = sum(one.answers for one in newest)
    mean, since = sum(one.seconds for one in newest) / answers, min(one.minute for one in newest)
    sentence = (
        f"SkinsBack answers slowly: in {mean:.1f} seconds on average ({count(answers)} answers since "
        f"{utc_words(since)})."
    )
    slowest = max(one.slowest for one in newest)
    shown = (("Answers", count(answers)), ("On average", f"{mean:.1f} seconds"), ("Slowest", f"{slowest:.1f} seconds"))
    return AlertFinding("", sentence, shown, "/ops/health#requests")


def volume_drop(figures: VolumeFigures, usual: float) -> AlertFinding:
    hours = f"{figures.since.astimezone(UTC):%H:%M} to {utc_words(figures.until)}"
    sentence = f"Purchases from {hours}: {count(figures.purchases)}; usual at this time of the week: {usual:,.0f}."
    shown = (
        ("Purchases", count(figures.purchases)), ("Usual", f"{usual:,.0f}"),
        ("Weeks before", ", ".join(map(count, figures.weeks))),
    )  # fmt: skip
    asked = urlencode({"since": iso_z(figures.since), "until": iso_z(figures.until)})
    return AlertFinding("", sentence, shown, f"/purchases?{asked}")


def reversal_rate(figures: ReversalFigures, usual: Decimal) -> AlertFinding:
    today = figures.today
    share = rates.share_of(today.customers, today.deliveries)
    sentence = (
        f"{count(today.customers)} customers' trades were reversed in the last 24 hours: "
        f"{rates.percent_text(share)} of the {count(today.deliveries)} deliveries that could be; "
        f"{rates.percent_text(usual)} is normal."
    )
    shown = (
        ("Customers", count(today.customers)), ("Deliveries that could be reversed", count(today.deliveries)),
        ("Share", rates.percent_text(share)), ("Normal", rates.percent_text(usual)),
    )  # fmt: skip
    return AlertFinding("", sentence, shown, "/ops/reversals", figures.newest)


def balance_runway(reading: Reading, hours: Decimal, runway: Runway) -> AlertFinding:
    lasts = f"{hours.quantize(Decimal('0.1'), ROUND_DOWN)} hours"
    missing = f" {not_known(runway.not_known)}" if runway.not_known else ""
    sentence = (
        f"The balance of {usd(reading.amount)} lasts {lasts} at the pace of the last 24 hours "
        f"({usd(runway.debited)} debited{missing})."
    )
    shown = (
        ("Balance", usd(reading.amount)), ("As of", local_time(reading.read_at, UTC)),
        ("Debited in 24 hours", f"{usd(runway.debited)}{missing}"), ("Lasts", lasts),
    )  # fmt: skip
    return AlertFinding("", sentence, shown, "/ops/health#balance")
