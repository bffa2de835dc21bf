"""How well typed recitals are understood: precision and recall on the labelled sentences, and what was got wrong.

Run with `python -m benchmarks.coverage`. A third of the sentences is held out: the settings were chosen on the others,
so that its figures are the honest ones.
"""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from portal.content import checks, files
from portal.recitals import coverage

CONTENT = Path(__file__).parent.parent / "content"
LABELLED = Path(__file__).parent.parent / "tests" / "recitals" / "labelled.yaml"


@dataclass(frozen=True)
class Claim:
    """A claim as a content file has it."""

    key: str
    kind: str
    text: str
    answer: str = ""
    wordings: dict[str, Any] = field(default_factory=dict)


@dataclass
class Figures:
    """Counts over (sentence, claim) pairs."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    sentences: int = 0
    mistakes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the claims that were said to be covered, the share that was."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of the claims that were covered, the share that was found."""
        return self.right / max(1, self.right + self.missed)


def claims(pitch: str) -> list[Claim]:
    """The claims of a pitch in the content folder."""
    document = files.read(CONTENT / "pitches" / f"{pitch}.md", CONTENT)
    found = checks.pitch(document)
    assert found, document.problems
    told = {"key", "kind", "text", "answer", "wordings"}
    return [Claim(**{name: value for name, value in claim.items() if name in told}) for claim in found["claims"]]


def labelled() -> Iterator[tuple[str, set[str], str]]:
    """Every sentence with its pitch and the claims that it covers."""
    for pitch, entries in yaml.safe_load(LABELLED.read_text()).items():
        for keys, text in entries:
            yield pitch, set(keys), text


def is_held_out(text: str) -> bool:
    """Whether a sentence was put aside when the settings were chosen: a third, by its hash."""
    return hashlib.sha256(text.encode()).digest()[0] % 3 == 0


def measure(*, held_out: bool | None = None, enough: float = coverage.ENOUGH) -> Figures:
    """Precision and recall on the sentences that were held out, on the others, or on all."""
    figures, known = Figures(), {}
    for pitch, expected, text in labelled():
        if held_out is not None and is_held_out(text) != held_out:
            continue
        known.setdefault(pitch, claims(pitch))
        found = {each.key for each in coverage.covered(known[pitch], text, enough=enough) if each.is_covered}
        figures.sentences += 1
        figures.right += len(found & expected)
        figures.wrong += len(found - expected)
        figures.missed += len(expected - found)
        if found != expected:
            figures.mistakes.append(f"{pitch}: {text}\n    missed {expected - found}, wrongly found {found - expected}")
    return figures


def main() -> None:
    """Print the figures; with --mistakes also what was got wrong."""
    for name, held_out in (("chosen on", False), ("held out", True), ("all", None)):
        figures = measure(held_out=held_out)
        share = f"precision {figures.precision:.3f}   recall {figures.recall:.3f}"
        print(f"{name:10} {figures.sentences:4} sentences   {share}")
        if "--mistakes" in sys.argv and held_out is False:
            print("\n".join(figures.mistakes))
    if "--settings" in sys.argv:
        for hundredths in range(20, 50, 2):
            figures = measure(held_out=False, enough=hundredths / 100)
            print(f"enough {hundredths / 100:.2f}   precision {figures.precision:.3f}   recall {figures.recall:.3f}")


if __name__ == "__main__":
    main()
