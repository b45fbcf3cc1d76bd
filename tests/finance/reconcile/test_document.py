"""The document on what a file may look like holds every sentence that the code can say about a file, and no other."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from dashboard.finance.reconcile import wording

ROOT = Path(__file__).parent.parent.parent.parent
DOCUMENT = ROOT / "docs" / "reconcile.md"
READERS = [
    path
    for path in (ROOT / "dashboard" / "spreadsheets").rglob("*.py")
    if path.stem not in ("tables", "xlsx", "__init__")
]
"""The modules that make sheets of a file; what they say, they say about the file."""


def with_gaps(text: str) -> str:
    """Return a sentence with … for what is filled in."""
    return re.sub(r"\{\w*\}", "…", text).strip(" ,")


def text_of(node: ast.expr) -> str | None:
    """Return the text of a literal, with {} for what an f-string fills in; None for anything else."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return text_of(node.func.value)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc] # Text.
    return None


def literals_in(path: Path) -> Iterator[str]:
    """Yield the texts that a module can say: its literals but for docstrings."""
    tree = ast.parse(path.read_text())
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and id(node) not in docstrings | inside:
            text = text_of(node)
            if text is not None:
                yield text


def arguments_of(path: Path, called: str) -> Iterator[str]:
    """Yield the first argument of each call, where it is a literal."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == called and node.args:
            text = text_of(node.args[0])
            if text is not None:
                yield text


def is_sentence(text: str) -> bool:
    """Say whether a text is a whole sentence, or the beginning of one that says what a file is."""
    return bool(re.fullmatch(r"[A-Z“{].* .*[.?]|This is .*", text))


def said_by_the_code() -> set[str]:
    wordings = [one for one in vars(wording).values() if isinstance(one, type) and issubclass(one, StrEnum)]
    said = {with_gaps(member.value) for one in wordings for member in one}
    said |= {with_gaps(wording.MORE_ROWS)}
    said |= {with_gaps(text) for text in arguments_of(ROOT / "dashboard/lib/written_amounts.py", "Unreadable")}
    for path in READERS:
        said |= {with_gaps(text) for text in literals_in(path) if is_sentence(text)}
        said |= {with_gaps(text) for text in arguments_of(path, "NoValue")}
    return said - {""}


def listed_in_the_document() -> list[str]:
    words = DOCUMENT.read_text().partition("## The words")[2]
    items = re.findall(r"^- (.*(?:\n  .*)*)", words, re.MULTILINE)
    return [" ".join(item.split()) for item in items]


def test_every_sentence_of_the_code_stands_in_the_document_and_none_besides() -> None:
    listed = listed_in_the_document()
    assert (said_by_the_code() - set(listed), set(listed) - said_by_the_code()) == (set(), set())
    assert len(listed) == len(set(listed))


def test_sentences_of_a_comparison_stand_in_one_place() -> None:
    room = ROOT / "dashboard" / "finance" / "reconcile"
    elsewhere = [
        (path.name, text)
        for path in room.glob("*.py")
        if path.stem != "wording"
        for called in ("FileProblem", "Doubt")
        for text in arguments_of(path, called)
    ]
    assert elsewhere == []


def test_every_sentence_is_said_somewhere() -> None:
    code = "".join(path.read_text() for path in (ROOT / "dashboard" / "finance" / "reconcile").glob("*.py"))
    wordings = [one for one in vars(wording).values() if isinstance(one, type) and issubclass(one, StrEnum)]
    members = [f"{one.__name__}.{member.name}" for one in wordings for member in one]
    assert [member for member in members if not re.search(rf"\b{member}\b", code)] == []
