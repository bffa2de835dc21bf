"""Templates hold no rules, no inline script or style, and lead somewhere."""

import re
from pathlib import Path

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

TEMPLATES = list(Path("portal").rglob("*.html"))


def test_no_inline_script_or_style():
    guilty = [
        f"{path}: {found[0]}"
        for path in TEMPLATES
        if (found := re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=\"", path.read_text()))
    ]
    assert not guilty, f"The content security policy forbids these; use a class, or a file in static/js: {guilty}"


def test_every_url_for_leads_somewhere(app):
    known = set(app.view_functions)
    lost = [
        f"{path}: {name}"
        for path in TEMPLATES
        for name in re.findall(r"url_for\(['\"]([^'\"]+)", path.read_text())
        if name not in known
    ]
    assert not lost


def test_every_static_file_exists():
    lost = [
        f"{path}: {name}"
        for path in TEMPLATES
        for name in re.findall(r"static\('([^'~]+)'\)", path.read_text())
        if not (Path("portal/static") / name).exists()
    ]
    assert not lost


def test_forms_that_change_something_carry_a_token():
    bare = [
        str(path)
        for path in TEMPLATES
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(), re.S)
        # Pages for people outside open no session: what their forms carry is told in `sharing/_out_parts.html`.
        if "csrf_token" not in form and "token()" not in form and "token(here, " not in form
    ]
    assert not bare


def test_every_written_address_leads_somewhere(app):
    """Addresses are written out (building each costs more than the rest of a line); so each is looked up here."""
    routes = app.url_map.bind("localhost")
    lost = []
    for path in TEMPLATES:
        for address in re.findall(r"(?:href|action|formaction)=\"(/[^\"#?]*)", path.read_text()):
            for method in ("GET", "POST"):
                try:
                    routes.match(re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", "1", address)), method=method)
                    break
                except MethodNotAllowed:
                    continue
                except (NotFound, RequestRedirect):
                    lost.append(f"{path}: {address}")
                    break
    assert not lost
