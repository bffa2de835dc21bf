"""Bringing modules and steps to what the content files say, without losing anything that people did."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal import markup
from portal.db import db
from portal.learning import progress
from portal.learning.models import Module, ModuleProgress, Step, StepKind, StepVersion

MINUTES = {StepKind.DRILLS: 5, StepKind.WORKSHEET: 20}
"""How long a step takes whose work lies in another room, where the content does not say."""


def load_modules(modules: list[dict[str, Any]], *, now: datetime) -> list[str]:
    """Make these the programme's modules. Answers a sentence for each change; the same again changes nothing."""
    changes = []
    kept = {module.key: module for module in db.session.scalars(select(Module).order_by(Module.id))}
    for given in modules:
        changes += _load_module(kept.pop(given["key"], None), given, now)
    for module in kept.values():
        changes += _load_steps(module, [], now)
    return changes


def _load_module(module: Module | None, given: Mapping[str, Any], now: datetime) -> list[str]:
    changes = []
    content = [given[name] for name in ("title", "short", "order", "outcome", "text")]
    mark = f"{markup.RENDERER}.{markup.fingerprint(*content)}"
    if module is None or module.fingerprint != mark:
        changes.append(f"module {given['key']}: {'new' if module is None else 'changed'}")
        module = module or Module(key=given["key"])
        module.title, module.short, module.position, module.outcome = content[:4]
        module.html = markup.rendered(given["text"])
        module.fingerprint = mark
        db.session.add(module)
        db.session.flush()  # its steps need the id
    return changes + _load_steps(module, given["steps"], now)


def _load_steps(module: Module, steps: list[dict[str, Any]], now: datetime) -> list[str]:
    kept = {
        step.key: step
        for step in db.session.scalars(select(Step).where(Step.module_id == module.id).order_by(Step.position, Step.id))
    }
    before = [step.id for step in kept.values() if not step.is_removed]
    changes, used = [], []
    for position, given in enumerate(steps, start=1):
        step, what = _load_step(kept.pop(given["key"], None), module, given, position, now)
        used.append(step)
        changes += [f"{given['kind']} {module.key}/{given['key']}: {what}"] if what else []
    for step in kept.values():
        changes += [] if step.is_removed else [f"{step.kind} {module.key}/{step.key}: removed"]
        step.is_removed = True
    module.steps, module.minutes = len(used), sum(step.minutes for step in used)
    db.session.flush()  # progress is worked out from these rows
    if [step.id for step in used] != before:
        progress.stand_anew(ModuleProgress.module_id == module.id)
        progress.close(module, now=now, on=now.date())
    return changes


def _load_step(
    step: Step | None, module: Module, given: Mapping[str, Any], position: int, now: datetime
) -> tuple[Step, str]:
    kind = StepKind(given["kind"])
    content = markup.fingerprint(kind, given["title"], given["text"], json.dumps(given["facts"], sort_keys=True))
    mark = f"{markup.RENDERER}.{content}"
    place = (given.get("summary", ""), position, _minutes(kind, given), False)
    if step and step.fingerprint == mark:
        what = "" if (step.summary, step.position, step.minutes, step.is_removed) == place else "changed"
    else:
        is_new = step is None
        same_words = step is not None and step.fingerprint.endswith("." + content)
        step = step or Step(module_id=module.id, key=given["key"], number=0)
        step.kind, step.title, step.fingerprint = kind, given["title"], mark
        step.html, step.facts = markup.rendered(given["text"]), _rendered_facts(given["facts"])
        what = "new" if is_new else "rendered anew" if same_words else f"changed, now version {step.number + 1}"
        if not same_words:
            step.number += 1
    step.summary, step.position, step.minutes, step.is_removed = place
    db.session.add(step)
    db.session.flush()  # the version needs the id
    if what and db.session.get(StepVersion, (step.id, step.number)) is None:
        _keep_version(step, now)
    return step, what


def _keep_version(step: Step, now: datetime) -> None:
    db.session.add(
        StepVersion(step_id=step.id, number=step.number, title=step.title, html=step.html, facts=step.facts, at=now)
    )


def _minutes(kind: StepKind, given: Mapping[str, Any]) -> int:
    if given.get("minutes"):
        return int(given["minutes"])
    questions = given["facts"].get("questions", [])
    words = [part for q in questions for part in (q["ask"], *(answer["text"] for answer in q["answers"]))]
    return MINUTES.get(kind) or markup.minutes("\n".join([given["text"], *words]))


def _rendered_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    if "questions" not in facts:
        return dict(facts)
    questions = [
        {
            "key": question["key"],
            "ask": markup.rendered_line(question["ask"]),
            "answers": [
                {
                    "text": markup.rendered_line(answer["text"]),
                    "right": answer["right"],
                    "why": markup.rendered_line(answer["why"]),
                }
                for answer in question["answers"]
            ],
        }
        for question in facts["questions"]
    ]
    return {**facts, "questions": questions}
