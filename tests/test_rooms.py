"""Who may import whom: the rules of docs/architecture.md, kept by reading every import of the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PURE = (
    "statuses",
    "advice",
    "advice_texts",
    "identify",
    "periods",
    "formatting",
    "schedule",
    "rates",
    "finality",
    "exports",
    "xlsx",
    "sheet_files",
    "xlsx_reader",
    "their_list",
    "matching",
    "bridge",
    "report_mail",
    "written_amounts",
    "totals",
    "spans",
    "report",
    "charts",
    "outcomes",
    "ops_windows",
    "rate_charts",
    "ops_verdict",
    "attempts",
    "drift",
    "reversal_times",
    "closed_figures",
    "finding_rules",
    "alerts/kinds",
    "alerts/figures",
    "alerts/conditions",
    "alerts/lifecycle",
    "alerts/messages",
    "alerts/replay",
)

FORBIDDEN = {
    "skinsback": ("dashboard", "flask", "sqlalchemy"),
    "simulator": ("dashboard", "flask", "sqlalchemy"),
    "queries": ("dashboard.store", "dashboard.refresh", "dashboard.skinsback", "flask"),
    "views": ("dashboard.skinsback", "dashboard.store", "sqlalchemy"),
} | dict.fromkeys(PURE, ("flask", "sqlalchemy", "dashboard.skinsback"))
"""Room -> what it may not import. A room may always import itself."""


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files_of(room: str) -> list[Path]:
    path = ROOT / "dashboard" / room
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def lies_in(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


@pytest.mark.parametrize("room", FORBIDDEN)
def test_a_room_imports_nothing_it_may_not(room: str) -> None:
    own = f"dashboard.{room}"
    broken = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files_of(room)
        for name in imports_of(path)
        if not lies_in(name, own) and any(lies_in(name, package) for package in FORBIDDEN[room])
    ]
    assert broken == []


def test_only_the_store_writes_purchases() -> None:
    # ``hints`` writes only when purchases are asked for next.
    writers = {"store.py", "hints.py"}
    broken = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "dashboard").rglob("*.py")
        if path.name not in writers
        and any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("insert", "update", "delete")
            and any(
                isinstance(a, ast.Name) and a.id in ("Purchase", "PurchaseVersion", "PurchaseAnswer") for a in node.args
            )
            for node in ast.walk(ast.parse(path.read_text()))
        )
    ]
    assert broken == []


def test_only_the_store_moves_the_totals() -> None:
    movers = [
        str(path.relative_to(ROOT / "dashboard"))
        for path in (ROOT / "dashboard").rglob("*.py")
        if any(lies_in(name, "dashboard.totals_store") for name in imports_of(path))
    ]
    # The commands only have them counted anew.
    assert sorted(movers) == ["cli.py", "store.py"]


def test_no_function_is_too_long_to_be_read_at_once() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in (ROOT / "dashboard").rglob("*.py")
        if "versions" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno > 50
    ]
    assert long == []


def test_no_money_passes_through_a_float() -> None:
    broken = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "dashboard").rglob("*.py")
        if "simulator" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    ]
    assert broken == []


def test_every_module_has_its_place_in_the_architecture() -> None:
    written = (ROOT / "docs" / "architecture.md").read_text()
    modules = [path.name for path in (ROOT / "dashboard").glob("*.py") if not path.name.startswith("__")]
    assert [name for name in modules if f"`{name}`" not in written] == []
