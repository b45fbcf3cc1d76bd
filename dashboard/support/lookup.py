"""From pasted text to purchases: what is stored here first, and SkinsBack for what is not.

SkinsBack can be asked for a buy_id or a custom_id, never for a Steam ID or a trade offer. So for those two, "none"
means none in the local copy, as far back as it reaches.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.purchases import queries as purchases
from dashboard.purchases.identify import Candidate, Query, identify
from dashboard.support import user_queries as users
from dashboard.support.silence import NOT_AN_ID, NOT_ASKED, SILENCES, Silence
from dashboard.sync import refresh
from dashboard.sync.refresh_results import LookUpResults, RefreshOutcome, RefreshResult

ASKABLE = ("buy_id", "custom_id")
"""The kinds of id that SkinsBack itself can be asked for."""

_NO_ANSWER = (RefreshOutcome.NOT_CONNECTED, RefreshOutcome.UNREACHABLE)
_SILENCES = (*_NO_ANSWER, RefreshOutcome.UNREADABLE)
"""One of these for one of a line's ids leaves the whole line unanswered: that id might have been the hit."""

NOT_FOUND = RefreshResult(RefreshOutcome.NOT_FOUND)


@dataclass(frozen=True)
class Match:
    """A purchase, and as what the text led to it."""

    purchase: Any
    candidate: Candidate


@dataclass(frozen=True)
class LineAnswer:
    """One line's answer. ``is_more`` says that there are more matches than are given.

    ``asked`` is what asking came to where nothing matches; None where SkinsBack was not asked, and could be.
    """

    query: Query
    matches: tuple[Match, ...] = ()
    asked: RefreshResult | None = None
    is_more: bool = False

    @property
    def silence(self) -> Silence | None:
        """Why nothing matches; None where something does."""
        if self.matches:
            return None
        if not self.query.candidates:
            return NOT_AN_ID
        return SILENCES[self.asked.outcome] if self.asked else NOT_ASKED

    @property
    def sentence(self) -> str:
        if not self.query.candidates:
            return self.query.note
        return self.asked.sentence if self.asked else ""

    @property
    def could_not_be_asked(self) -> bool:
        """Whether SkinsBack should have been asked and did not answer."""
        return self.asked is not None and self.asked.outcome in _NO_ANSWER

    @property
    def steamid(self) -> str | None:
        first = self.query.candidates[0] if self.query.candidates else None
        return first.value if first and first.kind == "steamid" else None

    @property
    def only_match(self) -> Match | None:
        """The purchase to open at once: the text leads to exactly one, by one kind of id other than a Steam ID."""
        buy_ids = {match.purchase.buy_id for match in self.matches}
        if len(buy_ids) != 1 or any(match.candidate.kind == "steamid" for match in self.matches):
            return None
        return self.matches[0]

    @property
    def is_only_a_user(self) -> bool:
        return self.steamid is not None and all(match.candidate.kind == "steamid" for match in self.matches)


def answer_lines(lines: Sequence[str], *, ask: bool, batch_size: int) -> list[LineAnswer]:
    """Return one answer for each line, in order. With ``ask``, SkinsBack is asked for what is not stored here."""
    queries = [identify(text) for text in lines]
    answers = _answers_from_store(queries)
    if not ask:
        return answers
    unknown = [answer.query for answer in answers if answer.silence is NOT_ASKED]
    if not unknown:
        return answers
    asked = refresh.look_up_many(*_askable(unknown), batch_size=batch_size)
    stored_now = iter(_answers_from_store(unknown))
    return [_with_result(next(stored_now), asked) if answer.silence is NOT_ASKED else answer for answer in answers]


def _askable(queries: Iterable[Query]) -> tuple[list[int], list[str]]:
    candidates = [candidate for query in queries for candidate in query.candidates]
    buy_ids = dict.fromkeys(int(candidate.value) for candidate in candidates if candidate.kind == "buy_id")
    custom_ids = dict.fromkeys(candidate.value for candidate in candidates if candidate.kind == "custom_id")
    return list(buy_ids), list(custom_ids)


def _answers_from_store(queries: Sequence[Query]) -> list[LineAnswer]:
    values: dict[str, list[str]] = {}
    for candidate in (candidate for query in queries for candidate in query.candidates):
        values.setdefault(candidate.kind, []).append(candidate.value)
    steamids, most = dict.fromkeys(values.pop("steamid", ())), purchases.MATCHES_SHOWN + 1
    found: dict[str, Any] = {"steamid": {steamid: users.purchases_of_user(steamid, most=most) for steamid in steamids}}
    found |= {kind: purchases.search_by_ids(kind, list(dict.fromkeys(ids))) for kind, ids in values.items()}
    return [_answer_from(query, found) for query in queries]


def _answer_from(query: Query, found: dict[str, dict[str, Sequence[Any]]]) -> LineAnswer:
    if not query.candidates:
        return LineAnswer(query)
    matches: dict[tuple[int, str], Match] = {}
    for candidate in query.candidates:
        for purchase in found[candidate.kind].get(candidate.value, ()):
            matches.setdefault((purchase.buy_id, candidate.kind), Match(purchase, candidate))
    if matches:
        shown = tuple(matches.values())[: purchases.MATCHES_SHOWN]
        is_more = len(matches) > purchases.MATCHES_SHOWN
        return LineAnswer(query, shown, is_more=is_more)
    is_steamid = query.candidates[0].kind == "steamid"
    can_be_asked = any(candidate.kind in ASKABLE for candidate in query.candidates)
    return LineAnswer(query, asked=None if can_be_asked and not is_steamid else NOT_FOUND)


def _result_for(candidate: Candidate, asked: LookUpResults) -> RefreshResult:
    is_order = candidate.kind == "custom_id"
    return asked.by_custom_id[candidate.value] if is_order else asked.by_buy_id[int(candidate.value)]


def _with_result(answer: LineAnswer, asked: LookUpResults) -> LineAnswer:
    if answer.matches:
        return answer
    results = [(one, _result_for(one, asked)) for one in answer.query.candidates if one.kind in ASKABLE]
    found = {buy_id: candidate for candidate, result in results for buy_id in result.buy_ids}
    if found:
        # SkinsBack knows the order by an ID that no rule of ours takes for the same.
        rows = purchases.search_by_ids("buy_id", list(map(str, found)))
        return replace(answer, matches=tuple(Match(row, found[row.buy_id]) for one in rows.values() for row in one))
    silences = (result for outcome in _SILENCES for _, result in results if result.outcome is outcome)
    return replace(answer, asked=next(silences, NOT_FOUND))
