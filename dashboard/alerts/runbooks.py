"""What to do about each kind of alert: docs/runbooks.md, read once at start, and the address of each section."""

from dashboard.config import ROOT
from dashboard.lib import markdown

PATH = "/ops/runbooks"

_TEXT = (ROOT / "docs" / "runbooks.md").read_text(encoding="utf-8")
SECTIONS = markdown.sections_of(_TEXT)
PAGE = markdown.to_html(_TEXT)


def path_of(kind: str) -> str:
    """Return our page with the first steps for a kind of alert (the contract's word)."""
    return f"{PATH}#{kind}"
