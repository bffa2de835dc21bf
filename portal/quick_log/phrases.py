"""One line about a touch, understood well enough to fill a form: who, how, when, what was asked, what comes next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal.network.models import TouchKind
from portal.quick_log import days, names, naming, vocabulary
from portal.quick_log.days import Said
from portal.quick_log.names import Candidate, Known


class Asked(StrEnum):
    """Whether something was asked for."""

    NO = "no"
    YES = "asked"
    PLANNED = "planned"


@dataclass
class Understood:
    """What a line says."""

    kind: TouchKind = TouchKind.OTHER
    who: str = ""
    contact: Known | None = None
    candidates: list[Candidate] = field(default_factory=list)
    others: list[Known] = field(default_factory=list)
    """More contacts who were there."""
    organisation: str = ""
    happened_on: date | None = None
    asked: Asked = Asked.NO
    ask: str = ""
    target: str = ""
    """Whom or which firm one asked to be introduced to."""
    next_step: str = ""
    next_on: date | None = None
    note: str = ""
    is_plan: bool = False
    """It tells of nothing that has happened yet."""


def read(text: str, today: date, contacts: Sequence[Known]) -> Understood:
    """What a line says, as far as it can be told; the rest is the note."""
    found, rest = Understood(), []
    for clause in _clauses(text):
        said = days.find(clause, today)
        bare = _without(clause, said)
        is_next = _is_next(clause, bare, said, found)
        if not found.who and not is_next:
            rest += _touch(found, clause, bare, said, today)
        elif is_next and not _asks(bare):
            _next(found, bare, said)
            found.is_plan = found.is_plan or not found.who
        else:
            rest += _more(found, bare, said, today)
    found.is_plan = found.is_plan and not found.who
    found.who = found.who or (naming.who(found.next_step) if found.is_plan else "")
    found.happened_on = found.happened_on or today
    _match(found, text, contacts)
    found.note = ". ".join(_capital(one) for one in rest if one)
    known_at = found.contact.organisation if found.contact else ""
    found.organisation = found.organisation or known_at or _firm(found.target)
    return found


def _clauses(text: str) -> list[str]:
    whole = " ".join(text.replace("’", "'").replace("\r", "\n").replace("\n", " ; ").split())
    return [clause for clause in vocabulary.CLAUSES.split(whole) if clause and clause.strip()]


def _without(clause: str, said: Sequence[Said]) -> str:
    """A clause without the days in it."""
    for one in reversed(said):
        clause = f"{clause[: one.start]} {clause[one.end :]}"
    return " ".join(clause.split())


def _is_next(clause: str, bare: str, said: Sequence[Said], found: Understood) -> bool:
    if vocabulary.MEANS.search(bare):
        return False
    if vocabulary.NEXT.match(clause) and not _is_told(clause, bare, found):
        return True
    if any(one.tense == "future" for one in said):
        return True
    is_open = any(one.tense == "either" for one in said)
    if is_open and not bare and not found.happened_on and any(one.is_calendar for one in said):
        return False
    return bool(found.who) and (vocabulary.DO.match(bare) is not None or (is_open and not vocabulary.KIND.search(bare)))


def _is_told(clause: str, bare: str, found: Understood) -> bool:
    """What begins like a next step and is none: 'next week …', and a follow-up call that was made."""
    if re.match(r"next (?:week|month)\b", clause, re.IGNORECASE):
        return True
    follow_up = vocabulary.FOLLOW_UP.match(bare)
    return bool(follow_up and not found.who and vocabulary.KIND.match(bare[follow_up.end() :]))


def _asks(bare: str) -> bool:
    if vocabulary.BY_THEM.search(bare):
        return False
    is_intro = vocabulary.INTRO.search(bare) and not vocabulary.OFFERED.search(bare)
    return bool(vocabulary.ASK.search(bare) or is_intro)


def _touch(found: Understood, clause: str, bare: str, said: Sequence[Said], today: date) -> list[str]:
    """The clause that tells of the touch itself; answers what of it belongs in the note."""
    kind = vocabulary.KIND.search(bare)
    if kind:
        found.kind = _kind(kind[0], bare)
    rest = bare
    if _asks(bare):
        rest = _ask(found, bare)
        found.kind = found.kind if kind else TouchKind.ASK
    if said and said[0].tense != "past" and _is_planned(found):
        found.next_step, found.next_on = "Ask", said[0].future
    elif said and not found.happened_on:
        found.happened_on = min(said[0].past, today) if said[0].tense != "future" else said[0].future
    found.who = naming.who(rest or bare)
    place = _place(vocabulary.AT.search(rest))
    if place and not vocabulary.EVENT.search(place) and found.who and place not in found.who:
        found.organisation = place
    return [_left(rest, found, kind[0] if kind else "")]


def _place(match: re.Match[str] | None) -> str:
    return (match["place"] or match["in_brackets"]).strip(" .") if match else ""


def _firm(target: str) -> str:
    """Where somebody works to whom one wants to be introduced, if that is said."""
    at = vocabulary.FIRM.search(target)
    return at["place"] if at else target


def _kind(word: str, clause: str) -> TouchKind:
    event = vocabulary.EVENT.search(clause)
    if event and re.search(r"\b(?:met|saw|bumped into|ran into|spoke|talked)\b", clause, re.IGNORECASE):
        return TouchKind.EVENT
    return next(kind for kind, pattern in vocabulary.KINDS if re.fullmatch(pattern, word, re.IGNORECASE))


def _left(rest: str, found: Understood, word: str) -> str:
    """What the touch's own clause says beyond who, where and when: 'Coffee', 'Met at the chamber dinner'."""
    for known in (found.who, f"({found.organisation})", found.organisation):
        if known.strip("()"):
            rest = re.sub(rf"(?:\b(?:with|w/|to|from|at|of|into)\s+)?{re.escape(known)}", " ", rest, count=1)
    rest = re.sub(r"^(?:(?:i|we|had|have|a|an|quick|just|my)\s+)+", "", " ".join(rest.split()), flags=re.IGNORECASE)
    rest = rest.strip(" ,;.:")
    plain = {"call", "called", "rang", "met", "wrote", "email", "emailed", "spoke", "saw", "phoned", "meeting", "asked"}
    return "" if rest.casefold() in plain | {"", "and", "wrote to", "spoke to", "met with"} else rest


