"""Pure: what came of asking SkinsBack for a person."""

from dataclasses import dataclass
from enum import StrEnum


class RefreshOutcome(StrEnum):
    FOUND = "found"
    NOT_FOUND = "not_found"
    UNREADABLE = "unreadable"
    UNREACHABLE = "unreachable"
    NOT_CONNECTED = "not_connected"


@dataclass(frozen=True)
class RefreshResult:
    """The outcome for one id. ``buy_ids`` are the purchases found; ``sentence`` says what happened otherwise."""

    outcome: RefreshOutcome
    buy_ids: tuple[int, ...] = ()
    sentence: str = ""


@dataclass(frozen=True)
class LookUpResults:
    by_buy_id: dict[int, RefreshResult]
    by_custom_id: dict[str, RefreshResult]
