"""A small programme for tests."""

from portal.learning import services, steps
from tests.make import NOON as NOON

LESSONS = ("see", "say", "ask")


def question(key="first", right=0, answers=("This", "That")):
    return {
        "key": key,
        "ask": f"What about {key}?",
        "answers": [
            {"text": text, "right": place == right, "why": f"Because of {text.lower()}."}
            for place, text in enumerate(answers)
        ],
    }


def step(key="see", kind="lesson", **given):
    """A step as the content room hands it over."""
    facts = given.pop("facts", {})
    return {
        "key": key,
        "kind": kind,
        "title": f"To {key}",
        "summary": "",
        "text": "Some words.",
        "facts": facts,
    } | given


def check(key="check", pass_mark=2, questions=("first", "second"), **given):
    facts = {"pass_mark": pass_mark, "questions": [question(each) for each in questions]}
    return step(key, "check", facts=facts, **given)


def module(*given, key="referrals", order=1, **facts):
    """A module as the content room hands it over; three lessons unless told otherwise."""
    about = {"title": f"About {key}", "short": key.title(), "outcome": "Do it.", "text": "An introduction."}
    return {"key": key, "order": order, "steps": list(given or [step(each) for each in LESSONS])} | about | facts


def load(*modules, now=NOON):
    """Make these the programme."""
    return services.load_modules(list(modules or [module()]), now=now)


def found(key="see", of="referrals"):
    """A step as it is in the database."""
    return steps.step(of, key)
