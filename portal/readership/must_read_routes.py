"""What one is asked to read; asking; and who has."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock, sheets
from portal.access import Can, allow
from portal.accounts import queries as accounts
from portal.accounts import tree
from portal.db import db
from portal.errors import Refused
from portal.library import queries as library
from portal.library.labels import said
from portal.paging import SIZE, Page, asked_number, page_of
from portal.readership import must_read_queries as queries
from portal.readership import must_reads
from portal.readership.blueprint import bp
from portal.readership.forms import MustReadForm, ReadForm

SHOWN = {"missing": False, "read": True}


@bp.get("/must-read")
@allow(Can.LEARN)
def must_read():
    return render_template(
        "readership/must_read.html",
        rows=queries.mine(current_user, current_user.today()),
        today=current_user.today(),
        zone=current_user.zone,
        said=said,
    )


@bp.get("/must-read/all")
@allow(Can.PUBLISH)
def all_must_reads():
    page = page_of(queries.listed())
    ids = [row.id for row in page.rows]
    return render_template(
        "readership/all.html",
        page=page,
        numbers=queries.numbers(ids),
        names=queries.asked_names(ids),
        today=current_user.today(),
    )


@bp.route("/<key>/must-read", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def ask(key: str):
    item = library.published(key)
    known = queries.of_item_or_none(item.id)
    ids = queries.practice_ids(known.id) if known else []
    form = MustReadForm(
        version=str(known.version if known else 0),
        whom="practices" if ids else "everybody",
        practice_ids=ids,
        until_on=known.until_on if known else None,
        remind_after=str(known.remind_after) if known else "7",
    )
    form.practice_ids.choices = [(branch.id, branch.indented) for branch in tree.ordered(accounts.practices())]
    if form.accepted():
        with form.explaining_refusals():
            row = must_reads.ask(item, known, **form.values, by=current_user, now=clock.now())
            flash("They are asked from now on, on Today and on the page.")
            return redirect(url_for("readership.who_has_read", must_read_id=row.id))
    return render_template("readership/ask.html", item=item, known=known, form=form), form.status


@bp.get("/must-read/<int:must_read_id>")
@allow(Can.LEARN)
def who_has_read(must_read_id: int):
    seen = queries.seen_by(current_user, must_read_id)
    parts = queries.by_practice(seen)
    together = queries.together(seen, parts)
    show = request.args.get("show", "missing")
    show = show if show in SHOWN else "missing"
    total = together.read if SHOWN[show] else together.missing
    number = min(asked_number(), max(1, -(-total // SIZE)))
    found = db.session.execute(queries.people(seen, has=SHOWN[show]).limit(SIZE).offset((number - 1) * SIZE)).all()
    return render_template(
        "readership/who.html",
        must_read=seen.row,
        together=together,
        parts=parts,
        show=show,
        page=Page(found, number, SIZE, total),
        names=queries.asked_names([must_read_id])[must_read_id],
        today=current_user.today(),
        zone=current_user.zone,
    )


@bp.get("/must-read/<int:must_read_id>/people.csv")
@allow(Can.LEARN)
def people_csv(must_read_id: int):
    return _export(must_read_id, "csv")


@bp.get("/must-read/<int:must_read_id>/people.xlsx")
@allow(Can.LEARN)
def people_xlsx(must_read_id: int):
    return _export(must_read_id, "xlsx")


def _export(must_read_id: int, kind: str) -> Response:
    seen = queries.seen_by(current_user, must_read_id)
    head = ("Name", "E-mail", "Practice", "Revision", "Read on", "Reminded on")
    revision = seen.row.item.major_revision
    rows = (
        (row.name, row.email, row.practice, revision, _day(row.at), _day(row.reminded_at))
        for row in db.session.execute(queries.people(seen))
    )
    return sheets.download(f"must-read-{seen.row.item.key}", kind, head, rows)


def _day(moment):
    return clock.day_in(moment, current_user.zone) if moment else None


@bp.post("/must-read/<int:must_read_id>/end")
@allow(Can.PUBLISH)
def end(must_read_id: int):
    must_reads.end(queries.seen_by(current_user, must_read_id).row, by=current_user, now=clock.now())
    flash("Nobody is asked any more. What people said stays; you can ask again.")
    return redirect(url_for("readership.who_has_read", must_read_id=must_read_id))


@bp.post("/must-read/<int:must_read_id>/resume")
@allow(Can.PUBLISH)
def resume(must_read_id: int):
    must_reads.resume(queries.seen_by(current_user, must_read_id).row, by=current_user, now=clock.now())
    flash("They are asked again.")
    return redirect(url_for("readership.who_has_read", must_read_id=must_read_id))


@bp.post("/<key>/acknowledgement")
@allow(Can.LEARN)
def acknowledge(key: str):
    asked = queries.asked_of(current_user, library.published_id(key), current_user.today())
    form = ReadForm()
    if not form.accepted():
        raise Refused("Open the page again, then say that you have read it.")
    must_reads.acknowledge(asked, revision=form.revision.data, by=current_user, now=clock.now())
    flash("Thank you. You are asked again only when something in it really changes.")
    return redirect(url_for("library.read", key=key, _anchor="read"))


@bp.post("/<key>/acknowledgement/take-back")
@allow(Can.LEARN)
def take_back(key: str):
    asked = queries.asked_of(current_user, library.published_id(key), current_user.today())
    must_reads.take_back(asked, by=current_user)
    flash("Taken back. You are asked again.")
    return redirect(url_for("library.read", key=key, _anchor="read"))
