"""Static files under an address that changes with their content, so that browsers may keep them for good."""

import hashlib
from pathlib import Path

from flask import Flask, Response, request
from markupsafe import Markup

_addresses: dict[str, str] = {}
FOREVER = "public, max-age=31536000, immutable"


def address(name: str) -> str:
    """The address of a file below `static/`."""
    return _addresses[name]


def links(sheets: tuple[str, ...], script: str) -> Markup:
    """The elements that load style sheets and a script, ready for the head of a page."""
    sheet = Markup('<link rel="stylesheet" href="{}">')
    lines = [sheet.format(address(f"css/{name}.css")) for name in sheets]
    return Markup("\n").join([*lines, Markup('<script type="module" src="{}"></script>').format(address(script))])


def init_app(app: Flask) -> None:
    """Fingerprint every static file once, and say how long browsers may keep it."""
    folder = Path(app.static_folder or "")
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            _addresses[name] = f"/static/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            response.headers["Cache-Control"] = FOREVER if "v" in request.args else "no-cache"
        return response
