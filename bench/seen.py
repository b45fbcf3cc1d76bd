"""What the pages say at a moment, the messages that come, and an incident as it was seen."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from bench.lapsed_house import EMAIL, PASSWORD, LapsedHouse

LONGEST_ELEMENT = 6000
"""In characters."""


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
    def cause(self) -> tuple[str, str]:
        """Its kind and cause, as programs read them."""
        return str(self.body.get("kind")), str(self.body.get("cause"))

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

    def alert_after(self, cause: tuple[str, str]) -> float | None:
        """After how many seconds a cause, as (kind, cause), stood among the open alerts."""
        return self.first(lambda look: cause in [alert[:2] for alert in look.alerts])

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
