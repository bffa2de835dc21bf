"""A mail as it was saved or forwarded (.eml): the other side, the day, the subject."""

import re
from collections.abc import Iterator
from datetime import datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from html import unescape

from portal.clock import zone
from portal.errors import Refused
from portal.network.models import TouchKind
from portal.quick_log.offers import Met, Offer, person, tidy, without

UNREADABLE = "We can't read that mail. Save it as .eml, and drop that."
_FORWARDED = re.compile(
    r"(?:-{2,}\s*(?:forwarded|original) message\s*-{2,}|begin forwarded message:|^_{10,}\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"^[>\s*]*(From|Date|Sent|Subject|To|Cc)\s*:\s*\**\s*(.+?)\s*$", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
MOST_TEXT = 200_000


def read(body: bytes, *, mail: str, zone_name: str) -> list[Offer]:
    """The touch that a mail tells of; of a forwarded one, that of the mail inside."""
    message = BytesParser(policy=compat32).parsebytes(body)
    if not message.get("From"):
        raise Refused(UNREADABLE, field="file")
    inner = next((part.get_payload(0) for part in _parts(message) if _is_attached_mail(part)), None)
    if isinstance(inner, Message) and inner.get("From"):
        return [_offer(_headers(inner), mail, zone_name)]
    headers = _headers(message)
    return [_offer(headers | _forwarded(message), mail, zone_name)]


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number > 200:
            return
        yield part


def _is_attached_mail(part: Message) -> bool:
    return part.get_content_type() == "message/rfc822" and part.is_multipart()


def _headers(message: Message) -> dict[str, str]:
    return {name: _decoded(message.get(name, "")) for name in ("from", "to", "cc", "date", "subject")}


def _decoded(value: object) -> str:
    try:
        return str(make_header(decode_header(str(value))))
    except (LookupError, ValueError, MessageError):
        return str(value)


def _forwarded(message: Message) -> dict[str, str]:
    """The headers that a mail program writes above a forwarded mail."""
    text = _text(message)
    begin = _FORWARDED.search(text)
    if begin is None:
        return {}
    found: dict[str, str] = {}
    was_blank = False
    for line in text[begin.end() :].splitlines()[:25]:
        field = _FIELD.match(line)
        if field:
            name = field[1].casefold()
            found.setdefault("date" if name == "sent" else name, field[2])
        elif line.strip(" >") and found and was_blank:
            break
        was_blank = not line.strip(" >")
    return found if "from" in found else {}


def _text(message: Message) -> str:
    for wanted in ("text/plain", "text/html"):
        for part in _parts(message):
            if part.get_content_type() == wanted and not part.is_multipart():
                raw = part.get_payload(decode=True)
                text = _as_text(raw if isinstance(raw, bytes) else b"", part)
                return text if wanted == "text/plain" else _without_tags(text)
    return ""


def _as_text(raw: bytes, part: Message) -> str:
    charset = str(part.get_param("charset") or "utf-8")
    try:
        return raw[:MOST_TEXT].decode(charset, "replace")
    except (LookupError, ValueError):
        return raw[:MOST_TEXT].decode("utf-8", "replace")


def _without_tags(html: str) -> str:
    lines = re.sub(r"<(?:br|/p|/div|/tr|/li|hr)\b[^>]{0,500}>", "\n", html, flags=re.IGNORECASE)
    return unescape(re.sub(r"<[^<>]{0,2000}>", "", lines))


def _offer(headers: dict[str, str], mail: str, zone_name: str) -> Offer:
    others = without(_people(headers), mail)
    subject = tidy(_PREFIX.sub("", headers.get("subject", "").strip()))
    moment = _moment(headers.get("date", ""))
    day = moment.astimezone(zone(zone_name)).date() if moment and moment.tzinfo else moment.date() if moment else None
    return Offer(TouchKind.MESSAGE, others, day, subject)


def _people(headers: dict[str, str]) -> Iterator[Met]:
    for field in ("from", "to", "cc"):
        # Outlook writes "Reed, Dana [mailto:dana@example.com]" and "Reed, Dana <…>" without quotes.
        written = re.sub(r"\[(?:mailto:)?([^\]\s]+@[^\]\s]+)\]", r"<\1>", headers.get(field, ""))
        for name, address in getaddresses([_quoted(written)]):
            if "@" in address:
                yield person(_turned(name), address)


def _quoted(written: str) -> str:
    return re.sub(r"(^|;\s*)([^\"<>;,]+,[^\"<>;,]+)(?=\s<)", r'\1"\2"', written).replace(";", ",")


def _turned(name: str) -> str:
    last, comma, first = _decoded(name).partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else last


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return _spelled(text)


def _spelled(text: str) -> datetime | None:
    """'Tuesday, 3 March 2026 at 14:05', 'March 3, 2026 2:05 PM': what mail programs write above a forwarded mail."""
    plain = re.sub(r"^(?:[A-Za-z]+day|[A-Za-z]{3}),?\s+", "", " ".join(text.split()))
    for pattern in ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y-%m-%d"):
        length = len(pattern.replace("%", "").split())
        try:
            return datetime.strptime(" ".join(plain.split()[:length]).rstrip(","), pattern)
        except ValueError:
            continue
    return None
