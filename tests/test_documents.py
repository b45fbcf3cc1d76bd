"""Documents are true: what they name is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]


def paths_named_in(text: str) -> set[str]:
    """Return what is written in backticks or linked with the path of a file or a folder of the project."""
    quoted = re.findall(r"`([\w./-]+)`", text) + re.findall(r"\]\(([\w./-]+)\)", text)
    return {name for name in quoted if re.fullmatch(r"[\w-]+/[\w./-]*(\.(py|md|png|html|txt|in|yml|yaml)|\w/)", name)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_that_a_document_names_is_there(document: Path) -> None:
    beside = (ROOT, document.parent, ROOT / "dashboard")
    named = paths_named_in(document.read_text())
    assert {name for name in named if not any((place / name).exists() for place in beside)} == set()


def test_the_page_on_architecture_lists_every_room() -> None:
    listed = re.findall(r"^\| `(\w+)/` \|", (ROOT / "docs" / "architecture.md").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(path.parent.name for path in (ROOT / "dashboard").glob("*/__init__.py"))


def names_of_the_house() -> Iterator[str]:
    """Yield every module, and every name that begins a line of it, by its full name and by each shorter end of that."""
    for path in (ROOT / "dashboard").rglob("*.py"):
        module = path.relative_to(ROOT).with_suffix("").parts
        defined = re.findall(r"^(?:class |def )?(\w+)", path.read_text(), re.MULTILINE)
        for inside in [(), *((name,) for name in defined)]:
            parts = (*module, *inside)
            yield from (".".join(parts[start:]) for start in range(len(parts)))


def test_every_module_and_file_that_a_docstring_or_a_template_names_is_there() -> None:
    known = set(names_of_the_house())
    wrong = []
    for path in [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]:
        text = path.read_text()
        files = re.findall(r"(?:``|\s)((?:\w+/)+\w+\.(?:py|html))(?:``|[;,.\s])", text)
        wrong += [name for name in files if not any((place / name).exists() for place in (ROOT, ROOT / "dashboard"))]
        wrong += [name for name in re.findall(r"``([a-z_]+(?:\.\w+)+)``", text) if name not in known]
    assert wrong == []
