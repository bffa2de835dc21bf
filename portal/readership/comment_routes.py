"""Asking about an item, adding to it, and answering."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Can, allow
from portal.library import queries as library
from portal.paging import page_of
from portal.readership import queries, services
from portal.readership.blueprint import bp
from portal.readership.forms import AnswerForm, CommentForm, EditCommentForm, HideForm
from portal.readership.models import Comment

LISTS = {"open": queries.to_answer, "settled": queries.answered_about, "mine": queries.written_by}


@bp.get("/comments")
@allow(Can.LEARN)
def comments():
    show = request.args.get("show", "")
    show = show if show in LISTS else "open"
    return render_template(
        "readership/comments.html",
        show=show,
        page=page_of(LISTS[show](current_user)),
        zone=current_user.zone,
        me=current_user.id,
    )


@bp.route("/<key>/comments/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def write_comment(key: str):
    item = library.published(key)
    form = CommentForm()
    if form.accepted():
        with form.explaining_refusals():
            comment = services.write(item, **form.values, by=current_user, now=clock.now())
            flash("Thank you. Whoever looks after this sees it, and you are told when they answer.")
            return _to(comment, key)
    return render_template("readership/write.html", title=item.title, key=key, form=form), form.status


@bp.route("/comments/<int:comment_id>", methods=["GET", "POST"])
@allow(Can.LEARN)
def comment(comment_id: int):
    found = queries.comment_for(current_user, comment_id)
    form = AnswerForm(answer=found.answer, version=str(found.version))
    if form.accepted():
        with form.explaining_refusals():
            services.answer(found, **form.values, by=current_user, now=clock.now())
            flash(f"Answered. {found.person.name} is told.")
            return redirect(url_for("readership.comments"))
    return render_template(
        "readership/comment.html",
        comment=found,
        form=form,
        hiding=HideForm(formdata=None),
        answers=services.may_answer(found, current_user),
        zone=current_user.zone,
        me=current_user.id,
    ), form.status


@bp.route("/comments/<int:comment_id>/edit", methods=["GET", "POST"])
@allow(Can.LEARN)
def edit_comment(comment_id: int):
    found = queries.own_comment_for(current_user, comment_id)
    sort = "question" if found.is_question else "addition"
    form = EditCommentForm(sort=sort, text=found.text, version=str(found.version))
    if form.accepted():
        with form.explaining_refusals():
            services.edit(found, **form.values, by=current_user, now=clock.now())
            flash("Changed.")
            return _to(found)
    return render_template("readership/write.html", title=found.item.title, key=found.item.key, form=form), form.status


@bp.post("/comments/<int:comment_id>/withdraw")
@allow(Can.LEARN)
def withdraw_comment(comment_id: int):
    found = queries.own_comment_for(current_user, comment_id)
    services.withdraw(found, by=current_user, now=clock.now())
    flash("Taken back. Nobody else sees it; you can bring it back.")
    return _to(found)


@bp.post("/comments/<int:comment_id>/bring-back")
@allow(Can.LEARN)
def bring_back_comment(comment_id: int):
    found = queries.own_comment_for(current_user, comment_id)
    services.bring_back(found, by=current_user)
    flash("It is on the page again.")
    return _to(found)


@bp.post("/comments/<int:comment_id>/seen")
@allow(Can.LEARN)
def see_answer(comment_id: int):
    found = queries.comment_for(current_user, comment_id)
    services.mark_seen(found, by=current_user, now=clock.now())
    flash("Off your Today. The answer stays here.")
    return _to(found)


@bp.post("/comments/<int:comment_id>/settle")
@allow(Can.LEARN)
def settle_comment(comment_id: int):
    services.settle(queries.comment_for(current_user, comment_id), by=current_user, now=clock.now())
    flash("Put aside. It stays on the page; under Settled you can open it again.")
    return redirect(url_for("readership.comments"))


@bp.post("/comments/<int:comment_id>/reopen")
@allow(Can.LEARN)
def reopen_comment(comment_id: int):
    services.reopen(queries.comment_for(current_user, comment_id), by=current_user)
    flash("It waits for an answer again.")
    return redirect(url_for("readership.comments"))


@bp.post("/comments/<int:comment_id>/hide")
@allow(Can.PUBLISH)
def hide_comment(comment_id: int):
    found = queries.comment_for(current_user, comment_id)
    form = HideForm()
    if form.accepted():
        with form.explaining_refusals():
            services.hide(found, reason=form.reason.data, by=current_user, now=clock.now())
            flash("Hidden. Whoever wrote it sees why.")
            return redirect(url_for("readership.comment", comment_id=comment_id))
    return render_template("readership/hide.html", comment=found, form=form), form.status


@bp.post("/comments/<int:comment_id>/show")
@allow(Can.PUBLISH)
def show_comment(comment_id: int):
    services.show(queries.comment_for(current_user, comment_id), by=current_user)
    flash("Everybody sees it again.")
    return redirect(url_for("readership.comment", comment_id=comment_id))


def _to(comment: Comment, key: str = "") -> Response:
    address = url_for("library.read", key=key or comment.item.key, _anchor=f"comment-{comment.id}")
    return redirect(address)
