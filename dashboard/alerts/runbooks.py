"""What to do about each kind of alert: docs/runbooks.md, read once at start."""

from dashboard.config import ROOT
from dashboard.lib import markdown

_TEXT = (ROOT / "docs" / "runbooks.md").read_text(encoding="utf-8")
SECTIONS = markdown.sections_of(_TEXT)
PAGE = markdown.to_html(_TEXT)
