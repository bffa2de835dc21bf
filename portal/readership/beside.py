"""What this room shows on an item's page: that one must read it, what is said about it, and what readers said."""

from typing import Any

from flask import g

from portal.access import Can
from portal.accounts.viewer import Viewer
from portal.library import usefulness
from portal.library.beside import Beside
from portal.library.models import READABLE
from portal.readership import must_read_queries, queries
from portal.readership.forms import CommentForm


def asked(viewer: Viewer, item: Any) -> Beside | None:
    """Above the text: that one is asked to read it, until when, and what changed since one last did."""
    row = _asked_or_none(viewer, item)
    if row is None or row.at is not None:
        return None
    return Beside("readership/_asked.html", {"asked": row, "today": viewer.today()}, is_first=True)


def read(viewer: Viewer, item: Any) -> Beside | None:
    """Below the text: the button that says so; for publishers, where to ask people to read it."""
    row = _asked_or_none(viewer, item)
    if row is None and Can.PUBLISH not in viewer.powers:
        return None
    others = must_read_queries.open_id_or_none(item.id, viewer.today()) if row is None else None
    return Beside("readership/_read.html", {"asked": row, "others": others, "zone": viewer.zone})


def _asked_or_none(viewer: Viewer, item: Any) -> Any:
    """Looked for once a page: it is shown above the text and below."""
    if item.state not in READABLE:
        return None
    if g.get("asked_of", (0, None))[0] != item.id:
        g.asked_of = item.id, must_read_queries.asked_or_none(viewer, item.id, viewer.today())
    return g.asked_of[1]


def comments(viewer: Viewer, item: Any) -> Beside | None:
    """What is asked and added, with the answers."""
    if item.state not in READABLE:
        return None
    answers = Can.PUBLISH in viewer.powers or item.owner_id == viewer.id
    values = {
        "comments": queries.on_item(viewer, item.id),
        "form": CommentForm(formdata=None),
        "me": viewer.id,
        "zone": viewer.zone,
        "answers": answers,
    }
    return Beside("readership/_comments.html", values)


def said(viewer: Viewer, item: Any) -> Beside | None:
    """For the owner and publishers: how many it helped, and why; no names but of those who signed."""
    if Can.PUBLISH not in viewer.powers and item.owner_id != viewer.id:
        return None
    verdicts = queries.verdicts(item.id)
    if not verdicts:
        return None
    values = {"verdicts": verdicts, "words": queries.words_said(item.id), "reasons": usefulness.ALL}
    return Beside("readership/_said.html", values)


ALL = (asked, read, comments, said)
