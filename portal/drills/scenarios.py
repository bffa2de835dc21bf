"""Client conversations: loading them from files, playing them, and what a person has played."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

from portal.accounts.viewer import Viewer
from portal.counters import services as counters
from portal.db import db, insert_or
from portal.drills import conversation
from portal.drills.models import Scenario, ScenarioChoice, ScenarioRun, ScenarioVersion
from portal.errors import NotFound, Refused
from portal.markup import fingerprint, rendered, rendered_line

MOST_CHOICES = 60
"""A run that goes round and round ends here."""


def shelf(viewer: Viewer) -> Sequence[Any]:
    """Every conversation, with how often this person has ended it, and how it ended last."""
    ended = (
        select(ScenarioRun.scenario_id, ScenarioChoice.ending, ScenarioChoice.at, ScenarioRun.id)
        .join(ScenarioChoice, ScenarioChoice.run_id == ScenarioRun.id)
        .where(ScenarioRun.person_id == viewer.id, ScenarioChoice.ending != "")
    )
    times = ended.with_only_columns(
        ScenarioRun.scenario_id, func.count().label("times"), func.max(ScenarioRun.id).label("last")
    )
    played = times.group_by(ScenarioRun.scenario_id).subquery()
    return db.session.execute(
        select(
            Scenario.key,
            Scenario.title,
            Scenario.summary,
            Scenario.minutes,
            func.coalesce(played.c.times, 0).label("times"),
            ScenarioChoice.ending,
        )
        .outerjoin(played, played.c.scenario_id == Scenario.id)
        .outerjoin(ScenarioChoice, and_(ScenarioChoice.run_id == played.c.last, ScenarioChoice.ending != ""))
        .where(Scenario.is_retired.is_(False))
        .order_by(Scenario.position, Scenario.id)
    ).all()


def scenario_for(viewer: Viewer, key: str) -> Scenario:
    """One conversation; they are open to everybody who practises."""
    found = db.session.scalar(select(Scenario).where(Scenario.key == key, Scenario.is_retired.is_(False)))
    if found is None:
        raise NotFound
    return found


def content_of(scenario: Scenario, number: int) -> dict[str, Any]:
    """What a conversation says in a version."""
    return db.session.get_one(ScenarioVersion, (scenario.id, number)).content


def runs_of(viewer: Viewer, scenario: Scenario) -> Sequence[Any]:
    """How often a person has played a conversation: id, begun_at, choices made, and how it ended."""
    return db.session.execute(
        select(
            ScenarioRun.id,
            ScenarioRun.begun_at,
            func.count(ScenarioChoice.place).label("choices"),
            func.max(ScenarioChoice.ending).label("ending"),
        )
        .outerjoin(ScenarioChoice, ScenarioChoice.run_id == ScenarioRun.id)
        .where(ScenarioRun.person_id == viewer.id, ScenarioRun.scenario_id == scenario.id)
        .group_by(ScenarioRun.id, ScenarioRun.begun_at)
        .order_by(ScenarioRun.id.desc())
        .limit(10)
    ).all()


def run_for(viewer: Viewer, run_id: int) -> tuple[ScenarioRun, Scenario]:
    """One of a person's own runs, with its conversation; also of one that was taken out since."""
    found = db.session.execute(
        select(ScenarioRun, Scenario)
        .join(Scenario, Scenario.id == ScenarioRun.scenario_id)
        .where(ScenarioRun.id == run_id, ScenarioRun.person_id == viewer.id)
    ).first()
    if found is None:
        raise NotFound
    return found.ScenarioRun, found.Scenario


def standing_of(run: ScenarioRun) -> conversation.Standing:
    """Where a run stands, in the words that it was begun with."""
    content = db.session.get_one(ScenarioVersion, (run.scenario_id, run.number)).content
    return conversation.standing(content, _choices(run))


