"""What to do now, most valuable first: the order and the words of Today's queue."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.clock import said_day

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
LONGEST = 7
"""More than this is a wall, not a queue."""
CARDS_A_MINUTE = 4


@dataclass(frozen=True)
class Entry:
    """One thing to do."""

    weight: int
    """Smaller comes first."""
    minutes: int
    what: str
    why: str
    url: str
    action: str
    is_late: bool = False


def number(n: int) -> str:
    """A small number in words."""
    return NUMBERS[n] if 0 <= n < len(NUMBERS) else str(n)


def things(n: int, one: str, many: str = "") -> str:
    """A count with its noun: 'one card', 'six cards'."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """The same with a capital at the start."""
    return text[:1].upper() + text[1:]


def cards(due: Iterable[tuple[str, str, int]]) -> list[Entry]:
    """Cards that are due, all decks in one entry."""
    decks = [(title, n) for _key, title, n in due if n]
    total = sum(n for _, n in decks)
    if not total:
        return []
    what = f"{capital(things(total, 'card'))} {'is' if total == 1 else 'are'} due"
    why = ", ".join(f"{title} {n}" for title, n in decks[:3])
    return [Entry(20, max(1, -(-min(total, 30) // CARDS_A_MINUTE)), what, why, "/drills", "Practise")]


def next_step(
    *, kind: str, opportunity_id: int, organisation: str, step: str, on: date, today: date, contact: str = ""
) -> Entry:
    """A next step that somebody promised themselves on a referral or a cross-sell."""
    late = on < today
    name = "Referral" if kind == "referral" else "Cross-sell"
    when = f"{'was' if late else 'is'} due {said_day(on, today)}"
    said = f"{step.rstrip('.')}; it {when}." if step else f"The next step {when}."
    with_whom = f" With {contact}." if contact else ""
    return Entry(
        10 if late else 30,
        1,
        f"{name}: {organisation}",
        said + with_whom,
        f"/pipeline/{opportunity_id}",
        "Log what came of it",
        late,
    )


def step(
    *,
    module_key: str,
    module: str,
    step_key: str,
    title: str,
    minutes: int,
    due_on: date | None,
    today: date,
    started: bool,
) -> Entry:
    """The next step of a module that is under way or assigned."""
    late = due_on is not None and due_on < today
    near = due_on is not None and (due_on - today).days <= 7
    why = module
    if due_on is not None:
        why += f", {'was due' if late else 'due'} {said_day(due_on, today)}"
    return Entry(
        15 if late else 17 if near else 40 if started else 60,
        minutes,
        title,
        why,
        f"/modules/{module_key}/{step_key}",
        "Carry on" if started else "Begin",
        late,
    )


def worksheet(*, filled_id: int, title: str, name: str) -> Entry:
    """A worksheet that was begun and not finished."""
    return Entry(
        50,
        5,
        f"Finish: {name or title}",
        title if name else "You began it; what you wrote is kept.",
        f"/worksheets/filled/{filled_id}",
        "Open",
    )


def certification(standing: Any, today: date) -> list[Entry]:
    """A certification that went stale, or one that a passed recital brings near."""
    if standing is None or (standing.number is not None and standing.stale_at is None):
        return []
    if standing.number is None:
        if not standing.has_recited:
            return []
        what, why = "Your certification is near", "Your recital has passed. See what is left, or collect it."
        return [Entry(18, 1, what, why, "/certification", "Look")]
    due_on = standing.due_on
    late = due_on is not None and due_on < today
    when = f"; {'it was due' if late else 'due'} {said_day(due_on, today)}" if due_on else ""
    why = f"{standing.title} changed. Only the difference is asked{when}."
    near = due_on is not None and (due_on - today).days <= 7
    return [
        Entry(
            15 if late else 22 if near else 35,
            3,
            "Your certification is stale",
            why,
            "/certification",
            "See what changed",
            late,
        )
    ]


def ordered(entries: Iterable[Entry]) -> list[Entry]:
    """The queue: most valuable first, no longer than a person will read. Where there is more, each kind of deed is
    there once before any is there twice, so that ten follow-ups don't hide what a leader asked for."""
    seen: Counter[str] = Counter()
    ranked: list[tuple[int, int, int, Entry]] = []
    for entry in sorted(entries, key=lambda entry: entry.weight):
        ranked.append((seen[entry.action], entry.weight, len(ranked), entry))
        seen[entry.action] += 1
    shown = sorted(ranked, key=lambda each: each[:3])[:LONGEST]
    return [entry for *_, entry in sorted(shown, key=lambda each: each[1:3])]


def headline(entries: list[Entry]) -> str:
    """What it all amounts to, in a sentence."""
    if not entries:
        return "Nothing is due. Enjoy your day, or take a step in the programme."
    minutes = sum(entry.minutes for entry in entries)
    said = f"{capital(things(len(entries), 'thing'))}, about {things(minutes, 'minute')}."
    return said + (" Two would do." if len(entries) > 2 else "")


def greeting(hour: int) -> str:
    """Good morning, afternoon or evening, by the hour where the person is."""
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"
