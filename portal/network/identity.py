"""How the same person is known again in another list: mail addresses and phone numbers in one spelling, and hashed."""

import hashlib
import hmac
import re
import unicodedata

from portal.network.models import ChannelKind

SHORTEST_PHONE = 7
"""Shorter ones are extensions; they belong to everybody."""


def normalised(kind: ChannelKind, value: str) -> str:
    """A mail address or phone number as it is compared; empty where nothing can be compared."""
    if kind == ChannelKind.MAIL:
        local, at, host = unicodedata.normalize("NFKC", value).strip().casefold().rpartition("@")
        return f"{local.split('+')[0]}@{host}" if at and local and "." in host else ""
    if kind == ChannelKind.PHONE:
        return _phone(value)
    return ""


def _phone(value: str) -> str:
    """The last nine digits: the same number with and without the way to its country."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", value), flags=re.ASCII)
    return digits[-9:] if len(digits) >= SHORTEST_PHONE else ""


def match_key(secret: str, kind: ChannelKind, value: str) -> str | None:
    """The keyed hash by which two lists are compared (HMAC-SHA-256); None where nothing can be compared."""
    plain = normalised(kind, value)
    if not plain:
        return None
    return hmac.new(secret.encode(), f"contact:{kind}:{plain}".encode(), hashlib.sha256).hexdigest()
