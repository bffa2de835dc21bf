"""Which claims may stand together in a version of a pitch."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from portal.errors import Refused
from portal.message.inheritance import OPENER, Wording
from portal.message.models import Audience, ClaimKind

LONGEST = 2000
MOST_CLAIMS = 40
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_KEY = 60


def is_key(key: str) -> bool:
    """Whether this can be a key: small letters, digits and hyphens."""
    return bool(KEY.fullmatch(key)) and len(key) <= LONGEST_KEY


def checked(claims: Sequence[dict[str, Any]], above: Collection[Wording] = ()) -> list[Wording]:
    """A pitch's own claims, given what it inherits from. Raises Refused."""
    wordings = [_wording(claim) for claim in claims]
    if len(wordings) > MOST_CLAIMS:
        raise Refused(f"That is more than {MOST_CLAIMS} parts; nobody can say so much. Take some out.", field="claims")
    openers = sum(wording.kind == OPENER for wording in wordings)
    if openers > 1 or (openers == 0 and not any(claim.kind == OPENER for claim in above)):
        raise Refused(f"A pitch has exactly one opener; this one has {openers or 'none'}.", field="claims")
    twice = [key for key, n in Counter(wording.key for wording in wordings).items() if n > 1]
    if twice:
        raise Refused(f"Two parts have the key “{twice[0]}”. Give each its own.", field="claims")
    known = {claim.key for claim in above}
    for wording in wordings:
        if wording.replaces and wording.replaces not in known:
            raise Refused(
                f"The part “{wording.key}” is to replace “{wording.replaces}”, which the pitch above doesn't have.",
                field="claims",
            )
    return wordings


def _wording(claim: dict[str, Any]) -> Wording:
    key, kind = str(claim.get("key") or ""), str(claim.get("kind") or "")
    text, answer = str(claim.get("text") or "").strip(), str(claim.get("answer") or "").strip()
    if kind not in set(ClaimKind):
        raise Refused(f"“{kind}” isn't a kind of part. Choose one of {', '.join(ClaimKind)}.", field="claims")
    if not is_key(key):
        raise Refused(f"“{key[:60]}” can't be a key. Use small letters, digits and hyphens.", field="claims")
    if not text:
        raise Refused(f"The part “{key}” has no words yet. Write them, or take it out.", field="claims")
    wordings = _for_audiences(key, claim.get("wordings") or {})
    if max(map(len, (text, answer, *wordings.values()))) > LONGEST:
        raise Refused(f"The part “{key}” is too long to be said. Keep it under {LONGEST:,} characters.", field="claims")
    if (kind == ClaimKind.OBJECTION) != bool(answer):
        need = "An objection needs its answer" if not answer else "Only an objection has an answer"
        raise Refused(f"{need}: look at the part “{key}”.", field="claims")
    return Wording(key, kind, text, answer, wordings, str(claim.get("replaces") or ""))


def _for_audiences(key: str, given: dict[str, str]) -> dict[str, str]:
    unknown = set(given) - set(Audience)
    if unknown:
        raise Refused(
            f"The part “{key}” has words for “{min(unknown)}”. An audience is one of {', '.join(Audience)}.",
            field="claims",
        )
    return {audience: words.strip() for audience, words in sorted(given.items()) if words.strip()}
