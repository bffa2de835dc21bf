"""What an item said over time: compared word by word, and brought back."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup

from portal import clock
from portal.access import Can, allow
from portal.library import kinds, services
from portal.library.models import Revision
from portal.message.comparison import compared
from portal.paging import page_of
from portal.studio import queries
from portal.studio.blueprint import bp
from portal.studio.forms import CompareForm


@bp.get("/items/<int:item_id>/revisions")
@allow(Can.PUBLISH)
def revisions(item_id: int):
    item = queries.item(item_id)
    form = CompareForm(request.args, meta={"csrf": False})
    asked = form.validate()
    after = queries.revision(item, (asked and form.after.data) or item.revision)
    before = queries.revision(item, (asked and form.before.data) or max(1, after.number - 1))
    return render_template(
        "studio/revisions.html",
        item=item,
        page=page_of(queries.revisions(item)),
        before=before,
        after=after,
        publishers=queries.publishers(item),
        parts=[
            ("Title", compared(before.title, after.title)),
            ("Summary", compared(before.summary, after.summary)),
            ("Facts", compared(_facts(before), _facts(after))),
            ("Filed under", compared(_filed(before), _filed(after))),
            ("Text", compared(before.source, after.source)),
        ],
    )


def _facts(revision: Revision) -> str:
    told = [(fact.label, revision.facts.get(fact.key)) for fact in kinds.FACTS[revision.kind]]
    return "\n".join(f"{label}: {value}" for label, value in told if value)


def _filed(revision: Revision) -> str:
    tags = [f"{facet}: {', '.join(values)}" for facet, values in sorted(revision.tags.items()) if values]
    review = [f"review by: {revision.review_on}"] if revision.review_on else []
    return "\n".join([f"kind: {kinds.KINDS[revision.kind]}", *tags, *review])


@bp.post("/items/<int:item_id>/revisions/<int:number>/bring-back")
@allow(Can.PUBLISH)
def bring_back(item_id: int, number: int):
    item = queries.item(item_id, to_change=True)
    before, goes_out = item.revision, item.publish_at
    services.bring_back(item, number, by=current_user, now=clock.now())
    said = f"Revision {number} is back as a draft. Publish it when it reads well."
    if goes_out and item.publish_at is None:
        said += " Its schedule is taken back, since this is another text."
    undo = render_template("studio/_brought_back.html", item=item, before=before)
    flash(Markup("{} ").format(said) + Markup(undo) if item.revision > before else said)
    return redirect(url_for("studio.edit_item", item_id=item.id))
