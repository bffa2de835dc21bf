"""Publishing an item now or later, leading it from state to state, and what happened to it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from markupsafe import Markup

from portal import clock
from portal.access import Can, allow
from portal.accounts import queries as accounts
from portal.accounts.models import Person
from portal.credit import choosing
from portal.errors import Refused
from portal.library.models import Item, Revision
from portal.library.services import Wording
from portal.message.comparison import compared
from portal.publishing import queries as publishing
from portal.publishing import services, states
from portal.publishing.services import Going
from portal.publishing.states import DONE, STAGES, Act
from portal.studio import checking, queries
from portal.studio.blueprint import bp
from portal.studio.publish_forms import ActForm, OwnerForm, PublishForm, end


@bp.route("/items/<int:item_id>/publish", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def publish_item(item_id: int):
    """The last look before readers see it."""
    now = clock.now()
    item = queries.item(item_id, to_change=True) if PublishForm().is_submitted() else queries.item(item_id)
    revision, seen = queries.revision(item, item.revision), queries.published_or_none(item)
    form = PublishForm(data=_proposed(item, revision, seen))
    review_on = form.review_on.data
    found = checking.look(item, revision, review_on=review_on, now=now)
    if form.accepted():
        with form.explaining_refusals():
            checking.refuse(found)
            flash(_go(item, form, now))
            return redirect(url_for("studio.edit_item", item_id=item.id))
        item, revision, seen = _again(item_id)
    return render_template(
        "studio/publish.html",
        item=item,
        revision=revision,
        seen=seen,
        changes=compared(seen.source, revision.source) if seen else [],
        findings=found,
        form=form,
        zone=services.firm_zone(),
        needs_second=not services.may_publish_alone()
        and publishing.wrote_newest(current_user.id, item)
        and not publishing.is_approved(item),
    ), form.status


def _again(item_id: int) -> tuple[Item, Revision, Revision | None]:
    # A refusal undoes what the service had touched, and what was read goes with it.
    item = queries.item(item_id)
    return item, queries.revision(item, item.revision), queries.published_or_none(item)


def _proposed(item: Item, revision: Revision, seen: Revision | None) -> dict[str, object]:
    """What the form begins with: what is planned, else what stands."""
    zone, plan = clock.zone(services.firm_zone()), publishing.plan_or_none(item)
    # A date that somebody gave since by saying that it still holds stands, unless the editor gave another one.
    is_refiled = seen is None or Wording.of(revision).review_on != seen.review_on
    review_on = plan.review_on if plan else revision.review_on if is_refiled else item.review_on
    expires_at = plan.expires_at if plan else item.expires_at
    is_over = expires_at is not None and expires_at <= clock.now()
    return {
        "when": "later" if plan else "now",
        "review_on": review_on,
        **_owner(item),
        "is_minor": plan.is_minor if plan else False,
        **PublishForm.shown("at", item.publish_at if plan else None, zone),
        **PublishForm.shown("expires", None if is_over else expires_at, zone),
    }


def _owner(item: Item) -> dict[str, object]:
    """Who answers for an item; whoever left no longer does."""
    owner = item.owner if item.owner and item.owner.is_active else None
    return {"owner": owner.name if owner else "", "owner_id": owner.id if owner else None}


def _go(item: Item, form: PublishForm, now: Any) -> Markup:
    zone = services.firm_zone()
    at, ends = form.goes_out(zone, item.publish_at), form.ends(zone)
    services.give(item, _person_or_none(form.owner.data, form.owner_id.data), by=current_user, now=now)
    is_minor = bool(form.is_minor.data and item.major_revision)
    going = Going(is_minor, ends.moment if ends else None, form.review_on.data)
    notes = " ".join(chosen.note for chosen in (at, ends) if chosen and chosen.note)
    if at is None:
        services.publish(item, going, by=current_user, now=now)
        said = Markup('Published. <a href="/library/{}">Read it as others do</a>').format(item.key)
    else:
        services.schedule(item, going, at=at.moment, by=current_user, now=now)
        said = Markup("It goes out by itself: {}, on the firm’s clock.").format(clock.said_moment(at.moment, zone))
    return said + Markup(" {}").format(notes) if notes else said


def _person_or_none(words: str | None, chosen: int | None) -> Person | None:
    words = " ".join((words or "").split())
    if not words:
        return None
    try:
        return accounts.person(choosing.person(words, str(chosen or "")))
    except Refused as refusal:
        raise Refused(refusal.message, field="owner") from None


@bp.route("/items/<int:item_id>/state", methods=["GET", "POST"])
@allow(Can.LEARN)
def item_state(item_id: int):
    """Where an item stands and what happened; for those who publish, and for its owner."""
    form = ActForm()
    item = publishing.item_for(current_user, item_id, to_change=form.is_submitted())
    if form.accepted():
        with form.explaining_refusals():
            _act(item, form)
            flash(Markup(render_template("studio/_acted.html", item=item, act=form.act.data, done=DONE)))
            return redirect(url_for("studio.item_state", item_id=item.id))
        item = publishing.item_for(current_user, item_id)
    stand, history = publishing.stand_of(item), publishing.history(item)
    return render_template(
        "studio/state.html",
        item=item,
        state=item.state_at(clock.now()),
        form=form,
        owner_form=OwnerForm(formdata=None, data=_owner(item)),
        stage=STAGES[stand.stage],
        acts=states.acts(stand, publishing.parts_of(current_user, item)),
        history=history,
        held=publishing.is_held_back(item, history),
        done=DONE,
        zone=services.firm_zone(),
        today=current_user.today(),
    ), form.status


def _act(item: Item, form: ActForm) -> None:
    by, now, note = current_user, clock.now(), form.note.data or ""
    act = Act(form.act.data)
    if act is Act.CONFIRM:
        if form.review_on.data is None:
            raise Refused("Say by when somebody should look again.", field="review_on")
        services.confirm(item, review_on=form.review_on.data, note=note, by=by, now=now)
    elif act is Act.PROLONG:
        ends = end(form.until_day.data, form.until_time.data, services.firm_zone(), field="until_day")
        services.prolong(item, until=ends.moment if ends else None, by=by, now=now)
    elif act in _WITH_NOTE:
        _WITH_NOTE[act](item, note=note, by=by, now=now)
    else:
        _PLAIN[act](item, by=by, now=now)


_WITH_NOTE: dict[Act, Any] = {
    Act.ASK: services.ask_for_review,
    Act.APPROVE: services.approve,
    Act.RETURN: services.send_back,
    Act.DOUBT: services.doubt,
    Act.EXPIRE: services.expire,
}
_PLAIN: dict[Act, Any] = {
    Act.CANCEL: services.cancel,
    Act.ARCHIVE: services.archive,
    Act.RESTORE: services.restore,
}


@bp.post("/items/<int:item_id>/owner")
@allow(Can.LEARN)
def give_item(item_id: int):
    item = publishing.item_for(current_user, item_id, to_change=True)
    form = OwnerForm()
    if not form.accepted():
        raise Refused("Name a colleague, or leave it empty for marketing.")
    services.give(item, _person_or_none(form.owner.data, form.owner_id.data), by=current_user, now=clock.now())
    flash(f"“{item.title}” is looked after by {item.owner.name if item.owner else 'marketing'} from now on.")
    if Can.PUBLISH in current_user.powers or item.owner_id == current_user.id:
        return redirect(url_for("studio.item_state", item_id=item.id))
    return redirect(url_for("studio.mine"))


@bp.post("/items/<int:item_id>/archive")
@allow(Can.PUBLISH)
def archive(item_id: int):
    item = queries.item(item_id, to_change=True)
    services.archive(item, by=current_user, now=clock.now())
    flash(Markup(render_template("studio/_archived.html", item=item)))
    return redirect(url_for("studio.index"))


@bp.post("/items/<int:item_id>/restore")
@allow(Can.PUBLISH)
def restore(item_id: int):
    item = queries.item(item_id, to_change=True)
    services.restore(item, by=current_user, now=clock.now())
    flash(f"“{item.title}” is back as it was.")
    return redirect(url_for("studio.edit_item", item_id=item.id))
