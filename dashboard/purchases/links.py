"""Pure: whom or what a link names: a Steam account on any site, a trade offer, or a page of the dashboard."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from dashboard.purchases import candidates, steam_ids
from dashboard.purchases.candidates import Candidate, Mention, Strength

# A link ends where a chat or a list ends it. Its brackets are those of a Steam ID.
_REST = r"(?:\[U:1:[0-9]{1,20}(?::1)?\]|[^\s\"“”„‟«»‹›`<>()\[\]{}|,;\\^])"
LINK = (
    rf"(?:(?:https?|steam)://|(?<![\w:/])//|(?<![\w.@/-])(?:(?:[a-z0-9-]{{1,63}}\.){{1,6}}[a-z]{{2,18}}"
    rf"|localhost|[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}})(?::[0-9]{{1,5}})?(?=[/?])"
    rf"|(?<![\w./])(?=/(?:purchases|users)/)){_REST}+"
)
"""A link with or without its scheme, or the path of a page of the dashboard."""

_STEAM_HOSTS = ("steamcommunity.com", "www.steamcommunity.com", "m.steamcommunity.com")
_OWN_PATH = re.compile(r"/(purchases|users)/([^/]{1,64})(?:/[a-z]*)?/?$")
_STEAM_ID = re.compile(
    rf"(?<![0-9])[0-9]{{{steam_ids.DIGITS}}}(?![0-9])|(?<![a-z0-9]){steam_ids.STEAM2}|(?<![a-z0-9]){steam_ids.STEAM3}",
    re.IGNORECASE,
)
_EVERYBODY = "76561202255233023"
"""The last account; links that show an item in the game name it where anybody may look."""
_PARTNER = re.compile(r"(?<![a-z])partner=([0-9]{1,10})(?![0-9])", re.IGNORECASE)
_NAMED = {"buy_id": "buy", "custom_id": "order", "order_id": "order", "tradeofferid": "offer"}

_OF_STEAM = "This Steam link names neither an account by its Steam ID nor a trade offer."
_ELSEWHERE = "This link names neither a Steam account, nor a trade offer, nor a page of this dashboard."
_INVITE_UNREADABLE = "This invite cannot be read: its code is not one of Steam's. Ask for the whole link."
_LONGEST = 2048


def read_link(link: str) -> Mention:
    """Return what a link names. Its parts are several accounts, or the text that it makes this dashboard look up."""
    shown = link if len(link) <= candidates.LONGEST_ID else link[: candidates.LONGEST_ID] + "…"
    if len(link) > _LONGEST:
        return Mention(shown, note=f"This is {len(link):,} characters long; no link is that long.")
    host, words, asked = _parts_of(link)
    found, note = _of_steam(words, asked) if host in _STEAM_HOSTS else _of_invite(host, words)
    found = found or _of_any_site(link, words, asked)
    if len(found) > 1:
        parts = tuple(Mention(one.value, (one,), Strength.CLEAR) for one in found)
        return Mention(shown, parts=parts)
    if found or note:
        return Mention(shown, found, Strength.CLEAR, "" if found else note)
    return Mention(shown, note=_OF_STEAM if host in _STEAM_HOSTS else _ELSEWHERE)


def looked_up_by(link: str) -> str:
    """Return the text that a link to the look-up of a dashboard asks for; empty when it is no such link."""
    _, words, asked = _parts_of(link)
    return asked.get("q", "") if not words else ""


def _parts_of(link: str) -> tuple[str, list[str], dict[str, str]]:
    has_scheme = "//" in link[:10] or link.startswith("/")
    try:
        parts = urlsplit(link if has_scheme else f"//{link}")
        host, query = parts.hostname or "", dict(parse_qsl(parts.query))
    except ValueError:
        return "", [], {}
    return host, [unquote(word) for word in parts.path.split("/") if word], query


def _of_steam(words: list[str], asked: dict[str, str]) -> tuple[tuple[Candidate, ...], str]:
    match words:
        case ["profiles", steamid, *_]:
            found = candidates.those(candidates.steamid(steamid, "a Steam profile link"))
            return found, candidates.note_on_number(steamid)
        case ["id", name, *_]:
            return (), _vanity_note(name)
        case ["user", code, *_]:
            return candidates.those(candidates.invite(code)), _INVITE_UNREADABLE
        case ["tradeoffer", "new", *_]:
            return candidates.those(candidates.partner(asked.get("partner", ""))), ""
        case ["tradeoffer", offer, *_]:
            return candidates.those(candidates.tradeofferid(offer, "a trade-offer link")), ""
    return (), ""


def _of_invite(host: str, words: list[str]) -> tuple[tuple[Candidate, ...], str]:
    match host, words:
        case "s.team", ["p", code, *_]:
            return candidates.those(candidates.invite(code)), _INVITE_UNREADABLE
    return (), ""


def _of_any_site(link: str, words: list[str], asked: dict[str, str]) -> tuple[Candidate, ...]:
    if own := _own_page("/" + "/".join(words)):
        return (own,)
    address = unquote(unquote(link))
    steamids = [found[0] for found in _STEAM_ID.finditer(address) if found[0] != _EVERYBODY]
    accounts = [candidates.steamid(steamid, "a link with a Steam ID") for steamid in steamids]
    accounts += [candidates.partner(found[1]) for found in _PARTNER.finditer(address)]
    named = [one for key, kind in _NAMED.items() for one in candidates.of_labelled(kind, asked.get(key, ""))[:1]]
    return candidates.those(*accounts, *named)


def _own_page(path: str) -> Candidate | None:
    own = _OWN_PATH.search(path)
    if own is None:
        return None
    found = candidates.buy_id(own[2]) if own[1] == "purchases" else candidates.steamid(own[2])
    return Candidate(found.kind, found.value, "a link of this dashboard") if found is not None else None


def _vanity_note(name: str) -> str:
    shown = name if len(name) <= 64 else name[:64] + "…"
    return (
        f"This profile link uses the custom name {shown!r}, which only Steam can turn into a Steam ID. "
        "Ask for the trade link, or for the profile link that contains 17 digits."
    )
