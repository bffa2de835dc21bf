"""Everything that a content folder holds, file by file and then across files."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.content import asking, checks, files
from portal.content.files import Document, Problem

FOLDERS: dict[str, Callable[[Document], dict[str, Any] | None]] = {
    "decks": checks.deck,
    "scenarios": checks.scenario,
    "worksheets": checks.worksheet,
    "pitches": checks.pitch,
    "rubrics": checks.rubric,
    "rules": asking.rules,
    "phrases": checks.phrases,
    "lead-definition": checks.lead_definition,
    "services": checks.service,
    "library": checks.item,
}
TAKEN = {"answers", "conversations", "conversation-runs", "field-events", "settings"}
"""What a deck can't be called."""
STEP_NAME = re.compile(r"(\d{1,3})-(.+)")


@dataclass
class Entry:
    """A file that was read, and the values of its facts; none of them when something is wrong with it."""

    document: Document
    values: dict[str, Any]


@dataclass
class Shelf:
    """A content folder."""

    modules: dict[str, Entry] = field(default_factory=dict)
    steps: dict[str, list[Entry]] = field(default_factory=dict)
    """By module, in order."""
    others: dict[str, dict[str, Entry]] = field(default_factory=lambda: {name: {} for name in FOLDERS})
    """By folder, then by key."""
    misplaced: list[Problem] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong, in the order of files and lines."""
        found = [problem for entry in self.entries() for problem in entry.document.problems]
        return sorted(found + self.misplaced, key=lambda problem: (problem.file, problem.line))

    def entries(self) -> Iterator[Entry]:
        """Every file."""
        yield from self.modules.values()
        for steps in self.steps.values():
            yield from steps
        for folder in self.others.values():
            yield from folder.values()


def read(folder: Path) -> Shelf:
    """Everything in a folder, with all that is wrong in it."""
    shelf = Shelf()
    if not any((folder / "modules").glob("*/module.md")):
        shelf.misplaced.append(Problem(folder.name, 1, "There are no modules here. Is this the content folder?"))
        return shelf
    for place in sorted((folder / "modules").iterdir()):
        if place.is_dir():
            _read_module(shelf, place, folder)
    for name, check in FOLDERS.items():
        for path in _pages(shelf, folder / name, folder):
            document = files.read(path, folder)
            _check_key(document, document.key)
            shelf.others[name][document.key] = Entry(document, check(document) or {})
    _check_links(shelf)
    return shelf


def _pages(shelf: Shelf, place: Path, root: Path) -> list[Path]:
    """The files of one folder that are content; others are named, so that nobody wonders why they don't show up."""
    pages = []
    for path in sorted(place.iterdir()) if place.is_dir() else []:
        if path.name.startswith(".") or path.name.endswith("~") or path.is_dir():
            continue
        if path.suffix == ".md":
            pages.append(path)
        else:
            name = f"{root.name}/{path.relative_to(root).as_posix()}"
            shelf.misplaced.append(Problem(name, 1, "The name of a content file must end in .md."))
    return pages


def _read_module(shelf: Shelf, place: Path, root: Path) -> None:
    pages = _pages(shelf, place, root)
    main = place / "module.md"
    document = files.read(main, root) if main in pages else Document(f"{root.name}/modules/{place.name}/module.md")
    document.key = place.name
    if main not in pages:
        document.problem(1, "This file is missing; it describes the module.")
    _check_key(document, document.key)
    shelf.modules[place.name] = Entry(document, checks.module(document) or {})
    numbered = [_read_step(path, root) for path in pages if path != main]
    numbered.sort(key=lambda pair: pair[0])
    for (number, entry), (earlier, _) in zip(numbered[1:], numbered, strict=False):
        if number == earlier:
            entry.document.problem(1, f"Another file of this module begins with the number {number} as well.")
    shelf.steps[place.name] = [entry for _, entry in numbered]
    _check_step_keys(shelf.steps[place.name])


