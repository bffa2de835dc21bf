"""The name in a clause about a touch: where it begins, and how far it goes."""

import re

from portal.quick_log import vocabulary


def who(bare: str) -> str:
    """The name in a clause: what follows 'with', 'rang', 'wrote to' and the like, or what it begins with."""
    if introduced := vocabulary.INTRODUCED.match(bare):
        return name(introduced["who"], only_capitals=True)
    for lead in vocabulary.LEAD.finditer(bare):
        if found := name(bare[lead.end() :]):
            return found
    verb = vocabulary.KIND.search(bare)
    if verb and verb.start() > 0:
        return name(bare[: verb.start()], only_capitals=True)
    if verb:  # 'coffee Dana Reed', 'call dana'
        return name(bare[verb.end() :].lstrip(" :"))
    return name(bare, only_capitals=True) or (bare if len(bare.split()) <= 3 else "")


def name(text: str, only_capitals: bool = False) -> str:
    """The name with which a text begins, as far as it goes; empty where it begins with something else."""
    taken: list[str] = []
    for token in text.split()[:5]:
        word = token.strip(",;:()\"'")
        is_capital = word[:1].isupper()
        if (
            not word
            or (word.casefold() in vocabulary.STOP and not is_capital)
            or (taken and (word.casefold() in vocabulary.STOP or token.startswith("(")))
        ):
            break
        if not re.fullmatch(r"[^\W\d_][\w.'’-]*", word) or vocabulary.KIND.fullmatch(word):
            break
        if (
            (only_capitals or any(one[:1].isupper() for one in taken))
            and not is_capital
            and word.casefold() not in vocabulary.PARTICLES
        ):
            break
        taken.append(word)
        if len(taken) == 4 or (not any(one[:1].isupper() for one in taken) and len(taken) == 3):
            break
    while taken and taken[-1].casefold() in vocabulary.PARTICLES | {"the"}:
        taken.pop()
    return re.sub(r"'s$", "", " ".join(taken).strip(" ."))
