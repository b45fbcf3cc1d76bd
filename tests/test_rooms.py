"""How the house is built: what a file may import follows from its name, and no room imports another in a circle."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "dashboard"
BESIDE = {"__init__", "factory", "config", "cli", "demo"}

NETWORK = ("requests", "urllib.request", "websockets", "smtplib", "dashboard.skinsback.client")


@cache
def modules() -> dict[str, Path]:
    """Return every module of the house but its migrations, by name."""
    paths = (path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def imports_of(path: Path) -> frozenset[str]:
    """Return what a file imports: modules by their full name, names of modules as ``module.name``."""
    names = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def module_in(name: str) -> str | None:
    """Return the module of the house that an import leads to."""
    if name in modules() and modules()[name].name != "__init__.py":
        return name
    parent = name.rpartition(".")[0]
    return parent if parent in modules() else None


def room_of(module: str) -> str:
    path = modules()[module]
    return ".".join(path.parent.relative_to(HOUSE).parts)


def lies_in(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def is_pure(path: Path) -> bool:
    return (ast.get_docstring(tree_of(path)) or "").startswith("Pure:")


def stem(name: str) -> str:
    return name.rpartition(".")[2]


def is_kind(module: str, kind: str) -> bool:
    return stem(module) == kind or stem(module).endswith(f"_{kind}")


def forbidden_to(module: str, path: Path) -> Iterator[str]:
    """Yield why imports of a file break the rules that its name (or "Pure:") gives it."""
    for name in imports_of(path):
        target = module_in(name)
        why = _why_not(module, path, name, target)
        if why:
            yield f"{module} imports {name}: {why}"


def _why_not(module: str, path: Path, name: str, target: str | None) -> str:
    def touches(*packages: str) -> bool:
        return any(lies_in(name, package) for package in packages)

    is_foreign = target is not None and room_of(target) not in ("lib", "db", room_of(module))
    is_writer = target is not None and is_kind(target, "store")
    rules = (
        (stem(module) == "models" and is_foreign, "tables know nothing above db"),
        (is_kind(module, "queries") and (is_writer or touches("flask", *NETWORK)), "readers neither write nor ask"),
        (is_kind(module, "store") and (touches("flask") or _shows(target)), "writers know no pages"),
        (is_kind(module, "views") and touches("sqlalchemy", "dashboard.skinsback"), "a view looks up and renders"),
        (is_kind(module, "page") and touches("sqlalchemy"), "a page turns rows into what it shows"),
        (touches("click", "flask.cli") and not is_kind(module, "commands"), "commands stand in commands.py"),
    )
    return next((why for is_broken, why in rules if is_broken), "")


def _shows(target: str | None) -> bool:
    return target is not None and (is_kind(target, "views") or is_kind(target, "page"))


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_file_imports_nothing_that_its_name_forbids(module: str) -> None:
    assert list(forbidden_to(module, modules()[module])) == []


def reached_from(module: str) -> set[str]:
    """Return the modules of the house that a module needs: itself, what it imports, what that imports."""
    found: set[str] = set()
    ahead = {module}
    while ahead:
        found |= ahead
        ahead = {target for one in ahead for name in imports_of(modules()[one]) if (target := module_in(name))} - found
    return found


def test_a_pure_module_takes_plain_arguments_and_so_does_all_that_it_needs() -> None:
    broken = [
        f"{module} needs {other}, which imports {name}"
        for module, path in modules().items()
        if is_pure(path)
        for other in reached_from(module)
        for name in imports_of(modules()[other])
        if any(lies_in(name, package) for package in ("flask", "sqlalchemy", "time", *NETWORK))
    ]
    assert broken == []


def arrows() -> dict[str, set[str]]:
    """Return which rooms each room imports; what lies beside the rooms counts as none."""
    found: dict[str, set[str]] = {}
    for module, path in modules().items():
        for name in imports_of(path):
            target = module_in(name)
            if target and room_of(target) and room_of(module) and room_of(target) != room_of(module):
                found.setdefault(room_of(module), set()).add(room_of(target))
    return found


def circle_in(graph: dict[str, set[str]]) -> list[str]:
    """Return the rooms of one circle, empty when there is none."""
    done: set[str] = set()

    def walk(room: str, way: list[str]) -> list[str]:
        if room in way:
            return [*way[way.index(room) :], room]
        if room in done:
            return []
        for other in sorted(graph.get(room, ())):
            circle = walk(other, [*way, room])
            if circle:
                return circle
        done.add(room)
        return []

    return next((circle for room in sorted(graph) if (circle := walk(room, []))), [])


def test_no_room_imports_another_in_a_circle() -> None:
    assert circle_in(arrows()) == []


def test_a_circle_would_be_found() -> None:
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]


def test_nothing_lies_beside_the_rooms_but_what_gathers_them() -> None:
    assert {path.stem for path in HOUSE.glob("*.py")} == BESIDE


def test_no_room_imports_what_gathers_them() -> None:
    gatherers = {"dashboard.factory", "dashboard.cli", "dashboard.demo"}
    broken = [
        f"{module} imports {name}"
        for module, path in modules().items()
        for name in imports_of(path)
        if room_of(module) and module_in(name) in gatherers
    ]
    assert broken == []


def test_skinsback_and_the_simulator_know_nothing_but_lib_of_the_rest() -> None:
    broken = [
        f"{module} imports {name}"
        for module, path in modules().items()
        for name in imports_of(path)
        if room_of(module) in ("skinsback", "simulator")
        and (lies_in(name, "flask") or lies_in(name, "sqlalchemy") or lies_in(name, "dashboard"))
        and not any(lies_in(name, f"dashboard.{room}") for room in (room_of(module), "lib"))
    ]
    assert broken == []


def test_every_room_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT)) for path in HOUSE.rglob("__init__.py") if not ast.get_docstring(tree_of(path))
    ]
    assert silent == []


def test_templates_and_tests_stand_in_the_rooms_of_the_code() -> None:
    rooms = {path.parent.relative_to(HOUSE) for path in HOUSE.rglob("*.py")}
    templates = {path.parent.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*.html")}
    tests = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    subfolders = {folder for folder in templates if folder.parent in rooms}
    assert templates - subfolders <= rooms
    assert tests - {Path(), Path("browser")} <= rooms


WRITES = ("insert", "update", "delete", "writing", "CountingUpsert")


def written_tables(path: Path) -> Iterator[str]:
    """Yield the models that a file inserts into, updates or deletes from."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            first = node.args[0]
            if node.func.id == "CountingUpsert" and isinstance(first, ast.Attribute):
                first = first.value
            if node.func.id in (*WRITES, "Outbox") and isinstance(first, ast.Name):
                yield first.id


