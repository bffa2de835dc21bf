"""Cards as they are made from a deck's file or from a pitch's claims, and as they are shown before the answer."""

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from portal.markup import fingerprint, plain, rendered_line, typed
from portal.message.diff import Piece, Said, words

BLANK = Markup('<span class="blank"><span class="visually-hidden">blank</span></span>')
ASKS = {
    "opener": "Somebody asks: “So, who do you work for?” Say the opener.",
    "whom-we-serve": "Say whom we serve. It begins “{cue}”",
    "problem": "Say what brings people to us. It begins “{cue}”",
    "difference": "Say what makes us different. It begins “{cue}”",
    "proof": "Give a proof. It begins “{cue}”",
    "reason": "Say why they should call now. It begins “{cue}”",
    "objection": "They say: “{text}” What do you answer?",
    "question": "Which question do you ask? It begins “{cue}”",
}
"""How the card of a claim asks, by the claim's kind."""
CUE_WORDS = 3


@dataclass(frozen=True)
class Made:
    """A card on its way into a deck."""

    key: str
    fingerprint: str
    """Of its source: a new renderer doesn't make it another card."""
    content: dict[str, Any]


def from_file(given: dict[str, Any]) -> Made:
    """A card as a deck's file gives it; braces become the words that a cloze hides."""
    kind, right = given["kind"], given.get("right") or 0
    front = re.sub(r"\{\{(.+?)\}\}", r"<mark>\1</mark>", given["front"])
    options, said = _options(given)
    content = {
        "kind": kind,
        "front": rendered_line(front),
        "back": rendered_line(given.get("back") or ""),
        "options": options,
        "right": right,
    }
    return Made(given["key"], fingerprint(kind, given["front"], given.get("back") or "", *said, right), content)


def _options(given: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """What a card offers or expects besides its front and back, rendered; and as its author wrote it."""
    if "pairs" in given:
        pairs = [(str(pair["left"]), str(pair["right"])) for pair in given["pairs"]]
        return [[rendered_line(left), rendered_line(right)] for left, right in pairs], pairs
    if "messages" in given:
        messages = [(str(each["says"]), [str(wording) for wording in each["accept"]]) for each in given["messages"]]
        return [{"says": rendered_line(says), "accept": accept} for says, accept in messages], messages
    options = given.get("parts") or given.get("options") or []
    return [rendered_line(str(option)) for option in options], list(options)


def from_claim(claim: Said) -> Made:
    """The card that asks for a claim of a pitch."""
    cue = " ".join(claim.text.split()[:CUE_WORDS]) + " …"
    content = {
        "kind": "recall",
        "front": str(escape(ASKS[claim.kind].format(text=claim.text, cue=cue))),
        "back": str(typed(claim.answer or claim.text)),
        "options": [],
        "right": 0,
    }
    return Made(claim.key, fingerprint(claim.kind, claim.text, claim.answer), content)


def without_answer(front: str) -> Markup:
    """The front of a cloze with its words hidden, also from a screen reader. Fronts are our own safe HTML."""
    return Markup(re.sub(r"<mark>.*?</mark>", str(BLANK), front, flags=re.DOTALL))


def rewording(before: dict[str, Any], after: dict[str, Any]) -> list[Piece]:
    """What changed on a card since somebody answered it, in plain words: of the answer, or else of the question."""
    for side in ("back", "front"):
        if before[side] != after[side]:
            return words(plain(before[side]), plain(after[side]))
    return []
