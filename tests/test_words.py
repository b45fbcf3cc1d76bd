"""What pages and messages say is plain English: wordings that readers stumbled over do not come back."""

from pathlib import Path

ROOT = Path(__file__).parent.parent

STUMBLED_OVER = (
    "can be believed", "Hold over, not yet", "As of, empty", "Say since when", "Take the chosen", "as it came",
    "Reckoned with", "What is behind it", "Closes after so long", "No leave to ask", "do not go together",
    "capital letters count", "resend or credit by itself", "bars this account from trading", "user around it",
    "stands in the history with",
)  # fmt: skip


def test_no_wording_that_readers_stumbled_over_stands_in_code_or_templates() -> None:
    files = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    found = [
        f"{path.relative_to(ROOT)}: {words}" for path in files for words in STUMBLED_OVER if words in path.read_text()
    ]
    assert found == []
