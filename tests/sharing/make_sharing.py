"""Links for tests, and somebody outside who opens them: no account, no cookies to begin with, no session."""

import re
from datetime import timedelta
from html import unescape

import time_machine
from flask import g

from portal.accounts.viewer import of
from portal.db import db
from portal.schema import metadata
from portal.sharing import services
from portal.sharing.models import Share, Visit
from portal.sharing.services import Chosen
from portal.sharing.showing import WhenRevised, WhenStale
from tests.make import NOON, TODAY
from tests.network.make_network import contact

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def share(person, *items, to=None, now=NOON - timedelta(hours=1), **given) -> tuple[Share, str]:
    """A link, or a room where it is called something, and its token."""
    facts = {
        "key": f"key-{db.session.query(Share).count():06}",
        "note": "",
        "private_note": "",
        "reach": "",
        "passcode": "",
        "opportunity_id": None,
        "expires_on": TODAY + timedelta(days=30),
        "may_download": False,
        "when_revised": WhenRevised.NEWER,
        "when_stale": WhenStale.NOTICE,
        "is_room": "title" in given,
    }
    to = to or contact(person)
    made, token = services.make(
        [item if isinstance(item, Chosen) else Chosen(item) for item in items],
        **facts | {"contact_id": to.id} | given,
        by=of(person),
        now=now,
    )
    db.session.commit()
    return made, token


class Visitor:
    """Somebody outside with a browser of their own."""

    def __init__(self, app, *, agent=AGENT, address="203.0.113.7"):
        self.client = app.test_client()
        self.client.environ_base |= {"HTTP_USER_AGENT": agent, "REMOTE_ADDR": address}

    def get(self, address, **headers):
        """Open a page."""
        self.forget_who()
        return self.client.get(address, headers=headers)

    def press(self, page, action, **fields):
        """Press the button of the form that leads to an address ending so."""
        form = next(
            form
            for form in re.findall(r"<form.*?</form>", page.text, re.S)
            if re.search(rf'action="[^"]*/{action}"', form)
        )
        kept = {
            unescape(name): unescape(value)
            for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
        }
        self.forget_who()
        return self.client.post(re.search(r'action="([^"]*)"', form)[1], data={**kept, **fields})

    def tell(self, page, *, after=10, seconds=8, signs="pointer", driven="no", pressed=""):
        """What the page's script tells, some seconds after the page was opened."""
        known = re.search(r'data-opens="([^"]*)" data-ticket="([^"]*)" data-pass="([^"]*)"', page.text)
        self.forget_who()
        fields = {"ticket": known[2], "pass": known[3], "seconds": seconds, "signs": signs}
        with time_machine.travel(NOON + timedelta(seconds=after), tick=False):
            return self.client.post(known[1], data={**fields, "driven": driven, "pressed": pressed})

    def forget_who(self):
        """Tests share one app context; what one kept of somebody signed in would last into the next request."""
        db.session.commit()
        vars(g).clear()


def visits():
    """All visits that were counted, in their order."""
    db.session.expire_all()
    return db.session.query(Visit).order_by(Visit.id).all()


def dump() -> dict[str, list]:
    """Every row of every table."""
    tables = sorted(metadata.tables.values(), key=lambda table: table.name)
    return {table.name: sorted(map(repr, db.session.execute(table.select()))) for table in tables}