def _read_step(path: Path, root: Path) -> tuple[int, Entry]:
    document = files.read(path, root)
    named = STEP_NAME.fullmatch(path.stem)
    if not named:
        document.problem(1, "The file's name must begin with its place in the module, like 03-what-to-say.md.")
        return 0, Entry(document, {})
    document.key = named[2]
    _check_key(document, document.key)
    return int(named[1]), Entry(document, checks.step(document) or {})


def _check_step_keys(steps: list[Entry]) -> None:
    seen: set[str] = set()
    for entry in steps:
        if entry.document.key in seen:
            entry.document.problem(1, f"Another file of this module has the key '{entry.document.key}' already.")
        seen.add(entry.document.key)


def _check_key(document: Document, key: str) -> None:
    if not (files.KEY.fullmatch(key) and len(key) <= 80):
        document.problem(1, "The file's name must be made of small letters, digits and hyphens.")


def _check_links(shelf: Shelf) -> None:
    """What one file says of another must be true."""
    _check_order(shelf)
    _check_scopes(shelf)
    _check_definitions(shelf)
    for entry in (step for steps in shelf.steps.values() for step in steps):
        for fact, folder in (("deck", "decks"), ("worksheet", "worksheets")):
            target = entry.values.get(fact)
            if target and target not in shelf.others[folder]:
                _problem(entry, fact, f"There is no file {folder}/{target}.md.")
    for entry in (entry for folder in shelf.others.values() for entry in folder.values()):
        _check_disciplines(shelf, entry)
    _check_replaced(shelf)
    for key, entry in shelf.others["decks"].items():
        if key in TAKEN:
            entry.document.problem(1, f"'{key}' is the address of another page. Give this deck another name.")
        if key.startswith("pitch-"):
            entry.document.problem(1, "Names that begin with 'pitch-' belong to the decks made from pitches.")


def _check_disciplines(shelf: Shelf, entry: Entry) -> None:
    fact = "discipline" if "discipline" in entry.values else "disciplines"
    given = entry.values.get(fact) or []
    for key in [given] if isinstance(given, str) else given:
        if key not in shelf.modules:
            _problem(entry, fact, f"There is no discipline '{key}'. There are {', '.join(shelf.modules)}.")


def _check_replaced(shelf: Shelf) -> None:
    pitches = shelf.others["pitches"].values()
    known = {claim["key"] for entry in pitches for claim in entry.values.get("claims") or [] if claim}
    for entry in pitches:
        for fact, claim in zip(
            entry.document.facts.value["claims"].value if entry.values.get("claims") else [],
            entry.values.get("claims") or [],
            strict=True,
        ):
            target = claim.get("replaces") if claim else None
            if target and target not in known:
                entry.document.problem(fact.value["replaces"].line, f"No pitch has a claim '{target}' to be replaced.")


def _check_order(shelf: Shelf) -> None:
    taken: dict[int, str] = {}
    for key, entry in shelf.modules.items():
        order = entry.values.get("order")
        if order in taken:
            _problem(entry, "order", f"'order' is {order}, as in the module {taken[order]}.")
        elif order:
            taken[order] = key


def _check_scopes(shelf: Shelf) -> None:
    taken: dict[str, str] = {}
    for key, entry in shelf.others["rubrics"].items():
        scope = entry.values.get("scope")
        if scope in taken:
            _problem(entry, "scope", f"There is a rubric for '{scope}' already: rubrics/{taken[scope]}.md.")
        elif scope:
            taken[scope] = key


def _check_definitions(shelf: Shelf) -> None:
    for entry in list(shelf.others["lead-definition"].values())[1:]:
        entry.document.problem(1, "There is one definition of a good lead. Put it all into one file.")


def _problem(entry: Entry, fact: str, reason: str) -> None:
    entry.document.problem(entry.document.facts.value[fact].line, reason)
