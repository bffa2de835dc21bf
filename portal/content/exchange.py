"""An item as a content file and back, without loss; pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from portal.content import checks, files
from portal.content.files import AS_IS, FENCE, Document, Problem
from portal.library.services import Wording

FACETS = {
    "disciplines": "discipline",
    "practices": "practice",
    "industries": "industry",
    "services": "service",
    "stages": "stage",
    "audiences": "audience",
    "claims": "claim",
}
"""The names that files have for the library's facets."""
_PLAIN = re.compile(r"[a-z][a-z0-9/-]*")


def given(document: Document, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a file says of an item, as the library's loader takes it."""
    return {
        "kind": values["kind"],
        "title": values["title"],
        "summary": values["summary"],
        "tags": {facet: values[name] for name, facet in FACETS.items() if values.get(name)},
        "review_on": values.get("review_on"),
        "source": document.text,
        "facts": values.get("facts"),
        "is_internal": values.get("internal") or False,
        "byline": values.get("byline") or [],
    }


def read(body: bytes, name: str, key: str = "") -> tuple[dict[str, Any] | None, list[Problem]]:
    """What the bytes of a file say of an item, or what is wrong with them, line by line."""
    document = files.parse(body, name, key)
    values = checks.item(document)
    if document.problems or values is None:
        return None, sorted(document.problems, key=lambda problem: problem.line)
    return given(document, values), []


def written(wording: Wording, *, is_internal: bool = False, byline: Sequence[str] = ()) -> str:
    """The file of an item. Where reading it the friendly way would change anything, the file says that every sign in
    it is meant as it stands."""
    for is_as_is in (False, True):
        file = _file(wording, is_internal=is_internal, byline=byline, is_as_is=is_as_is)
        found, _problems = read(file.encode(), "item.md")
        if found == _wanted(wording, is_internal, byline):
            return file
    return file


def _wanted(wording: Wording, is_internal: bool, byline: Sequence[str]) -> dict[str, Any]:
    said = {**vars(wording), "kind": str(wording.kind), "is_internal": is_internal, "byline": list(byline)}
    tags = {facet: list(wording.tags[facet]) for facet in wording.tags if wording.tags[facet]}
    return {**said, "facts": dict(wording.facts) or None, "tags": tags}


def _file(wording: Wording, *, is_internal: bool, byline: Sequence[str], is_as_is: bool) -> str:
    lines = [FENCE, f"title: {_quoted(wording.title)}", f"kind: {wording.kind}", f"summary: {_quoted(wording.summary)}"]
    lines += [f"{name}: {_list(wording.tags[facet])}" for name, facet in FACETS.items() if wording.tags.get(facet)]
    if wording.review_on:
        lines.append(f"review_on: {wording.review_on.isoformat()}")
    if is_internal:
        lines.append("internal: true")
    if byline:
        lines.append(f"byline: {_list(byline)}")
    if wording.facts:
        lines += ["facts:", *(f"  {key}: {_quoted(value)}" for key, value in wording.facts.items())]
    if is_as_is:
        lines.append(f"{AS_IS}: true")
    return "\n".join([*lines, FENCE, wording.source, ""])


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(value if _PLAIN.fullmatch(value) else _quoted(value) for value in values)}]"


def _quoted(text: str) -> str:
    """In double quotes, with everything escaped that a reader of YAML may fold, refuse or not see."""
    return f'"{"".join(map(_sign, text))}"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign == "\n":
        return "\\n"
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
