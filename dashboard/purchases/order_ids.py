"""Pure: which order IDs (``custom_id``) SkinsBack takes for the same.

Asked for ``Abc-34001`` it answers with ``abc-34001``, asked for ``007123`` with the number 7123. What people paste has
invisible characters and other widths besides.
"""

import unicodedata
from hashlib import sha256

from dashboard.lib.seen_text import shows_nothing

LONGEST_KEY = 255


def order_key(text: str) -> str:
    """Return what all spellings of one order ID have in common, at most LONGEST_KEY characters."""
    seen = "".join(filter(_is_seen, unicodedata.normalize("NFKC", text)))
    # Folding can take letters apart that the first normal form put together.
    key = " ".join(unicodedata.normalize("NFKC", seen.casefold()).split())
    if key.isascii() and key.isdigit():
        key = key.lstrip("0") or "0"
    if len(key) <= LONGEST_KEY:
        return key
    # One letter may become eighteen, and no index takes keys of any length.
    digest = sha256(key.encode()).hexdigest()
    return key[: LONGEST_KEY - len(digest)] + digest


def _is_seen(letter: str) -> bool:
    return letter.isspace() or not (shows_nothing(letter) or unicodedata.category(letter) in ("Cc", "Cs"))
