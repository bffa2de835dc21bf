"""Signing in over HTTP, and the requests that are repeated."""

import http.client
import re
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks.firms import Firm, Visitor
from benchmarks.load import KEY

PASSWORD = "demo-portal"
LEADER = "leader@demo.example"
HEADERS = "Host: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n"


@dataclass(frozen=True)
class Page:
    """What is measured: a request for each connection, and the status that it must be answered with."""

    name: str
    requests: list[bytes]
    status: bytes = b"200"


@dataclass(frozen=True)
class SignedIn:
    """A browser that is signed in."""

    cookie: str
    token: str


def sign_in(port: int, email: str) -> SignedIn:
    """Sign in with the form, as a browser would."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    form, cookie = _fetch(connection, "GET", "/sign-in")
    fields = {"email": email, "password": PASSWORD, "csrf_token": _token(form)}
    _page, cookie = _fetch(connection, "POST", "/sign-in", cookie, urlencode(fields))
    page, cookie = _fetch(connection, "GET", "/", cookie)
    connection.close()
    return SignedIn(cookie, _token(page))


def pages(port: int, firm: Firm) -> list[Page]:
    """The pages of the portal that are measured, with somebody signed in for each connection."""
    visitors = [(visitor, sign_in(port, visitor.email)) for visitor in firm.visitors]
    leaders = [sign_in(port, LEADER) for _visitor in firm.visitors]
    own = [browser for _visitor, browser in visitors]
    return [
        Page("Today", [get("/", browser.cookie) for browser in own]),
        Page("lesson", [get(firm.lesson, browser.cookie) for browser in own]),
        Page("drill answer", [_answer(visitor, browser) for visitor, browser in visitors], b"303"),
        Page("library search", [get("/library?q=tax+owner", browser.cookie) for browser in own]),
        Page("leader's overview", [get("/team", browser.cookie) for browser in leaders]),
    ]


def get(address: str, cookie: str = "") -> bytes:
    """A request for a page."""
    said = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {address} HTTP/1.1\r\n{HEADERS}{said}\r\n".encode()


def _answer(visitor: Visitor, browser: SignedIn) -> bytes:
    """An answer to a card; 'again', so that the card stays due today."""
    fields = urlencode({"card": visitor.card, "rating": 1, "csrf_token": browser.token})
    body = fields.encode() + b"&key=" + KEY
    head = (
        f"POST /drills/{visitor.deck}/answers HTTP/1.1\r\n{HEADERS}Cookie: {browser.cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _fetch(
    connection: http.client.HTTPConnection, method: str, address: str, cookie: str = "", body: str = ""
) -> tuple[str, str]:
    headers = {"Cookie": cookie} if cookie else {}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, address, body or None, headers)
    response = connection.getresponse()
    text = response.read().decode()
    if response.status not in {200, 302, 303}:
        raise SystemExit(f"{method} {address} was answered with {response.status}.")
    given = SimpleCookie(response.headers.get("Set-Cookie", ""))
    return text, "; ".join(f"{name}={morsel.value}" for name, morsel in given.items()) or cookie


def _token(page: str) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"|name="csrf_token"[^>]*value="([^"]+)"', page)
    if not found:
        raise SystemExit("There is no token on the page; is somebody signed in?")
    return found[1] or found[2]
