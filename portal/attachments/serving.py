"""Answering with the bytes of a stored file, whole or in part; no byte of it may act as a page of the portal."""

from urllib.parse import quote

from flask import Response, request
from werkzeug.http import parse_range_header

from portal import files
from portal.attachments import names, types
from portal.attachments.models import StoredFile
from portal.errors import NotFound

POLICY = "default-src 'none'; sandbox"
"""Whatever a browser makes of the bytes: no script, no form, no origin of the portal."""


def file_answer(file: StoredFile, name: str, *, is_saved: bool = False) -> Response:
    """An attached file under a name: pictures, sound and films where they stand, unless they are to be saved as the
    rest is."""
    answer = ranged(file.sha256, file.content_type)
    kind = "inline" if types.opens_in_page(file.content_type) and not is_saved else "attachment"
    called = names.clean(name, file.content_type)
    plain = called.encode("ascii", "replace").decode().replace("?", "-")
    answer.headers.set("Content-Disposition", kind, filename=plain)
    if plain != called:
        answer.headers["Content-Disposition"] += f"; filename*=UTF-8''{quote(called, safe='')}"
    answer.headers["Cache-Control"] = "private, max-age=3600, must-revalidate"
    return answer


def ranged(sha256: str, content_type: str) -> Response:
    """The bytes, or the part that the browser asks for. Raises NotFound where they are not in the store."""
    try:
        size = files.store().size(sha256)
    except FileNotFoundError:
        raise NotFound from None
    tag = f'"{sha256}"'
    part = _part_asked_for(tag, size)
    if part is None:
        answer = Response(_bytes(sha256, 0, size), 200, content_type=content_type, direct_passthrough=True)
        answer.headers["Content-Length"] = str(size)
    elif part == UNSATISFIABLE:
        answer = Response(status=416, content_type=content_type)
        answer.headers["Content-Range"] = f"bytes */{size}"
    else:
        start, end = part
        answer = Response(_bytes(sha256, start, end), 206, content_type=content_type, direct_passthrough=True)
        answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        answer.headers["Content-Length"] = str(end - start)
    answer.headers["ETag"] = tag
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if answer.status_code == 200 and request.if_none_match.contains_weak(sha256):
        answer = _not_modified(answer)
    return answer


UNSATISFIABLE = (-1, -1)


def _part_asked_for(tag: str, size: int) -> tuple[int, int] | None:
    """From where to where, without the end; None for the whole, as for what is no range, or for several at once."""
    asked = request.headers.get("Range", "")
    if not asked or request.method != "GET":  # parts are defined for GET alone (RFC 9110, 14.2)
        return None
    since = request.headers.get("If-Range", tag)
    found = parse_range_header(asked) if since == tag else None
    if found is None or found.units != "bytes" or len(found.ranges) != 1:
        return None
    start, end = found.ranges[0]
    if start < 0:
        start = max(0, size + start)
    end = size if end is None else min(end, size)
    return (start, end) if start < end else UNSATISFIABLE


def _bytes(sha256: str, start: int, end: int):
    return () if request.method == "HEAD" else files.store().read(sha256, start, end)


def _not_modified(answer: Response) -> Response:
    kept = Response(status=304)
    for name in ("ETag", "Content-Security-Policy", "Cross-Origin-Resource-Policy"):
        kept.headers[name] = answer.headers[name]
    answer.close()
    return kept
