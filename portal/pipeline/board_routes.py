"""Moving a card on the board, and taking a move back; by the board's script, or by a button."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.errors import Refused, wants_json
from portal.pipeline import agreement, nurture, queries, services
from portal.pipeline.blueprint import bp
from portal.pipeline.forms import AgainForm, PlaceForm, UndoForm, VersionForm
from portal.pipeline.models import Opportunity


@bp.post("/<int:opportunity_id>/stage")
@allow(Can.LEARN)
def place(opportunity_id: int):
    found = queries.opportunity_for(current_user, opportunity_id)

    def act(**given: Any) -> int:
        return services.place(found, **given, by=current_user, now=clock.now()).id

    return _answer(found, PlaceForm(), act)


@bp.post("/<int:opportunity_id>/undo")
@allow(Can.LEARN)
def undo(opportunity_id: int):
    found = queries.opportunity_for(current_user, opportunity_id)
    return _answer(found, UndoForm(), lambda **given: services.undo(found, **given, by=current_user, now=clock.now()))


@bp.post("/<int:opportunity_id>/again")
@allow(Can.LEARN)
def again(opportunity_id: int):
    found = queries.opportunity_for(current_user, opportunity_id)
    return _answer(found, AgainForm(), lambda **given: nurture.again(found, **given, by=current_user, now=clock.now()))


def _answer(found: Opportunity, form: VersionForm, act: Callable[..., Any]) -> Any:
    """Do it, and say where the card stands; or say why not, which leaves it where it is."""
    if not form.accepted():
        raise Refused(next(iter(message for errors in form.errors.values() for message in errors)))
    change_id = act(**form.values)
    label = agreement.labels()[found.stage]
    if wants_json():
        return {"version": found.version, "stage": found.stage, "label": label, "change": change_id}
    flash(f"Kept. It stands at “{label}”.")
    return redirect(url_for("pipeline.opportunity", opportunity_id=found.id))
