"""Playing client conversations."""

import secrets

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock
from portal.access import Can, allow
from portal.drills import scenarios
from portal.drills.blueprint import bp
from portal.drills.forms import ChoiceForm, KeyForm


@bp.get("/conversations/<key>")
@allow(Can.LEARN)
def conversation(key: str):
    return _intro(scenarios.scenario_for(current_user, key), KeyForm(formdata=None))


@bp.post("/conversations/<key>/runs")
@allow(Can.LEARN)
def play(key: str):
    scenario = scenarios.scenario_for(current_user, key)
    form = KeyForm(request.form)
    if form.accepted():
        with form.explaining_refusals():
            run = scenarios.begin(scenario, **form.values, by=current_user, now=clock.now())
            return redirect(url_for("drills.conversation_run", run_id=run.id), 303)
    return _intro(scenario, form)


@bp.get("/conversation-runs/<int:run_id>")
@allow(Can.LEARN)
def conversation_run(run_id: int):
    return _run(run_id, ChoiceForm(formdata=None))


@bp.post("/conversation-runs/<int:run_id>/choices")
@allow(Can.LEARN)
def say(run_id: int):
    run, _ = scenarios.run_for(current_user, run_id)
    form = ChoiceForm(request.form)
    if form.accepted():
        with form.explaining_refusals():
            scenarios.choose(run, **form.values, by=current_user, now=clock.now())
            return redirect(url_for("drills.conversation_run", run_id=run_id) + "#now", 303)
    return _run(run_id, form)


def _intro(scenario, form):
    return render_template(
        "drills/conversation.html",
        scenario=scenario,
        content=scenarios.content_of(scenario, scenario.number),
        runs=scenarios.runs_of(current_user, scenario),
        key=secrets.token_urlsafe(12),
        form=form,
        now=clock.now(),
    ), form.status


def _run(run_id: int, form):
    run, scenario = scenarios.run_for(current_user, run_id)
    standing = scenarios.standing_of(run)
    return render_template(
        "drills/conversation_run.html",
        run=run,
        scenario=scenario,
        standing=standing,
        key=secrets.token_urlsafe(12),
        form=form,
    ), form.status
