"""Pure: what a message about an alert says, whatever form it is sent in. None names a Steam user: others read along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from dashboard.lib.formatting import duration_words, one_line


class Occasion(StrEnum):
    """What a message is about."""

    OPENED = "opened"
    CAUSE = "cause"
    """A further cause came while the alert was open."""
    ESCALATED = "escalated"
    """Nobody has acknowledged it."""
    CLOSED = "closed"
    TEST = "test"


TITLES = {
    Occasion.OPENED: "Alert",
    Occasion.CAUSE: "New cause",
    Occasion.ESCALATED: "Nobody has acknowledged",
    Occasion.CLOSED: "Closed",
    Occasion.TEST: "Test",
}

WANTS_SOMEBODY = frozenset({Occasion.OPENED, Occasion.CAUSE, Occasion.ESCALATED})

RUNBOOKS = "/ops/runbooks"
"""The path of the page with the first steps for every kind of alert."""

MOST_NAMED = 10
"""Purchases that a message names; the alert's page has the others."""


def runbook_path(kind: str) -> str:
    """Return our page with the first steps for a kind of alert, by the contract's word."""
    return f"{RUNBOOKS}#{kind}"


@dataclass(frozen=True)
class CauseOfAlert:
    """A cause of an alert, with the contract's word for its kind. ``ended_at`` is None while it is there."""

    name: str
    kind: str
    severity: str
    sentence: str
    began_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Addresses:
    """Where a message leads, and which alert of which installation it is about: whole addresses, or none of them."""

    dashboard_url: str
    """Empty where the settings do not say where the dashboard is."""
    alert_id: int | None = None
    """None for a message that is about no alert."""

    def whole(self, path: str) -> str:
        """Return a page's whole address, or its path where the settings do not say where the dashboard is."""
        return f"{self.dashboard_url}{path}"

    @property
    def alert(self) -> str:
        return self.whole("/ops/alerts" if self.alert_id is None else f"/ops/alerts/{self.alert_id}")

    @property
    def acknowledge(self) -> str:
        """Return where the alert can be acknowledged: a page with a button, since mail scanners follow links."""
        return f"{self.alert}?acknowledge=1"

    @property
    def source(self) -> str:
        """Return the name of this installation."""
        return urlsplit(self.dashboard_url).netloc or "skinsback-desk"

    @property
    def dedup_key(self) -> str:
        """Return what all messages about one alert have in common, and no other alert, of this installation or not."""
        names = ["skinsback-desk"]
        if self.dashboard_url:
            names.append(self.source)
        return "-".join([*names, "test" if self.alert_id is None else str(self.alert_id)])


@dataclass(frozen=True)
class Message:
    """A message about an alert. ``sentence`` and ``figures`` are those of the cause that it is about."""

    occasion: Occasion
    rule_name: str
    cause: CauseOfAlert
    causes: Sequence[CauseOfAlert]
    """Every cause of the alert so far, in the order in which they came."""
    addresses: Addresses
    opened_at: datetime
    closed_at: datetime | None = None
    closed_because: str = ""
    figures: Sequence[tuple[str, str]] = ()
    buy_ids: Sequence[int] = ()

    @property
    def runbook_url(self) -> str:
        return self.addresses.whole(runbook_path(self.cause.kind))

    @property
    def wants_somebody(self) -> bool:
        """Whether there is something to do: it is open, and is no test."""
        return self.occasion in WANTS_SOMEBODY

    @property
    def subject(self) -> str:
        return one_line(f"{TITLES[self.occasion]}: {self.rule_name}", 200)

    @property
    def sentence(self) -> str:
        if self.occasion is not Occasion.CLOSED:
            return self.cause.sentence
        lasted = duration_words((self.closed_at or self.opened_at) - self.opened_at)
        return f"{self.closed_because} The alert was open for {lasted}. It said: {self.cause.sentence}"

    @property
    def evidence(self) -> list[tuple[str, str]]:
        """Return what the sentence rests on, each with its name; nothing of what is over."""
        if self.occasion is Occasion.CLOSED:
            return []
        named = ", ".join(map(str, self.buy_ids[:MOST_NAMED]))
        more = " …" if len(self.buy_ids) > MOST_NAMED else ""
        return [*self.figures, ("Purchases", f"{named}{more}")] if self.buy_ids else list(self.figures)

    @property
    def text(self) -> str:
        """Return the message as plain text, with its links."""
        evidence = [f"{label}: {value}" for label, value in self.evidence]
        links = [self.addresses.alert]
        if self.wants_somebody:
            links += [f"Acknowledge: {self.addresses.acknowledge}", f"What to do: {self.runbook_url}"]
        return "\n\n".join("\n".join(lines) for lines in ([self.sentence], evidence, links) if lines)


def a_test(sent_by: str, dashboard_url: str, now: datetime) -> Message:
    """Return a message that shows whoever pressed the button that alerts arrive."""
    sentence = f"{sent_by} pressed the test button. Alerts of the SkinsBack desk arrive here."
    cause = CauseOfAlert("test", "test", "info", sentence, now, now)
    return Message(
        Occasion.TEST, "alerts of the SkinsBack desk arrive here", cause, (cause,), Addresses(dashboard_url), now, now,
    )  # fmt: skip
