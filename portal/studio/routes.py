"""The studio: what is in the library and what it needs."""

from flask import Response, render_template, request

from portal import clock, sheets
from portal.access import Can, allow
from portal.db import db
from portal.library.freshness import freshness
from portal.library.kinds import KINDS
from portal.library.labels import said
from portal.paging import page_of
from portal.publishing import queries as publishing
from portal.publishing import services
from portal.studio import (
    copy_routes,
    editor_routes,
    exchange_routes,
    file_routes,
    lists,
    pitches,
    queries,
    review_routes,
    revision_routes,
    state_routes,
)
from portal.studio.blueprint import bp
from portal.studio.lists import LISTS, Sieve

__all__ = [
    "bp",
    "copy_routes",
    "editor_routes",
    "exchange_routes",
    "file_routes",
    "pitches",
    "review_routes",
    "revision_routes",
    "state_routes",
]

HEAD = ("Title", "Kind", "State", "Next revision", "Owner", "Review by", "Goes out", "Expires", "First published")

DESKS = (
    ("/requests/to-answer", "Requests to answer"),
    ("/insights/to-answer", "Insights from the field"),
    ("/contribute/to-edit", "Contributions to edit"),
    ("/library/must-read/all", "Must-reads, and who has read them"),
    ("/usage/scoreboard", "What is used and what isn’t"),
    ("/shares", "Links you shared"),
    ("/studio/mine", "What you answer for"),
)
"""Pages of other rooms that publishers need."""


@bp.get("")
@allow(Can.PUBLISH)
def index():
    today, sieve, show = _asked()
    page = page_of(lists.listed(show, sieve, today), scalars=False)
    return render_template(
        "studio/index.html",
        desks=DESKS,
        show=show,
        sieve=sieve,
        lists=LISTS,
        counts=lists.how_many(sieve, today),
        held=publishing.held_back(),
        page=page,
        use=queries.use_of([row.id for row in page.rows]),
        kinds=KINDS,
        owners=lists.owners(),
        practices=lists.practices(),
        narrowed=[(name, value) for name, value in request.args.items() if name not in {"show", "page"} and value],
        missing=queries.missing(),
        pitches=queries.pitches(),
        freshness=freshness,
        today=today,
        zone=services.firm_zone(),
        said=said,
    )


@bp.get("/items.csv")
@allow(Can.PUBLISH)
def export_csv():
    return _export("csv")


@bp.get("/items.xlsx")
@allow(Can.PUBLISH)
def export_xlsx():
    return _export("xlsx")


def _asked():
    today, show = clock.day_in(clock.now(), services.firm_zone()), request.args.get("show", "published")
    return today, Sieve.of(request.args), show if show in LISTS else "published"


def _export(kind: str) -> Response:
    today, sieve, show = _asked()
    zone = clock.zone(services.firm_zone())

    def local(moment):
        return moment.astimezone(zone).replace(tzinfo=None) if moment else None

    found = db.session.execute(lists.listed(show, sieve, today).limit(lists.MOST_EXPORTED))
    rows = [
        (
            row.title,
            said("kind", row.kind),
            str(row.state),
            str(row.step),
            row.owner or "",
            row.review_on.isoformat() if row.review_on else "",
            local(row.publish_at),
            local(row.expires_at),
            local(row.published_at),
        )
        for row in found
    ]
    return sheets.download(f"library-{show}", kind, HEAD, rows)
