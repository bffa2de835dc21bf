"""One visitor on one page of a link: what they are let see, and how the page is dressed."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode

from flask import Response, abort, current_app, redirect, render_template, request
from sqlalchemy import select

from portal import clock
from portal.accounts.viewer import asking
from portal.attachments import names
from portal.attachments.models import StoredFile
from portal.db import db
from portal.library import files
from portal.library.labels import said
from portal.library.models import ItemFile
from portal.recitals.recordings import said_size
from portal.sharing import outward, passcodes, tokens, visiting
from portal.sharing.counting import Caller
from portal.sharing.limits import Limits
from portal.sharing.models import Share
from portal.sharing.visiting import Piece

REMEMBERED = "uncounted"
"""The one cookie that a visitor may be given: that they asked not to be counted, and to have it remembered."""
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_MENDED = re.compile(r"(/s/[A-Za-z0-9_-]{43})[^A-Za-z0-9_-]{1,9}")
"""An address that a mail program took a sign too many into, like the full stop or the bracket behind it."""


def of(token: str, *, is_locked: bool = True) -> "Reading":
    """The reading that a request is about; else it ends with the page that says how to go on, the same for every
    address that leads nowhere. `is_locked`: whether a passcode is asked for where there is one."""
    now, limits = clock.now(), _limits()
    if limits.knocked(caller().address, now):
        abort(dressed("slow", 429))
    share = visiting.open_or_none(token, now)
    if share is None:
        abort(dressed("slow", 429) if limits.missed(caller().address, now) else closed())
    given = request.values.get("pass", "")
    lock = passcodes.lock(share)
    is_passed = share.passcode_hash is None or tokens.is_passed(secret(), given, share.id, lock, now)
    found = Reading(
        share=share,
        token=token,
        is_quiet=request.values.get("count") == "no" or REMEMBERED in request.cookies,
        is_colleague=asking().is_authenticated,
    )
    if share.passcode_hash is None or not is_passed:
        if is_locked and not is_passed:
            abort(found.ask())
        return found
    return found.let_in(now)


@dataclass(frozen=True)
class Reading:
    """A visitor who holds the address of an open link."""

    share: Share
    token: str = field(repr=False)
    pass_: str = field(default="", repr=False)
    """Proves for a while that they knew the passcode; stands in the addresses of the page, not in a cookie."""
    is_quiet: bool = False
    """Whether they asked not to be counted."""
    is_colleague: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether visits count: not of those who said no, and not of colleagues who look at it."""
        return not self.is_quiet and not self.is_colleague

    def let_in(self, now: datetime) -> "Reading":
        """The same, past the passcode from now on."""
        return replace(self, pass_=tokens.passed(secret(), self.share.id, passcodes.lock(self.share), now))

    def quiet(self, is_so: bool = True) -> "Reading":
        """The same, not counted or counted from now on."""
        return replace(self, is_quiet=is_so)

    @cached_property
    def pieces(self) -> list[Piece]:
        """What is in the link."""
        return visiting.pieces([self.share]).get(self.share.id, [])

    @property
    def carried(self) -> dict[str, str]:
        """What every address and form of this reading carries."""
        found = {"pass": self.pass_, "count": "no" if self.is_quiet else ""}
        return {name: value for name, value in found.items() if value}

    def address(self, place: str = "", **more: str) -> str:
        """A page or file of this link."""
        query = urlencode({**self.carried, **more})
        path = f"/s/{self.token}" + (f"/{place}" if place and (_KEY.fullmatch(place) or "files/" in place) else "")
        return f"{path}?{query}" if query else path

    def file_address(self, file: ItemFile, **more: str) -> str:
        """Where a file of this link is."""
        return self.address(names.address(file.file.sha256, file.name).removeprefix("/"), **more)

    def ask(self, message: str = "", status: int = 200) -> Response:
        """The page that asks for the passcode."""
        page = (request.view_args or {}).get("key") or request.form.get("page", "")
        return dressed("passcode", status, here=self, message=message, page=page[:200])

    def room(self) -> Response:
        """The list of a room."""
        return self._dressed("room", None)

    def item(self, key: str) -> Response:
        """One item, or the notice in its place."""
        piece = next((piece for piece in self.pieces if piece.key == key), None)
        if piece is None:
            return closed()
        keys = {each.key for each in self.pieces}
        html = outward.made_fit(piece.html, keys=keys, address=self.address, may_download=self.share.may_download)
        return self._dressed("item", piece, html=html, files=self.files(piece), said_size=said_size)

    def files(self, piece: Piece) -> list[ItemFile]:
        """What may be taken along from an item."""
        if not self.share.may_download or piece.shown.is_notice:
            return []
        return [file for file in files.of_item(piece.item.id) if not file.is_inline]

    def file_or_none(self, sha256: str) -> StoredFile | None:
        """A file that this visitor may have: shown in a text of the link, or to be taken along."""
        if any(sha256 in self._shown(piece) for piece in self.pieces) or self.offered(sha256):
            return db.session.scalar(select(StoredFile).where(StoredFile.sha256 == sha256))
        return None

    def offered(self, sha256: str) -> ItemFile | None:
        """A file that stands below an item to be taken along."""
        rows = (row for piece in self.pieces for row in self.files(piece))
        return next((row for row in rows if row.file.sha256 == sha256), None)

    def _shown(self, piece: Piece) -> set[str]:
        return outward.files_in(piece.html, may_download=self.share.may_download)

    def _dressed(self, name: str, piece: Piece | None, **values: Any) -> Response:
        ticket = tokens.ticket(secret(), self.share.id, piece.item.id if piece else None, clock.now())
        page = piece.key if piece and self.share.is_room else ""
        is_thanked = request.args.get("thanked") == "yes"
        more = {"piece": piece, "ticket": ticket, "page": page, "is_thanked": is_thanked, "said": said}
        return dressed(name, 200, here=self, **more, **values)


def dressed(name: str, status: int, **values: Any) -> Response:
    """A page for outside."""
    answer = Response(render_template(f"sharing/out_{name}.html", **values), status)
    if status == 429:
        answer.headers["Retry-After"] = "60"
    return answer


def closed() -> Response:
    """What every address gets that leads nowhere, whatever the reason."""
    mended = _MENDED.fullmatch(request.path)
    return cast(Response, redirect(mended[1])) if mended else dressed("closed", 404)


def failed(status: int) -> Response:
    """What visitors get where something failed before or after the pages of links had their say."""
    return closed() if status in {404, 405} else dressed("broken", status)


def keep_out(answer: Response) -> Response:
    """Keep whatever stands at the address of a link out of search engines, caches, and other sites' logs."""
    if request.path.startswith("/s/"):
        answer.headers.update(HEADERS)
    return answer


def caller() -> Caller:
    """Who is at the other end."""
    return Caller(request.remote_addr or "", request.user_agent.string)


def secret() -> str:
    """What tickets are signed with."""
    return str(current_app.config["SECRET_KEY"])


def _limits() -> Limits:
    found: Limits = current_app.extensions.setdefault("share_limits", Limits())
    return found
