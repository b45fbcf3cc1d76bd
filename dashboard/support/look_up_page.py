"""What the look-up box shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from dashboard.purchases import present
from dashboard.purchases.candidates import Mention, Strength
from dashboard.purchases.order_ids import order_key
from dashboard.purchases.present import PurchaseLine
from dashboard.support.lookup import ASKABLE, IdAnswer, TextAnswer
from dashboard.support.silence import NOT_AN_ID, SILENCES, Silence
from dashboard.support.suggestions import Suggestion, suggestions_for
from dashboard.sync.refresh_results import RefreshOutcome

FOUND = "found"


@dataclass(frozen=True)
class Hint:
    """Something that may have been meant, with the address that opens it."""

    value: str
    why: str
    url: str


@dataclass(frozen=True)
class SingleAnswer:
    """The answer to the only ID: its matches, each with what the text was taken for, or why there is none."""

    answer: IdAnswer
    lines: list[tuple[PurchaseLine, str]]
    is_local_only: bool
    """Whether nothing was found of a kind that SkinsBack cannot be searched by."""
    is_unknown_to_skinsback: bool
    user_url: str | None
    look_alikes: list[str]
    """Order IDs among the matches that differ only in their spelling."""
    hints: list[Hint]


@dataclass(frozen=True)
class ResultLine:
    """One of several IDs with its answer. ``line`` is the first match; ``url`` opens what there is to open."""

    answer: IdAnswer
    line: PurchaseLine | None
    took_for: str
    more: int
    url: str | None
    look_alikes: list[str]
    hints: list[Hint]


@dataclass(frozen=True)
class LookUpPage:
    """The start page: empty, with the matches of one ID, or with a row for each of several; and the text around."""

    text: str
    single: SingleAnswer | None
    results: list[ResultLine]
    counts: list[tuple[str, int]]
    texts: list[Mention]
    left_out: int
    is_typing: bool
    not_an_id: Silence = NOT_AN_ID


def page(text: str, found: TextAnswer, *, is_typing: bool) -> LookUpPage:
    answers = found.answers
    hints = [[_hint(one) for one in suggested] for suggested in suggestions_for(answers)]
    is_list = len(answers) > 1
    counts = Counter(answer.silence.counted if answer.silence else FOUND for answer in answers)
    return LookUpPage(
        text=text,
        single=_single(answers[0], hints[0]) if len(answers) == 1 else None,
        results=[_result(*row) for row in zip(answers, hints, strict=True)] if is_list else [],
        counts=list(counts.items()) if is_list else [],
        texts=found.texts,
        left_out=found.left_out,
        is_typing=is_typing,
    )


def only_target(answers: Sequence[IdAnswer]) -> str | None:
    """Return the page to open at once: all IDs of the text lead to it, and none may be a price or a time."""
    targets = {target_of(answer) for answer in answers}
    is_sure = all(answer.mention.strength > Strength.WEAK or answer.mention.parts for answer in answers)
    return targets.pop() if len(targets) == 1 and is_sure else None


def target_of(answer: IdAnswer) -> str | None:
    """Return the page that an ID leads to, where it leads to exactly one."""
    if answer.only_match:
        return url_for("lookup.purchase", buy_id=answer.only_match.purchase.buy_id)
    if answer.is_only_a_user and answer.steamid:
        return url_for("lookup.user", steamid=answer.steamid)
    return None


def _hint(suggestion: Suggestion) -> Hint:
    is_user = suggestion.kind == "steamid"
    url = url_for("lookup.user", steamid=suggestion.value) if is_user else url_for("lookup.look_up", q=suggestion.value)
    return Hint(suggestion.value, suggestion.why, url)


def _single(answer: IdAnswer, hints: list[Hint]) -> SingleAnswer:
    is_not_found = answer.silence is SILENCES[RefreshOutcome.NOT_FOUND]
    candidates = answer.mention.candidates
    can_be_asked = bool(candidates) and candidates[0].kind in ASKABLE
    return SingleAnswer(
        answer=answer,
        lines=[(present.line(match.purchase), match.candidate.took_for) for match in answer.matches],
        is_local_only=is_not_found and not can_be_asked,
        is_unknown_to_skinsback=is_not_found and can_be_asked,
        user_url=url_for("lookup.user", steamid=answer.steamid) if answer.steamid else None,
        look_alikes=_look_alikes(answer),
        hints=hints,
    )


def _look_alikes(answer: IdAnswer) -> list[str]:
    spellings: dict[str, dict[str, None]] = {}
    for match in answer.matches:
        if match.candidate.kind == "custom_id":
            custom_id = match.purchase.custom_id
            spellings.setdefault(order_key(custom_id), {})[custom_id] = None
    return [custom_id for alike in spellings.values() if len(alike) > 1 for custom_id in alike]


def _result(answer: IdAnswer, hints: list[Hint]) -> ResultLine:
    first = answer.matches[0] if answer.matches else None
    more = len({match.purchase.buy_id for match in answer.matches}) - 1 if first else 0
    candidates = answer.mention.candidates
    return ResultLine(
        answer=answer,
        line=present.line(first.purchase) if first else None,
        took_for=first.candidate.took_for if first else (candidates[0].took_for if candidates else ""),
        more=more,
        url=target_of(answer) or (url_for("lookup.look_up", q=answer.mention.text) if more > 0 else None),
        look_alikes=_look_alikes(answer),
        hints=hints,
    )
