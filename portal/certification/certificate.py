"""The certificate on paper: one page, typeset from a template that is given its words as plain text."""

import json
from pathlib import Path

import typst

from portal import clock
from portal.certification import credentials
from portal.certification.models import Certification
from portal.config import Config

TEMPLATE = Path(__file__).parent / "certificate.typ"


def pdf(config: Config, row: Certification, opener: str) -> bytes:
    """The certificate as an accessible PDF (PDF/UA-1)."""
    day = clock.day_in(row.issued_at, config.TIME_ZONE)
    words = {
        "firm": config.FIRM_NAME,
        "name": row.person.name,
        "pitch": row.pitch.title,
        "number": row.number,
        "opener": opener,
        "day": f"{day.day} {day:%B %Y}",
        "date": [day.year, day.month, day.day],
        "stands_on": credentials.narrative(row),
        "address": f"{config.BASE_URL}/credentials/{row.uid}",
    }
    return bytes(typst.compile(TEMPLATE.read_bytes(), sys_inputs={"words": json.dumps(words)}, pdf_standards="ua-1"))
