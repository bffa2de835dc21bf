"""The network's list: whom to be in touch with, and what came with it."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock, sheets
from portal.access import Can, allow
from portal.errors import Refused
from portal.network import (
    channels,
    contact_routes,
    habits,
    labels,
    many,
    picture_routes,
    queries,
    rhythm,
    share_routes,
    undoing,
)
from portal.network.blueprint import bp
from portal.network.forms import SettingsForm, new_key
from portal.network.models import ChannelKind, Contact, Digest, Relation, Tier
from portal.network.queries import Filters
from portal.network.rings import RINGS, Ring

MORE_PAGES = (contact_routes, picture_routes, share_routes)
"""Imported so that their addresses are known."""
IMPORTING = "address_book.index"
"""Where contacts are brought in from elsewhere, once there is such a page."""
MOST_CHOSEN = 100
HEAD = ["Name", "Organisation", "Position", "Mail", "Phone", "Relation", "Circle", "Rhythm in days", "State", "Due on"]
HEAD += ["Last touch on", "Tags", "Client", "What they care about", "How you met", "Notes", "Kept since"]


def _filters(asked: Mapping[str, str]) -> Filters:
    relation, tier, state = asked.get("relation", ""), asked.get("tier", ""), asked.get("state", "all")
    touched = asked.get("touched", "")
    return Filters(
        asked.get("words", "")[:200],
        Relation(relation) if relation in list(Relation) else None,
        Tier(tier) if tier in list(Tier) else None,
        asked.get("tag", "").replace("\x00", "")[:60],
        state if state in labels.STATES else "all",
        Ring(touched) if touched in list(Ring) else None,
    )


def _query(filters: Filters) -> dict[str, str]:
    """The filters as they stand in the query string."""
    given: Mapping[str, Any] = vars(filters) | {"state": "" if filters.state == "all" else filters.state}
    return {name: str(value) for name, value in given.items() if value}


@bp.get("")
@allow(Can.LEARN)
def index():
    today, filters = current_user.today(), _filters(request.args)
    counts = queries.counts(current_user, today)
    return render_template(
        "network/index.html",
        filters=filters,
        page=queries.listed(current_user, filters, today) if counts.all else None,
        counts=counts,
        tags=queries.tags_of(current_user) if counts.all else [],
        kept=_query(filters),
        undo=undoing.read(request.args.get("undo", "")),
        back=undoing.way_back(request.full_path.rstrip("?")),
        key=new_key(),
        importing=url_for(IMPORTING) if IMPORTING in current_app.view_functions else "",
        today=today,
        labels=labels,
        rings=RINGS,
        changes=many.CHANGES,
    )


@bp.post("/many")
@allow(Can.LEARN)
def change_many():
    sent, today = request.form, current_user.today()
    what = sent.get("do", "")
    if what not in many.CHANGES:
        raise Refused("Choose what to change.")
    ids = [int(each) for each in sent.getlist("contact")[:MOST_CHOSEN] if each.isascii() and each.isdigit()]
    if sent.get("whole") == "yes":
        chosen = queries.filtered(current_user, _filters(sent), today)
    elif ids:
        chosen = queries.visible_to(current_user).where(Contact.id.in_([each for each in ids if each < 2**31]))
    else:
        raise Refused("Choose at least one person, or all who are listed.")
    tag = " ".join(sent.get("new_tag", "").replace("\x00", "").replace(",", " ").split())
    n = many.change(chosen, what=many.Change(what), tag=tag, by=current_user, now=clock.now())
    flash(f"{n:,} {'person is' if n == 1 else 'people are'} changed." if n else "They are so already.")
    return redirect(undoing.way_back(sent.get("back", "")))


@bp.get("/export.csv")
@allow(Can.LEARN)
def export_csv():
    return _export("csv")


@bp.get("/export.xlsx")
@allow(Can.LEARN)
def export_xlsx():
    return _export("xlsx")


def _export(kind: str) -> Response:
    days = habits.tier_days(current_user.id)
    found = queries.exported(current_user, _filters(request.args), current_user.today())
    ways = channels.of_owner(current_user.id)
    rows = [_exported(row, ways, days, current_user.zone) for row in found]
    return sheets.download("network", kind, HEAD, rows)


def _exported(
    row: Contact, ways: Mapping[tuple[int, ChannelKind], list[str]], days: Mapping[Tier, int], zone: str
) -> list[Any]:
    return [
        row.name,
        row.organisation,
        row.position,
        "; ".join(ways.get((row.id, ChannelKind.MAIL), ())),
        "; ".join(ways.get((row.id, ChannelKind.PHONE), ())),
        labels.RELATIONS[row.relation],
        labels.TIERS[row.tier],
        rhythm.days_of(row, days),
        labels.PACES[row.pace],
        row.due_on,
        row.last_touch_on,
        ", ".join(row.tags),
        row.client.name if row.client else "",
        row.cares_about,
        row.how_met,
        row.notes,
        clock.day_in(row.created_at, zone),
    ]


@bp.get("/suggestions")
@allow(Can.LEARN)
def suggestions() -> list[dict[str, Any]]:
    """Own contacts that fit what is being typed."""
    return [
        {"id": row.id, "name": row.name, "detail": row.organisation}
        for row in queries.options(current_user, request.args.get("q", "")[:80], 8)
    ]


@bp.route("/settings", methods=["GET", "POST"])
@allow(Can.LEARN)
def settings():
    known = habits.settings_of(current_user)
    form = SettingsForm(obj=known) if known else SettingsForm(digest=Digest.WEEKLY)
    if form.accepted():
        with form.explaining_refusals():
            habits.keep(**form.values, by=current_user, now=clock.now())
            flash("Kept. The rhythm of everybody follows it.")
            return redirect(url_for("network.index"))
    return render_template("network/settings.html", form=form, usual=rhythm.DAYS), form.status
