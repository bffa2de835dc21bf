"""What people type runs nothing in anybody's browser: on no page, with no policy to fall back on."""

import json
import os
import re

import pytest
from sqlalchemy import text

from portal import markup
from portal.sharing import outward
from portal.sharing.tokens import hashed
from tests.journeys import conftest, steps
from tests.journeys.attacks import TEXTS
from tests.journeys.known import ids
from tests.journeys.pages import NOBODY, PAGES, addresses
from tests.journeys.peoples_text import columns

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.rounds,
    pytest.mark.skipif("PORTAL_TEST_DATABASE" in os.environ, reason="pages are the same on every database"),
]

LISTEN = "window.running = []; window.ran = (number) => { window.running.push(`${number} in ${location.href}`); };"
"""What an attack calls; the page itself never does."""
FRAMES = """(texts) => Promise.all(texts.map((html) => new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.addEventListener("load", resolve);
    frame.srcdoc = `<script>window.ran = (number) => parent.ran(number)</script><main>${html}</main>`;
    document.body.append(frame);
    setTimeout(resolve, 3000);
}))).then(() => new Promise((resolve) => setTimeout(resolve, 500)))"""
HARMFUL = """(root) => {
    const ADDRESSES = ["href", "src", "action", "formaction", "xlink:href", "poster", "background", "data", "ping"];
    const runs = (value) => {
        try {
            const { protocol, href } = new URL(value, "http://portal.example/");
            return !["http:", "https:", "mailto:", "tel:"].includes(protocol) && !href.startsWith("data:image/png");
        } catch {
            return false;
        }
    };
    const found = [];
    for (const element of root.querySelectorAll("*")) {
        const name = element.localName;
        for (const { name: attribute, value } of element.attributes) {
            const isCode = /^on/i.test(attribute) || attribute === "style" || attribute === "srcdoc";
            if (isCode) found.push(`${name} ${attribute}`);
            const isAddress = ADDRESSES.includes(attribute);
            if (isAddress && runs(value)) found.push(`${name} ${attribute}=${value.slice(0, 40)}`);
        }
        const isOurs = name === "script" && String(element.src).startsWith(`${location.origin}/static/`);
        const isForbidden = /^(script|iframe|object|embed|base|applet|frame|frameset|portal)$/.test(name);
        if (isForbidden && !isOurs) found.push(element.outerHTML.slice(0, 60));
        if (name === "meta" && element.httpEquiv) found.push("meta http-equiv");
    }
    return found;
}"""


@pytest.fixture(scope="module")
def bare(chromium):
    """A page without any policy."""
    page = chromium.new_context(bypass_csp=True).new_page()
    page.add_init_script(LISTEN)
    return page


def ran_in(page, texts):
    """Which attacks ran, each text in a frame of its own."""
    page.goto("about:blank")
    page.evaluate(FRAMES, texts)
    return set(page.evaluate("window.running"))


def harmful_in(page):
    """What in each of these frames could run something, whether it did or not."""
    inside = "document.querySelectorAll('iframe')[{}].contentDocument.querySelector('main')"
    return [page.evaluate(f"({HARMFUL})({inside.format(number)})") for number in range(len(TEXTS))]


def test_there_are_enough_of_them_and_they_would_run(bare):
    assert len(set(TEXTS)) >= 200
    assert len(ran_in(bare, TEXTS)) >= 100
    assert sum(map(bool, harmful_in(bare))) >= 150


def _outside(source):
    """As a link shows it to people outside the firm."""
    html = outward.without_inside(markup.rendered(source))
    return outward.made_fit(html, keys={"known"}, address=lambda place: f"/s/token/{place}", may_download=True)


@pytest.mark.parametrize(
    "shown",
    [markup.rendered, markup.rendered_line, markup.typed, lambda source: markup.rendered(f"- {source}"), _outside],
)
def test_nothing_runs_that_was_rendered(bare, shown):
    assert ran_in(bare, [str(shown(attack)) for attack in TEXTS]) == set()
    assert {attack: found for attack, found in zip(TEXTS, harmful_in(bare), strict=True) if found} == {}


