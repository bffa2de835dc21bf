"""Opening an attached file."""

from flask import Blueprint, Response

from portal.access import Can, allow
from portal.accounts.viewer import asking
from portal.attachments import gate, serving

bp = Blueprint("attachments", __name__, url_prefix="/files")


@bp.get("/<hash:sha256>/<string:name>")
@allow(Can.LEARN)
def one(sha256: str, name: str) -> Response:
    """A file, for those whom a room lets open it."""
    return serving.file_answer(gate.file_for(asking(), sha256), name)
