"""Files and functions stay small enough to be read at once."""

import ast
from pathlib import Path

FILE, FUNCTION = 300, 40
SOURCES = [
    path
    for folder in ("portal", "tests", "benchmarks")
    for kind in ("*.py", "*.html", "*.css", "*.js")
    for path in Path(folder).rglob(kind)
]


def test_files_are_short():
    long = [f"{path} ({lines})" for path in SOURCES if (lines := len(path.read_text().splitlines())) > FILE]
    assert not long, f"Split these by subject: {long}"


def test_functions_are_short():
    long = [
        f"{path}:{node.lineno} {node.name} ({length})"
        for path in SOURCES
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and (length := node.end_lineno - node.lineno + 1) > FUNCTION
    ]
    assert not long, f"Take a thought out of these: {long}"
