"""Rubrics and phrases to avoid: taking them over from content, and the version in force."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from portal.db import db
from portal.errors import Refused
from portal.markup import fingerprint, rendered
from portal.recitals import scoring
from portal.recitals.models import Decision, Phrase, Rubric, RubricVersion, Scope


def in_force(scope: Scope) -> RubricVersion:
    """The newest version of the rubric for this much of a pitch."""
    found = db.session.scalar(
        select(RubricVersion)
        .join(Rubric, (Rubric.id == RubricVersion.rubric_id) & (Rubric.number == RubricVersion.number))
        .where(Rubric.scope == scope)
    )
    if found is None:
        raise Refused("There is no rubric to score by yet. An admin can load one with the content.")
    return found


def of(decision: Decision) -> RubricVersion:
    """The version that a decision was made by."""
    return db.session.get_one(RubricVersion, (decision.rubric_id, decision.rubric_number))


def phrases() -> list[tuple[list[str], str, str]]:
    """The phrases to avoid: their forms, why, and what is better."""
    found = db.session.scalars(select(Phrase).order_by(Phrase.position, Phrase.key))
    return [(phrase.forms, phrase.why, phrase.better) for phrase in found]


def load(
    *,
    key: str,
    title: str,
    scope: str,
    pass_mark: int,
    criteria: list[dict[str, Any]],
    text: str,
    now: datetime,
) -> list[str]:
    """Take a rubric over from its content file: what differs becomes a new version, and old scores keep theirs."""
    if not scoring.weights_hold(criteria):
        raise Refused(f"The weights of the rubric '{key}' don't add up to 100.")
    rubric = _rubric(key, Scope(scope))
    html, mark = rendered(text), fingerprint(title, scope, pass_mark, criteria, text)
    newest = db.session.get(RubricVersion, (rubric.id, rubric.number))
    if newest and newest.fingerprint == mark:
        return []
    rubric.number += 1
    db.session.add(
        RubricVersion(
            rubric_id=rubric.id,
            number=rubric.number,
            title=title,
            html=html,
            criteria=criteria,
            pass_mark=pass_mark,
            fingerprint=mark,
            at=now,
        )
    )
    db.session.flush()  # decisions refer to it
    return [f"rubric {key}: {'new' if rubric.number == 1 else f'version {rubric.number}'}"]


def _rubric(key: str, scope: Scope) -> Rubric:
    """The rubric of a file. A renamed file goes on with the rubric of its scope, so that there is one for each."""
    rubric = db.session.scalar(select(Rubric).where(Rubric.scope == scope))
    if rubric is None:
        rubric = Rubric(key=key, scope=scope, number=0)
    rubric.key = key
    db.session.add(rubric)
    db.session.flush()  # the version needs the id
    return rubric


def load_phrases(given: list[dict[str, Any]]) -> list[str]:
    """Replace the phrases to avoid; nothing refers to them."""
    wanted = [(phrase["key"], phrase["say"], phrase["why"], phrase["better"]) for phrase in given]
    known = db.session.scalars(select(Phrase).order_by(Phrase.position, Phrase.key)).all()
    if [(phrase.key, phrase.forms, phrase.why, phrase.better) for phrase in known] == wanted:
        return []
    db.session.execute(delete(Phrase))
    db.session.add_all(
        Phrase(key=key, forms=say, why=why, better=better, position=place)
        for place, (key, say, why, better) in enumerate(wanted)
    )
    db.session.flush()
    return [f"phrases to avoid: {len(wanted)}"]
