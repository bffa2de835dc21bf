"""What a certification needs, and what of it is there: all of it the first time, the difference afterwards."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """What the firm asks for."""

    known_percent: int = 90
    needs_check: bool = True
    needs_recital: bool = True


@dataclass(frozen=True)
class Shown:
    """What somebody has shown so far."""

    known: int
    """Cards known, of those asked."""
    of: int
    check_id: int | None = None
    """The attempt at the knowledge check that was passed."""
    recital_id: int | None = None
    """The recital that a coach passed."""
    is_waiting: bool = False
    """Whether a recital is with the coaches."""


@dataclass(frozen=True)
class Need:
    """One thing that is asked for."""

    kind: str
    is_met: bool
    says: str
    missing: str = ""
    url: str = ""
    action: str = ""


def whole(rule: Rule, shown: Shown, *, has_check: bool, pitch_key: str, practise: str) -> list[Need]:
    """What a first certification needs. A check that the programme doesn't have is not asked for."""
    needs = []
    if rule.known_percent:
        needs.append(_cards(shown, enough(rule.known_percent, shown.of), practise))
    if rule.needs_check and has_check:
        needs.append(
            Need(
                "check",
                shown.check_id is not None,
                "Pass the knowledge check on the value proposition",
                "You haven't passed it yet.",
                "/modules/value-proposition",
                "Take the check",
            )
        )
    if rule.needs_recital:
        needs.append(_recital("Recite the pitch, and have a coach pass it", shown, f"/recitals/new?pitch={pitch_key}"))
    return needs


def delta(rule: Rule, shown: Shown, *, changed: int, is_major: bool, pitch_key: str, practise: str) -> list[Need]:
    """What somebody needs who was certified on other words: the changed cards, and to say a major change aloud."""
    needs = []
    if rule.known_percent and changed:
        needs.append(_cards(shown, shown.of, practise, "changed "))
    if rule.needs_recital and is_major:
        url = f"/recitals/new?pitch={pitch_key}&scope=changes"
        needs.append(_recital("Recite what changed, in a minute, and have a coach pass it", shown, url))
    return needs


def is_met(needs: list[Need]) -> bool:
    """Whether everything is there."""
    return all(need.is_met for need in needs)


def enough(percent: int, cards: int) -> int:
    """How many cards a share comes to; never fewer than the share says."""
    return -(-cards * percent // 100)


def _cards(shown: Shown, wanted: int, url: str, which: str = "") -> Need:
    missing = max(0, wanted - shown.known)
    noun = "card" if missing == 1 else "cards"
    return Need(
        "cards",
        shown.of > 0 and missing == 0,
        f"Know {wanted} of the {shown.of} {which}cards"
        if wanted < shown.of
        else f"Know the {which}{'card' if shown.of == 1 else f'{shown.of} cards'}",
        f"You know {shown.known or 'none'} yet; {missing} {noun} to go."
        if shown.of
        else "There are no cards for this pitch yet.",
        url,
        "Practise",
    )


def _recital(says: str, shown: Shown, url: str) -> Need:
    missing = "Yours is with a coach." if shown.is_waiting else "No coach has passed one of this version yet."
    return Need("recital", shown.recital_id is not None, says, missing, url, "Recite")
