"""From pasted text to purchases: what is stored here first, and SkinsBack for what is not.

SkinsBack can be asked for a buy_id or a custom_id, never for a Steam ID or a trade offer. So for those two, "none"
means none in the local copy, as far back as it reaches.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.purchases import queries as purchases
from dashboard.purchases.candidates import Candidate, Mention, Strength
from dashboard.purchases.identify import extract, key_of
from dashboard.support import user_queries as users
from dashboard.support.silence import NOT_AN_ID, NOT_ASKED, SILENCES, Silence
from dashboard.sync import refresh
from dashboard.sync.refresh_results import LookUpResults, RefreshOutcome, RefreshResult

ASKABLE = ("buy_id", "custom_id")
"""The kinds of id that SkinsBack itself can be asked for."""

_NO_ANSWER = (RefreshOutcome.NOT_CONNECTED, RefreshOutcome.UNREACHABLE)
_SILENCES = (*_NO_ANSWER, RefreshOutcome.UNREADABLE)
"""One of these for one of a mention's ids leaves the whole mention unanswered: that id might have been the hit."""

NOT_FOUND = RefreshResult(RefreshOutcome.NOT_FOUND)


@dataclass(frozen=True)
class Match:
    """A purchase, and as what the text led to it."""

    purchase: Any
    candidate: Candidate


@dataclass(frozen=True)
class IdAnswer:
    """The answer to one ID that a text names. ``is_more`` says that there are more matches than are given.

    ``asked`` is what asking came to where nothing matches; None where SkinsBack was not asked, and could be.
    """

    mention: Mention
    matches: tuple[Match, ...] = ()
    asked: RefreshResult | None = None
    is_more: bool = False

    @property
    def silence(self) -> Silence | None:
        """Why nothing matches; None where something does."""
        if self.matches:
            return None
        if not self.mention.candidates:
            return NOT_AN_ID
        return SILENCES[self.asked.outcome] if self.asked else NOT_ASKED

    @property
    def sentence(self) -> str:
        return " ".join(filter(None, (self.asked.sentence if self.asked else "", self.mention.note)))

    @property
    def could_not_be_asked(self) -> bool:
        """Whether SkinsBack should have been asked and did not answer."""
        return self.asked is not None and self.asked.outcome in _NO_ANSWER

    @property
    def steamid(self) -> str | None:
        return _steamid_first(self.mention)

    @property
    def only_match(self) -> Match | None:
        """The purchase to open at once: the ID leads to exactly one, by one kind of id other than a Steam ID."""
        buy_ids = {match.purchase.buy_id for match in self.matches}
        if len(buy_ids) != 1 or any(match.candidate.kind == "steamid" for match in self.matches):
            return None
        return self.matches[0]

    @property
    def is_only_a_user(self) -> bool:
        return self.steamid is not None and all(match.candidate.kind == "steamid" for match in self.matches)


@dataclass(frozen=True)
class TextAnswer:
    """What a text came to: an answer for each ID in it, in their order, and what is no ID, line by line.

    ``left_out``: how many more IDs there were than can be answered at once.
    """

    answers: list[IdAnswer]
    texts: list[Mention]
    left_out: int


Found = dict[Candidate, Sequence[Any]]


def answer_text(text: str, *, ask: bool, batch_size: int) -> TextAnswer:
    """Answer each ID that a text names. With ``ask``, SkinsBack is asked for what is not stored here."""
    named = extract(text)
    mentions = [mention for line in named.lines for mention in line]
    found = _search(candidate for mention in mentions for candidate in _candidates_of(mention))
    asked = LookUpResults({}, {})
    if ask and (unknown := [one for mention in mentions for one in _to_ask(mention, found)]):
        asked = refresh.look_up_many(*_askable(unknown), batch_size=batch_size)
        found |= _search(candidate for mention in unknown for candidate in mention.candidates)
        found |= _answered_under_other_ids(unknown, found, asked)
    lines = [[one for mention in line for one in _read(mention, found, asked, is_asked=ask)] for line in named.lines]
    return TextAnswer(_each_once(lines), _texts_of(lines), named.left_out)


def _candidates_of(mention: Mention) -> Iterator[Candidate]:
    yield from mention.candidates
    for part in mention.parts:
        yield from _candidates_of(part)


def _search(candidates: Iterable[Candidate]) -> Found:
    by_kind: dict[str, dict[str, list[Candidate]]] = {}
    for candidate in dict.fromkeys(candidates):
        by_kind.setdefault(candidate.kind, {}).setdefault(candidate.value, []).append(candidate)
    most = purchases.MATCHES_SHOWN + 1
    steamids = by_kind.pop("steamid", {})
    rows: dict[str, dict[str, Any]] = {"steamid": {one: users.purchases_of_user(one, most=most) for one in steamids}}
    rows |= {kind: purchases.search_by_ids(kind, list(values)) for kind, values in by_kind.items()}
    by_kind["steamid"] = steamids
    return {
        candidate: rows[kind].get(value, ())
        for kind, values in by_kind.items()
        for value, meant in values.items()
        for candidate in meant
    }


# ---- what SkinsBack is to be asked for


def _to_ask(mention: Mention, found: Found) -> Iterator[Mention]:
    """Yield what of a mention is not stored here and worth a request: it as a whole, and what it is made of."""
    if _is_stored(mention, found):
        return
    is_sure = mention.strength is Strength.CLEAR
    is_worth_it = is_sure or mention.is_list or not any(_is_stored(part, found) for part in _parts_of(mention))
    if mention.strength > Strength.WEAK and is_worth_it and _can_be_asked(mention):
        yield mention
    for part in mention.parts if not is_sure else ():
        yield from _to_ask(part, found)


