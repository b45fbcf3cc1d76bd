"""The incidents of a bad day, what is expected of each, and how one is lived through while its pages are read.

The seconds that anything takes are those of the travelled clock. Pages are read every ten seconds where something is
about to change; of messages the moment is known at which they arrive.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from bench.lapsed_house import EMAIL, PASSWORD, LapsedHouse
from dashboard.alerts import store as alert_store
from dashboard.alerts.queries import find_rules

START = datetime(2026, 11, 30, 9, tzinfo=UTC)
"""A Monday."""
WARM_UP = timedelta(minutes=3)
LOOK_EVERY = 10.0
LATER_EVERY = 30.0
"""Once things have been as they are for ``SETTLED``."""
SETTLED = 180.0
LONG_AFTER = 600.0
"""So long after the end whatever still stands is waited for at a fifth of the usual pace."""
CALM = 60.0
"""So long must nothing be said any more until an incident counts as over."""
LONGEST_ELEMENT = 6000
"""In characters."""
LONGEST_AFTERMATH = 4 * 3600.0

Circumstance = Callable[[LapsedHouse], AbstractContextManager[None]]


@contextmanager
def slow(seconds: float, house: LapsedHouse) -> Iterator[None]:
    """Let every answer of SkinsBack take so long; past the client's patience it never comes."""
    house.wire.take(seconds)
    yield
    house.wire.take(0)


@contextmanager
def faulty(house: LapsedHouse, **faults: Any) -> Iterator[None]:
    """Switch faults of the simulator on."""
    house.skinsback.set_faults(**faults)
    yield
    house.skinsback.clear_faults()


@contextmanager
def killed(house: LapsedHouse) -> Iterator[None]:
    """Kill the process of the jobs; in the end another one is started."""
    house.jobs.kill()
    yield
    house.jobs.begin()


@contextmanager
def locked(house: LapsedHouse) -> Iterator[None]:
    """Let another program keep the database from being written."""
    with house.locked_database():
        yield


def fault(**faults: Any) -> Circumstance:
    """Return the circumstance of these faults of the simulator."""
    return partial(faulty, **faults)


SILENCE: Circumstance = partial(slow, 60.0)


@dataclass(frozen=True)
class Incident:
    """Circumstances, one after the other without a gap, and what must be said of them.

    ``verdict`` is the state that the verdict must reach within two minutes, and ``banner`` the last cause that the
    banner names. ``alerts`` are (kind, cause, severity) in the order in which they are told.
    """

    name: str
    label: str
    phases: tuple[tuple[float, Circumstance], ...]
    """(seconds, what is wrong in them)."""
    verdict: str = "ok"
    is_ready: bool = True
    banner: str = ""
    alerts: tuple[tuple[str, str, str], ...] = ()
    messages: int = 0
    """Beside the one at the end."""

    @property
    def lasts(self) -> float:
        return sum(seconds for seconds, _ in self.phases)


@dataclass(frozen=True)
class Look:
    """What the pages said at a moment, in seconds after the beginning."""

    after: float
    verdict: str
    sentence: str
    problems: tuple[str, ...]
    banner: str
    banner_text: str
    alerts: tuple[tuple[str, str, str], ...]

    @property
    def is_normal(self) -> bool:
        return not (self.problems or self.banner or self.alerts) and self.verdict == "ok"

    def words(self) -> dict[str, str]:
        """What each place says, by the place's name."""
        return {
            "verdict": f"{self.verdict}: {self.sentence}",
            "/readyz": " ".join(self.problems) or "ready",
            "banner": f"{self.banner}: {self.banner_text}" if self.banner else "none",
            "alerts": "; ".join(" ".join(alert) for alert in self.alerts) or "none",
        }


@dataclass(frozen=True)
class Message:
    after: float
    body: dict[str, Any]

    @property
    def text(self) -> str:
        return " ".join(str(self.body["text"]).split())

    @property
    def is_end(self) -> bool:
        return self.body.get("state") == "closed" or self.text.startswith("*Closed")


@dataclass
class Lived:
    """An incident as it was lived through."""

    ended_after: float
    looks: list[Look] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def first(self, matches: Callable[[Look], bool]) -> float | None:
        """Return after how many seconds a look was like this, or None."""
        return next((look.after for look in self.looks if matches(look)), None)

    @cached_property
    def verdict(self) -> str:
        """The first verdict that was not ok, or ok."""
        return next((look.verdict for look in self.looks if look.verdict != "ok"), "ok")

    @property
    def verdict_after(self) -> float | None:
        return self.first(lambda look: look.verdict != "ok")

    @property
    def not_ready_after(self) -> float | None:
        return self.first(lambda look: bool(look.problems))

    @property
    def banners(self) -> list[str]:
        """The causes that the banner named, in their order, each once."""
        return list(dict.fromkeys(look.banner for look in self.looks if look.banner))

    @property
    def banner_after(self) -> float | None:
        return self.first(lambda look: bool(look.banner))

    @property
    def alerts(self) -> list[tuple[str, str, str]]:
        """(kind, cause, severity) of everything that stood among the open alerts, in its order."""
        return list(dict.fromkeys(alert for look in self.looks for alert in look.alerts))

    @property
    def was_abnormal(self) -> bool:
        return any(not look.is_normal for look in self.looks)

    @property
    def normal_after(self) -> float:
        """How long after the end everything was normal and stayed so."""
        last = max((look.after for look in self.looks if not look.is_normal), default=0.0)
        back = next((look.after for look in self.looks if look.after > last), last)
        return max(0.0, back - self.ended_after)

    @property
    def changes(self) -> Iterator[str]:
        """Everything that was said, whenever it became something else."""
        said: dict[str, str] = {}
        lines = [(message.after, f"message: {message.text}") for message in self.messages]
        for look in self.looks:
            new = look.words()
            lines += [(look.after, f"{place}: {words}") for place, words in new.items() if said.get(place) != words]
            said = new
        yield from (f"{after:6.0f} s  {words}" for after, words in sorted(lines, key=lambda line: line[0]))


