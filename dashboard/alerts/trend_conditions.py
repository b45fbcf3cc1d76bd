"""Pure: whether things go another way than they usually do: slow answers, few purchases, many reversals, the balance.

The other conditions look at what is wrong in itself; these compare, or look ahead. As there, what opened an alert must
have half gone before it counts as over. How the first thresholds were chosen:

- *Slow answers.* SkinsBack answers within a second. At five seconds an answer a look-up feels broken, and a job that
  asks one question after the other asks a dozen a minute. Ten answers, so that one slow page of the history is none.
- *Few purchases.* Below three in ten of what is usual, where at least thirty are: by chance alone that is one hour in
  a hundred thousand. A holiday or Steam's weekly maintenance may halve sales; they do not take seven of ten.
- *Many reversals.* Customers are counted and not trades: Steam undoes all protected trades of an account at once, and
  one regret must not look like ten. Ten customers in a day, and three times as many as usual.
- *Balance.* Six hours are enough to see the alert and to send a deposit. A shop that deposits every day what the day
  takes would be told of a limit of a day every day.
"""

import math
from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from dashboard.alerts import trend_wording
from dashboard.alerts.conditions import Subjects
from dashboard.alerts.figures import Settings
from dashboard.alerts.trend_figures import AnsweredMinute, ReversalDay, ReversalFigures, VolumeFigures
from dashboard.alerts.wording import AlertFinding
from dashboard.finance.balance.runway import Runway
from dashboard.lib.rates import share_of

CHANCE = 1e-4
"""What chance alone does more often than this is no finding, whatever the thresholds of a rule say."""

LEAST_WEEKS = 2
"""Fewer weeks say nothing of what is usual at this hour of the week."""

LEAST_DAYS = 14
"""Fewer days say nothing of how many customers usually reverse their trades."""

CLEARLY_LONGER = Decimal("1.25")
"""An open alert about how long the balance lasts closes at so many times its limit, since the pace goes up and down."""


def slow_answers(settings: Settings, minutes: Sequence[AnsweredMinute], open_subjects: Subjects) -> list[AlertFinding]:
    """SkinsBack's newest answers took too long on average: of the newest minutes that hold enough of them.

    Not of the whole window: after an hour of quick answers it would take minutes to see the slow ones.
    """
    newest: list[AnsweredMinute] = []
    for minute in sorted(minutes, key=lambda one: one.minute, reverse=True):
        newest.append(minute)
        if sum(one.answers for one in newest) >= settings["least_answers"]:
            break
    answers = sum(one.answers for one in newest)
    limit = settings["seconds"] / (2 if "" in open_subjects else 1)
    if answers < settings["least_answers"] or sum(one.seconds for one in newest) < limit * answers:
        return []
    return [trend_wording.slow_answers(newest)]


def usual_of(weeks: Sequence[int]) -> Decimal | None:
    """Return how many purchases are usual: the median of the weeks; None where there are too few weeks.

    Neither a week with an outage nor one with a sale moves it far.
    """
    return median(map(Decimal, weeks)) if len(weeks) >= LEAST_WEEKS else None


def chance_of_at_most(number: int, expected: Decimal) -> float:
    """Return how likely it is by chance alone that no more happen, where so many are expected (Poisson)."""
    if expected <= 0:
        return 1.0
    # In logarithms, since neither the power nor the factorial of a large number fits a float.
    log = math.log(expected)
    mean = math.exp(log)
    return min(1.0, math.fsum(math.exp(k * log - mean - math.lgamma(k + 1)) for k in range(number + 1)))


def volume_drop(settings: Settings, figures: VolumeFigures, open_subjects: Subjects) -> list[AlertFinding]:
    """Far fewer purchases than in the same hours of the weeks before; an open alert ends at twice the share."""
    usual = usual_of(figures.weeks)
    if usual is None or usual < settings["least_usual"]:
        return []
    is_open = "" in open_subjects
    percent = min(settings["percent"] * (2 if is_open else 1), 100)
    if figures.purchases * 100 >= percent * usual:
        return []
    if not is_open and chance_of_at_most(figures.purchases, usual) > CHANCE:
        return []
    return [trend_wording.volume_drop(figures, usual)]


def usual_reversals(days: Sequence[ReversalDay]) -> Decimal | None:
    """Return how many customers usually reverse a day for each delivery; None where too few days are held.

    Without the worst day, so that last week's fraud does not hide this week's.
    """
    if len(days) < LEAST_DAYS:
        return None
    kept = sorted(days, key=lambda day: share_of(day.customers, day.deliveries) or 0)[:-1]
    return share_of(sum(day.customers for day in kept), sum(day.deliveries for day in kept))


def reversal_rate(settings: Settings, figures: ReversalFigures, open_subjects: Subjects) -> list[AlertFinding]:
    """More customers than usual lost a trade to a reversal within a day, for the deliveries that can be reversed."""
    halves = 2 if "" in open_subjects else 1
    today = figures.today
    usual = usual_reversals(figures.before)
    if usual is None or today.customers * halves < settings["least_customers"]:
        return []
    expected = usual * today.deliveries
    if today.customers * halves < settings["times_normal"] * expected:
        return []
    if halves == 1 and 1 - chance_of_at_most(today.customers - 1, expected) > CHANCE:
        return []
    return [trend_wording.reversal_rate(figures, usual)]


def balance_runway(settings: Settings, runway: Runway, open_subjects: Subjects) -> list[AlertFinding]:
    """The balance lasts too short at the last day's pace; where that is not known, nothing is found."""
    limit = Decimal(settings["hours"]) * (CLEARLY_LONGER if "" in open_subjects else 1)
    if runway.reading is None or runway.hours is None or runway.hours >= limit:
        return []
    return [trend_wording.balance_runway(runway.reading, runway.hours, runway)]
