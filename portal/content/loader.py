"""Loading a content folder: everything is checked first; then all of it is loaded, or nothing."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from portal.asking import loading as asking
from portal.clients import catalogue
from portal.content import exchange, shelf
from portal.content.files import Problem
from portal.content.shelf import Entry, Shelf
from portal.db import db
from portal.drills import scenarios
from portal.drills import services as drills
from portal.errors import Refused
from portal.learning import services as learning
from portal.learning.models import StepKind
from portal.library import services as library
from portal.pipeline import leads
from portal.recitals import rubrics
from portal.releases import services as releases
from portal.worksheets import versions as worksheets

FOLDER = Path(__file__).parents[2] / "content"
"""Where the files are that come with the portal."""
SAMPLES = ("pitches", "services", "library")
"""What in it speaks for a made-up firm; no real one should find it published as its own."""
CARDS_A_MINUTE = 4

Load = Callable[[], list[str]]


@dataclass(frozen=True)
class Report:
    """What a load changed, or why it changed nothing."""

    changes: list[str]
    problems: list[str]


def load(folder: Path, *, now: datetime, but: Collection[str] = ()) -> Report:
    """Bring the portal to what the files of a folder say, but for some folders in it. Nothing changes when one file is
    wrong; the caller commits."""
    found = shelf.read(folder.resolve())
    if found.problems:
        return Report([], [str(problem) for problem in found.problems])
    for name in but:
        found.others[name].clear()
    changes: list[str] = []
    with db.session.begin_nested() as savepoint:
        for file, put_in_place in _work(found, now):
            try:
                changes += put_in_place()
            except Refused as refusal:
                savepoint.rollback()
                return Report([], [str(Problem(file, 1, refusal.message))])
    return Report(changes, [])


def _work(found: Shelf, now: datetime) -> Iterator[tuple[str, Load]]:
    """What is to be done, each with the file it comes from: what others refer to comes first."""
    yield from _practice(found, now)
    yield from _message(found, now)
    yield from _agreed(found, now)
    for key, entry in found.others["library"].items():
        yield entry.document.name, partial(_load_item, key, entry, now)


def _practice(found: Shelf, now: datetime) -> Iterator[tuple[str, Load]]:
    """What people learn and fill in."""
    for key, entry in found.others["worksheets"].items():
        yield entry.document.name, partial(worksheets.load, key=key, text=entry.document.text, now=now, **entry.values)
    for key, entry in found.others["decks"].items():
        yield entry.document.name, partial(drills.load_deck, key=key, now=now, **entry.values)
    for place, (key, entry) in enumerate(found.others["scenarios"].items()):
        given = {"key": key, "text": entry.document.text, "position": place, **entry.values}
        yield entry.document.name, partial(scenarios.load_scenario, now=now, **given)
    yield "scenarios", partial(scenarios.retire_others, set(found.others["scenarios"]))
    yield "modules", partial(learning.load_modules, _modules(found), now=now)


def _message(found: Shelf, now: datetime) -> Iterator[tuple[str, Load]]:
    """What people say, and what coaches listen for."""
    # The firm's own first: practices inherit from it.
    for key, entry in sorted(found.others["pitches"].items(), key=lambda pair: "practice" in pair[1].values):
        values = {"practice_key": "", **entry.values}
        values["practice_key"] = values.pop("practice", "")
        yield entry.document.name, partial(releases.load_pitch, key=key, now=now, **values)
    for key, entry in found.others["rubrics"].items():
        yield entry.document.name, partial(rubrics.load, key=key, text=entry.document.text, now=now, **entry.values)
    yield "phrases", partial(rubrics.load_phrases, _phrases(found))


def _agreed(found: Shelf, now: datetime) -> Iterator[tuple[str, Load]]:
    """What the firm agreed on, and what it offers."""
    for key, entry in found.others["lead-definition"].items():
        yield entry.document.name, partial(leads.load, key=key, text=entry.document.text, now=now, **entry.values)
    yield "rules", partial(asking.load, _rules(found), now=now)
    for key, entry in found.others["services"].items():
        yield entry.document.name, partial(catalogue.load, key=key, text=entry.document.text, **entry.values)


def _load_item(key: str, entry: Entry, now: datetime) -> list[str]:
    return library.load_item(key=key, now=now, **exchange.given(entry.document, entry.values))


def _phrases(found: Shelf) -> list[dict[str, Any]]:
    return [phrase for entry in found.others["phrases"].values() for phrase in entry.values["phrases"]]


def _rules(found: Shelf) -> list[dict[str, Any]]:
    return [{"key": key, "text": entry.document.text, **entry.values} for key, entry in found.others["rules"].items()]


def _modules(found: Shelf) -> list[dict[str, Any]]:
    in_order = sorted(found.modules, key=lambda key: found.modules[key].values["order"])
    return [
        {
            "key": key,
            "text": found.modules[key].document.text,
            "steps": [_step(found, entry) for entry in found.steps[key]],
            **found.modules[key].values,
        }
        for key in in_order
    ]


def _step(found: Shelf, entry: Entry) -> dict[str, Any]:
    about = {"kind", "title", "summary"}
    return {
        "key": entry.document.key,
        "kind": entry.values["kind"],
        "title": entry.values["title"],
        "summary": entry.values.get("summary", ""),
        "text": entry.document.text,
        "facts": {name: value for name, value in entry.values.items() if name not in about},
        "minutes": _minutes(found, entry),
    }


def _minutes(found: Shelf, entry: Entry) -> int | None:
    """How long work in another room takes; None where learning works it out from the text."""
    if entry.values["kind"] == StepKind.WORKSHEET:
        return found.others["worksheets"][entry.values["worksheet"]].values["minutes"]
    if entry.values["kind"] == StepKind.DRILLS:
        return max(1, len(found.others["decks"][entry.values["deck"]].values["cards"]) // CARDS_A_MINUTE)
    return None
