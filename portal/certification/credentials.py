"""A certification as an Open Badge 3.0 credential that others can verify, and the list of those taken back."""

import base64
import gzip
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.certification import keys
from portal.certification.models import Certification, Revocation
from portal.config import Config
from portal.db import db
from portal.errors import NotFound

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
LIST_SIZE = 131_072
"""Bits in one status list: the least that the standard allows, so that nobody stands out."""
LISTS = 2**31 // LIST_SIZE
"""So many lists there can be: ids end where the database's numbers do."""
LIST_LASTS = timedelta(hours=12)
"""How long a status list may be believed; then it is asked for again."""


def credential(config: Config, row: Certification) -> dict[str, Any]:
    """What the firm says of a person: on which version of which pitch they were certified, and when."""
    base, title = config.BASE_URL, row.pitch.title
    return {
        "@context": [CREDENTIALS, BADGES],
        "id": f"{base}/credentials/{row.uid}.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{title}, version {row.number}",
        "issuer": issuer(config),
        "validFrom": _moment(row.issued_at),
        "credentialSubject": {
            "id": f"urn:uuid:{UUID(row.uid)}",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "hashed": False,
                    "identityHash": row.person.name,
                }
            ],
            "achievement": {
                "id": f"{base}/credentials/issuer#{row.pitch.key}-{row.number}",
                "type": ["Achievement"],
                "achievementType": "Certification",
                "name": f"{title}, version {row.number}",
                "description": f"Says what {config.FIRM_NAME} says, in the words of version {row.number}.",
                "criteria": {"narrative": narrative(row)},
            },
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialStatus": {
            "id": f"{_list_address(config, row.id)}#{row.id % LIST_SIZE}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(row.id % LIST_SIZE),
            "statusListCredential": _list_address(config, row.id),
        },
    }


def signed(config: Config, row: Certification) -> str:
    """The credential as a signed token."""
    told = credential(config, row)
    claims = {"iss": told["issuer"]["id"], "sub": told["credentialSubject"]["id"], "jti": told["id"]}
    return _signed(config, told | claims | {"nbf": int(row.issued_at.timestamp())})


def issuer(config: Config) -> dict[str, Any]:
    """Who vouches."""
    base = config.BASE_URL
    return {"id": f"{base}/credentials/issuer", "type": ["Profile"], "name": config.FIRM_NAME, "url": base}


def status_list(config: Config, number: int, now: datetime) -> str:
    """Which credentials of a list were taken back, signed with the same key."""
    if number >= LISTS:
        raise NotFound
    address, first = f"{config.BASE_URL}/credentials/status/{number}", number * LIST_SIZE
    taken_back = db.session.scalars(
        select(Revocation.certification_id).where(
            Revocation.certification_id >= first, Revocation.certification_id < first + LIST_SIZE
        )
    )
    told = {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer(config)["id"],
        "validFrom": _moment(now),
        "validUntil": _moment(now + LIST_LASTS),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": _bits(id_ - first for id_ in taken_back),
        },
    }
    claims = {"iss": told["issuer"], "jti": address, "sub": f"{address}#list", "nbf": int(now.timestamp())}
    return _signed(config, told | claims | {"exp": int((now + LIST_LASTS).timestamp())})


def narrative(row: Certification) -> str:
    """What the certification stands on, in a sentence."""
    counted = row.evidence
    parts = []
    cards = counted.get("cards") or {}
    if cards.get("of"):
        which = "changed lines" if row.is_delta else "lines"
        parts.append(f"knew {cards['known']} of {cards['of']} {which} from memory")
    if counted.get("check"):
        parts.append("passed the knowledge check")
    if counted.get("recital"):
        parts.append("recited what changed, and a coach passed it" if row.is_delta else "recited it before a coach")
    said = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
    sentence = f"{said[:1].upper()}{said[1:]}." if said else "Was certified by the firm."
    return f"{sentence} Certified before on an earlier version." if row.is_delta else sentence


def _list_address(config: Config, id_: int) -> str:
    return f"{config.BASE_URL}/credentials/status/{id_ // LIST_SIZE}"


def _bits(places: Iterable[int]) -> str:
    bits = bytearray(LIST_SIZE // 8)
    for place in places:
        bits[place // 8] |= 128 >> place % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def _signed(config: Config, told: dict[str, Any]) -> str:
    return keys.signed(config, json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
