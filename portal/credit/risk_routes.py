"""Rainmaker risk: how concentrated origination is, and what would be left without a second relationship."""

from flask import render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import money, sheets
from portal.access import Can, allow
from portal.credit import alone, reports
from portal.credit import risk as risks
from portal.credit.blueprint import bp
from portal.credit.concentration import percent
from portal.credit.page import words
from portal.credit.reports import LARGEST_ID
from portal.db import db
from portal.paging import asked_number, page_of
from portal.pipeline import agreement, rates

SAID = {"origination": "Source, introducer and opener", "all": "Every role"}
HEAD = ["What", "Name", "Practice or service", "State", "Worth", "Currency"]


@bp.get("/team/rainmaker-risk")
@allow(Can.LEAD)
def risk():
    practice = reports.practice_led(current_user, asked_number("practice", default=0, most=LARGEST_ID))
    counts = request.args.get("counts", "")
    view = risks.risk(practice, counts if counts in risks.ROLES else "origination", current_user.today())
    return render_template(
        "credit/risk.html",
        view=view,
        practices=reports.practices_led(current_user),
        counted=SAID,
        percent=percent,
        line=" ".join(f"{20 + 280 * x:.1f},{220 - 200 * y:.1f}" for x, y in view.curve),
        **words(current_user),
    )


@bp.get("/team/rainmaker-risk/people/<int:person_id>")
@allow(Can.LEAD)
def if_they_left(person_id: int):
    practice = reports.practice_led(current_user, asked_number("practice", default=0, most=LARGEST_ID))
    person = risks.person_for(current_user, practice, person_id)
    return render_template(
        "credit/left.html",
        person=person,
        practice=practice,
        clients=page_of(alone.clients([person.id]), scalars=False),
        opportunities=db.session.execute(alone.opportunities([person.id])).all(),
        counts=alone.counts([person.id]).get(person.id, (0, 0, 0)),
        labels=agreement.labels(),
        **words(current_user),
    )


@bp.get("/team/rainmaker-risk/people/<int:person_id>.csv", defaults={"kind": "csv"})
@bp.get("/team/rainmaker-risk/people/<int:person_id>.xlsx", defaults={"kind": "xlsx"})
@allow(Can.LEAD)
def export_if_they_left(person_id: int, kind: str) -> Response:
    practice = reports.practice_led(current_user, asked_number("practice", default=0, most=LARGEST_ID))
    person = risks.person_for(current_user, practice, person_id)
    rows = [
        ["Client", row.name, row.practice, "looks after" if row.is_steward else "knows", None, ""]
        for row in db.session.execute(alone.clients([person.id]))
    ]
    labels, own = agreement.labels(), rates.firms_own()
    for row in db.session.execute(alone.opportunities([person.id])):
        worth = money.whole(row.worth, own)
        rows.append(["Open opportunity", row.organisation, row.service, labels[row.stage], worth, own])
    return sheets.download("without-a-second-relationship", kind, HEAD, rows)
