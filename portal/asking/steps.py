"""What to do next about a light that isn't green."""

from dataclasses import dataclass

from portal.asking.lights import Light, Reason
from portal.asking.rules import AT_CLIENT, LAST_CONTACT, Colour


@dataclass(frozen=True)
class Place:
    """Where things stand that a step leads to."""

    subject_url: str
    """Where contact, client and service are chosen."""
    sheet: str
    contact_id: int | None = None
    has_client: bool = False
    has_service: bool = False
    steward: str = ""
    steward_mail: str = ""


@dataclass(frozen=True)
class Step:
    """One thing to do, and the way there."""

    what: str
    url: str


def after(reason: Reason, place: Place, asked: set[str]) -> Step | None:
    """What to do about one reason; None where only somebody else can."""
    if reason.colour == Colour.GREEN:
        return None
    if reason.needs in asked:
        return Step("Answer the question", f"#q-{reason.needs}")
    if reason.needs == AT_CLIENT or reason.needs.startswith("flag-"):
        return _about_client(place)
    if reason.needs in {"contact-left-out", "relation", LAST_CONTACT}:
        return _about_contact(reason.needs, place)
    return _by_oneself(reason, place)


def _about_client(place: Place) -> Step | None:
    if not place.has_client:
        return Step("Choose the client", place.subject_url)
    if place.steward_mail:
        return Step(f"Write to {place.steward}, who looks after them", f"mailto:{place.steward_mail}")
    return None


def _about_contact(needs: str, place: Place) -> Step | None:
    if place.contact_id is None:
        return Step("Choose the contact", place.subject_url)
    return Step("Log a touch", f"/log?contact={place.contact_id}") if needs == LAST_CONTACT else None


def _by_oneself(reason: Reason, place: Place) -> Step | None:
    certify = Step("Get certified" if reason.colour == Colour.RED else "See what is asked", "/certification")
    steps = {
        "certification": certify,
        "worksheet": Step("Fill the worksheet", f"/worksheets/{place.sheet}/new"),
        "service-owner": None if place.has_service else Step("Choose the service", place.subject_url),
    }
    return steps.get(reason.needs)


def first(light: Light, place: Place, asked: set[str]) -> Step | None:
    """The one next thing to do about a light: about its gravest reason that one can do something about."""
    found = (after(reason, place, asked) for reason in light.reasons)
    return next((step for step in found if step), None)
