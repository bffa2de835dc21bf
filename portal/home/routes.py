"""Today."""

from flask import Blueprint, render_template

from portal import clock
from portal.access import Can, allow
from portal.accounts.viewer import asking
from portal.home import queries

bp = Blueprint("home", __name__)


@bp.get("/")
@allow(Can.LEARN)
def today():
    now, me = clock.now(), asking()
    return render_template("home/today.html", page=queries.today(me, now), day=me.today(now))
