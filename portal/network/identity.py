"""How the same person is known again in another list: mail addresses and phone numbers in one spelling, and hashed."""

import hashlib
import hmac
import re
import unicodedata

from portal.network.models import ChannelKind

SHORTEST_PHONE = 7
"""Shorter ones are extensions; they belong to everybody."""
SHORTEST_WITHIN = 6
"""Digits of a number within its country."""
_CODES = "20 27 30-34 36 39 40 41 43-49 51-58 60-66 81 82 84 86 90-95 98"
TWO_DIGITS = frozenset(
    str(code)
    for span in _CODES.split()
    for code in range(int(span.partition("-")[0]), int(span.rpartition("-")[2]) + 1)
)
"""The codes of countries that have two digits; 1 and 7 have one, all others three."""


def normalised(kind: ChannelKind, value: str) -> str:
    """A mail address or phone number as it is compared; empty where nothing can be compared."""
    if kind == ChannelKind.MAIL:
        return _mail(value)
    if kind == ChannelKind.PHONE:
        return _phone(value)
    return ""


def _mail(value: str) -> str:
    """Without what follows a plus; dots count, as only some providers leave them out."""
    plain = unicodedata.normalize("NFKC", value).strip().casefold().removeprefix("mailto:")
    local, at, host = plain.rpartition("@")
    local = local.split("+")[0]
    return f"{local}@{_host(host)}" if at and local and "." in host else ""


def _host(host: str) -> str:
    """In the spelling that goes over the wire: müller.example is xn--mller-kva.example."""
    try:
        return host.rstrip(".").encode("idna").decode()
    except UnicodeError:
        return host


def _phone(value: str) -> str:
    """The number within its country, its last nine digits at most: the same with +49 30, 0049 30, +49 (0)30 and 030."""
    plain = unicodedata.normalize("NFKC", value).casefold().strip().removeprefix("tel:").lstrip("( ")
    digits = re.sub(r"\D", "", plain, flags=re.ASCII)
    if len(digits) < SHORTEST_PHONE:
        return ""
    if plain.startswith("+") or digits.startswith("00"):
        digits = digits.lstrip("0")
        digits = digits[_length_of_country(digits) :]
    within = digits.lstrip("0")[-9:]
    return within if len(within) >= SHORTEST_WITHIN else ""


def _length_of_country(digits: str) -> int:
    """How many digits say the country (ITU E.164): no code is the beginning of another."""
    return 1 if digits[:1] in {"1", "7"} else 2 if digits[:2] in TWO_DIGITS else 3


def match_key(secret: str, kind: ChannelKind, value: str) -> str | None:
    """The keyed hash by which two lists are compared (HMAC-SHA-256); None where nothing can be compared."""
    plain = normalised(kind, value)
    if not plain:
        return None
    return hmac.new(secret.encode(), f"contact:{kind}:{plain}".encode(), hashlib.sha256).hexdigest()
