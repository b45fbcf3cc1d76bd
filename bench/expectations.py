"""Whether what the dashboard said of an incident is what it had to say, at the right time."""

from collections.abc import Iterator

from bench.incidents import Incident
from bench.seen import Lived

TOO_EARLY = 30.0
UNKNOWN_WITHIN = 120.0
TOLD_WITHIN = 60.0
"""In seconds. What lasts less than the first must not be said; the others are how soon it must be."""


def complaints(incident: Incident, lived: Lived) -> list[str]:
    """Return what was not as it must be, a sentence each."""
    return [*_of_places(incident, lived), *_of_messages(incident, lived)]


def _of_places(incident: Incident, lived: Lived) -> Iterator[str]:
    early = [look for look in lived.looks if look.after < TOO_EARLY and not look.is_normal]
    if early:
        yield f"said too early: {early[0].words()}"
    states = {look.verdict for look in lived.looks} - {"ok"}
    if states != ({"unknown"} if incident.unknown else set()):
        yield f"the verdict was {sorted(states) or 'always ok'}"
    for place, after in (("verdict", lived.verdict_after), ("/readyz", lived.not_ready_after)):
        if incident.unknown and (after is None or after > UNKNOWN_WITHIN):
            yield f"{place} said it after {after} s"
    if not incident.unknown and lived.not_ready_after is not None:
        yield f"/readyz was not ready after {lived.not_ready_after} s"
    if lived.banners != list(incident.banners):
        yield f"the banner named {lived.banners}"
    if lived.alerts != list(incident.alerts):
        yield f"the alerts were {lived.alerts}"


def _of_messages(incident: Incident, lived: Lived) -> Iterator[str]:
    told = [message for message in lived.messages if not message.is_end]
    ends = [message for message in lived.messages if message.is_end]
    if [message.cause for message in told] != [(kind, cause) for kind, cause, _ in incident.alerts]:
        yield f"told was {[message.text for message in told]}"
    for message in told:
        seen = lived.alert_after(message.cause)
        if message.after < TOO_EARLY or (seen is not None and message.after > seen + TOLD_WITHIN):
            yield f"told after {message.after:.0f} s, and first seen after {seen} s: {message.text}"
    if len(ends) != bool(incident.alerts):
        yield f"{len(ends)} ends were told"
    late = [end for end in ends if not 0 < end.after - lived.ended_after <= incident.ends_within]
    yield from (f"the end was told {end.after - lived.ended_after:.0f} s after it" for end in late)
