"""Text as the person sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.lib.seen_text import as_seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("order-1", "order-1"), ("  a\u00a0 b\t", "a b"), ('="00123"', "00123"), ('="a""b"', 'a"b'),
        ("'00124", "00124"),
        ("'a'", "a"), ('"a"', "a"), ("“a”", "a"), ("„a“", "a"), ("»a«", "a"), ("«a»", "a"),
        ("ＡＢＣ１２３－９", "ABC123-9"),
        ("a\u200b\u200d\ufeffb", "ab"), ("'", "'"), ("''", "''"), ('=""', ""), ("O'Brien", "O'Brien"), ("5'", "5'"),
        ("=1+1", "=1+1"), ("", ""), ("\u200b", ""), ("★", "★"), ("№5", "№5"),
    ],
)  # fmt: skip
def test_what_nobody_sees_is_taken_off(text: str, seen: str) -> None:
    assert as_seen(text) == seen


@given(st.from_regex(r"[0-9A-Za-z][0-9A-Za-z._-]{0,20}[0-9A-Za-z]", fullmatch=True))
def test_a_plain_id_is_itself(text: str) -> None:
    assert as_seen(text) == text
