"""Templates escape what they show; HTML that is made in Python says so with its type, ``Markup``."""

from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent.parent.parent / "templates"


@pytest.mark.parametrize("unescaped", ["| safe", "|safe", "autoescape false"])
def test_no_template_takes_a_text_for_html(unescaped: str) -> None:
    found = [str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if unescaped in path.read_text()]
    assert found == []
