"""What the look-up box shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from dashboard.purchases import present
from dashboard.purchases.order_ids import order_key
from dashboard.purchases.present import PurchaseLine
from dashboard.support.lookup import ASKABLE, LineAnswer
from dashboard.support.silence import SILENCES
from dashboard.sync.refresh_results import RefreshOutcome

FOUND = "found"


@dataclass(frozen=True)
class SingleAnswer:
    """The answer to the only line: its matches, each with what the text was taken for, or why there is none."""

    answer: LineAnswer
    lines: list[tuple[PurchaseLine, str]]
    is_local_only: bool
    """Whether nothing was found of a kind that SkinsBack cannot be searched by."""
    is_unknown_to_skinsback: bool
    user_url: str | None
    look_alikes: list[str]
    """Order IDs among the matches that differ only in their spelling."""


@dataclass(frozen=True)
class ResultLine:
    """A line of a pasted list with its answer. ``line`` is the first match; ``url`` opens what there is to open."""

    answer: LineAnswer
    line: PurchaseLine | None
    took_for: str
    more: int
    url: str | None
    look_alikes: list[str]


@dataclass(frozen=True)
class LookUpPage:
    """The start page: empty, with the matches of one line, or with a row for each pasted line."""

    text: str
    single: SingleAnswer | None
    results: list[ResultLine]
    counts: list[tuple[str, int]]
    left_out: int
    is_typing: bool


def page(text: str, answers: Sequence[LineAnswer], left_out: int, *, is_typing: bool) -> LookUpPage:
    is_list = len(answers) > 1
    counts = Counter(answer.silence.counted if answer.silence else FOUND for answer in answers)
    return LookUpPage(
        text=text,
        single=_single(answers[0]) if len(answers) == 1 else None,
        results=[_result(answer) for answer in answers] if is_list else [],
        counts=list(counts.items()) if is_list else [],
        left_out=left_out,
        is_typing=is_typing,
    )


def _single(answer: LineAnswer) -> SingleAnswer:
    is_not_found = answer.silence is SILENCES[RefreshOutcome.NOT_FOUND]
    can_be_asked = bool(answer.query.candidates) and answer.query.candidates[0].kind in ASKABLE
    return SingleAnswer(
        answer=answer,
        lines=[(present.line(match.purchase), match.candidate.took_for) for match in answer.matches],
        is_local_only=is_not_found and not can_be_asked,
        is_unknown_to_skinsback=is_not_found and can_be_asked,
        user_url=url_for("lookup.user", steamid=answer.steamid) if answer.steamid else None,
        look_alikes=_look_alikes(answer),
    )


def _look_alikes(answer: LineAnswer) -> list[str]:
    spellings: dict[str, dict[str, None]] = {}
    for match in answer.matches:
        if match.candidate.kind == "custom_id":
            custom_id = match.purchase.custom_id
            spellings.setdefault(order_key(custom_id), {})[custom_id] = None
    return [custom_id for alike in spellings.values() if len(alike) > 1 for custom_id in alike]


def _result(answer: LineAnswer) -> ResultLine:
    first = answer.matches[0] if answer.matches else None
    url = url_for("lookup.purchase", buy_id=first.purchase.buy_id) if first else None
    more = len({match.purchase.buy_id for match in answer.matches}) - 1 if first else 0
    if answer.is_only_a_user and answer.steamid:
        url = url_for("lookup.user", steamid=answer.steamid)
    elif more > 0:
        url = url_for("lookup.look_up", q=answer.query.text)
    candidates = answer.query.candidates
    return ResultLine(
        answer=answer,
        line=present.line(first.purchase) if first else None,
        took_for=first.candidate.took_for if first else (candidates[0].took_for if candidates else ""),
        more=more,
        url=url,
        look_alikes=_look_alikes(answer),
    )