def begin(scenario: Scenario, *, key: str, by: Viewer, now: datetime) -> ScenarioRun:
    """Begin to play; the same press sent twice begins one run."""
    made = insert_or(ScenarioRun).values(
        person_id=by.id, scenario_id=scenario.id, number=scenario.number, begun_at=now, key=key
    )
    db.session.execute(made.on_conflict_do_nothing(index_elements=["person_id", "key"]))
    return db.session.scalars(select(ScenarioRun).where(ScenarioRun.person_id == by.id, ScenarioRun.key == key)).one()


def choose(run: ScenarioRun, *, place: int, choice: int, by: Viewer, now: datetime) -> None:
    """Say something, and let the conversation go on. The same choice sent twice counts once; none can be changed."""
    made = _choices(run)
    if place < len(made):
        if made[place] == choice:
            return
        raise Refused("You have answered this already, perhaps in another window. What was said stays said.")
    content = db.session.get_one(ScenarioVersion, (run.scenario_id, run.number)).content
    here = conversation.standing(content, made)
    if here.is_over or place != len(made) or not 0 <= choice < len(here.node["choices"]):
        raise Refused("The conversation has gone on since. Look where it is now.")
    if place >= MOST_CHOICES:
        raise Refused("This conversation goes round in circles. Start it again, and try another way.")
    leads_to = here.node["choices"][choice]["then"]
    ending = content["nodes"][leads_to].get("ending", "")
    said = insert_or(ScenarioChoice).values(
        run_id=run.id, place=place, node=here.node["key"], choice=choice, leads_to=leads_to, ending=ending, at=now
    )
    db.session.execute(said.on_conflict_do_nothing(index_elements=["run_id", "place"]))
    counters.active(by, by.today(now))


def load_scenario(*, key: str, text: str, position: int, now: datetime, **given: Any) -> list[str]:
    """Bring a conversation in line with its file, and say what changed. Runs keep the words they were begun with."""
    content = {
        "intro": rendered(text),
        "start": given["start"],
        "nodes": {node["key"]: _rendered(node) for node in given["nodes"]},
    }
    about = {name: given[name] for name in ("title", "discipline", "summary", "who", "minutes")}
    mark = fingerprint(text, given["start"], given["nodes"])
    found = db.session.scalar(select(Scenario).where(Scenario.key == key))
    is_new, is_back = found is None, found is not None and found.is_retired
    if found is None:
        found = Scenario(key=key, number=0, fingerprint="", **about)
        db.session.add(found)
    said = [] if is_new or all(getattr(found, name) == value for name, value in about.items()) else ["description"]
    for name, value in {**about, "position": position, "is_retired": False}.items():
        setattr(found, name, value)
    if found.fingerprint != mark:
        found.number, found.fingerprint = found.number + 1, mark
        said.append(f"version {found.number}")
        db.session.flush()  # its version needs the id
        db.session.add(ScenarioVersion(scenario_id=found.id, number=found.number, content=content, at=now))
    db.session.flush()
    if is_new or is_back:
        return [f"conversation {key}: {'new' if is_new else 'back'}"]
    return [f"conversation {key}: {', '.join(said)}"] if said else []


def retire_others(keys: set[str]) -> list[str]:
    """Take out the conversations whose files are gone; what people did in them stays."""
    gone = db.session.scalars(select(Scenario).where(Scenario.key.not_in(keys), Scenario.is_retired.is_(False))).all()
    for scenario in gone:
        scenario.is_retired = True
    return [f"conversation {scenario.key}: taken out" for scenario in gone]


def _choices(run: ScenarioRun) -> list[int]:
    made = select(ScenarioChoice.choice).where(ScenarioChoice.run_id == run.id).order_by(ScenarioChoice.place)
    return list(db.session.scalars(made))


def _rendered(node: dict[str, Any]) -> dict[str, Any]:
    """A node as pages show it."""
    shown = {"key": node["key"], "says": rendered_line(node["says"])}
    if node.get("ending"):
        return {**shown, "ending": node["ending"], "debrief": rendered(node["debrief"])}
    choices = [
        {**choice, "say": rendered_line(choice["say"]), "why": rendered_line(choice["why"])}
        for choice in node["choices"]
    ]
    return {**shown, "choices": choices}