def test_a_table_is_written_in_its_own_room_only() -> None:
    homes = {
        node.name: room_of(module)
        for module, path in modules().items()
        if stem(module) == "models"
        for node in tree_of(path).body
        if isinstance(node, ast.ClassDef)
    }
    strangers = [
        f"{module} writes {table} of {homes[table]}"
        for module, path in modules().items()
        for table in written_tables(path)
        if table in homes and not lies_in(room_of(module), homes[table])
    ]
    assert strangers == []


def imported_to_write(path: Path) -> Iterator[str]:
    """Yield the names by which a file could write: those of SQLAlchemy, and what opens a transaction that writes."""
    for name in imports_of(path):
        source, _, what = name.rpartition(".")
        if what in WRITES and (
            lies_in(source, "sqlalchemy") or source in ("dashboard.db.database", "dashboard.db.upserts")
        ):
            yield name


def test_only_stores_write() -> None:
    strangers = [
        f"{module} imports {name}"
        for module, path in modules().items()
        if not is_kind(module, "store")
        for name in imported_to_write(path)
    ]
    assert strangers == []


def test_no_two_classes_of_the_house_share_a_name() -> None:
    places: dict[str, list[str]] = {}
    for module, path in modules().items():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef) and room_of(module) != "simulator":
                places.setdefault(node.name, []).append(module)
    assert {name: homes for name, homes in places.items() if len(homes) > 1} == {}


def test_no_function_is_too_long_to_be_read_at_once() -> None:
    long = [
        f"{module}:{node.lineno} {node.name}"
        for module, path in modules().items()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno > 50
    ]
    assert long == []


def test_a_view_is_a_paragraph() -> None:
    long = [
        f"{module}:{node.lineno} {node.name}"
        for module, path in modules().items()
        if is_kind(module, "views")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno >= 25
    ]
    assert long == []


def test_no_money_passes_through_a_float() -> None:
    broken = [
        f"{module}:{node.lineno}"
        for module, path in modules().items()
        if room_of(module) != "simulator"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    ]
    assert broken == []
