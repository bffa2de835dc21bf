"""Who is who, and whom a person may see."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select
from sqlalchemy.orm import joinedload

from portal.access import Role
from portal.accounts.models import Grant, Person, Practice, SignIn
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound

_ROOTS = select(Practice.path).where(Practice.parent_id.is_(None)).order_by(Practice.path)
_GRANTED = (
    select(Practice.path)
    .join(Grant, Grant.practice_id == Practice.id)
    .where(Grant.person_id == bindparam("person_id"), Grant.role == bindparam("role"))
    .order_by(Practice.path)
)


def led_paths(viewer: Viewer, role: Role = Role.LEADER) -> list[str]:
    """The paths of the practices that a person leads (or coaches), outermost only. An executive sees the firm."""
    if role == Role.LEADER and Role.EXECUTIVE in viewer.roles:
        return list(db.session.scalars(_ROOTS))
    if role not in viewer.roles:
        return []
    found = db.session.scalars(_GRANTED, {"person_id": viewer.id, "role": role}).all()
    return [path for path in found if not any(path != other and path.startswith(other) for other in found)]


def below(paths: Sequence[str]) -> ColumnElement[bool]:
    """The practices at these paths and everything below them; nothing at all without a path."""
    # A range instead of LIKE, so that the index on the path serves on both engines; '0' follows '/'. Not BETWEEN:
    # PostgreSQL takes no collation inside it.
    return or_(False, *(and_(Practice.path >= path, Practice.path < path[:-1] + "0") for path in paths))


def practices_led_by(viewer: Viewer) -> Select[Practice]:
    """The practices whose figures this person may see, in tree order."""
    return select(Practice).where(below(led_paths(viewer))).order_by(Practice.path, Practice.id)


def people_led_by(viewer: Viewer) -> Select[Person]:
    """The people whose progress this person may see as a leader: active, in the practices led and below."""
    return (
        select(Person)
        .join(Practice, Practice.id == Person.practice_id)
        .where(Person.is_active, below(led_paths(viewer)))
        .order_by(Person.name, Person.id)
    )


def practice_led_by(viewer: Viewer, practice_id: int) -> Practice:
    """One practice that this person leads, or that lies below one."""
    return _found(db.session.scalar(practices_led_by(viewer).where(Practice.id == practice_id)))


def person_led_by(viewer: Viewer, person_id: int) -> Person:
    """One person in the practices that this person leads."""
    found = db.session.scalar(people_led_by(viewer).where(Person.id == person_id))
    if found is None:
        raise NotFound
    return found


def person_or_none(email: str) -> Person | None:
    """The person with this e-mail address, active or not, if there is one."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def person(person_id: int) -> Person:
    """One person; for admins and for the person themselves."""
    return db.session.get(Person, person_id) or _missing()


def colleagues(words: str, limit: int = 8) -> list[Person]:
    """Active people to choose from, by any part of a name or the beginning of an address."""
    found = select(Person).where(Person.is_active)
    for word in words.replace("\x00", " ").split()[:8]:
        found = found.where(
            Person.name.icontains(word, autoescape=True) | Person.email.istartswith(word, autoescape=True)
        )
    return list(
        db.session.scalars(found.options(joinedload(Person.practice)).order_by(Person.name, Person.id).limit(limit))
    )


def practices() -> list[Practice]:
    """Every practice, in tree order."""
    return list(db.session.scalars(select(Practice).order_by(Practice.path, Practice.id)))


def practice(practice_id: int) -> Practice:
    """One practice, for admins."""
    return _found(db.session.get(Practice, practice_id))


def grants_of(person_id: int) -> list[Grant]:
    """The roles that a person holds beyond practitioner."""
    return list(db.session.scalars(select(Grant).where(Grant.person_id == person_id).order_by(Grant.role, Grant.id)))


def sign_ins_of(viewer: Viewer | Person) -> list[SignIn]:
    """The browsers that this person is signed in with, newest first."""
    return list(
        db.session.scalars(
            select(SignIn).where(SignIn.person_id == viewer.id).order_by(SignIn.created_at.desc(), SignIn.id.desc())
        )
    )


def _found(practice: Practice | None) -> Practice:
    if practice is None:
        raise NotFound
    return practice


def _missing() -> Person:
    raise NotFound
