"""Reading an item, taking its text along, and saying whether it helped and why."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.errors import NotFound, Refused
from portal.library import beside, contents, downloads, kinds, plain_copy, queries, reading, usage, usefulness
from portal.library.blueprint import bp
from portal.library.forms import ReasonForm, UsefulForm
from portal.library.freshness import freshness
from portal.library.labels import said
from portal.message import queries as message
from portal.message import standing


@bp.get("/<key>")
@allow(Can.LEARN)
def read(key: str):
    try:
        item = queries.to_read(current_user, key)
    except NotFound:
        return _notice(key)
    tags, related = queries.beside(item.id)
    today = current_user.today()
    claims = [value for facet, value in tags if facet == "claim"]
    return render_template(
        "library/read.html",
        item=item,
        tags=[pair for pair in tags if pair[0] != "claim"],
        claims=standing.of(claims, item.written_at),
        pitches={row.key for row in message.pitches_for(current_user)} if claims else set(),
        related=related,
        facts=kinds.shown(item.kind, item.facts),
        contents=contents.of(item.html, item.minutes),
        is_for_colleagues=item.is_internal or item.kind in kinds.INTERNAL,
        parts_beside=beside.of(current_user, item),
        reasons=usefulness.ALL,
        freshness=freshness(item.review_on, today),
        today=today,
        said=said,
    )


def _notice(key: str) -> Any:
    """For people who had a link to something that is over."""
    gone = queries.gone(key)
    since = clock.day_in(gone.since, current_user.zone) if gone.since else None
    return render_template("library/gone.html", gone=gone, since=since, today=current_user.today(), said=said), 410


@bp.get("/<key>/text")
@allow(Can.LEARN)
def plain_text(key: str):
    item = queries.to_read(current_user, key)
    facts = kinds.shown(item.kind, item.facts)
    text = plain_copy.of(item.title, item.summary, facts, queries.written(item), item.byline)
    return Response(text, content_type="text/plain; charset=utf-8")


@bp.post("/<key>/copies")
@allow(Can.LEARN)
def count_copy(key: str):
    usage.count(queries.published_id(key), current_user.today(), copied=1)
    return "", 204


@bp.post("/<key>/downloads")
@allow(Can.LEARN)
def count_download(key: str):
    downloads.count(key, by=current_user, now=clock.now())
    return "", 204


@bp.post("/<key>/reads")
@allow(Can.LEARN)
def count_read(key: str):
    from_search = request.form.get("from") == "search"
    reading.read(queries.published_id(key), from_search=from_search, by=current_user, now=clock.now())
    return "", 204


@bp.post("/<key>/usefulness")
@allow(Can.LEARN)
def say_useful(key: str):
    item = queries.published(key)
    form = UsefulForm()
    if not form.accepted():
        raise Refused("Say whether it helped: yes or no.")
    reading.say_useful(item, useful=form.useful.data == "yes", by=current_user, now=clock.now())
    flash("Thank you. Marketing sees how many people it helped, not who.")
    return redirect(url_for("library.say_why", key=key))


@bp.route("/<key>/usefulness/why", methods=["GET", "POST"])
@allow(Can.LEARN)
def say_why(key: str):
    queries.published_id(key)
    item = queries.to_read(current_user, key)
    if item.useful is None:
        return redirect(url_for("library.read", key=key, _anchor="useful-title"))
    form = ReasonForm(reason=item.reason, words=item.reason_words, is_signed=item.is_signed)
    form.reason.choices = list(usefulness.reasons(item.kind, useful=item.useful).items())
    if form.accepted():
        with form.explaining_refusals():
            said_now = {**form.values, "reason": form.reason.data or "", "words": form.words.data or ""}
            reading.say_useful(item, useful=item.useful, **said_now, by=current_user, now=clock.now())
            flash("Thank you. Whoever looks after this reads it.")
            return redirect(url_for("library.read", key=key))
    return render_template("library/why.html", item=item, form=form), form.status
