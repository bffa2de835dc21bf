"""Whether a colleague asked the same person, and talking about it."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Can, allow
from portal.asking import queries, talks
from portal.asking.blueprint import bp
from portal.asking.forms import PressForm, TalkForm
from portal.asking.models import Talk, TalkState
from portal.errors import Refused
from portal.network import queries as network
from portal.network.models import Contact
from portal.pipeline import queries as pipeline


@bp.post("/asking/contacts/<int:contact_id>/look")
@allow(Can.LEARN)
def look(contact_id: int):
    contact = network.contact_for(current_user, contact_id)
    talks.look(contact, by=current_user, now=clock.now())
    return _back(contact)


@bp.post("/asking/contacts/<int:contact_id>/offer")
@allow(Can.LEARN)
def offer(contact_id: int):
    contact = network.contact_for(current_user, contact_id)
    talks.offer(contact, by=current_user, now=clock.now())
    flash("Your offer is out. Your colleague sees your name, and decides whether you see theirs.")
    return _back(contact)


def _back(contact: Contact) -> Response:
    typed = request.form.get("opportunity", "")
    if typed.isascii() and typed.isdigit() and len(typed) <= 9:
        opportunity = pipeline.opportunity_for(current_user, int(typed))
        return redirect(url_for("asking.ready_to_ask", opportunity_id=opportunity.id, _anchor="colleagues"))
    return redirect(url_for("asking.before_logging", contact=contact.id, who=contact.name, _anchor="colleagues"))


@bp.get("/asking/talks")
@allow(Can.LEARN)
def all_talks():
    return render_template(
        "asking/talks.html",
        page=queries.talks_page(current_user),
        offers=queries.offers(current_user),
        today=current_user.today(),
        me=current_user.id,
    )


@bp.route("/asking/talks/<int:talk_id>", methods=["GET", "POST"])
@allow(Can.LEARN)
def talk(talk_id: int):
    found = queries.talk_for(current_user, talk_id)
    is_asker = found.asker_id == current_user.id
    form = TalkForm(line=found.asker_line if is_asker else found.other_line, version=str(found.version))
    if form.accepted():
        with form.explaining_refusals():
            talks.say(found, **form.values, by=current_user, now=clock.now())
            flash("Your line is kept; they see it.")
            return redirect(url_for("asking.talk", talk_id=talk_id))
    return render_template(
        "asking/talk.html",
        talk=found,
        form=form,
        is_asker=is_asker,
        is_offered=found.state == TalkState.OFFERED,
        is_over=found.expires_on < current_user.today(),
        today=current_user.today(),
    ), form.status


def _version() -> int:
    form = PressForm()
    if not form.accepted():
        raise Refused(talks.CHANGED)
    return int(form.version.data)


@bp.post("/asking/talks/<int:talk_id>/accept")
@allow(Can.LEARN)
def accept_talk(talk_id: int):
    found = queries.talk_for(current_user, talk_id)
    talks.accept(found, version=_version(), by=current_user, now=clock.now())
    flash(f"{found.asker.name} now knows that it is you.")
    return redirect(url_for("asking.talk", talk_id=talk_id))


@bp.post("/asking/talks/<int:talk_id>/decline")
@allow(Can.LEARN)
def decline_talk(talk_id: int):
    found = queries.talk_for(current_user, talk_id)
    talks.decline(found, version=_version(), by=current_user, now=clock.now())
    flash("Declined. Nobody is told that you did, or that it was you.")
    return redirect(url_for("asking.all_talks"))


@bp.post("/asking/talks/<int:talk_id>/done")
@allow(Can.LEARN)
def put_away_talk(talk_id: int):
    found: Talk = queries.talk_for(current_user, talk_id)
    talks.put_away(found, by=current_user, now=clock.now())
    flash("Off your list. It stays among your talks.")
    return redirect(url_for("asking.all_talks"))
