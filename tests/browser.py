"""A browser for page tests: signs in without the form, fills forms with what the page held, follows redirects."""

import re
from html import unescape
from html.parser import HTMLParser

from flask import g
from flask.testing import FlaskClient

from portal.accounts import services
from portal.db import db
from tests.make import NOON


class Browser:
    """Flask's test client with the manners of a person."""

    def __init__(self, client: FlaskClient):
        self.client = client
        self.client.environ_base["HTTP_USER_AGENT"] = "Test browser"

    def sign_in(self, person) -> "Browser":
        """Be this person from now on."""
        key = services.open_sign_in(person, address="127.0.0.1", browser="Test browser", now=NOON)
        db.session.commit()
        with self.client.session_transaction() as session:
            session.clear()
            session["_user_id"] = key
            session["_fresh"] = True
        return self

    def get(self, address: str, **query):
        """Open a page."""
        self.forget_who()
        return self.client.get(address, query_string=query or None)

    def post(self, address: str, _json=None, **fields):
        """Send fields as a form on a page would, with its token; answers the response without following it."""
        headers = {"X-CSRFToken": self.token()}
        self.forget_who()
        if _json is not None:
            return self.client.post(address, json=_json, headers=headers)
        return self.client.post(address, data=fields, headers=headers, content_type="multipart/form-data")

    def submit(self, address: str, **fields):
        """Open a page, fill its form (keeping what it holds), send it, and follow where it leads."""
        page = self.get(address)
        kept = Fields.of(page.text)
        kept.pop("csrf_token", None)
        answer = self.post(address, **{**kept, **fields})
        return self.get(answer.location) if answer.status_code in {302, 303} else answer

    def token(self) -> str:
        """The CSRF token of this session."""
        page = self.get("/settings" if self._signed_in() else "/reset-password").text
        found = re.search(r'name="csrf-token" content="([^"]+)"|name="csrf_token"[^>]*value="([^"]+)"', page)
        return (found[1] or found[2]) if found else ""

    def forget_who(self) -> None:
        """Begin a request afresh: tests share one app context, and what one kept in `g` would last into the next."""
        db.session.commit()
        vars(g).clear()

    def _signed_in(self) -> bool:
        with self.client.session_transaction() as session:
            return "_user_id" in session


class Fields(HTMLParser):
    """The values of the fields of the first form in <main> that is not a single button."""

    def __init__(self):
        super().__init__()
        self.values: dict[str, str | list[str]] = {}
        self._area = self._select = None

    @classmethod
    def of(cls, html: str) -> dict[str, str | list[str]]:
        """Read them from a page."""
        main = html.partition("<main")[2]
        forms = [
            form
            for form in re.findall(r"<form.*?</form>", main, re.S)
            if 'method="post"' in form and 'class="press"' not in form
        ]
        parser = cls()
        parser.feed(forms[0] if forms else "")
        return parser.values

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name and given.get("type") not in {"submit", "file"}:
            if given.get("type") in {"checkbox", "radio"} and "checked" not in given:
                return
            self.values[name] = given.get("value") or ""
        elif tag == "textarea" and name:
            self._area = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.values):
            self.values[self._select] = given.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._area:
            self.values[self._area] += unescape(data).replace("\r\n", "\n").removeprefix("\n")
