"""What somebody outside opens. Opening changes nothing, sets no cookie and needs no script; see `reading`."""

from flask import redirect, request

from portal import clock
from portal.access import public
from portal.attachments import serving
from portal.db import db
from portal.errors import Refused
from portal.sharing import counting, passcodes, reading, tokens
from portal.sharing.blueprint import bp
from portal.sharing.counting import Told
from portal.sharing.passcodes import TooMany
from portal.sharing.reading import REMEMBERED, Reading, caller, secret

YEAR = 365 * 24 * 3600
PRESSES = frozenset({"passcode", "opens", "downloads", "thanks", "quiet", "counted"})
"""What stands behind a token and is sent by a form; whoever opens such an address came back to it, or reloads it."""

bp.after_app_request(reading.keep_out)


@bp.get("/s/<token>")
@public
def shown(token: str):
    here = reading.of(token)
    return here.room() if here.share.is_room else here.item(here.pieces[0].key if here.pieces else "")


@bp.get("/s/<token>/<key>")
@public
def shown_item(token: str, key: str):
    here = reading.of(token)
    if key in PRESSES and all(piece.key != key for piece in here.pieces):
        return redirect(here.address())
    return here.item(key)


@bp.post("/s/<token>/passcode")
@public
def enter_passcode(token: str):
    here = reading.of(token, is_locked=False)
    now = clock.now()
    if here.share.passcode_hash is None:
        return redirect(here.address())
    try:
        passcodes.check(here.share, request.form.get("passcode", ""), caller=caller(), now=now)
    except Refused as refusal:
        db.session.commit()  # the try is counted, although the page answers with a refusal
        return here.ask(refusal.message, 429 if isinstance(refusal, TooMany) else 422)
    return redirect(here.let_in(now).address(_page()), 303)


@bp.post("/s/<token>/opens")
@public
def count(token: str):
    """What the page's script tells once somebody has looked at it."""
    here = reading.of(token)
    _count(here, Told.of(request.form))
    return "", 204


@bp.get("/s/<token>/files/<hash:sha256>/<string:name>")
@public
def file(token: str, sha256: str, name: str):
    """A picture of a text, or a file to take along."""
    here = reading.of(token)
    found = here.file_or_none(sha256)
    if found is None:
        return reading.closed()
    return serving.file_answer(found, name, is_saved="save" in request.args and bool(here.offered(sha256)))


@bp.post("/s/<token>/downloads")
@public
def download(token: str):
    here = reading.of(token)
    wanted = request.form.get("file", "")[:64]
    row = here.offered(wanted)
    if row is None:
        return reading.closed()
    _count(here, Told(pressed="download"))
    return redirect(here.file_address(row, save="yes"), 303)


@bp.post("/s/<token>/thanks")
@public
def thank(token: str):
    here = reading.of(token)
    _count(here, Told(pressed="thanks"))
    return redirect(here.address(_page(), thanked="yes"), 303)


@bp.post("/s/<token>/quiet")
@public
def stay_uncounted(token: str):
    """Don't count this visitor. What they were counted as today is taken out; the address carries it from here on, and
    a cookie only where they asked for one."""
    here = reading.of(token)
    if ticket := _ticket(here):
        counting.forget(here.share, ticket, caller=caller(), now=clock.now())
    answer = redirect(here.quiet().address(_page()), 303)
    if request.form.get("remember"):
        answer.set_cookie(
            REMEMBERED, "yes", max_age=YEAR, path="/s", httponly=True, samesite="Lax", secure=request.is_secure
        )
    return answer


@bp.post("/s/<token>/counted")
@public
def be_counted(token: str):
    """Count this visitor again, and forget that they said no."""
    here = reading.of(token)
    answer = redirect(here.quiet(False).address(_page()), 303)
    if REMEMBERED in request.cookies:
        answer.delete_cookie(REMEMBERED, path="/s")
    return answer


def _count(here: Reading, told: Told) -> None:
    ticket = _ticket(here)
    if ticket is not None and here.is_counted:
        counting.record(here.share, ticket, told, caller=caller(), now=clock.now())


def _ticket(here: Reading) -> tokens.Ticket | None:
    return tokens.read_ticket(secret(), request.form.get("ticket", ""), here.share.id, clock.now())


def _page() -> str:
    """The item whose page the form was on; empty for the first page."""
    return request.form.get("page", "")[:200]


COOKIELESS = (enter_passcode, count, download, thank, stay_uncounted, be_counted)
"""Pressed by people who have no cookie, so that no token can be bound to one. Whoever sends these knows the link's own
address, which no other site does; and the door refuses what another site sends."""
