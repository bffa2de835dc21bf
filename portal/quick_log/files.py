"""A file that is dropped on the page: a meeting, a mail, or cards. Nothing of it is kept but what is confirmed."""

from datetime import date

from portal.address_book import vcards
from portal.errors import Refused
from portal.network.models import ChannelKind, TouchKind
from portal.quick_log import invitations, mails
from portal.quick_log.offers import Offer, person, tidy

LARGEST = {"ics": 1_000_000, "vcf": 2_000_000, "eml": 10_000_000}
MOST_CARDS = 20
MOST_BYTES = max(LARGEST.values())
OTHER = "Drop a meeting (.ics), a mail (.eml) or a card (.vcf). From Outlook, save a mail as .eml rather than .msg."


def read(name: str, body: bytes, *, mail: str, today: date, zone_name: str) -> list[Offer]:
    """What a file offers to log. Raises Refused for one that can't be read, or is too large."""
    ending = _ending(name, body)
    if ending not in LARGEST:
        raise Refused(OTHER, field="file")
    if len(body) > LARGEST[ending]:
        raise Refused(f"That file is larger than {LARGEST[ending] // 1_000_000} MB. Drop a smaller one.", field="file")
    if not body.strip():
        raise Refused("That file is empty.", field="file")
    if ending == "ics":
        return invitations.read(body, mail=mail, today=today, zone_name=zone_name)
    if ending == "eml":
        return mails.read(body, mail=mail, zone_name=zone_name)
    return _cards(body)


def _ending(name: str, body: bytes) -> str:
    """What a file is, by what it begins with, or else by its name."""
    begins = body[:200].lstrip(b"\xef\xbb\xbf \r\n\t").upper()
    if begins.startswith(b"BEGIN:VCALENDAR"):
        return "ics"
    if begins.startswith(b"BEGIN:VCARD"):
        return "vcf"
    ending = name.rpartition(".")[2].casefold()
    return {"ical": "ics", "vcard": "vcf", "mht": "eml"}.get(ending, ending)


def _cards(body: bytes) -> list[Offer]:
    offers = []
    for card in vcards.read(body)[:MOST_CARDS]:
        ways = {kind: value for kind, value in reversed(list(card.channels))}
        who = person(card.name, ways.get(ChannelKind.MAIL, ""), ways.get(ChannelKind.PHONE, ""))
        offers.append(Offer(TouchKind.MEETING, (who,), organisation=tidy(card.organisation)))
    if not offers:
        raise Refused("There is nobody in that file.", field="file")
    return offers