class Pages:
    """Somebody who is signed in and looks at the pages."""

    def __init__(self, house: LapsedHouse) -> None:
        self._client: FlaskClient = house.app.test_client()

    def look(self, after: float) -> Look:
        """Read what every page says of this moment."""
        ops, ready = self._page("/ops"), self._client.get("/readyz")
        verdict, banner = _element(ops, "data-verdict"), _element(ops, "data-banner")
        if verdict is None:
            raise RuntimeError("the operations page has no verdict")
        return Look(
            after, str(verdict["data-verdict"]), _text(verdict.select_one(".headline")),
            tuple(ready.get_json()["problems"]) or (("not ready",) if ready.status_code != 200 else ()),
            str(banner["data-banner"]) if banner else "", _text(banner), _open_alerts(self._page("/ops/alerts")),
        )  # fmt: skip

    def _page(self, path: str) -> str:
        answer = self._client.get(path)
        if answer.status_code == 302:
            self._sign_in()
            answer = self._client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered with HTTP {answer.status}")
        return answer.get_data(as_text=True)

    def _sign_in(self) -> None:
        token = re.search('name="csrf_token" value="([^"]+)"', self._client.get("/login").get_data(as_text=True))
        if token is None:
            raise RuntimeError("the sign-in page has no token")
        form = {"email": EMAIL, "password": PASSWORD, "csrf_token": token[1], "next": "/"}
        self._client.post("/login", data=form)


def _element(page: str, mark: str) -> Tag | None:
    """Return the element that bears a mark. Only its surroundings are parsed: a page has a hundred times as much."""
    begin = page.rfind("<", 0, max(0, page.find(f'{mark}="')))
    return BeautifulSoup(page[begin : begin + LONGEST_ELEMENT], "html.parser").select_one(f"[{mark}]")


def _open_alerts(page: str) -> tuple[tuple[str, str, str], ...]:
    if 'data-row="alert"' not in page:
        return ()
    rows = BeautifulSoup(page, "html.parser").select('[data-row="alert"]:not([data-state="closed"])')
    causes = [(row, cause) for row in rows for cause in row.select("[data-cause]") or [row]]
    return tuple(
        (_mark("data-kind", cause, row), _mark("data-cause", cause), _mark("data-severity", cause, row))
        for row, cause in causes
    )


def _mark(name: str, *tags: Tag) -> str:
    """Return the first of the tags' marks of this name."""
    return next((str(tag[name]) for tag in tags if tag.has_attr(name)), "")


def _text(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag is not None else ""


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
        house.jobs.pace = 1 if house.lapse.now < ends_at + LONG_AFTER else 5
        watch.until(house.lapse.now + CALM)
    house.jobs.pace = 1
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


FAULTS = (
    Incident(
        "silence", "SkinsBack is silent", ((300, SILENCE),),
        "unknown", False, "timeout", (("connection", "timeout", "critical"),), 1,
    ),
    Incident("short-silence", "SkinsBack is silent for a moment", ((29, SILENCE),)),
    Incident(
        "resets", "connections are reset", ((300, fault(reset=True)),),
        "unknown", False, "connection_failed", (("connection", "connection_failed", "critical"),), 1,
    ),
    Incident(
        "html", "HTML and HTTP 502 instead of answers", ((300, fault(html_502=True)),),
        "unknown", False, "http_error", (("connection", "http_error", "critical"),), 1,
    ),
    Incident("wrong-secret-once", "one request is refused", ((60, fault(error_code={"value": -10, "count": 1})),)),
    Incident(
        "wrong-secret", "the secret is wrong", ((900, fault(error_code=-10)),),
        "unknown", False, "invalid_client_secret", (("refused", "invalid_client_secret", "critical"),), 1,
    ),
    Incident(
        "limit", "SkinsBack's limit is reached, again and again", ((300, fault(error_code=-7)),),
        "unknown", False, "request_limit_reached", (("limit", "request_limit_reached", "warning"),), 1,
    ),
    Incident(
        "in-a-row", "silence, then a wrong secret, then the limit",
        ((300, SILENCE), (600, fault(error_code=-10)), (300, fault(error_code=-7))),
        "unknown", False, "request_limit_reached",
        (
            ("connection", "timeout", "critical"), ("refused", "invalid_client_secret", "critical"),
            ("limit", "request_limit_reached", "warning"),
        ),
        3,
    ),
    Incident(
        "slow", "answers take eight seconds", ((900, partial(slow, 8.0)),),
        alerts=(("latency", "latency", "warning"),), messages=1,
    ),
    Incident(
        "malformed", "objects that cannot be read", ((300, fault(malformed_item="text")),),
        alerts=(("unreadable", "unreadable", "warning"),), messages=1,
    ),
    Incident(
        "unknown-status", "a status that nobody knows", ((300, fault(unknown_status="in_review")),),
        alerts=(("unknown_value", "status", "warning"),), messages=1,
    ),
    Incident("killed", "the background jobs are killed", ((300, killed),), "unknown", False, "no_scheduler"),
    Incident("locked", "the database is locked", ((300, locked),), "unknown", False, "database_locked"),
)  # fmt: skip
"""The day. What it expects of the verdict and the messages is the contract's: see ``docs/operations.md``."""
