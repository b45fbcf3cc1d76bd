"""What pages and messages say is plain English: wordings that readers stumbled over do not come back."""

from pathlib import Path

ROOT = Path(__file__).parent.parent

STUMBLED_OVER = (
    "can be believed", "Hold over, not yet", "As of, empty", "Say since when", "Take the chosen", "as it came",
    "Reckoned with", "What is behind it", "Closes after so long", "No leave to ask", "do not go together",
    "capital letters count", "resend or credit by itself", "bars this account from trading", "user around it",
    "stands in the history with", "and at, empty", "See what it is about", "Say why:", "Nothing leaves a list",
    "Operations, Drift", "nobody asks for", "Nothing to tell by", "Too few to tell", "This may not be how it is",
    "tells how it was", "ever called failing", "nothing that happened since", "Too little is kept", "Last seen:",
    "looks after it", "leader number", "unknown whose fault", "is counted of", "without fault", "has to be asked of",
    "counts as one that can be undone", "fresh trade URL", "What is shown is what", "Debited though failed",
    "nothing or nothing known", "order ID of ours", "It looks so again", "More is in question", "that nobody has taken",
    "taken by anybody", "could come without", "from which part to which", "In sum it", "the check that follows",
    "not known to hold", "Adding up so many", "Add all of them up", "The purchases that make it", "Left empty, it is",
    "is none that a", "is no SQLite", "a sum that can be", "Once that is changed", "get no further", "all that ended",
    "whose purchases ended", "It had said", "which its documentation does not have", "at the latest</th>",
)  # fmt: skip


def test_no_wording_that_readers_stumbled_over_stands_in_code_or_templates() -> None:
    files = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    found = [
        f"{path.relative_to(ROOT)}: {words}" for path in files for words in STUMBLED_OVER if words in path.read_text()
    ]
    assert found == []
