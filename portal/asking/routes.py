"""Ready to ask: before an opportunity is asked for, and before anything is logged; the rules, and what was kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from portal import clock, sheets
from portal.access import Can, allow
from portal.asking import facts, lights, queries, ready, rules, services, talk_routes
from portal.asking.blueprint import bp
from portal.asking.facts import Subject
from portal.asking.forms import KINDS, SubjectForm
from portal.asking.models import ReadinessCheck
from portal.asking.ready import Checked
from portal.clients import queries as clients
from portal.clients.models import Service
from portal.db import db
from portal.errors import NotFound
from portal.network import queries as network
from portal.pipeline import queries as pipeline
from portal.pipeline.models import OpportunityKind
from portal.pipeline.stages import Stage

assert talk_routes  # its pages hang on the same blueprint
HEAD = ["Kept on", "About", "Contact", "Client", "Service", "May I?", "Can I?", "Do I know enough?", "Are we warm?"]
HEAD += ["Version of the rules"]


@bp.route("/pipeline/<int:opportunity_id>/ready", methods=["GET", "POST"])
@allow(Can.LEARN)
def ready_to_ask(opportunity_id: int):
    opportunity = pipeline.opportunity_for(current_user, opportunity_id)
    contact = network.contact_for(current_user, opportunity.contact_id) if opportunity.contact_id else None
    subject = facts.about(opportunity, contact)
    kept = queries.checks_of(current_user, opportunity.id)
    checked = _checked(subject, kept, f"/pipeline/{opportunity.id}/facts")
    if _is_to_be_kept():
        _keep(checked, opportunity.id)
        return redirect(url_for("asking.ready_to_ask", opportunity_id=opportunity.id))
    is_planned = opportunity.stage == Stage.PLANNED
    return render_template("asking/ready.html", opportunity=opportunity, is_planned=is_planned, **_shown(checked, kept))


@bp.route("/asking", methods=["GET", "POST"])
@allow(Can.LEARN)
def before_logging():
    form = SubjectForm(MultiDict({"kind": OpportunityKind.REFERRAL.value} | request.args.to_dict()))
    subject = _subject(form)
    if subject is None:
        return render_template("asking/ready.html", opportunity=None, subject_form=form, checked=None)
    here = f"/asking?{request.query_string.decode('ascii', 'replace')}"
    checked = _checked(subject, [], "#subject")
    if _is_to_be_kept():
        row = _keep(checked, None)
        return redirect(url_for("asking.kept_check", check_id=row.id))
    return render_template(
        "asking/ready.html", opportunity=None, is_planned=True, subject_form=form, here=here, **_shown(checked, [])
    )


def _subject(form: SubjectForm) -> Subject | None:
    """What the address names; every id in it must be one that this person may see."""
    if not request.args or not form.validate():
        return None
    contact = network.contact_for(current_user, form.contact.data) if form.contact.data else None
    client_id = form.client.data or (contact.client_id if contact else None)
    service = db.session.get(Service, form.service.data) if form.service.data else None
    if form.service.data and service is None:
        raise NotFound
    return Subject(
        OpportunityKind(form.kind.data),
        contact,
        clients.client_for(current_user, client_id) if client_id else None,
        service,
        organisation=form.organisation.data or "",
        who=form.who.data or "",
    )


def _checked(subject: Subject, kept: Sequence[ReadinessCheck], subject_url: str) -> Checked:
    now = clock.now()
    sent: Mapping[str, Any] = ready.remembered(kept, now)
    if request.method == "POST":
        sent = {name.removeprefix("q-"): value for name, value in request.form.items() if name.startswith("q-")}
    return ready.check(subject, sent, subject_url=subject_url, by=current_user, now=now)


def _is_to_be_kept() -> bool:
    return request.method == "POST" and request.form.get("do") == "keep"


def _keep(checked: Checked, opportunity_id: int | None) -> ReadinessCheck:
    row = services.keep(
        checked.subject,
        facts=checked.facts,
        answers=checked.answers,
        shown=checked.lights,
        rules=checked.version,
        opportunity_id=opportunity_id,
        by=current_user,
        now=clock.now(),
    )
    flash(f"Kept, with version {row.rules_number} of the rules. It says what was checked; it isn't a permission.")
    return row


def _shown(checked: Checked, kept: Sequence[ReadinessCheck]) -> dict[str, Any]:
    now = clock.now()
    return {
        "checked": checked,
        "kept": kept,
        "last": lights.read(kept[0].lights) if kept else [],
        "sentence_of": lambda row: lights.sentence(lights.read(row.lights)),
        "colleagues": ready.colleagues(checked.subject, by=current_user, now=now),
        "kinds": KINDS,
        "zone": current_user.zone,
        "today": current_user.today(now),
    }


@bp.get("/asking/kept")
@allow(Can.LEARN)
def kept_checks():
    page = queries.kept_page(current_user)
    return render_template(
        "asking/kept.html", page=page, read=lights.read, sentence=lights.sentence, kinds=KINDS, zone=current_user.zone
    )


@bp.get("/asking/kept.csv")
@allow(Can.LEARN)
def kept_csv():
    return _export("csv")


@bp.get("/asking/kept.xlsx")
@allow(Can.LEARN)
def kept_xlsx():
    return _export("xlsx")


def _export(kind: str) -> Response:
    rows = db.session.execute(queries.kept(current_user)).all()
    return sheets.download("checks", kind, HEAD, [_exported(row) for row in rows])


def _exported(row: Any) -> list[Any]:
    check, contact, client, service, organisation = row
    said = [light.said for light in lights.read(check.lights)]
    day = clock.day_in(check.at, current_user.zone)
    return [day, organisation or "", contact or "", client or "", service or "", *said, check.rules_number]


@bp.get("/asking/kept/<int:check_id>")
@allow(Can.LEARN)
def kept_check(check_id: int):
    check = queries.check_for(current_user, check_id)
    return render_template(
        "asking/kept_check.html",
        check=check,
        lights=lights.read(check.lights),
        sentence=lights.sentence(lights.read(check.lights)),
        kinds=KINDS,
        zone=current_user.zone,
    )


@bp.get("/asking/rules")
@allow(Can.LEARN)
def rules_in_force():
    return _rules(queries.rules_or_none())


@bp.get("/asking/rules/<int:number>")
@allow(Can.LEARN)
def rules_of_version(number: int):
    return _rules(queries.rules(number))


def _rules(version: Any) -> str:
    known = queries.versions()
    return render_template(
        "asking/rules.html",
        version=version,
        subjects=rules.read(version.subjects) if version else (),
        span=queries.span(version),
        versions=known,
        is_newest=bool(known and version and known[0].number == version.number),
        titles=lights.TITLES,
        said=lights.SAID,
        kinds=KINDS,
        known=rules.FACTS,
        zone=current_user.zone,
    )
