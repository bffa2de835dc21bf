"""A recording on its way in, piece by piece or as a file, and on its way out to those who may hear it."""

import re
import secrets
import tempfile
from pathlib import Path
from typing import Any

from flask import flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Can, allow
from portal.attachments import serving
from portal.errors import Refused
from portal.recitals import hearing, queries, recordings
from portal.recitals.blueprint import bp
from portal.recitals.forms import KEY, FileForm
from portal.recitals.limits import CHUNK
from portal.recitals.models import Recital, Recording

LARGEST_NUMBER = 10**12
TYPE = re.compile(r"[a-z]+/[A-Za-z0-9.+-]+(?:;[\x20-\x7e]*)?")


@bp.post("/<int:recital_id>/recordings")
@allow(Can.LEARN)
def begin_recording(recital_id: int):
    """Announce a recording; answers where its pieces go, and how much of it is here."""
    recital = queries.recital_for(current_user, recital_id)
    body = _body()
    key, total, kind = body.get("key"), body.get("total"), body.get("type")
    if not (isinstance(key, str) and re.fullmatch(KEY, key)):
        raise Refused("The recording came without its key. Reload the page and record again.")
    if type(total) is not int or not 0 <= total < LARGEST_NUMBER:
        raise Refused("The recording came without its size. Reload the page and record again.")
    if not (isinstance(kind, str) and TYPE.fullmatch(kind)):
        kind = "application/octet-stream"
    recording = recordings.begin(recital, key=key, content_type=kind, total=total, now=clock.now())
    return _standing(recital, recording)


@bp.route("/recordings/<int:recording_id>", methods=["GET", "POST"])
@allow(Can.LEARN)
def pieces(recording_id: int):
    """GET: how much of it is here. POST: one more piece, at `offset`, with its SHA-256 in `X-Piece-SHA256`."""
    recital, recording = queries.recording_of(current_user, recording_id)
    if request.method == "GET":
        return _standing(recital, recording)
    offset = request.args.get("offset", "")
    if not (offset.isascii() and offset.isdigit() and len(offset) < 13):
        raise Refused("The piece came without its place.")
    if (request.content_length or 0) > CHUNK + 1000:
        return {"error": "Send smaller pieces.", "most": CHUNK}, 413
    try:
        recordings.receive(
            recording,
            offset=int(offset),
            piece=request.get_data(cache=False),
            sha256=request.headers.get("X-Piece-SHA256", ""),
        )
    except recordings.OutOfPlace as elsewhere:
        return {"error": elsewhere.message, "received": elsewhere.received}, 409
    return _standing(recital, recording)


@bp.post("/recordings/<int:recording_id>/finish")
@allow(Can.LEARN)
def finish_recording(recording_id: int):
    """Verify what was sent; the answer says "saved" only then."""
    recital, recording = queries.recording_of(current_user, recording_id)
    sha256 = _body().get("sha256")
    recordings.finish(recital, recording, sha256=sha256 if isinstance(sha256, str) else "", now=clock.now())
    return _standing(recital, recording)


def _body() -> dict[str, Any]:
    found = request.get_json(silent=True)
    return found if isinstance(found, dict) else {}


def _standing(recital: Recital, recording: Recording) -> dict[str, Any]:
    return {
        "id": recording.id,
        "received": recording.received,
        "total": recording.total,
        "saved": recording.kept_at is not None,
        "page": url_for("recitals.one", recital_id=recital.id),
    }


@bp.post("/<int:recital_id>/file")
@allow(Can.LEARN)
def upload(recital_id: int):
    """A file from a form, for browsers that can't record or run no scripts."""
    recital = queries.recital_for(current_user, recital_id)
    form = FileForm()
    sent = request.files.get("file")
    if not form.accepted() or sent is None or not sent.filename:
        raise Refused("Choose a file first.")
    with tempfile.TemporaryDirectory(prefix="portal-recording-") as folder:
        path = Path(folder, secrets.token_hex(4))
        sent.save(path)
        recordings.take(recital, path, key=form.key.data, content_type="application/octet-stream", now=clock.now())
    flash("Saved. Listen once before you submit it.")
    return redirect(url_for("recitals.one", recital_id=recital.id))


@bp.post("/recordings/<int:recording_id>/discard")
@allow(Can.LEARN)
def discard(recording_id: int):
    recital, recording = queries.recording_of(current_user, recording_id)
    recordings.discard(recital, recording, now=clock.now())
    flash("Put away. You can bring it back until you submit.")
    return redirect(url_for("recitals.one", recital_id=recital.id))


@bp.post("/recordings/<int:recording_id>/bring-back")
@allow(Can.LEARN)
def bring_back(recording_id: int):
    recital, recording = queries.recording_of(current_user, recording_id)
    recordings.bring_back(recital, recording, now=clock.now())
    flash("It is back.")
    return redirect(url_for("recitals.one", recital_id=recital.id))


@bp.post("/recordings/<int:recording_id>/delete")
@allow(Can.LEARN)
def delete_recording(recording_id: int):
    recital, recording = queries.recording_of(current_user, recording_id)
    recordings.delete(recital, recording, by=current_user, now=clock.now())
    flash("The recording is deleted." + (" What the coach wrote, and the score, stay." if recital.decided_at else ""))
    return redirect(url_for("recitals.one", recital_id=recital.id))


@bp.get("/recordings/<int:recording_id>/sound")
@allow(Can.LEARN)
def sound(recording_id: int) -> Response:
    """The bytes, whole or in the part that a browser asks for, under the type that they were found to have."""
    recording = hearing.recording_for(current_user, recording_id, clock.now())
    answer = serving.ranged(recording.sha256, recording.content_type)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = "inline"
    return answer