@pytest.fixture(scope="module")
def attacked():
    """A portal in which everything that people typed is an attack."""
    with conftest.served() as live:
        known = ids(live)
        with live.database.begin() as connection:
            for name in (
                connection.execute(text("select name from sqlite_master where type = 'trigger'")).scalars().all()
            ):
                connection.execute(text(f'drop trigger "{name}"'))
            for table, column, marks in columns():
                _attack(connection, table, column, marks)
            known |= _opened_links(connection)
        yield live, known


OPEN = "update shares set token_hash = :hash, passcode_hash = :passcode, expires_at = '2100-01-01', revoked_at = null"
LINKS = {"shared": "where not is_room", "room": "where is_room", "locked": "where not is_room and id > (:shared)"}


def _opened_links(connection):
    """The addresses of a link, a room and a link with a passcode; tokens of their own, since only hashes are kept."""
    found, shared = {}, 0
    for name, where in LINKS.items():
        number = connection.execute(text(f"select min(id) from shares {where}"), {"shared": shared}).scalar()
        shared = number if name == "shared" else shared
        token = name[0] * 43
        given = {"hash": hashed(token), "passcode": "x" if name == "locked" else None, "id": number}
        connection.execute(text(f"{OPEN} where id = :id"), given)
        found[name] = f"/s/{token}"
    return found


def _attack(connection, table, column, marks):
    rows = connection.execute(text(f'select rowid, "{column}" from "{table}" order by rowid')).all()
    shown = markup.rendered_line if "<" in marks else str
    new = [
        {"id": number, "new": _json(kept, number, shown) if "{" in marks else shown(_attacks(number, column))}
        for number, kept in rows
        if kept
    ]
    if new:
        connection.execute(text(f'update "{table}" set "{column}" = :new where rowid = :id'), new)


LONG = {"text", "notes", "note", "answer", "source", "words", "change", "reason", "back", "summary", "html"}
UNIQUE = {"name", "value", "title"}


def _attacks(number, column):
    """One attack for what is short, a dozen for what is long; other rows have others."""
    length = 12 if column in LONG else 1
    start = number * length * 5 % len(TEXTS)
    joined = "\n\n".join((TEXTS + TEXTS)[start : start + length])
    return f"{joined} {number}" if column in UNIQUE else joined


def _json(kept, number, shown):
    count = iter(range(number, number + 100_000))

    def walk(value):
        if isinstance(value, dict):
            return {key: walk(each) for key, each in value.items()}
        if isinstance(value, list):
            return [walk(each) for each in value]
        # What looks like a code is one; people type words.
        is_typed = isinstance(value, str) and not re.fullmatch(r"[a-z0-9_-]*|[0-9T:.+-]+", value)
        return shown(TEXTS[next(count) * 3 % len(TEXTS)]) if is_typed else value

    return json.dumps(walk(json.loads(kept)))


SEEN = "() => [...document.documentElement.outerHTML.matchAll(/ran\\((\\d+)\\)/g)].map((found) => Number(found[1]))"


def test_nothing_runs_on_any_page(chromium, attacked):
    live, known = attacked
    seen, wrong = set(), []
    with conftest.windows(chromium, live) as window:
        for who in PAGES:
            page = window(bypass_csp=True)
            page.add_init_script(LISTEN)
            page.on("dialog", lambda dialog: dialog.dismiss())
            if who != NOBODY:
                steps.sign_in(page, who)
            for address in _addresses(who, known):
                answer = page.goto(address)
                wrong += [f"{address}: is closed"] if address.startswith("/s/") and answer.status != 200 else []
                found = page.evaluate(f"({HARMFUL})(document)") + page.evaluate("window.running.map((n) => `ran ${n}`)")
                seen |= set(page.evaluate(SEEN))
                wrong += [f"{address}: answers {answer.status}"] if answer.status >= 500 else []
                wrong += [f"{address}: {each}" for each in found]
    assert not wrong, "\n".join(wrong[:40])
    assert len(seen) >= 200, f"only {len(seen)} attacks were on the pages"


def _addresses(who, known):
    """The pages at addresses that need nothing done first."""
    made_first = dict.fromkeys(("row", "asks", "link", "package"), "0")
    return [address for address in addresses(who, {**known, **made_first}) if address.startswith("/")]
