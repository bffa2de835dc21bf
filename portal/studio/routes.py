"""The studio: what is in the library and what it needs."""

from flask import render_template, request
from flask_login import current_user

from portal.access import Can, allow
from portal.library.freshness import freshness
from portal.library.labels import said
from portal.paging import page_of
from portal.studio import copy_routes, editor_routes, exchange_routes, file_routes, pitches, queries, state_routes
from portal.studio.blueprint import bp

__all__ = ["bp", "copy_routes", "editor_routes", "exchange_routes", "file_routes", "pitches", "state_routes"]


@bp.get("")
@allow(Can.PUBLISH)
def index():
    today = current_user.today()
    counts = queries.how_many(today)
    show = request.args.get("show", "published")
    show = show if show in counts else "published"
    page = page_of(queries.listed(show, today), scalars=False)
    return render_template(
        "studio/index.html",
        show=show,
        counts=counts,
        page=page,
        use=queries.use_of([row.id for row in page.rows]),
        missing=queries.missing(),
        pitches=queries.pitches(),
        freshness=freshness,
        today=today,
        said=said,
    )
