"""Growing and pruning the tree of practices."""

import re
import unicodedata

from sqlalchemy import Text, delete, func, literal, select, update
from sqlalchemy.exc import IntegrityError

from portal.accounts import queries as accounts
from portal.accounts import tree
from portal.accounts.models import Grant, Person, Practice
from portal.audit import services as audit
from portal.counters.models import Standing
from portal.db import db
from portal.errors import Refused


def add(*, name: str, key: str, below_id: int) -> Practice:
    """A new practice, below another or at the top; without a key it gets one made from its name."""
    above = accounts.practice(below_id) if below_id else None
    _check_name(name, below_id)
    if key and db.session.scalar(select(Practice.id).where(Practice.key == key)):
        raise Refused("Another practice has this key. Choose a different one.", field="key")
    # A path is made of ids, and the id comes with the first flush; the key is unique, so until then it stands in.
    key = key or _free_key(name)
    practice = Practice(name=name, key=key, parent_id=above.id if above else None, path=f"/new-{key}/")
    db.session.add(practice)
    db.session.flush()
    practice.path = f"{above.path if above else '/'}{practice.id}/"
    audit.note("practice added", name, below=above.name if above else "")
    return practice


def change(practice: Practice, *, name: str, below_id: int) -> None:
    """Rename a practice, or move it with everything below it."""
    _check_name(name, below_id, but=practice.id)
    if name != practice.name:
        audit.note("practice renamed", name, before=practice.name)
        practice.name = name
    if below_id != (practice.parent_id or 0):
        _move(practice, below_id)


def remove(practice: Practice) -> None:
    """Take an empty practice out of the tree."""
    for what, statement in (
        ("There are people in this practice. Move them first.", select(Person.id).where(_in(Person, practice))),
        ("There are practices below this one. Move them first.", select(Practice.id).where(_under(practice))),
        (
            "Somebody leads or coaches this practice. Take that role away first.",
            select(Grant.id).where(_in(Grant, practice)),
        ),
    ):
        if db.session.scalar(statement.limit(1)) is not None:
            raise Refused(what)
    db.session.execute(delete(Standing).where(_in(Standing, practice), Standing.n == 0, Standing.amount == 0))
    db.session.delete(practice)
    try:
        db.session.flush()  # what else hangs on the practice, the database knows
    except IntegrityError:
        raise Refused(
            "This practice has figures or assignments of its own, so it stays. Rename it, or move it below another."
        ) from None
    audit.note("practice removed", practice.name)


def _move(practice: Practice, below_id: int) -> None:
    # Every practice is held, in one order, so that two moves at the same moment cannot make a circle.
    db.session.scalars(
        select(Practice).order_by(Practice.id).with_for_update(), execution_options={"populate_existing": True}
    ).all()
    above = accounts.practice(below_id) if below_id else None
    if above and tree.is_within(above.path, practice.path):
        raise Refused("A practice can't be moved below itself.", field="below_id")
    before = practice.path
    after = f"{above.path if above else '/'}{practice.id}/"
    practice.parent_id = above.id if above else None
    db.session.flush()
    db.session.execute(
        update(Practice)
        .where(accounts.below([before]))
        .values(path=literal(after) + func.substr(Practice.path, len(before) + 1, type_=Text)),
        execution_options={"synchronize_session": False},
    )
    db.session.expire_all()
    audit.note("practice moved", practice.name, below=above.name if above else "the top")


def _check_name(name: str, below_id: int, *, but: int = 0) -> None:
    siblings = db.session.execute(
        select(Practice.name).where(
            Practice.parent_id == below_id if below_id else Practice.parent_id.is_(None), Practice.id != but
        )
    ).scalars()
    if name.casefold() in {sibling.casefold() for sibling in siblings}:
        raise Refused("There is a practice of this name in the same place.", field="name")


def _free_key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "practice"
    taken = set(db.session.scalars(select(Practice.key).where(Practice.key.startswith(stem, autoescape=True))))
    return next(
        key for number in range(1, len(taken) + 2) if (key := stem if number == 1 else f"{stem}-{number}") not in taken
    )


def _in(table: type[Person] | type[Grant] | type[Standing], practice: Practice):
    return table.practice_id == practice.id


def _under(practice: Practice):
    return Practice.parent_id == practice.id
