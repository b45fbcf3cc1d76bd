"""Pure: in which encoding a text file is written.

UTF-8, UTF-16 and UTF-32 show themselves. The older ones do not: there the letters decide, because each language has few
beyond ASCII, and at the wrong encoding others or signs stand in the middle of words. That works for lists of a few
words, which libraries guess wrongly; a library is asked where no language fits.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_LETTERS = {
    "western": (
        "üäöß", "éèàêçôîâûùëïœ", "óíáñéúüºª", "ãçáéóíêâõúàô", "àèùòìé", "äåö", "åøæé", "ëéïèöü", "áíðéóöúþýæ",
    ),
    "central": ("ąęóżłćśńź", "íáéěřžčýšůúňóťď", "áíéčžýšúľťňôäóďĺŕ", "áéóöőíüúű", "ăîâşţéș", "čšžćđ"),
    "turkish": ("şığüçöİâî",),
    "baltic": ("ėįšųžąčęū", "āīšēņļūžčķģ", "õäöü"),
    "greek": ("αοιετσνηυρπκμλωςδγχθφβξζψάέήίόύώ",),
    "cyrillic": (
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", "оаинвітрсекдлпумяьзгчбйхжшюцїщєфґ", "аиоентрсвдлкпмзгъуячбцшжщфюхйьѝ",
        "аоиенрстјкудвмлпзбгцчшњжљфћђхџ",
    ),
}  # fmt: skip
"""What the languages of a region have beyond ASCII, the most frequent letters first: Western are German, French,
Spanish, Portuguese, Italian, Swedish, Danish, Dutch and Icelandic, and so on."""

_CODECS = {
    "western": {"cp1252": 0.0, "mac_roman": 0.25, "cp850": 0.25},
    "cyrillic": {"cp1251": 0.0, "koi8_r": 0.1, "cp866": 0.1},
    "central": {"cp1250": 0.05, "iso8859_2": 0.15, "cp852": 0.25},
    "turkish": {"cp1254": 0.05},
    "baltic": {"cp1257": 0.1},
    "greek": {"cp1253": 0.1},
}
"""How much better a reason than the most frequent ones each needs."""

_BY_LIBRARY = ["gb18030", "big5", "cp932", "cp1255", "cp1256"]
"""Chinese, Japanese, Hebrew and Arabic."""

_NAMES = {
    "utf_8": "UTF-8", "utf_8_sig": "UTF-8", "utf_16": "UTF-16", "utf_16_le": "UTF-16", "utf_16_be": "UTF-16",
    "utf_32": "UTF-32", "utf_32_le": "UTF-32", "utf_32_be": "UTF-32", "iso8859_2": "ISO 8859-2", "koi8_r": "KOI8-R",
    "mac_roman": "Mac Roman", "mac_latin2": "Mac Central European", "mac_cyrillic": "Mac Cyrillic",
    "mac_turkish": "Mac Turkish", "mac_greek": "Mac Greek", "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)", "cp932": "Shift JIS (Japanese)", "cp949": "Korean (windows-949)",
}  # fmt: skip

_SIGNS = frozenset("¿¡€™®©°№«»“”„‘’‚–—…§·•  ")
_PENALTY = -1.0
_SIGN = 0.7
_FITS = 0.2
"""From here on a language explains what stands beyond ASCII."""
_MOST_WORDS = 500


@dataclass(frozen=True)
class Encoding:
    """A codec of Python, and whether it was guessed."""

    codec: str
    is_guess: bool = False

    @property
    def name(self) -> str:
        """What people call it."""
        kind = "windows-" if self.codec.startswith("cp125") else "DOS "
        return _NAMES.get(self.codec) or self.codec.replace("cp", kind)


def marked_encoding(beginning: bytes) -> Encoding | None:
    """Return the encoding that a file's first bytes show: by its mark, or by the zeros of UTF-16 and UTF-32."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf_8_sig"), (codecs.BOM_UTF32_LE, "utf_32"), (codecs.BOM_UTF32_BE, "utf_32"),
        (codecs.BOM_UTF16_LE, "utf_16"), (codecs.BOM_UTF16_BE, "utf_16"),
    ):  # fmt: skip
        if beginning.startswith(mark):
            return Encoding(codec)
    # Delimiters and digits are ASCII in every list; where only every fourth or second byte of them is not zero, the
    # others are the upper halves of wider characters.
    whole = beginning[: len(beginning) // 4 * 4]
    zeros = [whole[place::4].count(0) * 4 / len(whole) if whole else 0.0 for place in range(4)]
    for codec, upper, lowest in (("utf_32_le", (2, 3), 0), ("utf_32_be", (0, 1), 3)):
        if all(zeros[place] > 0.9 for place in upper) and zeros[lowest] == 0:
            return Encoding(codec)
    for codec, upper, lower in (("utf_16_le", (1, 3), (0, 2)), ("utf_16_be", (0, 2), (1, 3))):
        if all(zeros[place] > 0.1 for place in upper) and not any(zeros[place] for place in lower):
            return Encoding(codec)
    return None


def guessed_encoding(lines: list[bytes], *, is_of_mac: bool) -> Encoding:
    """Return in which older encoding lines that are not UTF-8 are written. Lines of old Macs end with a bare CR."""
    text = b"\n".join(lines)
    words = list(dict.fromkeys(re.findall(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*", text)))[:_MOST_WORDS]
    best, codec = max(_fits(words, is_of_mac=is_of_mac), key=lambda one: one[0])
    if best < _FITS:
        import charset_normalizer  # noqa: PLC0415 - Few files need it, and it takes its time to load.

        other = charset_normalizer.from_bytes(text, cp_isolation=_BY_LIBRARY).best()
        codec = other.encoding if other else codec
    return Encoding(codec, is_guess=True)


def _fits(words: list[bytes], *, is_of_mac: bool) -> Iterator[tuple[float, str]]:
    """Yield how well each encoding explains words, from 1 downwards."""
    for region, codecs_of_region in _CODECS.items():
        for codec, rarity in codecs_of_region.items():
            decoded = [word.decode(codec, "replace") for word in words]
            likeness = max(_likeness(decoded, letters) for letters in _LETTERS[region])
            yield likeness - (0.0 if is_of_mac and codec.startswith("mac") else rarity), codec


def _likeness(words: list[str], letters: str) -> float:
    ranks = {letter: 1 - 0.02 * place for place, letter in enumerate(letters)}
    ranks |= {letter.upper(): rank for letter, rank in ranks.items() if len(letter.upper()) == 1}
    is_latin = "a" <= unicodedata.normalize("NFD", letters[0])[0] <= "z"
    points = [
        _point(word, place, ranks, is_latin=is_latin)
        for word in words for place, one in enumerate(word) if not one.isascii()
    ]  # fmt: skip
    return sum(points) / len(points)


def _point(word: str, place: int, ranks: dict[str, float], *, is_latin: bool) -> float:
    """Return from -1 to 1 how well a letter suits a language where it stands."""
    letter, before, after = word[place], word[:place][-1:], word[place + 1 : place + 2]
    if letter in _SIGNS:
        is_inside = before.isalpha() and (after.isalpha() or letter in "¿¡")
        return _PENALTY if is_inside and letter != "’" else _SIGN
    if letter not in ranks or (letter.isupper() and before.islower()):
        return _PENALTY
    beside = [one for one in (before, after) if one.isalpha()]
    # Latin words have their letters beyond ASCII one by one, the others have nothing else.
    odd = sum(one.isascii() != is_latin for one in beside)
    if odd:
        return ranks[letter] - (0.2, 0.8)[odd - 1] if is_latin else _PENALTY
    return ranks[letter] if beside else ranks[letter] / 2
