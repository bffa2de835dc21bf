"""Rooms stand on floors and import only downwards."""

import ast
from pathlib import Path

FLOORS = [
    {"config", "clock", "db", "markup", "money", "words", "workbooks", "documents", "unsent"},
    {
        "errors",
        "access",
        "mail",
        "forms",
        "paging",
        "sheets",
        "charts",
        "navigation",
        "static_files",
        "compression",
        "files",
        "objects",
    },
    {"audit", "jobs", "once", "search"},
    {"accounts"},
    {"counters", "message", "attachments"},
    {"library", "clients"},
    {"drills", "recitals", "network", "publishing", "insights", "editing"},
    {"worksheets", "address_book"},
    {"pipeline", "learning"},
    {"certification", "credit", "usage", "readership"},
    {"releases", "coaching", "asking", "privacy", "quick_log", "stewardship", "sharing", "contributions"},
    {"home", "adoption", "studio", "content", "people"},
    {"demo"},
    {"app", "schema", "checkup", "serving", "cli", "__main__"},
]
FLOOR = {name: number for number, floor in enumerate(FLOORS) for name in floor}
WITHIN_A_FLOOR = {
    ("forms", "errors"),
    ("objects", "files"),
    ("navigation", "access"),
    ("sheets", "errors"),
    ("jobs", "audit"),
    ("learning", "pipeline"),
    ("privacy", "contributions"),
    ("privacy", "releases"),
    ("privacy", "sharing"),
    ("releases", "sharing"),
    ("contributions", "sharing"),
    ("studio", "content"),
    ("checkup", "schema"),
    ("cli", "app"),
    ("cli", "checkup"),
    ("cli", "schema"),
    ("cli", "serving"),
    ("__main__", "cli"),
}
"""Pairs of one floor that may know each other, in this direction."""
PRIVATE = {"routes", "forms"}
"""What a room keeps to itself."""


def imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "portal":
            yield from ([f"{node.module}.{name.name}" for name in node.names])
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("portal."))


def sources():
    return [path for path in Path("portal").rglob("*.py") if path.name != "__init__.py" or path.parent.name != "portal"]


def room(path: Path) -> str:
    return path.parts[1].removesuffix(".py")


def test_every_room_has_a_floor():
    homeless = {room(path) for path in sources()} - set(FLOOR)
    assert not homeless, f"Give these a floor in this test, in README.md and in docs: {sorted(homeless)}"


def test_imports_go_down():
    upward = []
    for path in sources():
        here = room(path)
        for name in imports(path):
            parts = name.split(".")
            there = parts[1]
            if there == here or there not in FLOOR:
                continue
            if FLOOR[there] > FLOOR[here] or (FLOOR[there] == FLOOR[here] and (here, there) not in WITHIN_A_FLOOR):
                upward.append(f"{path}: {name}")
            elif len(parts) > 2 and parts[2] in PRIVATE and here != "app":
                upward.append(f"{path}: {name} is private to its room")
    assert not upward, "Import only from lower floors; let the upper room ask:\n" + "\n".join(upward)


def test_nothing_is_imported_inside_functions():
    hidden = [
        f"{path}:{node.lineno}"
        for path in sources()
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not hidden, f"Import at the top of the file: {hidden}"
