"""The incidents of a bad day, what is expected of each, and how one is lived through while its pages are read.

The seconds that anything takes are those of the travelled clock. Pages are read every ``LOOK_EVERY`` seconds; messages
are told the moment at which they arrive.
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

START = datetime(2026, 11, 30, 9, tzinfo=UTC)
"""A Monday."""
WARM_UP = timedelta(minutes=3)
LOOK_EVERY = 10.0
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
        """How long after the end the last abnormal look was."""
        last = max((look.after for look in self.looks if not look.is_normal), default=0.0)
        return max(0.0, last + LOOK_EVERY - self.ended_after)

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
    look = Pages(house).look(0)
    if not look.is_normal:
        raise RuntimeError(f"before anything went wrong: {look.words()}")


def live_through(house: LapsedHouse, incident: Incident) -> Lived:
    """Let it happen, and look until nothing has been said of it for a while."""
    begin, heard = house.lapse.now, len(house.messages)
    pages, lived = Pages(house), Lived(incident.lasts)
    phase_ends = begin
    for seconds, circumstance in incident.phases:
        phase_ends += seconds
        with circumstance(house):
            _look_until(house, phase_ends, begin, pages, lived)
    while house.lapse.now < phase_ends + CALM or not _is_calm(lived):
        if house.lapse.now > phase_ends + LONGEST_AFTERMATH:
            raise RuntimeError(f"{incident.label}: not over after hours: {lived.looks[-1].words()}")
        _look_until(house, house.lapse.now + LOOK_EVERY, begin, pages, lived)
    lived.messages = [Message(at - begin, body) for at, body in house.messages[heard:]]
    return lived


def _look_until(house: LapsedHouse, until: float, begin: float, pages: Pages, lived: Lived) -> None:
    while house.lapse.now < until:
        house.lapse.pass_until(min(until, house.lapse.now + LOOK_EVERY))
        lived.looks.append(pages.look(house.lapse.now - begin))


def _is_calm(lived: Lived) -> bool:
    return all(look.is_normal for look in lived.looks[-int(CALM // LOOK_EVERY) :])


LOST: Circumstance = SILENCE
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
