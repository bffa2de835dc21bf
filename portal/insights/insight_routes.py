"""Sending what one heard, reading what others heard, and answering it."""

import secrets
from urllib.parse import urlencode

from flask import Response, flash, redirect, render_template, request, url_for
from flask_login import current_user

from portal import clock, sheets
from portal.access import Can, allow, can
from portal.clients import queries as clients
from portal.insights import heard, queries, services
from portal.insights.blueprint import bp
from portal.insights.desk_routes import chosen_item
from portal.insights.forms import InsightAnswerForm, InsightForm
from portal.insights.labels import INSIGHTS, SOURCES, STRENGTHS
from portal.insights.models import FieldInsight
from portal.insights.waiting import said_quarter
from portal.paging import asked_number, page_of

HEAD = ["Sent on", "Quarter", "Kind", "Heard", "From", "How often", "Practice", "Industry", "Client"]
HEAD += ["What we do", "Answered on", "Days to the answer"]


def _filters(*, is_open: bool = False) -> heard.Filters:
    given = {name: request.args.get(name, "").replace("\x00", " ").strip()[:80] for name in request.args}
    kind, source, quarter = (given.get(name, "") for name in ("kind", "source", "quarter"))
    return heard.Filters(
        kind if kind in set(INSIGHTS) else "",
        quarter if len(quarter) == 7 and quarter[4:6] == "-Q" and quarter[6] in "1234" else "",
        source if source in set(SOURCES) else "",
        asked_number("practice", default=0) if given.get("practice") else 0,
        given.get("words", ""),
        given.get("mine") == "1",
        is_open,
    )


@bp.get("/insights")
@allow(Can.LEARN)
def index():
    filters = _filters()
    quarters, rows = heard.by_quarter()
    return render_template(
        "insights/index.html",
        filters=filters,
        page=page_of(heard.listed(current_user, filters)),
        quarters=quarters,
        rows=rows,
        branches=clients.branches(),
        waiting=queries.waiting(FieldInsight, current_user.today()),
        address=_address,
        **_words(),
    )


@bp.get("/insights/to-answer")
@allow(Can.PUBLISH)
def insights_to_answer():
    return render_template(
        "insights/insights_to_answer.html",
        page=page_of(heard.listed(current_user, heard.Filters(is_open=True))),
        waiting=queries.waiting(FieldInsight, current_user.today()),
        **_words(),
    )


@bp.route("/insights/new", methods=["GET", "POST"])
@allow(Can.LEARN)
def new_insight():
    form = InsightForm()
    form.offer(clients.branches())
    if request.method == "GET":
        form.key.data = secrets.token_urlsafe(12)
    if form.accepted():
        with form.explaining_refusals():
            made = services.send(**form.values, by=current_user, now=clock.now())
            flash("Thank you. Marketing reads it, and you are told what comes of it.")
            return redirect(url_for("insights.insight", insight_id=made.id))
    return render_template("insights/new_insight.html", form=form), form.status


@bp.get("/insights/<int:insight_id>")
@allow(Can.LEARN)
def insight(insight_id: int):
    found = heard.insight_for(current_user, insight_id)
    return render_template(
        "insights/insight.html",
        insight=found,
        is_mine=found.sent_by_id == current_user.id,
        shows_sender=heard.shows_sender(current_user, found),
        **_words(),
    )


@bp.route("/insights/<int:insight_id>/answer", methods=["GET", "POST"])
@allow(Can.PUBLISH)
def answer_insight(insight_id: int):
    found = heard.insight_for(current_user, insight_id, to_change=request.method == "POST")
    form = InsightAnswerForm(
        words=found.answer, page=found.page, item=found.item.title if found.item else "", item_key=_key(found)
    )
    if form.accepted():
        with form.explaining_refusals():
            given = {"words": form.words.data, "item_id": chosen_item(form), "page": form.page.data or ""}
            services.answer(found, **given, by=current_user, now=clock.now())
            flash("Answered. Whoever sent it is told.")
            return redirect(url_for("insights.insight", insight_id=insight_id))
    shown = {"insight": found, "form": form, "shows_sender": heard.shows_sender(current_user, found)}
    return render_template("insights/answer_insight.html", **shown, **_words()), form.status


def _key(insight: FieldInsight) -> str:
    return insight.item.key if insight.item else ""


@bp.post("/insights/<int:insight_id>/seen")
@allow(Can.LEARN)
def insight_seen(insight_id: int):
    services.look(heard.own_insight(current_user, insight_id), now=clock.now())
    return redirect(url_for("insights.insight", insight_id=insight_id))


@bp.post("/insights/<int:insight_id>/take-back")
@allow(Can.LEARN)
def take_insight_back(insight_id: int):
    services.take_back(heard.own_insight(current_user, insight_id))
    flash("It is removed.")
    return redirect(url_for("insights.index"))


@bp.get("/insights/export.csv")
@allow(Can.LEARN)
def export_insights_csv():
    return _exported("csv")


@bp.get("/insights/export.xlsx")
@allow(Can.LEARN)
def export_insights_xlsx():
    return _exported("xlsx")


def _exported(kind: str) -> Response:
    """Names of senders for marketing alone."""
    with_names = can(Can.PUBLISH)
    rows = [
        [*_cells(one), *([one.sent_by.name] if with_names else [])] for one in heard.exported(current_user, _filters())
    ]
    return sheets.download("insights", kind, [*HEAD, *(["Sent by"] if with_names else [])], rows)


def _cells(one: FieldInsight) -> list[object]:
    zone = current_user.zone
    return [
        clock.day_in(one.sent_at, zone),
        one.quarter,
        INSIGHTS[one.kind],
        one.text,
        SOURCES[one.source],
        STRENGTHS[one.strength],
        one.practice.name if one.practice else "",
        one.industry,
        one.client.name if one.client else "",
        one.answer,
        clock.day_in(one.answered_at, zone) if one.answered_at else None,
        one.days_taken,
    ]


def _address(filters: heard.Filters, **changes: str) -> str:
    """The list with other filters."""
    kept = {
        "kind": filters.kind,
        "quarter": filters.quarter,
        "source": filters.source,
        "practice": str(filters.practice or ""),
        "words": filters.words,
        "mine": "1" if filters.is_mine else "",
        **changes,
    }
    return f"/insights?{urlencode({name: value for name, value in kept.items() if value})}"


def _words() -> dict[str, object]:
    return {
        "kinds": INSIGHTS,
        "sources": SOURCES,
        "strengths": STRENGTHS,
        "said_quarter": said_quarter,
        "today": current_user.today(),
    }
