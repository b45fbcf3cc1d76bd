"""What an alert rule can look for, with its thresholds, reader and finder, and the rules that exist from the start.

How the first thresholds were chosen. They follow from what the figures mean, not from any one shop's past:

- *SkinsBack cannot make trades.* Failures that are neither the customer's fault nor a sold-out item are rare on an
  ordinary day: one or two in a hundred. Were it five, eight of thirty would still be one chance in ten thousand. So
  eight failures and a quarter of the purchases of fifteen minutes are no chance, and an outage reaches both in minutes.
- *Skins are sold out everywhere.* One popular item that is gone can make a fifth of all purchases fail, since customers
  try it again and again, and it has a rule of its own. Half of an hour's purchases is more than one item.
- *Customers' accounts or offers fail.* Customers' own mistakes are common and come in series, since people try again.
  So a whole hour is looked at, half of its purchases must fail, and at least twice the share that is usual for it.
- *More failures than usual.* It only colours the verdict, so it may be wrong now and then, but must not flap. Customers
  try again after a failure, so failures come in bursts, and what is two or three standard deviations above normal
  comes up every day or two on a day without trouble. Five of them, held for ten minutes, come up once in several, and
  half of it keeps the alert open. In a large shop chance explains little, so it must be 5 points of a percent too.
- *One item.* Items run short every day. Of one that fails for six customers in ten, fifteen different customers in a
  row fail once in two thousand times; of one that is gone, always. Fewer would make a false alarm every other week.
- *Reversals of one user.* Steam undoes all protected trades at once, so two to four together are one ordinary
  regret. Five or more are money that somebody should look at, and perhaps a stolen account.
- *Stuck.* SkinsBack makes an offer within minutes and it lasts ten; a purchase open for a quarter of an hour hangs. One
  or two hang on any day; five at once mean that SkinsBack hangs.
- *Jobs, and SkinsBack itself.* ``sync.causes`` judges, once for all that speaks of it, and says why so long.
- *Balance.* Below this sum the next large purchases are refused, and refused purchases never show up here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from dashboard.alerts import conditions, figure_queries, trend_conditions, trend_queries
from dashboard.alerts.conditions import Subjects
from dashboard.alerts.figures import SIDE_WORDS, Effect, Settings, Severity, Side
from dashboard.alerts.lifecycle import AlertPatience
from dashboard.alerts.wording import AlertFinding
from dashboard.purchases.statuses import STUCK_AFTER
from dashboard.sync.causes import HELD, CauseKind

F = TypeVar("F")

LONGEST_NAME = 120

HOLD = timedelta(seconds=30)
"""What is over sooner is told to nobody: what was found must be seen for so long."""


@dataclass(frozen=True)
class Parameter:
    """A threshold: a whole number within bounds, or one of some words. ``unit`` follows it on the page."""

    name: str
    label: str
    default: int | str
    unit: str = ""
    at_least: int = 1
    at_most: int = 1_000_000
    choices: tuple[tuple[str, str], ...] = ()

    def read(self, text: str) -> int | str:
        """Return the value that somebody typed. Raises ValueError with a sentence for them."""
        if self.choices:
            if text not in dict(self.choices):
                raise ValueError(f"{self.label}: choose one of the list.")
            return text
        number = text.strip()
        if not (number.isascii() and number.isdigit()) or not self.at_least <= int(number[:9]) <= self.at_most:
            raise ValueError(f"{self.label}: write a whole number from {self.at_least} to {self.at_most}.")
        return int(number)


QUIET = Parameter("quiet_minutes", "Close when its cause has been gone for", 10, "minutes", 1, 1440)
QUIET_OF_CAUSES = replace(QUIET, default=2)
"""What keeps the copy from being current is watched so closely that its end is known soon."""
AS_USUAL = "usual"
SEVERITY = Parameter(
    "severity", "Severity", AS_USUAL,
    choices=((AS_USUAL, "as usual for what was found"), *((one.value, one.value) for one in Severity)),
)  # fmt: skip


@dataclass(frozen=True)
class AlertKind(Generic[F]):
    """What a rule can look for: all that a new kind needs, but what ``read`` and ``find`` do."""

    name: str
    label: str
    explanation: str
    read: Callable[[Settings, figure_queries.Moments], Iterable[F]]
    """Yields the figures of each moment."""
    find: Callable[[Settings, F, Subjects], list[AlertFinding]]
    own_parameters: tuple[Parameter, ...]
    """The thresholds; every kind has the severity besides."""
    told_as: str
    """The word for it outside: in messages, metrics and marks."""
    severity: Severity
    effect: Effect = Effect.NONE
    needs_current: bool = True
    """Whether it is not judged while the copy is not current: what it would find, or miss, would not be true."""
    hold: timedelta = HOLD
    """How long something must be seen before its alert opens; nothing for what holds by itself before it is found."""
    causes: frozenset[CauseKind] = frozenset()
    """The causes of ``sync.causes`` that it tells of now; ``read`` and ``find`` are for its back-test then."""
    settles: timedelta = timedelta(minutes=2)
    """How long after the copy is current again nothing new is told: data of the gap comes late."""
    can_be_replayed: bool = True
    """Whether enough is kept to say what the rule would have done."""
    step: timedelta = timedelta(minutes=5)
    """How often a replay applies it."""
    is_about_users: bool = False

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (*self.own_parameters, SEVERITY)

    def patience(self, settings: Settings) -> AlertPatience:
        return AlertPatience(self.hold, max(self.hold, HOLD), timedelta(minutes=settings[QUIET.name]))

    def find_at(self, settings: Settings, moment: datetime, open_subjects: Subjects) -> list[AlertFinding]:
        found = (one for read in self.read(settings, [moment]) for one in self.find(settings, read, open_subjects))
        return [self.completed(settings, one) for one in found]

    def completed(self, settings: Settings, found: AlertFinding) -> AlertFinding:
        """Return a finding with the cause, kind and severity of its rule where it has none of its own."""
        kind, chosen = found.kind or self.told_as, settings[SEVERITY.name]
        severity = chosen if chosen != AS_USUAL else found.severity or self.severity.value
        return replace(found, cause=found.cause or kind, kind=kind, severity=severity)

    @property
    def defaults(self) -> Settings:
        return {parameter.name: parameter.default for parameter in self.parameters}


_SIDES = tuple((side.value, choice) for side, (choice, _) in SIDE_WORDS.items())
_STUCK_MINUTES = STUCK_AFTER // timedelta(minutes=1)

KINDS: tuple[AlertKind[Any], ...] = (
    AlertKind(
        "failure_rate", "Failure rate",
        "Opens when enough purchases of the window failed: their number, their share of the decided purchases and the "
        "multiple of the normal share must all reach the limits below. Normal is the share in the same hours of the "
        f"{figure_queries.WEEKS} weeks before, without the worst week.",
        figure_queries.failure_rate, conditions.failure_rate,
        (
            Parameter("side", "Failures that count", Side.SKINSBACK, choices=_SIDES),
            Parameter("window_minutes", "Window", 15, "minutes", 5, 360),
            Parameter("least_failed", "Failed purchases, at least", 8),
            Parameter("percent", "Share of decided purchases, at least", 25, "%", 1, 100),
            Parameter("times_normal", "Times the normal share, at least", 3, "", 1, 100),
            QUIET,
        ),
        told_as="failure", severity=Severity.CRITICAL, effect=Effect.FAILING, step=timedelta(minutes=15),
    ),
    AlertKind(
        "raised_failures", "More failures than usual",
        "More purchases failed, in whatever way, than is usual for these hours and than chance explains: in the last "
        "hour, or in the last 3 or 24 hours where fewer than "
        f"{conditions.FEWEST_DECIDED} were decided. It shows, and nobody is sent a message.",
        figure_queries.raised_failures, conditions.raised_failures,
        (
            Parameter("least_failed", "Failed purchases, at least", 5),
            Parameter("points", "Points of a percent above the normal share, at least", 5, "", 1, 100),
            Parameter("deviations", "Standard deviations above the normal number, more than", 5, "", 1, 20),
            Parameter("percent", "Share, where nothing is known of what is normal, at least", 40, "%", 1, 100),
            QUIET,
        ),
        told_as="failure", severity=Severity.INFO, effect=Effect.DEGRADED, hold=timedelta(minutes=10),
        step=timedelta(minutes=15),
    ),
    AlertKind(
        "item_failing", "One item failing",
        "Different customers in a row whose purchase of the item failed for a reason that is not theirs, such as "
        "skin_unavailable, with no trade offer made for it in between.",
        figure_queries.item_failing, conditions.item_failing,
        (
            Parameter("window_minutes", "Window", 360, "minutes", 30, 1440),
            Parameter("least_customers", "Customers in a row, at least", 15, "", 2, 1000),
            QUIET,
        ),
        told_as="item", severity=Severity.WARNING, effect=Effect.DEGRADED,
    ),
    AlertKind(
        "user_reversals", "Reversals of one user",
        "Purchases of one Steam user that became rollback_user within the window.",
        figure_queries.user_reversals, conditions.user_reversals,
        (
            Parameter("window_hours", "Window", 24, "hours", 1, 168),
            Parameter("least_reversals", "Reversals, at least", 5, "", 2, 1000),
            QUIET,
        ),
        told_as="reversals", severity=Severity.WARNING, is_about_users=True,
    ),
    AlertKind(
        "stuck", "Stuck purchases",
        "Purchases that have been in one open status for longer than the limit below, as SkinsBack confirmed after it.",
        figure_queries.stuck, conditions.stuck,
        (
            Parameter("minutes", "In their status for more than", _STUCK_MINUTES, "minutes", _STUCK_MINUTES, 1440),
            Parameter("least_purchases", "Purchases at once, at least", 5),
            QUIET,
        ),
        told_as="stuck", severity=Severity.WARNING, effect=Effect.DEGRADED, settles=STUCK_AFTER,
    ),
    AlertKind(
        "unknown_values", "Undocumented values",
        "What SkinsBack sends and does not document: a status, a reason or an object that could not be used, while it "
        "keeps coming; a field or a value of another kind, when it is new. One alert, with a cause for each of these.",
        figure_queries.unknown_values, conditions.unknown_values,
        (
            Parameter("window_hours", "Seen in the last", 24, "hours", 1, 168),
            Parameter("least_answers", "Answers with it, at least", 1),
            QUIET,
        ),
        told_as="unknown_value", severity=Severity.WARNING,
    ),
    AlertKind(
        "refresh_stopped", "Background jobs",
        "The background jobs run, but statuses are not refreshed, new purchases not imported, or not all rules "
        "applied, and SkinsBack is not the reason: what the banner of every page, /readyz and the verdict say too, "
        "from the same judgement. When no jobs run at all, no rule is applied either: /readyz says so.",
        figure_queries.not_kept, conditions.nothing, (QUIET_OF_CAUSES,),
        told_as=CauseKind.JOBS, severity=Severity.CRITICAL, needs_current=False, hold=timedelta(0),
        causes=frozenset({CauseKind.JOBS}), can_be_replayed=False,
    ),
    AlertKind(
        "balance_low", "Balance below a sum",
        "The newest balance that SkinsBack gave is below the sum.",
        figure_queries.balance_low, conditions.balance_low,
        (Parameter("dollars", "Below", 500, "US dollars", 1, 10_000_000), QUIET),
        told_as="balance", severity=Severity.WARNING,
    ),
    AlertKind(
        "api_errors", "SkinsBack cannot be asked",
        f"SkinsBack has not answered for {HELD.seconds} seconds, or it refuses or limits our requests: what the banner "
        "of every page, /readyz and the verdict say too, from the same judgement. One alert, with a cause for each "
        "error.",
        figure_queries.api_errors, conditions.api_errors, (QUIET_OF_CAUSES,),
        told_as=CauseKind.CONNECTION, severity=Severity.CRITICAL, needs_current=False, hold=timedelta(0),
        causes=frozenset({CauseKind.CONNECTION, CauseKind.REFUSED, CauseKind.LIMIT}),
        step=timedelta(minutes=1),
    ),
    AlertKind(
        "slow_answers", "Slow answers",
        "SkinsBack answers, but took too long on average: in the newest minutes that hold enough answers.",
        trend_queries.slow_answers, trend_conditions.slow_answers,
        (
            Parameter("seconds", "On average, at least", 5, "seconds", 1, 60),
            Parameter("least_answers", "Answers, at least", 10),
            Parameter("window_minutes", "In the last", 5, "minutes", 1, 60),
            QUIET,
        ),
        told_as="latency", severity=Severity.WARNING, step=timedelta(minutes=1),
    ),
    AlertKind(
        "volume_drop", "Fewer purchases than usual",
        f"Purchases of the window, against the median of the same hours in the {trend_queries.WEEKS} weeks before; at "
        f"least {trend_conditions.LEAST_WEEKS} of these must be held.",
        trend_queries.volume_drop, trend_conditions.volume_drop,
        (
            Parameter("window_minutes", "Window", 60, "minutes", 15, 1440),
            Parameter("percent", "Less than", 30, "% of what is usual", 1, 90),
            Parameter("least_usual", "Where usual are at least", 30, "purchases"),
            QUIET,
        ),
        told_as="volume", severity=Severity.WARNING, effect=Effect.DEGRADED, settles=timedelta(minutes=15),
        step=timedelta(minutes=15),
    ),
    AlertKind(
        "reversal_rate", "More reversals than usual",
        "Customers whose trades were seen to become reversed in 24 hours, for each delivery that could still be, "
        f"against the {trend_queries.DAYS} days before without the worst; at least {trend_conditions.LEAST_DAYS} of "
        "these must be held.",
        trend_queries.reversal_rate, trend_conditions.reversal_rate,
        (
            Parameter("least_customers", "Customers, at least", 10, "", 2, 100_000),
            Parameter("times_normal", "Times the normal share, at least", 3, "", 1, 100),
            QUIET,
        ),
        told_as="reversals", severity=Severity.WARNING, effect=Effect.DEGRADED, step=timedelta(hours=1),
    ),
    AlertKind(
        "balance_runway", "The balance lasts too short",
        "The newest balance that SkinsBack gave, at the pace of what purchases of the last 24 hours debited.",
        trend_queries.balance_runway, trend_conditions.balance_runway,
        (Parameter("hours", "Lasts less than", 6, "hours", 1, 720), QUIET),
        told_as="balance", severity=Severity.WARNING, step=timedelta(hours=1),
    ),
)  # fmt: skip

KIND_BY_NAME: dict[str, AlertKind[Any]] = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True)
class FirstRule:
    """A rule that exists from the start; ``key`` keeps two processes from making it twice."""

    key: str
    kind: str
    name: str
    changes: Settings = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return KIND_BY_NAME[self.kind].defaults | self.changes


FIRST_RULES: tuple[FirstRule, ...] = (
    FirstRule("skinsback-failures", "failure_rate", "SkinsBack cannot make trades"),
    FirstRule(
        "sold-out", "failure_rate", "Skins are sold out everywhere",
        {"side": Side.SOLD_OUT, "window_minutes": 60, "least_failed": 20, "percent": 50, "times_normal": 3},
    ),
    FirstRule(
        "customer-failures", "failure_rate", "Customers' accounts or offers fail",
        {"side": Side.CUSTOMER, "window_minutes": 60, "least_failed": 20, "percent": 50, "times_normal": 2},
    ),
    FirstRule("raised-failures", "raised_failures", "More failures than usual"),
    FirstRule("item-failing", "item_failing", "One item cannot be delivered", {"quiet_minutes": 30}),
    FirstRule("user-reversals", "user_reversals", "One user reverses many trades"),
    FirstRule("stuck", "stuck", "Purchases hang at SkinsBack"),
    FirstRule("unknown-values", "unknown_values", "SkinsBack sends undocumented values", {"quiet_minutes": 60}),
    FirstRule("refresh-stopped", "refresh_stopped", "The copy is not kept current"),
    FirstRule("balance-low", "balance_low", "The balance runs low", {"quiet_minutes": 30}),
    FirstRule("api-errors", "api_errors", "SkinsBack cannot be asked"),
    FirstRule("slow-answers", "slow_answers", "SkinsBack answers slowly"),
    FirstRule("volume-drop", "volume_drop", "Far fewer purchases than usual", {"quiet_minutes": 30}),
    FirstRule("reversal-rate", "reversal_rate", "More customers than usual reverse trades", {"quiet_minutes": 60}),
    FirstRule("balance-runway", "balance_runway", "The balance lasts only hours", {"quiet_minutes": 30}),
)  # fmt: skip


def read_settings(kind: AlertKind[Any], given: Mapping[str, str]) -> tuple[Settings, dict[str, str]]:
    """Return the thresholds of a form, and a sentence for each field that cannot be used.

    A choice that the form does not have at all is as usual: forms of before have no severity.
    """
    settings, errors = {}, {}
    for parameter in kind.parameters:
        absent = str(parameter.default) if parameter.choices else ""
        try:
            settings[parameter.name] = parameter.read(given.get(parameter.name, absent))
        except ValueError as error:
            errors[parameter.name] = str(error)
    return settings, errors


def checked_name(name: str) -> str:
    """Return a rule's name as it is kept. Raises ValueError with a sentence for whoever typed it."""
    kept = " ".join(name.replace("\0", "").split())
    if not kept or len(kept) > LONGEST_NAME or not kept.isprintable():
        raise ValueError(f"Give the rule a name of 1 to {LONGEST_NAME} characters.")
    return kept


def complete(kind: AlertKind[Any], stored: Mapping[str, Any]) -> Settings:
    """Return stored thresholds with defaults for those that a later version added, and without what it dropped."""
    return {parameter.name: stored.get(parameter.name, parameter.default) for parameter in kind.parameters}
