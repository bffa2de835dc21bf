"""What the addresses of links end with, and what pages hand back to prove where they came from."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from portal.accounts.viewer import hashed

PASS_GOOD_FOR = timedelta(minutes=30)
"""After the last page that was opened with it."""
TICKET_GOOD_FOR = timedelta(hours=12)


def new() -> str:
    """256 random bits for an address."""
    return secrets.token_urlsafe(32)


def is_of(token: str, token_hash: str) -> bool:
    """Whether an address has this hash; takes the same time for every answer."""
    return hmac.compare_digest(hashed(token), token_hash)


@dataclass(frozen=True)
class Ticket:
    """What one page of a link was given when it was made."""

    share_id: int
    item_id: int | None
    key: str
    shown_at: datetime


def ticket(secret: str, share_id: int, item_id: int | None, now: datetime) -> str:
    """A ticket for a page that is about to be shown; nobody else can write one, and nothing is kept of it."""
    told = [share_id, item_id or 0, secrets.token_urlsafe(12), round(now.timestamp() * 1000)]
    return str(URLSafeSerializer(secret, salt="a page of a link").dumps(told))


def read_ticket(secret: str, given: str, share_id: int, now: datetime) -> Ticket | None:
    """What a page hands back; nothing where it is of another link, too old, or somebody's own making."""
    try:
        share, item, key, at = URLSafeSerializer(secret, salt="a page of a link").loads(given[:500])
    except (BadSignature, ValueError, TypeError):
        return None
    shown_at = datetime.fromtimestamp(at / 1000, UTC)
    if share != share_id or not now - TICKET_GOOD_FOR <= shown_at <= now + timedelta(seconds=5):
        return None
    return Ticket(share, item or None, key, shown_at)


def passed(secret: str, share_id: int, lock: str, now: datetime) -> str:
    """Lets somebody who knew the passcode read on for a while; `lock` changes with the address and the passcode."""
    until = int((now + PASS_GOOD_FOR).timestamp())
    return str(URLSafeSerializer(secret, salt="past the passcode").dumps([share_id, lock, until]))


def is_passed(secret: str, given: str, share_id: int, lock: str, now: datetime) -> bool:
    """Whether this lets somebody read."""
    try:
        share, of_lock, until = URLSafeSerializer(secret, salt="past the passcode").loads(given[:500])
    except (BadSignature, ValueError, TypeError):
        return False
    return share == share_id and hmac.compare_digest(str(of_lock), lock) and until > now.timestamp()
