"""Pure: what does a pasted text name? Finds every ID and link in it, in their order; what is none is text.

Each line is read from left to right in one pass, so that no text takes time that grows with its square. Nothing is
looked up: whether a whole line, or a word that may be anything, is an order ID, only what the shop has can tell.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.purchases import candidates, labels, steam_ids
from dashboard.purchases.asides import ASIDE
from dashboard.purchases.candidates import LONGEST_ID, Candidate, Mention, Strength
from dashboard.purchases.columns import cells_of, columns_of
from dashboard.purchases.links import LINK, looked_up_by, read_link
from dashboard.purchases.order_ids import order_key
from dashboard.purchases.plain_text import lines_of, plain_of, without_list_marks

MOST_IDS = 500

_SEPARATORS = r"\s\"“”„‟«»‹›`<>()\[\]{}|,;•·¶§、。"
_MARKS = "*_~'.:!?&+=/\\-^%@#$"
"""What may stand around an ID without being part of it."""
_MARKS_BEHIND_A_LINK = _MARKS.replace("/", "").replace("=", "")
_INSIDE = re.compile(
    r"(?<=[0-9])(?:%0A|\\+[nr])(?=\w)|--|[!?^]|(?<=[0-9]{3})[.:](?=[^\W\d_])|(?<=[0-9]{3}):(?=[0-9]{3})|[/=&+\\*~]|\.\.+",
    re.IGNORECASE,
)
"""What may stand between two IDs, or in one."""
_SHAPED = re.compile(r"[^\W_][-_#:.][^\W_]")
_PAIRS = {pair[0]: pair[1] for pair in ("()", "[]", "{}", "<>", '""', "``", "“”", "„“", "«»", "»«", "‹›", "‘’", "''")}

_THOUSANDS = (
    r"(?<![\w.])(?<![0-9][,'])[1-9][0-9]{0,2}(?P<mark>[ ,'])[0-9]{3}(?:(?P=mark)[0-9]{3}){0,5}(?!\w|(?P=mark)[0-9])"
)
"""A number with separators between its thousands, or the numbers of a list."""
_SPACED = r"(?<!\w)(?:(?-i:[A-Z]{2,12})|inv|invoice|ord|order|rechnung) (?:19|20)[0-9]{2} [0-9]{1,8}(?![\w-])"
"""An order ID with spaces in it: ``INV 2026 0007``."""
_BROKEN = r"(?<![\w-])[^\W\d_]{2,12}(?: -|- )[0-9]{1,12}(?![\w-])"
"""An order ID that a mail broke behind its hyphen, or a number with a dash before it."""
_WITH_CENTS = re.compile(r"(?<=[0-9]{6})[.,]00(?![\w.,]| ?[^\W\d_]{2,4}\b| ?[$€£¥₽])")
"""What a spreadsheet adds to an ID: sums have fewer digits, or their currency with them."""
_OFFER_IN_LINK = re.compile(r"(?<=tradeoffer/)[0-9]{1,3}(?:,[0-9]{3}){1,6}(?![0-9])")

_TOKEN = re.compile(
    rf"(?P<link>{LINK})|(?P<steam>(?<![a-z0-9])(?:{steam_ids.STEAM2}|{steam_ids.STEAM3})(?!\w))"
    rf"|(?P<mistyped>(?<![a-z0-9])(?:{steam_ids.MISTYPED})(?!\w))"
    rf"|(?P<scientific>(?<![\w.,])[0-9][.,][0-9]{{1,16}}E\+?[0-9]{{1,2}}(?!\w))"
    rf"|(?P<aside>{ASIDE})|(?P<label>{labels.LABEL})|(?P<grouped>{_THOUSANDS})"
    rf"|(?P<spaced>{_SPACED})|(?P<broken>{_BROKEN})|(?P<word>[^{_SEPARATORS}{re.escape(_MARKS)}](?:(?!&[a-z_]{{1,40}}=)[^{_SEPARATORS}])*)",
    re.IGNORECASE,
)
_TOKEN_KINDS = [name for name in _TOKEN.groupindex if name != "mark"]
_GROUPED = re.compile(
    r"(?<![0-9])7[ ,.'_-]?6[ ,.'_-]?5[ ,.'_-]?6[ ,.'_-]?1[ ,.'_-]?(?:1[ ,.'_-]?9|2[ ,.'_-]?0)"
    r"(?:[ ,.'_-]?[0-9]){10}(?:[.,]0{1,2})?(?![0-9])"
)
_JOINED_TO_PROFILE = re.compile(r"/profiles/76561[0-9]{12}([^0-9/?#&][^/?#&]*)")
_PLACE_IN_INVENTORY = re.compile("(?:_[0-9]{1,3}){1,2}")
_EMBEDDED = re.compile(r"(?<![0-9])76561(?:19|20)[0-9]{10}(?![0-9])")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_ORDER = re.compile(r"(?:order|ord|buy|purchase|invoice|inv)s?[-_#:.]?[0-9]", re.IGNORECASE)
_JOINING = frozenset({"and", "or", "und", "и"})


@dataclass(frozen=True, slots=True)
class Extract:
    """The lines of a text with what each names, and how many more IDs there were than may be asked at once.

    A line that may be one order ID is a mention of its own, with parts; else there are only its parts.
    """

    lines: tuple[tuple[Mention, ...], ...]
    left_out: int = 0


@dataclass(slots=True)
class _Token:
    """A piece of a line. ``kind`` is a group of ``_TOKEN``, or what a word turned out to be: number or plain."""

    kind: str
    text: str
    label: str = ""
    has_sign: bool = False
    is_used: bool = False
    """Of a label: whether it belongs to an ID."""

    @property
    def key(self) -> tuple[str, ...]:
        return self.kind, self.text, self.label, "#" if self.has_sign else ""


def extract(text: str) -> Extract:
    """Find what a text names. Never raises."""
    read = list(_tokens_by_line(text))
    is_only, without_digit = len(read) == 1, _strength_without_digit([tokens for _, tokens in read])
    return _limited([_line(typed, tokens, without_digit, is_only=is_only) for typed, tokens in read])


def steamid_in(text: str) -> str | None:
    """Return the SteamID64 of the first account that a text names in any form, or None."""
    if given := steam_ids.steamid64_from(text.strip()):
        return given
    found = (candidate for line in extract(text).lines for mention in _leaves(line) for candidate in mention.candidates)
    return next((candidate.value for candidate in found if candidate.kind == "steamid"), None)


def key_of(mention: Mention) -> tuple[str, str]:
    """Return what two mentions of the same have in common."""
    if not mention.candidates:
        return "", mention.text
    first = mention.candidates[0]
    return first.kind, order_key(first.value) if first.kind == "custom_id" else first.value


# ---- from a line to its tokens


def _tokens_by_line(text: str) -> Iterator[tuple[str, list[_Token]]]:
    columns = None
    for typed, plain in lines_of(text):
        cells = cells_of(typed, columns)
        if cells:
            yield typed, [token for label, cell in cells for token in _tokens_of(cell, label)]
        else:
            columns = columns_of(typed) or columns
            yield typed, _tokens_of(without_list_marks(plain))


def _tokens_of(line: str, column: str = "") -> list[_Token]:
    tokens: list[_Token] = []
    label = _Token("label", column) if column else None
    line = _WITH_CENTS.sub("", line)
    for found in _TOKEN.finditer(_OFFER_IN_LINK.sub(_without_commas, _GROUPED.sub(_joined, line))):
        token = _token(found)
        if not token.text:
            continue
        if token.kind == "label":
            label = token
        elif label is not None and _belongs_to(label, token):
            token.label, label.is_used = label.text, True
        elif token.text.lower() not in _JOINING:
            label = None
        tokens.append(token)
    return [token for token in tokens if not token.is_used]


def _token(found: re.Match[str]) -> _Token:
    kind, text = next(name for name in _TOKEN_KINDS if found[name] is not None), found[0]
    if kind == "link":
        return _Token(kind, text.removesuffix("'s").rstrip(_MARKS_BEHIND_A_LINK))
    if kind == "word":
        return _word(text, has_sign=found.string[max(0, found.start() - 1) : found.start()] == "#")
    return _Token(kind, text)


def _word(text: str, *, has_sign: bool = False) -> _Token:
    core = text.strip(_MARKS).removesuffix("'s").rstrip(_MARKS)
    if re.fullmatch(r"[0-9]+(?:\.0)?", core):
        return _Token("number", core.removesuffix(".0"), has_sign=has_sign)
    has_digit = any(letter.isdigit() for letter in core)
    is_plain = labels.is_field_name(core) or not (has_digit or _SHAPED.search(core))
    return _Token("plain" if is_plain else "word", core, has_sign=has_sign)


def _belongs_to(label: _Token, token: _Token) -> bool:
    if label.is_used and not labels.is_of_several(label.text):
        return False
    if token.kind == "plain":
        return not label.is_used and labels.is_of_whatever_form(label.text)
    return token.kind in ("number", "grouped", "word", "steam", "mistyped", "link")


def _without_commas(found: re.Match[str]) -> str:
    return found[0].replace(",", "")


def _joined(found: re.Match[str]) -> str:
    """Return a Steam ID without the separators of its thousands, if they are that."""
    digits = re.sub(r"[.,]0{1,2}\Z", "", found[0]) if len(found[0]) > steam_ids.DIGITS else found[0]
    groups = re.split(r"[^0-9]", digits)
    is_one = len(groups) == 1 or (max(map(len, groups)) <= 5 and len(set(re.findall(r"[^0-9]", digits))) == 1)
    return "".join(groups) if is_one else found[0]


def _is_sentence(tokens: Sequence[_Token]) -> bool:
    return len(tokens) > 1 and any(token.kind == "plain" and token.text.lower() not in _JOINING for token in tokens)


# ---- from tokens to what they name


def _strength_without_digit(lines: Sequence[list[_Token]]) -> Strength:
    """Return what a word without a digit is where it is alone in its line: an ID if the other lines are such words."""
    if any(map(_is_sentence, lines)):
        return Strength.TEXT
    if len(lines) == 1:
        return Strength.CLEAR
    are_alike = all(token.kind == "plain" for tokens in lines for token in tokens)
    return Strength.POSSIBLE if are_alike else Strength.WEAK


def _line(typed: str, tokens: list[_Token], without_digit: Strength, *, is_only: bool) -> tuple[Mention, ...]:
    is_sentence = _is_sentence(tokens)
    read: dict[tuple[str, ...], Mention] = {}
    for token in tokens:
        if token.key not in read:
            read[token.key] = _mention(token, is_sentence=is_sentence, without_digit=without_digit)
    parts = tuple(read[token.key] for token in tokens)
    whole = tuple(found for form in _forms(typed) if (found := candidates.custom_id(form)))
    own = {order_key(found.value) for part in parts for found in part.candidates if found.kind == "custom_id"}
    if len(parts) == 1 and {order_key(found.value) for found in whole} <= own:
        is_asked = is_only and parts[0].strength is Strength.WEAK
        return (replace(parts[0], strength=Strength.POSSIBLE),) if is_asked else parts
    if not whole:
        return parts
    may_ask = is_only and not any(token.kind in ("link", "steam", "mistyped", "scientific") for token in tokens)
    may_ask = may_ask and not any(part.candidates and part.candidates[0].kind == "steamid" for part in parts)
    return (Mention(typed, whole, Strength.POSSIBLE if may_ask else Strength.WEAK, parts=parts),)


def _forms(typed: str) -> list[str]:
    """Return what an order ID that is a whole line may be: as typed first, for the person meant what they pasted."""
    bare = _unwrapped(typed)
    return list(dict.fromkeys((typed, bare, bare.lstrip("# "))))


def _unwrapped(text: str) -> str:
    """Return the text without quotes and brackets that come in pairs around it, and without commas at its end."""
    first, last = 0, len(text)
    while first < last:
        if text[first].isspace():
            first += 1
        elif text[last - 1] in ",;" or text[last - 1].isspace():
            last -= 1
        elif last - first >= 2 and _PAIRS.get(text[first]) == text[last - 1]:
            first, last = first + 1, last - 1
        else:
            break
    return text[first:last]


def _mention(token: _Token, *, is_sentence: bool, without_digit: Strength) -> Mention:
    if token.kind in ("spaced", "broken", "grouped"):
        return _of_pair(token, is_sentence=is_sentence)
    if token.kind in ("word", "plain", "number"):
        return _of_word(token, is_sentence=is_sentence, without_digit=without_digit)
    found: tuple[Candidate, ...] = ()
    match token.kind:
        case "link":
            looked_up = looked_up_by(token.text)
            return _parted(token.text, _looked_up(looked_up)) if looked_up else _of_link(token.text)
        case "steam" | "mistyped":
            is_steam = token.kind == "steam"
            found = candidates.those((candidates.steamid if is_steam else candidates.mistyped_steamid)(token.text))
            note = candidates.NO_ACCOUNT_SO_LARGE if is_steam else candidates.ONE_LETTER_WRONG
            return Mention(token.text, found, Strength.CLEAR, "" if found else note)
        case "scientific":
            return Mention(token.text, found, Strength.CLEAR, candidates.note_on_scientific(token.text))
        case "aside":
            found = candidates.those(candidates.custom_id(token.text))
    return Mention(token.text.strip(" \"'#:="), found, Strength.WEAK if found else Strength.TEXT)


def _of_link(link: str) -> Mention:
    read = read_link(link)
    joined = _JOINED_TO_PROFILE.search(link)
    rest = _beside(joined[1]) if joined and read.candidates else Mention("")
    return (
        Mention(link, parts=(replace(read, text=link[: joined.start(1)]), rest)) if joined and rest.candidates else read
    )


def _of_word(token: _Token, *, is_sentence: bool, without_digit: Strength) -> Mention:
    if len(token.text) > LONGEST_ID:
        return Mention(f"{token.text[:LONGEST_ID]}…", note=f"No id is longer than {LONGEST_ID} characters.")
    if token.kind == "number" and steam_ids.is_shortened(token.text):
        return Mention(token.text, (), Strength.CLEAR, candidates.SHORTENED)
    if token.label and (labelled := _labelled(token)):
        return labelled
    if token.kind == "number":
        return _number(token, is_sentence=is_sentence)
    if token.kind == "plain":
        is_joining = token.text.lower() in _JOINING
        strength = Strength.TEXT if is_joining else Strength.CLEAR if token.label else without_digit
        found = candidates.those(candidates.custom_id(token.text)) if strength else ()
        return Mention(token.text, found, strength)
    return _unlabelled(token, is_sentence=is_sentence, without_digit=without_digit)


def _of_pair(token: _Token, *, is_sentence: bool) -> Mention:
    """Return what several words or numbers are together."""
    if token.kind == "spaced":
        return Mention(token.text, candidates.those(candidates.custom_id(token.text)), Strength.POSSIBLE)
    if token.kind == "broken":
        number = re.split("[ -]+", token.text)[1]
        found = (*candidates.of_number(number), candidates.custom_id(re.sub(" ?- ?", "-", token.text)))
        return Mention(token.text, candidates.those(*found), Strength.CLEAR)
    return _of_thousands(token, is_sentence=is_sentence)


def _of_thousands(token: _Token, *, is_sentence: bool) -> Mention:
    """Return one number and those of a list: which of them is meant, only what is stored can tell."""
    digits = re.sub("[^0-9]", "", token.text)
    one = _of_word(_Token("number", digits, token.label), is_sentence=is_sentence, without_digit=Strength.TEXT)
    if token.label and labels.kind_of(token.label) == "other":
        return Mention(token.text)
    if token.label and one.strength is not Strength.WEAK and not labels.is_of_several(token.label):
        return replace(one, text=token.text)
    label = token.label if labels.is_of_several(token.label) else ""
    numbers = [_Token("number", number, label) for number in re.split("[^0-9]", token.text)]
    parts = tuple(_of_word(number, is_sentence=is_sentence, without_digit=Strength.TEXT) for number in numbers)
    strength = min(one.strength, Strength.POSSIBLE)
    return Mention(token.text, one.candidates, strength, parts=parts, is_list=bool(one.candidates))


def _looked_up(text: str) -> Iterator[Mention]:
    """Yield what the text in a link to the look-up names. A link in it may hold another text, which is not read."""
    tokens = _tokens_of(plain_of(text))
    without_digit = _strength_without_digit([tokens])
    for token in tokens:
        if token.kind == "link":
            yield read_link(token.text)
        else:
            yield _mention(token, is_sentence=_is_sentence(tokens), without_digit=without_digit)


def _labelled(token: _Token) -> Mention | None:
    kind = labels.kind_of(token.label)
    found = candidates.of_labelled(kind, token.text)
    if found:
        if re.fullmatch(r"[^\W_]+[#:.]", token.label) and kind == "order":
            found += candidates.those(candidates.custom_id(token.label + token.text))
        return Mention(token.text, found, Strength.CLEAR)
    if kind == "friend" and token.kind == "word":
        return Mention(token.text, (), Strength.CLEAR, candidates.NO_FRIEND_CODE)
    if kind in ("other", "unknown") and token.kind == "number" and not candidates.steamid(token.text):
        return Mention(token.text, candidates.of_number(token.text) if kind == "unknown" else (), Strength.WEAK)
    note = candidates.note_on_number(token.text)
    if kind == "steam" and not note and token.kind == "number" and labels.is_of_steam_id(token.label):
        note = candidates.NO_STEAM_ID
    if kind == "steam" and note:
        return Mention(token.text, (), Strength.CLEAR, note)
    return None


def _number(token: _Token, *, is_sentence: bool) -> Mention:
    digits = token.text
    is_clear = not is_sentence or token.has_sign or token.label or (len(digits) >= 4 and not _YEAR.fullmatch(digits))
    strength = Strength.CLEAR if is_clear else Strength.WEAK
    return Mention(digits, candidates.of_number(digits), strength, candidates.note_on_number(digits))


def _unlabelled(token: _Token, *, is_sentence: bool, without_digit: Strength) -> Mention:
    word = token.text
    own = candidates.those(candidates.custom_id(word))
    if account := candidates.steamid(word) or candidates.friend_code(word):
        return Mention(word, (account, *own), Strength.CLEAR)
    pieces = [piece for piece in map(_word, _INSIDE.split(word)) if piece.text]
    if len(pieces) > 1:
        parts = [_mention(piece, is_sentence=is_sentence, without_digit=Strength.TEXT) for piece in pieces]
        return _of_pieces(word, own, parts)
    inside = _EMBEDDED.search(word)
    if inside is not None and (account := candidates.steamid(inside[0])):
        around = [_beside(word[: inside.start()]), _beside(word[inside.end() :])]
        around.insert(1, Mention(inside[0], (account,), Strength.CLEAR))
        return _parted(word, [part for part in around if part.text], own)
    if not any(letter.isdigit() for letter in word):
        return Mention(word, own, Strength.CLEAR if without_digit else Strength.WEAK)
    is_clear = not is_sentence or token.label or _is_clear(word)
    return Mention(word, own, Strength.CLEAR if is_clear else Strength.WEAK)


def _beside(rest: str) -> Mention:
    """Return what is joined to a Steam ID: an ID only where it looks like one, unlike the ``_2`` of an inventory."""
    piece = _word(rest)
    if not piece.text or _PLACE_IN_INVENTORY.fullmatch(rest):
        return Mention(piece.text)
    return _of_word(piece, is_sentence=True, without_digit=Strength.TEXT)


def _of_pieces(word: str, own: tuple[Candidate, ...], pieces: list[Mention]) -> Mention:
    """Return the IDs of ``order-1/order-2``; but ``inv/2026/0007`` is one, unless only a piece of it is stored."""
    clear = [piece for piece in pieces if piece.strength is Strength.CLEAR]
    has_account = any(piece.candidates and piece.candidates[0].kind == "steamid" for piece in clear)
    if has_account or len(clear) in (0, len(pieces)):
        return _parted(word, pieces, own)
    parts = tuple(piece if piece in clear else Mention(piece.text) for piece in pieces)
    return Mention(word, own, Strength.CLEAR, parts=parts)


def _is_clear(word: str) -> bool:
    """Say whether a word in a sentence is an ID beyond doubt, unlike 2pm, CS2 and Glock-18."""
    digits = sum(letter.isdigit() for letter in word)
    return digits >= 4 or (digits == 3 and _SHAPED.search(word) is not None) or _ORDER.match(word) is not None


def _parted(text: str, parts: Iterable[Mention], own: tuple[Candidate, ...] = ()) -> Mention:
    """Return what is one ID if the shop has it, and else what its parts are."""
    named = tuple(parts)
    is_named = any(part.strength for part in named)
    return Mention(text, own, Strength.POSSIBLE if own and is_named else Strength.WEAK, parts=named)


# ---- as many as may be asked


def _leaves(mentions: Iterable[Mention]) -> Iterator[Mention]:
    for mention in mentions:
        yield mention
        yield from _leaves(mention.parts)


def _limited(lines: Sequence[tuple[Mention, ...]]) -> Extract:
    seen: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    left_out: set[tuple[str, str]] = set()

    def kept(mention: Mention) -> Mention:
        parts = tuple(map(kept, mention.parts))
        if parts and not any(part.text for part in parts):
            return Mention("")
        if not mention.strength:
            return mention if parts == mention.parts else replace(mention, parts=parts)
        is_asked, key = mention.strength > Strength.WEAK, key_of(mention)
        if key in seen[is_asked] or len(seen[is_asked]) < MOST_IDS:
            seen[is_asked].add(key)
            return mention if parts == mention.parts else replace(mention, parts=parts)
        text = mention.text
        if is_asked and not parts:
            left_out.add(key)
            text = ""
        return Mention(text, parts=parts)

    return Extract(tuple(tuple(map(kept, line)) for line in lines), len(left_out))
