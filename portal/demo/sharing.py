"""What the people of the sign-in page sent to people outside, and who opened it. It goes through the services, as their
presses and the visitors' pages would."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer, of
from portal.db import db
from portal.demo.people import Member
from portal.demo.seasons import Year
from portal.library.kinds import INTERNAL
from portal.library.models import IS_READABLE, Item
from portal.network.models import Contact
from portal.sharing import counting, services
from portal.sharing.counting import Caller, Told
from portal.sharing.models import Share
from portal.sharing.services import Chosen
from portal.sharing.showing import WhenRevised, WhenStale
from portal.sharing.tokens import Ticket

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Version/19.1 Mobile Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
READ = Told(45, frozenset({"pointer", "scroll"}))
LOOKED = Told(20)
VISITS: dict[str, list[tuple[int, str, str, Told]]] = {
    "opened": [(1, "192.0.2.10", PHONE, READ), (1, "192.0.2.11", DESK, LOOKED), (2, "192.0.2.12", "SafeLinks", LOOKED)],
    "read": [(3, "192.0.2.20", DESK, Told(80, frozenset({"key"}), "thanks"))],
    "fetched": [(1, "192.0.2.30", "SafeLinks scanner", LOOKED)],
}
"""By how a link fared: days ago, from where, with what, and how the page was looked at."""
LINKS = [
    ("opened", 5, "You asked how others went about it. The second half is the part that matters."),
    ("fetched", 2, "As promised on the phone."),
    ("read", 12, "For Thursday."),
]
"""How it fares, when it was sent, and what they read above it."""
ROOM = "Before we meet in your office"
LINES = ("Begin with this one; it takes five minutes.", "What we would do in the first month.", "For your controller.")
OTHERS = ("practitioner2", "leader", "coach")


def arrange(known: dict[str, Member], year: Year) -> None:
    """All of it."""
    shareable = select(Item).where(IS_READABLE, ~Item.is_internal, Item.kind.not_in(INTERNAL)).order_by(Item.id)
    items = list(db.session.scalars(shareable.limit(6)))
    if not items:
        return
    _tell("practitioner", items, LINKS, known, year, with_room=True)
    for number, local in enumerate(OTHERS):
        _tell(local, items, LINKS[number : number + 1], known, year, with_room=False)
    counting.throw_away(year.now)


def _tell(
    local: str,
    items: Sequence[Item],
    links: Sequence[tuple[str, int, str]],
    known: dict[str, Member],
    year: Year,
    *,
    with_room: bool,
) -> None:
    by = of(db.session.get_one(Person, known[local].id))
    contacts = list(
        db.session.scalars(select(Contact.id).where(Contact.owner_id == by.id).order_by(Contact.id).limit(4))
    )
    if not contacts:
        return
    for number, (fares, days, note) in enumerate(links):
        chosen = [Chosen(items[number % len(items)])]
        share = _sent(chosen, f"link-{number}", contacts[number % len(contacts)], note, days, by, year)
        _visit(share, chosen[0].item.id, fares, year)
    if with_room:
        chosen = [Chosen(item, line) for item, line in zip(items, LINES, strict=False)]
        share = _sent(chosen, "room-1", contacts[-1], "Thank you for the time you take.", 8, by, year, title=ROOM)
        share.answered_at = year.now
        for one in chosen[:2]:
            _visit(share, one.item.id, "read", year)


def _sent(
    chosen: list[Chosen], key: str, contact_id: int, note: str, days: int, by: Viewer, year: Year, title: str = ""
) -> Share:
    at = year.ago(days, hour=9)
    share, _token = services.make(
        chosen,
        key=f"demo-{key}",
        contact_id=contact_id,
        opportunity_id=None,
        passcode="",
        expires_on=year.today + timedelta(days=30 - days),
        by=by,
        now=at,
        is_room=bool(title),
        title=title,
        note=note,
        private_note="",
        reach="",
        may_download=bool(title),
        when_revised=WhenRevised.NEWER,
        when_stale=WhenStale.NEWER,
    )
    return share


def _visit(share: Share, item_id: int, fares: str, year: Year) -> None:
    for number, (days, address, agent, told) in enumerate(VISITS[fares]):
        at = year.ago(days, hour=11) + timedelta(minutes=number)
        ticket = Ticket(share.id, item_id, f"demo-{item_id}-{number}", at - timedelta(minutes=1))
        counting.record(share, ticket, told, caller=Caller(address, agent), now=at)