def _parts_of(mention: Mention) -> Iterator[Mention]:
    for part in mention.parts:
        yield part
        yield from _parts_of(part)


def _is_stored(mention: Mention, found: Found) -> bool:
    return any(found[candidate] for candidate in mention.candidates)


def _steamid_first(mention: Mention) -> str | None:
    first = mention.candidates[0] if mention.candidates else None
    return first.value if first and first.kind == "steamid" else None


def _can_be_asked(mention: Mention) -> bool:
    return not _steamid_first(mention) and any(candidate.kind in ASKABLE for candidate in mention.candidates)


def _askable(mentions: Iterable[Mention]) -> tuple[list[int], list[str]]:
    candidates = [candidate for mention in mentions for candidate in mention.candidates]
    buy_ids = dict.fromkeys(int(candidate.value) for candidate in candidates if candidate.kind == "buy_id")
    custom_ids = dict.fromkeys(candidate.value for candidate in candidates if candidate.kind == "custom_id")
    return list(buy_ids), list(custom_ids)


def _answered_under_other_ids(mentions: Iterable[Mention], found: Found, asked: LookUpResults) -> Found:
    """Return the purchases that SkinsBack knows by an ID which no rule of ours takes for the same."""
    candidates = dict.fromkeys(one for mention in mentions for one in mention.candidates if one.kind in ASKABLE)
    answered = {one: list(map(str, _result_for(one, asked).buy_ids)) for one in candidates if not found[one]}
    buy_ids = {buy_id for those in answered.values() for buy_id in those}
    rows = purchases.search_by_ids("buy_id", sorted(buy_ids)) if buy_ids else {}
    return {one: [row for buy_id in those for row in rows[buy_id]] for one, those in answered.items()}


def _result_for(candidate: Candidate, asked: LookUpResults) -> RefreshResult:
    is_order = candidate.kind == "custom_id"
    result = asked.by_custom_id.get(candidate.value) if is_order else asked.by_buy_id.get(int(candidate.value))
    return result or NOT_FOUND


# ---- what a mention came to


def _read(mention: Mention, found: Found, asked: LookUpResults, *, is_asked: bool) -> list[IdAnswer | Mention]:
    """Return what a mention came to, in its order: answers, and what of it is text."""
    if mention.is_list:
        return _read_list(mention, found, asked, is_asked=is_asked)
    if _is_stored(mention, found):
        return [_found(mention, found)]
    is_sure = mention.strength is Strength.CLEAR
    below = [one for part in mention.parts for one in _read(part, found, asked, is_asked=is_asked)]
    is_in_part = any(isinstance(one, IdAnswer) and (one.matches or not is_sure) for one in below)
    if is_in_part:
        return below
    answer = IdAnswer(mention, asked=_result_of(mention, asked) if is_asked or not _can_be_asked(mention) else None)
    if is_sure:
        return [answer]
    if mention.strength is Strength.POSSIBLE and answer.asked is not NOT_FOUND:
        return [answer]
    note = next((one.note for one in below if isinstance(one, Mention) and one.note), mention.note)
    return [replace(mention, note=note)]


def _read_list(mention: Mention, found: Found, asked: LookUpResults, *, is_asked: bool) -> list[IdAnswer | Mention]:
    """Return the reading that is stored of ``1,280``: one number, or two. Both where both are."""
    parts = [one for part in mention.parts for one in _read(part, found, asked, is_asked=is_asked)]
    are_stored = all(_is_stored(part, found) for part in mention.parts)
    if _is_stored(mention, found):
        return [_found(mention, found), *(parts if are_stored else ())]
    if are_stored or all(part.strength is Strength.CLEAR for part in mention.parts):
        return parts
    return [Mention(mention.text)]


def _found(mention: Mention, found: Found) -> IdAnswer:
    matches: dict[tuple[int, str], Match] = {}
    for candidate in mention.candidates:
        for purchase in found[candidate]:
            matches.setdefault((purchase.buy_id, candidate.kind), Match(purchase, candidate))
    shown = tuple(matches.values())[: purchases.MATCHES_SHOWN]
    return IdAnswer(mention, shown, is_more=len(matches) > purchases.MATCHES_SHOWN)


def _result_of(mention: Mention, asked: LookUpResults) -> RefreshResult:
    results = [_result_for(candidate, asked) for candidate in mention.candidates if candidate.kind in ASKABLE]
    silences = (result for outcome in _SILENCES for result in results if result.outcome is outcome)
    return next(silences, NOT_FOUND)


def _each_once(lines: Iterable[list[IdAnswer | Mention]]) -> list[IdAnswer]:
    answers: dict[tuple[str, str], IdAnswer] = {}
    for one in (one for line in lines for one in line):
        if isinstance(one, IdAnswer):
            key = key_of(one.mention)
            times = answers[key].mention.times + 1 if key in answers else 1
            first = answers.get(key, one)
            answers[key] = replace(first, mention=replace(first.mention, times=times))
    return list(answers.values())


def _texts_of(lines: Iterable[list[IdAnswer | Mention]]) -> list[Mention]:
    """Return what of each line is text: as it was typed where all of it is, else the words between the IDs."""
    texts = []
    for line in lines:
        between = " ".join(one.text if isinstance(one, Mention) else "\n" for one in line).split("\n")
        text = " … ".join(words.strip() for words in between if words.strip())
        if text:
            note = next((one.note for one in line if isinstance(one, Mention) and one.note), "")
            texts.append(Mention(text, note=note))
    return texts
