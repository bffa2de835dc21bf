"""The network as a picture, and how it grew."""

from flask import render_template
from flask_login import current_user

from portal import charts, clock
from portal.access import Can, allow
from portal.network import growth, habits, labels, queries, rhythm, rings
from portal.network.blueprint import bp


@bp.get("/picture")
@allow(Can.LEARN)
def picture():
    today = current_user.today()
    return render_template(
        "network/picture.html",
        picture=rings.picture(queries.for_picture(current_user), today),
        rings=rings.RINGS,
        edges=rings.EDGES,
        size=rings.SIZE,
        labels=labels,
        today=today,
    )


@bp.get("/growth")
@allow(Can.LEARN)
def growing():
    days = habits.tier_days(current_user.id)
    kept = [
        growth.Kept(row.id, clock.day_in(row.created_at, current_user.zone), row.relation, row.tier, apart)
        for row in queries.for_growth(current_user)
        for apart in [rhythm.days_of(row, days)]
    ]
    months = growth.by_month(kept, queries.touch_days(current_user), current_user.today())
    said = [f"{month.percent}%" for month in months]
    return render_template(
        "network/growth.html",
        months=months,
        reading=growth.reading(months),
        grown=charts.spark([month.contacts for month in months], per="month"),
        kept_up=charts.spark([month.percent for month in months], said, "month"),
        touched=charts.spark([month.touches for month in months], per="month"),
    )
