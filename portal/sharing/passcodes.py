"""Passcodes of links: few tries, counted across processes, and each takes as long as the others."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, func, select

from portal.accounts import passwords
from portal.accounts.viewer import hashed
from portal.db import db
from portal.errors import Refused
from portal.sharing import counting
from portal.sharing.counting import Caller
from portal.sharing.models import PasscodeTry, Share

WINDOW = timedelta(minutes=15)
MOST_HERE = 5
"""Wrong passcodes of one link from one address within the window."""
MOST_OF_LINK = 20
"""Of one link, from anywhere."""
MOST_OF_ADDRESS = 30
"""From one address, of any links."""
MOST_OF_ALL = 1_000
WRONG = "That isn’t the passcode. Ask the person who sent you the link."
TOO_MANY = "Too many tries. Wait a quarter of an hour, or ask the person who sent you the link."


class TooMany(Refused):
    """Tried too often; the page answers 429."""


def check(share: Share, passcode: str, *, caller: Caller, now: datetime) -> None:
    """Raise Refused for a wrong passcode; the caller commits, so that the try is counted."""
    network = counting.network_of(caller, now)
    _throttle(share, network, now)
    tool = passwords.hasher(current_app.extensions["portal_config"].PASSWORD_MEMORY_KIB)
    if not passwords.matches(share.passcode_hash, passcode[: passwords.LONGEST], tool):
        db.session.add(PasscodeTry(share_id=share.id, network=network, at=now))
        raise Refused(WRONG, field="passcode")


def wrong_lately(share: Share) -> int:
    """How many wrong passcodes somebody tried for a link since yesterday; older ones are not kept."""
    return db.session.scalar(select(func.count()).where(PasscodeTry.share_id == share.id)) or 0


def begin_anew(share: Share) -> None:
    """Forget the tries of before: they were for another address or passcode, and nobody waits because of them."""
    db.session.execute(delete(PasscodeTry).where(PasscodeTry.share_id == share.id))


def lock(share: Share) -> str:
    """What changes when the address or the passcode does, so that nobody reads on with what they knew before."""
    return hashed(f"{share.token_hash} {share.passcode_hash}")[:16]


def _throttle(share: Share, network: str, now: datetime) -> None:
    lately = PasscodeTry.at > now - WINDOW
    here, there = PasscodeTry.share_id == share.id, PasscodeTry.network == network
    n = func.count()
    counted = select(n.filter(here & there), n.filter(here), n.filter(there), n).select_from(PasscodeTry).where(lately)
    found = db.session.execute(counted).one()
    if any(
        had >= most for had, most in zip(found, (MOST_HERE, MOST_OF_LINK, MOST_OF_ADDRESS, MOST_OF_ALL), strict=True)
    ):
        raise TooMany(TOO_MANY, field="passcode")
