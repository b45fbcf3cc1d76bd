"""Pure: why the pages may not show what is true now. The one judgement behind the banner, ``/readyz``, the verdict on
deliveries and the alert rules about jobs and SkinsBack, so that these never contradict each other.

What another cause explains is left out: while nobody runs the jobs, say, that the import is late is no news.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from dashboard.jobs.results import FAILED, UNANSWERED
from dashboard.lib.formatting import utc_words


class CauseKind(StrEnum):
    """What kind of alert a cause opens."""

    JOBS = "jobs"
    CONNECTION = "connection"
    REFUSED = "refused"
    LIMIT = "limit"


HELD = timedelta(seconds=40)
"""A failure is told when it has lasted so long. The jobs try again every five seconds at first (``limits.backoff``), so
what is over within half a minute is told to nobody."""

LATE_AFTER = timedelta(seconds=90)
"""The refresh job runs every second and tells how far it is; without a sign for this long it has stopped."""
UNDONE_AFTER = timedelta(minutes=2)
"""A job that runs and has not done what it is for in so long, while SkinsBack answers others, is a cause of its own."""
REACH_LATE_AFTER = timedelta(minutes=5)
"""The history is imported every 15 seconds; a run that looks back for days, once a day, takes minutes."""
STEADY_MINUTES = 3
"""Whole minutes, before the running one."""
RULES_LATE_AFTER = timedelta(minutes=2)
"""Alert rules are applied every few seconds, and what they find should be known within two minutes."""

LIMITED = frozenset({"rate_limited", "request_limit_reached"})
"""The names of errors that say that we ask too much."""

WORDS = {
    "refresh": "Statuses have not been refreshed", "import": "New purchases have not been imported",
    "alerts": "The alert rules have not all been applied",
}  # fmt: skip


@dataclass(frozen=True)
class Cause:
    """``name`` tells causes apart: SkinsBack's or our word for an error, or a word for what our own part does wrong.

    ``since`` is since when nothing is known, None when nothing ever was. ``sentence`` says what is wrong, ``advice``
    what to do about it, empty where the sentence says so or nothing can be done.
    """

    kind: CauseKind
    name: str
    since: datetime | None
    sentence: str
    advice: str = ""

    @property
    def is_about_skinsback(self) -> bool:
        return self.kind is not CauseKind.JOBS


@dataclass(frozen=True)
class LastRuns:
    """A job's runs: the newest one's outcome, detail and when it last gave a sign; when the job last did what it is
    for, and when it last ended without an error of its own. None before the first."""

    outcome: str = ""
    detail: str = ""
    sign_at: datetime | None = None
    done_at: datetime | None = None
    not_failed_at: datetime | None = None


@dataclass(frozen=True)
class Answers:
    """How SkinsBack has been answering; ``failing_since`` is None while it does.

    ``are_steady`` says whether somebody was answered in each of the last ``STEADY_MINUTES``: after an outage that has
    just ended the jobs are behind by its length, which is no trouble of their own, and seconds later they are not.
    """

    last_at: datetime | None = None
    failing_since: datetime | None = None
    failed_at: datetime | None = None
    is_refused: bool = False
    name: str = ""
    sentence: str = ""
    are_steady: bool = True


@dataclass(frozen=True)
class Situation:
    """The plain facts. ``led_until`` is None when nobody ever led, ``reach_until`` when no import is complete."""

    now: datetime
    is_connected: bool
    is_led: bool
    led_since: datetime | None = None
    led_until: datetime | None = None
    is_locked: bool = False
    runs: Mapping[str, LastRuns] = field(default_factory=dict)
    answers: Answers = Answers()
    reach_until: datetime | None = None


def causes_of(situation: Situation) -> list[Cause]:
    """Return why the pages may be out of date, the gravest first; none when all is well."""
    if not situation.is_led:
        return _without_leader(situation)
    of_answers = _of_answers(situation)
    of_jobs = [_of_refresh(situation), _of_import(situation)] if situation.is_connected else [_of_refresh(situation)]
    own = [cause for cause in of_jobs if cause is not None]
    if of_answers:
        # That nothing is refreshed or imported follows; a job that breaks by itself does not.
        own = [cause for cause in own if cause.name.endswith("_failed")]
    return [*of_answers, *own, *_of_rules(situation)]


def _without_leader(situation: Situation) -> list[Cause]:
    # A restart of the jobs takes seconds and is told to nobody.
    if situation.led_until is not None and _is_young(situation.led_until, situation.now, HELD):
        return []
    since = situation.runs.get("refresh", LastRuns()).done_at
    if situation.is_locked:
        sentence = "Another process keeps the database locked, so nothing can be written."
        return [Cause(CauseKind.JOBS, "database_locked", since, sentence, "Find that process and end it.")]
    sentence = "No process runs the background jobs, so nothing is refreshed."
    return [Cause(CauseKind.JOBS, "no_scheduler", since, sentence, "Start flask --app wsgi scheduler.")]


def _is_young(moment: datetime, now: datetime, length: timedelta) -> bool:
    """Say whether so little has passed since. A moment ahead is of before the clock was set back, and is old."""
    return timedelta(0) <= now - moment < length


def _of_answers(situation: Situation) -> list[Cause]:
    answers, now = situation.answers, situation.now
    if not situation.is_connected or answers.failing_since is None or _is_young(answers.failing_since, now, HELD):
        return []
    since = answers.last_at
    if answers.is_refused:
        sentence = f"SkinsBack refuses our requests. {answers.sentence}"
        advice = "It is asked again every five minutes by itself."
        return [Cause(CauseKind.REFUSED, answers.name, since, sentence, advice)]
    if answers.name in LIMITED:
        return [Cause(CauseKind.LIMIT, answers.name, since, f"SkinsBack limits our requests. {answers.sentence}")]
    # Most errors say by themselves that it is SkinsBack that does not answer, and it is said once.
    says_who = answers.sentence.startswith("SkinsBack")
    sentence = answers.sentence if says_who else f"SkinsBack does not answer. {answers.sentence}"
    return [Cause(CauseKind.CONNECTION, answers.name, since, sentence)]


def _of_refresh(situation: Situation) -> Cause | None:
    runs, now = situation.runs.get("refresh", LastRuns()), situation.now
    if runs.sign_at is None or not _is_near(runs.sign_at, now, LATE_AFTER):
        if _is_new(situation) or _is_waiting(situation):
            return None
        sentence = f"{WORDS['refresh']} for more than {LATE_AFTER.seconds} seconds: the job does not run, or is stuck."
        return Cause(CauseKind.JOBS, "refresh_silent", runs.done_at, sentence, "Restart the background jobs.")
    return _broken("refresh", runs, now) or _undone("refresh", situation)


def _is_near(moment: datetime, now: datetime, length: timedelta) -> bool:
    return abs(now - moment) <= length


def _is_new(situation: Situation) -> bool:
    """Say whether the process that leads has had no time yet to do what the one before it did not."""
    return situation.led_since is not None and _is_young(situation.led_since, situation.now, LATE_AFTER)


def _is_waiting(situation: Situation) -> bool:
    """Say whether the job that gives no sign waits for SkinsBack, which keeps failing."""
    failed_at = situation.answers.failed_at
    is_failing = situation.answers.failing_since is not None and failed_at is not None
    return is_failing and situation.now - (failed_at or situation.now) < LATE_AFTER


def _broken(job: str, runs: LastRuns, now: datetime) -> Cause | None:
    """Return the cause of a job that ends with an error of its own again and again."""
    is_broken = runs.outcome == FAILED
    if not is_broken or (runs.not_failed_at is not None and _is_young(runs.not_failed_at, now, HELD)):
        return None
    sentence = f"{WORDS[job]}{_since(runs.done_at)}, because the job fails ({runs.detail})."
    return Cause(CauseKind.JOBS, f"{job}_failed", runs.done_at, sentence, "The log says more.")


def _undone(job: str, situation: Situation) -> Cause | None:
    """Return the cause of a job that runs and gets no answer, although SkinsBack answers others."""
    runs = situation.runs.get(job, LastRuns())
    is_explained = _is_new(situation) or not situation.answers.are_steady
    if not situation.is_connected or runs.outcome != UNANSWERED or is_explained:
        return None
    if runs.done_at is not None and _is_near(runs.done_at, situation.now, UNDONE_AFTER):
        return None
    sentence = f"{WORDS[job]}{_since(runs.done_at)}: {runs.detail.rstrip('.')}."
    return Cause(CauseKind.JOBS, f"{job}_unanswered", runs.done_at, sentence)


def _since(moment: datetime | None) -> str:
    return f" since {utc_words(moment)}" if moment else " yet"


def _of_import(situation: Situation) -> Cause | None:
    runs, now, reach = situation.runs.get("import", LastRuns()), situation.now, situation.reach_until
    own = _broken("import", runs, now) or _undone("import", situation)
    if own is not None or reach is None or now - reach <= REACH_LATE_AFTER:
        return own
    # Where SkinsBack has not been asked at all lately, the refresh says so.
    asked_at = max(filter(None, (situation.answers.last_at, situation.answers.failed_at)), default=None)
    if asked_at is None or now - asked_at > REACH_LATE_AFTER or not situation.answers.are_steady:
        return None
    return Cause(CauseKind.JOBS, "import_late", reach, f"{WORDS['import']} since {utc_words(reach)}.")


def _of_rules(situation: Situation) -> list[Cause]:
    runs, now = situation.runs.get("alerts", LastRuns()), situation.now
    if runs.sign_at is None or _is_new(situation):
        return []  # No rule has ever been applied, and the process that leads has just begun.
    if runs.done_at is not None and now - runs.done_at <= RULES_LATE_AFTER:
        return []
    failure = f": {runs.detail}" if runs.outcome == FAILED else ""
    minutes = RULES_LATE_AFTER // timedelta(minutes=1)
    sentence = f"{WORDS['alerts']} for more than {minutes} minutes{failure}."
    return [Cause(CauseKind.JOBS, "rules_late", runs.done_at, sentence)]
