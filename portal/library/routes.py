"""Searching the library."""

from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.errors import Refused
from portal.library import queries, read_routes, reading, results, search
from portal.library.blueprint import bp
from portal.library.forms import MissForm
from portal.library.kinds import INTERNAL
from portal.library.labels import FACETS, said
from portal.paging import Page, asked_number

__all__ = ["bp", "read_routes"]
SIZE = 20


@bp.get("")
@allow(Can.LEARN)
def index():
    question = _question()
    chosen = {facet: request.args[facet][:60] for facet in FACETS if request.args.get(facet)}
    found = search.find(question, chosen)
    number = min(asked_number(), max(1, -(-len(found.ids) // SIZE)))
    today = current_user.today()
    rows = results.results(found.ids[(number - 1) * SIZE : number * SIZE], found, today)
    return render_template(
        "library/index.html",
        question=question,
        found=found,
        page=Page(rows, number, SIZE, len(found.ids)),
        facets=_facets(question, chosen, found),
        chosen=[
            (FACETS[facet], said(facet, value), _address(question, {**chosen, facet: ""}))
            for facet, value in chosen.items()
        ],
        ask_for_it=f"/requests/new?{urlencode({'title': question})}" if question else "/requests",
        write_it="/contribute",
        without_filters=_address(question, {}),
        browse=queries.kinds_there_are() if question and not found.everywhere else [],
        today=today,
        said=said,
    )


@bp.get("/suggestions")
@allow(Can.LEARN)
def suggestions() -> list[dict[str, str]]:
    """Published items that fit what is being typed; with `for=outside` those alone that may leave the firm."""
    ids = search.find(_question(), {}).ids
    if request.args.get("for") == "outside":
        rows = [row for row in queries.in_list(ids[:60]) if not row.is_internal and row.kind not in INTERNAL][:8]
    else:
        rows = queries.in_list(ids[:8])
    return [{"id": row.key, "name": row.title, "detail": said("kind", row.kind)} for row in rows]


@bp.post("/missing")
@allow(Can.LEARN)
def miss():
    form = MissForm()
    if not form.accepted():
        raise Refused("Give the words that were looked for, in at most 80 characters.")
    reading.miss(form.words.data, by=current_user, now=clock.now())
    return "", 204


def _question() -> str:
    return request.args.get("q", "").replace("\x00", " ").strip()[: search.LONGEST_QUESTION]


def _address(question: str, chosen: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in {"q": question, **chosen}.items() if value})
    return f"/library?{query}" if query else "/library"


def _facets(question: str, chosen: dict[str, str], found: search.Found) -> list[dict[str, Any]]:
    """Each facet with its values, how many items each would show, and where choosing it leads."""
    facets = []
    for facet, label in FACETS.items():
        counted = found.counts[facet]
        here = chosen.get(facet, "")
        if here and here not in {value for value, _n in counted}:
            counted = [*counted, (here, 0)]
        options = [
            (value, said(facet, value), n, _address(question, {**chosen, facet: "" if value == here else value}))
            for value, n in counted
        ]
        facets.append({"name": facet, "label": label, "chosen": here, "options": options})
    return facets
