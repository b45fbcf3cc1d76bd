"""Living through an incident: it happens, and somebody reads the pages all the while.

The seconds that anything takes are those of the travelled clock. Pages are read every ten seconds where something is
about to change; of messages the moment is known at which they arrive.
"""

from datetime import UTC, datetime, timedelta

from bench.incidents import Incident
from bench.lapsed_house import EMAIL, LapsedHouse
from bench.seen import Lived, Look, Message, Pages
from dashboard.alerts import store as alert_store
from dashboard.alerts.queries import find_rules

START = datetime(2026, 11, 30, 9, tzinfo=UTC)
"""A Monday."""
WARM_UP = timedelta(minutes=3)
LOOK_EVERY = 10.0
LATER_EVERY = 30.0
"""Once things have been as they are for ``SETTLED``."""
SETTLED = 130.0
LONG_AFTER = 240.0
"""So long after the end whatever still stands is waited for with jobs that run seldom."""
SELDOM = 60.0
"""As often as this, which is often enough for nobody to call them late."""
CALM = 60.0
"""So long must nothing be said any more until an incident counts as over."""
LONGEST_AFTERMATH = 4 * 3600.0


def warm_up(house: LapsedHouse) -> None:
    """Start the jobs, and let them import everything and become calm. Raises RuntimeError when they do not."""
    house.jobs.begin()
    house.lapse.pass_until(house.lapse.now + WARM_UP.total_seconds())
    _forget_values_soon(house)
    look = Pages(house).look(0)
    if not look.is_normal:
        raise RuntimeError(f"before anything went wrong: {look.words()}")


def _forget_values_soon(house: LapsedHouse) -> None:
    """Let the rule on undocumented values look back for an hour rather than a day, so that its end is seen."""
    with house.app.app_context():
        rule = next(rule for rule in find_rules() if rule.key == "unknown-values")
        settings = rule.settings | {"window_hours": 1, "quiet_minutes": 10}
        alert_store.edit(rule.id, rule.name, settings, EMAIL)


def live_through(house: LapsedHouse, incident: Incident) -> Lived:
    """Let it happen, and look until nothing has been said of it for a while."""
    begin, heard = house.lapse.now, len(house.messages)
    watch = _Watch(house, begin)
    # Who looks has signed in before anything goes wrong.
    watch.look()
    ends_at = begin
    for seconds, circumstance in incident.phases:
        ends_at += seconds
        with circumstance(house):
            watch.until(ends_at)
    while not watch.is_calm(ends_at):
        if house.lapse.now > ends_at + LONGEST_AFTERMATH:
            raise RuntimeError(f"{incident.label}: not over after hours: {watch.looks[-1].words()}")
        if house.lapse.now < ends_at + LONG_AFTER:
            watch.until(house.lapse.now + LOOK_EVERY)
        else:
            house.jobs.least_every = SELDOM
            house.lapse.pass_until(house.lapse.now + 2 * SELDOM)
            watch.look()
    house.jobs.least_every = 0
    messages = [Message(at - begin, body) for at, body in house.messages[heard:]]
    return Lived(incident.lasts, watch.looks, messages)


class _Watch:
    """Somebody who keeps looking."""

    def __init__(self, house: LapsedHouse, begin: float) -> None:
        self.looks: list[Look] = []
        self._lapse = house.lapse
        self._begin = begin
        self._pages = Pages(house)

    def look(self) -> None:
        self.looks.append(self._pages.look(self._lapse.now - self._begin))

    def until(self, moment: float) -> None:
        """Look until then: often at first, and less often when nothing has changed for long."""
        begin = self._lapse.now
        while self._lapse.now < moment:
            step = LOOK_EVERY if self._lapse.now < begin + SETTLED else LATER_EVERY
            self._lapse.pass_until(min(moment, self._lapse.now + step))
            self.look()

    def is_calm(self, ends_at: float) -> bool:
        """Say whether nothing was wrong any more since a while before now."""
        now = self._lapse.now - self._begin
        since = max(now - CALM, ends_at - self._begin)
        recent = [look for look in self.looks if look.after >= since]
        return now >= ends_at - self._begin + CALM and all(look.is_normal for look in recent)
