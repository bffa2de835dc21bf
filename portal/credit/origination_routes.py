"""Who brought in what: for leaders over their practices, for everybody over their own."""

from typing import Any

from flask import render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import money, sheets
from portal.access import Can, allow
from portal.credit import reports
from portal.credit.blueprint import bp
from portal.credit.page import words
from portal.credit.periods import period, periods
from portal.credit.reports import LARGEST_ID, Wanted
from portal.credit.wording import ROLES
from portal.db import db
from portal.paging import asked_number, page_of
from portal.pipeline import rates
from portal.pipeline.shares import CreditRole

KINDS = {"referral": "Referral", "cross-sell": "Cross-sell"}
SUMS_HEAD = ["Who", "Kind", "Shares", *ROLES.values(), "Credited", "Currency", "Share in percent"]
ROWS_HEAD = ["Won on", "Organisation", "Kind", "Service", "Practice", "Who", "As", "Share in percent", "Credited"]
ROWS_HEAD += ["Currency"]


@bp.get("/team/origination")
@allow(Can.LEAD)
def origination():
    wanted = _wanted()
    return render_template(
        "credit/origination.html",
        page=page_of(reports.sums(wanted), scalars=False),
        total=reports.total(wanted),
        disputes=reports.open_disputes(wanted.practice) if wanted.practice else [],
        practices=reports.practices_led(current_user),
        **_filters(wanted),
    )


@bp.get("/team/origination.csv", defaults={"kind": "csv"})
@bp.get("/team/origination.xlsx", defaults={"kind": "xlsx"})
@allow(Can.LEAD)
def export_origination(kind: str) -> Response:
    wanted, own = _wanted(), rates.firms_own()
    whole = reports.total(wanted).amount
    rows = [
        [
            row.name,
            "Person" if row.person_id else "Content",
            row.n,
            *(money.whole(getattr(row, role.value), own) for role in CreditRole),
            money.whole(row.amount, own),
            own,
            round(100 * row.amount / whole, 2) if whole else 0,
        ]
        for row in db.session.execute(reports.sums(wanted))
    ]
    return sheets.download("who-brought-in-what", kind, SUMS_HEAD, rows)


@bp.get("/team/origination/rows")
@allow(Can.LEAD)
def origination_rows():
    wanted = _wanted()
    page = page_of(reports.rows(wanted), scalars=False)
    return render_template(
        "credit/rows.html", page=page, amount=reports.rows_total(wanted), kinds=KINDS, **_filters(wanted)
    )


@bp.get("/team/origination/rows.csv", defaults={"kind": "csv"})
@bp.get("/team/origination/rows.xlsx", defaults={"kind": "xlsx"})
@allow(Can.LEAD)
def export_origination_rows(kind: str) -> Response:
    return _rows("credit-in-rows", kind, _wanted())


@bp.get("/credit/mine")
@allow(Can.LEARN)
def mine():
    wanted = _mine()
    by_role = reports.own_by_role(current_user, wanted.period)
    return render_template(
        "credit/mine.html",
        page=page_of(reports.rows(wanted), scalars=False),
        by_role=by_role,
        amount=sum(amount for _, amount in by_role.values()),
        kinds=KINDS,
        **_filters(wanted),
    )


@bp.get("/credit/mine.csv", defaults={"kind": "csv"})
@bp.get("/credit/mine.xlsx", defaults={"kind": "xlsx"})
@allow(Can.LEARN)
def export_mine(kind: str) -> Response:
    return _rows("my-credit", kind, _mine())


def _wanted() -> Wanted:
    role = request.args.get("role", "")
    return Wanted(
        period(request.args.get("period", ""), current_user.today()),
        reports.practice_led(current_user, asked_number("practice", default=0, most=LARGEST_ID)),
        CreditRole(role) if role in list(CreditRole) else None,
        asked_number("person", default=0, most=LARGEST_ID),
        request.args.get("item", "").replace("\x00", "")[:200],
    )


def _mine() -> Wanted:
    return Wanted(period(request.args.get("period", ""), current_user.today()), person_id=current_user.id)


def _filters(wanted: Wanted) -> dict[str, Any]:
    kept = {
        "period": wanted.period.key,
        "practice": wanted.practice.id if wanted.practice else "",
        "role": wanted.role or "",
    }
    return {
        "wanted": wanted,
        "periods": periods(current_user.today()),
        "kept": {name: value for name, value in kept.items() if value},
        "query": request.query_string.decode("ascii", "replace"),
        **words(current_user),
    }


def _rows(name: str, kind: str, wanted: Wanted) -> Response:
    own = rates.firms_own()
    rows = [
        [
            *(row.won_on, row.organisation, KINDS[row.kind], row.service, row.practice, row.name, ROLES[row.role]),
            *(row.points / 100, money.whole(row.amount, own), own),
        ]
        for row in db.session.execute(reports.rows(wanted))
    ]
    return sheets.download(name, kind, ROWS_HEAD, rows)