def _more(found: Understood, bare: str, said: Sequence[Said], today: date) -> list[str]:
    """A later clause: an ask, when it was, or something for the note."""
    if _asks(bare):
        _ask(found, bare)
        future = [one for one in said if one.tense == "future" or (one.tense == "either" and _is_planned(found))]
        if future and not found.next_on:
            found.next_on = future[0].future
            found.next_step = "Ask" if found.asked == Asked.PLANNED else "Follow up"
        return []
    kind = vocabulary.KIND.search(bare) if found.kind == TouchKind.OTHER else None
    if kind:
        found.kind = _kind(kind[0], bare)
    if said and not found.happened_on and (kind or not bare):
        found.happened_on = min(said[0].past, today)
    role = vocabulary.ROLE.match(bare)
    if role and not found.organisation and not vocabulary.EVENT.search(role["place"]):
        found.organisation = role["place"]
    return [bare] if bare else []


def _is_planned(found: Understood) -> bool:
    return found.asked == Asked.PLANNED


def _ask(found: Understood, bare: str) -> str:
    """Note what was asked for; answers what stands before it."""
    is_meant = vocabulary.MEANS.search(bare) or vocabulary.TO_ASK.match(bare)
    found.asked = Asked.PLANNED if is_meant else Asked.YES
    ask, intro = vocabulary.ASK.search(bare), vocabulary.INTRO.search(bare)
    if intro:
        found.target = _trimmed(intro["who"] or intro["whom"])
        found.ask = f"An introduction to {found.target}"
    elif ask:
        lead = {"for": "", "about": "About ", "to": "To "}.get(ask["how"].casefold(), f"{ask['how'].capitalize()} ")
        found.ask = _capital(f"{lead}{ask['what']}".strip(" .,"))
    start = min(one.start() for one in (ask, intro) if one)
    before = bare[:start].strip(" ,;")
    before = re.sub(
        r"\b(?:and|&|i|we|mean|want|plan|going|hope|will|i'll)(?: to)?$", "", before, flags=re.IGNORECASE
    ).strip()
    whom = ask["whom"].strip() if ask else ""
    return (
        f"{before} asked {whom}".strip()
        if whom and whom.casefold() not in vocabulary.STOP and not found.who
        else before
    )


def _trimmed(text: str) -> str:
    return re.split(r"\s+(?:about|because|so that|regarding|re)\s+", text, maxsplit=1)[0].strip(" .,;")


def _next(found: Understood, bare: str, said: Sequence[Said]) -> None:
    words = vocabulary.NEXT.sub("", bare).strip(" ,;.:")
    words = re.sub(r"^(?:to|on|by|for)\b\s*|\s+(?:on|by|for)$", "", words, flags=re.IGNORECASE)
    if found.next_step and words:
        words = f"{found.next_step}; {words}"
    found.next_step = _capital(words) or found.next_step or ("Follow up" if said else "")
    if said and not found.next_on:
        found.next_on = said[0].future


def _match(found: Understood, text: str, contacts: Sequence[Known]) -> None:
    found.candidates = names.candidates(found.who, contacts, found.organisation)
    if not found.candidates and (rest := _without_deed(found.who)):
        found.candidates = names.candidates(rest, contacts, found.organisation)
        if found.candidates or " " in rest:
            found.who = rest
    if not found.candidates and len(found.who.split()) > 1 and not found.who[:1].isupper():
        found.candidates = names.candidates(found.who.split()[0], contacts, found.organisation)
    found.contact = names.meant(found.candidates)
    others = [*_mentioned(found, text, contacts), *_also(found, text, contacts)]
    if found.contact is None and not found.who and others:
        found.contact, found.who = others[0], others[0].name
        found.candidates = [Candidate(one, 95) for one in others[: names.MOST]]
    known = {found.contact.id} if found.contact else {one.contact.id for one in found.candidates}
    found.others = [one for one in dict.fromkeys(others) if one.id not in known][:5]


def _without_deed(who: str) -> str:
    """What is left of a name that begins with a verb."""
    first, _, rest = who.partition(" ")
    return rest if rest and vocabulary.DEED.fullmatch(first) else ""


def _mentioned(found: Understood, text: str, contacts: Sequence[Known]) -> list[Known]:
    """Contacts whose whole name stands somewhere in a line."""
    said, target = f" {names.plain(text)} ", names.plain(found.target)
    spelled = ((one, names.plain(one.name)) for one in contacts)
    return [one for one, name in spelled if " " in name and name != target and f" {name} " in said]


def _also(found: Understood, text: str, contacts: Sequence[Known]) -> list[Known]:
    """Contacts who are named right after the first, by however much of their name: 'lunch with Priya and Sean'."""
    whole = " ".join(text.replace("’", "'").split())
    place, also = whole.find(found.who) + len(found.who), []
    while found.contact and place >= len(found.who) and (between := vocabulary.ALSO.match(whole, place)):
        name = naming.name(whole[between.end() :], only_capitals=True)
        one = names.meant(names.candidates(name, contacts)) if name else None
        if one is None:
            break
        also.append(one)
        place = between.end() + len(name)
    return also


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
