"""The judged questions, and how well a ranking answers them: nDCG and recall over the first ten."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import log2
from pathlib import Path
from typing import Any

import yaml

from portal.attachments.models import StoredFile, TextState
from portal.content import checks
from portal.content import files as content
from portal.db import db
from portal.library import files, queries, search, services
from portal.library.kinds import Kind
from portal.library.models import Item
from tests.make import NOON

HERE = Path(__file__).parent
CONTENT = HERE.parent.parent / "content"
GRADES = {"best": 3, "good": 2, "related": 1}
FACETS = {"disciplines": "discipline", "practices": "practice", "industries": "industry", "services": "service"}
FACETS |= {"stages": "stage", "audiences": "audience"}
TEN = 10


@dataclass(frozen=True)
class Judged:
    """A question, and by key of an item how much it helps."""

    ask: str
    grades: dict[str, int] = field(default_factory=dict)

    def gain(self, keys: Sequence[str]) -> float:
        """What these items are worth in this order, beside the best possible order: 1 is perfect."""
        ideal = _gained(sorted(self.grades.values(), reverse=True))
        return _gained([self.grades.get(key, 0) for key in keys]) / ideal

    def recall(self, keys: Sequence[str]) -> float:
        """Which part of the best and good ones is among the first ten."""
        wanted = {key for key, grade in self.grades.items() if grade > 1}
        return len(wanted & set(keys[:TEN])) / min(len(wanted), TEN)


def _gained(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:TEN]))


@cache
def judged(name: str = "judged") -> tuple[Judged, ...]:
    """All of a set: the questions that the search was made with, or those `held_out`."""
    told: list[dict[str, Any]] = yaml.safe_load((HERE / f"{name}.yaml").read_text())
    return tuple(
        Judged(str(one["ask"]), {key: grade for name, grade in GRADES.items() for key in one.get(name, ())})
        for one in told
    )


def fill() -> None:
    """Put the content's items, and those with files, into an empty library."""
    for path in sorted((CONTENT / "library").glob("*.md")):
        document = content.read(path, CONTENT)
        values = checks.item(document)
        assert values, document.problems
        services.load_item(
            key=path.stem,
            kind=values["kind"],
            title=values["title"],
            summary=values["summary"],
            tags={facet: values[name] for name, facet in FACETS.items() if values.get(name)},
            review_on=None,
            source=document.text,
            facts=values.get("facts"),
            now=NOON,
        )
    for number, told in enumerate(yaml.safe_load((HERE / "judged_files.yaml").read_text())):
        _with_file(number, **told)


def _with_file(
    number: int, *, key: str, kind: str, file: str, says: str, tags: dict[str, list[str]], **told: Any
) -> None:
    services.load_item(key=key, kind=Kind(kind), tags=tags, review_on=None, now=NOON, **told)
    stored = StoredFile(
        sha256=f"{number:064}", content_type="text/plain", size=1, text=says, text_state=TextState.DONE, added_at=NOON
    )
    db.session.add(stored)
    item = db.session.query(Item).filter_by(key=key).one()
    files.attach(item, stored, name=file, now=NOON)


def answered(name: str = "judged") -> Iterator[tuple[Judged, list[str]]]:
    """Each question of a set with the keys of the first ten that are found."""
    for one in judged(name):
        yield one, [row.key for row in queries.in_list(list(search.find(one.ask, {}).ids[:TEN]))]
