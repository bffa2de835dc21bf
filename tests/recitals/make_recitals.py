"""Recitals, rubrics and recordings for tests."""

import struct
from itertools import count

from portal.accounts.viewer import of
from portal.db import db
from portal.jobs import services as jobs
from portal.message.models import Pitch
from portal.recitals import holding, listening, recordings, rubrics, services
from portal.recitals.models import Medium, Recital, Recording, RubricVersion, Scope, State
from tests.make import NOON
from tests.releases import make_releases

SAID = "We look after companies that belong to the people who run them. You get one answer from one partner."
LEVELS = ["Not there.", "Partly there.", "All there."]
CRITERIA = [
    {"key": "clear", "title": "It is clear", "weight": 60, "levels": LEVELS},
    {"key": "natural", "title": "It sounds like you", "weight": 40, "levels": LEVELS},
]
_numbers = count(1)


def pitch() -> Pitch:
    """The firm's pitch, published."""
    return make_releases.pitch()


def rubric(scope=Scope.WHOLE, *, criteria=CRITERIA, pass_mark=60, title="Reciting", now=NOON) -> RubricVersion:
    """A rubric, or a new version of it."""
    rubrics.load(
        key=f"rubric-{scope}", title=title, scope=scope, pass_mark=pass_mark, criteria=criteria, text="Listen.", now=now
    )
    return rubrics.in_force(scope)


def recital(person, of_pitch=None, *, medium=Medium.TYPED, text=SAID, scope=Scope.WHOLE, now=NOON) -> Recital:
    """A draft."""
    of_pitch = of_pitch or db.session.query(Pitch).first() or pitch()
    row = services.begin(of_pitch, scope=scope, medium=medium, key=f"recital-{next(_numbers)}", by=of(person), now=now)
    if medium == Medium.TYPED:
        services.save(row, text=text, version=row.version, now=now)
    db.session.flush()
    return row


def recording(of_recital, folder, content=None, now=NOON):
    """A recording of a recital that was kept."""
    path = folder / f"sound-{next(_numbers)}"
    path.write_bytes(wav() if content is None else content)
    recordings.take(of_recital, path, key=f"recording-{next(_numbers)}", content_type="audio/wav", now=now)
    db.session.flush()


def kept(recital_id: int) -> Recording | None:
    """The first recording of a recital that was kept, as the database has it now."""
    db.session.expire_all()
    return db.session.query(Recording).filter_by(recital_id=recital_id).filter(Recording.kept_at.is_not(None)).first()


def submitted(person, *, now=NOON, **given) -> Recital:
    """A recital that waits for a coach."""
    row = recital(person, now=now, **given)
    services.submit(row, by=of(person), now=now)
    db.session.flush()
    return row


def taken(row: Recital, coach, now=NOON) -> Recital:
    """A recital that a coach has open."""
    holding.take(row, by=of(coach), now=now)
    db.session.flush()
    return row


def decided(row: Recital, coach, outcome=State.PASSED, *, level=2, note="Keep the opener.", now=NOON):
    """A recital that a coach answered."""
    version = rubrics.in_force(row.scope)
    decision = listening.decide(
        taken(row, coach, now),
        levels={criterion["key"]: level for criterion in version.criteria},
        note=note,
        outcome=outcome,
        rubric=(version.rubric_id, version.number),
        by=of(coach),
        now=now,
    )
    db.session.commit()
    jobs.hand_over()  # the mail, here and not in whatever the test asks for next
    return decision


def wav(seconds: float = 2, rate: int = 8000) -> bytes:
    """Silence, as a WAV file."""
    length = int(seconds * rate)
    head = b"RIFF" + struct.pack("<I", 36 + length) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate, 1, 8)
    return head + b"data" + struct.pack("<I", length) + b"\x80" * length


def webm(content: bytes = b"\x00" * 500) -> bytes:
    """The first bytes of a WebM file, and some more."""
    return b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + content


def mp4(seconds: int = 2, *, is_whole: bool = True) -> bytes:
    """The boxes of an MP4 file."""

    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", 8 + len(content)) + name + content

    head = struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000) + b"\x00" * 80
    made = box(b"ftyp", b"M4A \x00\x00\x00\x00") + box(b"moov", box(b"mvhd", head)) + box(b"mdat", b"\x00" * 900)
    return made if is_whole else made[:-300]
