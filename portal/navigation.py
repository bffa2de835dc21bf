"""The rail on the left and the bar at the bottom: where to go, and who is shown what."""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from portal.access import Can


@dataclass(frozen=True)
class Place:
    """One entry."""

    name: str
    url: str
    power: Can = Can.LEARN


PRACTITIONER = (
    Place("Today", "/"),
    Place("Programme", "/modules"),
    Place("Drills", "/drills"),
    Place("Pitch", "/pitch"),
    Place("Worksheets", "/worksheets"),
    Place("Network", "/network"),
    Place("Pipeline", "/pipeline"),
    Place("Clients", "/clients"),
    Place("Library", "/library"),
)
BY_ROLE = (
    Place("Team", "/team", Can.LEAD),
    Place("Coaching", "/coaching", Can.COACH),
    Place("Studio", "/studio", Can.PUBLISH),
    Place("People", "/people", Can.ADMINISTER),
    Place("Practices", "/people/practices", Can.ADMINISTER),
    Place("Audit log", "/people/audit", Can.ADMINISTER),
)
BAR = (Place("Today", "/"), Place("Drills", "/drills"), Place("Log", "/log"), Place("Network", "/network"))


@dataclass(frozen=True)
class Rail:
    """What one person sees on one page, as list items ready to show: every page has them, so they are made once."""

    own: Markup
    by_role: Markup
    bar: Markup


def for_person(powers: frozenset[Can], path: str) -> Rail:
    """The places of a person with these powers, with the present one marked."""
    return _rail(powers, _section(path))


@lru_cache(maxsize=500)
def _rail(powers: frozenset[Can], here: str) -> Rail:
    def links(places: tuple[Place, ...]) -> Markup:
        shown = [place for place in places if place.power in powers]
        return Markup("\n").join(
            Markup('<li><a href="{}"{}{}>{}</a></li>').format(
                place.url,
                Markup(' class="log"') if place.name == "Log" else "",
                Markup(' aria-current="page"') if place.url == here else "",
                place.name,
            )
            for place in shown
        )

    return Rail(links(PRACTITIONER), links(BY_ROLE), links(BAR))


WITHIN = {
    "/asking": "/pipeline",
    "/requests/to-answer": "/studio",
    "/insights/to-answer": "/studio",
    "/contribute/to-edit": "/studio",
    "/requests": "/library",
    "/insights": "/library",
    "/contribute": "/library",
    "/certification/rules": "/studio",
    "/certification/fluency": "/studio",
    "/recitals": "/pitch",
    "/certification": "/pitch",
    "/credit": "/pipeline",
    "/usage/opportunities": "/pipeline",
    "/usage/scoreboard": "/studio",
    "/usage/decisions": "/studio",
    "/usage/influence": "/studio",
    "/usage": "/library",
}
"""Places that stand within another; its pages lead there. The nearer ones come first."""


@lru_cache(maxsize=2000)
def _section(path: str) -> str:
    within = next((place for part, place in WITHIN.items() if path == part or path.startswith(part + "/")), None)
    if within:
        return within
    found = [
        place.url
        for place in (*PRACTITIONER, *BY_ROLE, *BAR)
        if path == place.url or (place.url != "/" and path.startswith(place.url + "/"))
    ]
    return max(found, key=len, default="")


DEMO_SIGN_INS = [
    f"{who}@demo.example"
    for who in ("practitioner", "practitioner2", "leader", "leader2", "coach", "marketing", "admin", "executive")
]
"""Whom the sign-in page of a demo offers."""
