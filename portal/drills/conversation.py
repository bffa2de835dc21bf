"""Conversations that branch: what may be wrong with one, and where somebody stands in it. Values in, values out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

QUALITIES = ("strong", "fair", "weak")
ENDINGS = ("good", "mixed", "lost")

Node = Mapping[str, Any]
"""What the client says, and `choices` (each with `say`, `why`, `then`, `quality`) or an `ending` with its debrief."""


class Wrong(NamedTuple):
    """Something that can't stand, at a node and perhaps at one of its choices."""

    node: int
    choice: int | None
    reason: str


@dataclass(frozen=True)
class Turn:
    """One exchange that was had: what the client said, what was answered, and what a coach thinks of it."""

    node: Node
    choice: Mapping[str, Any]
    better: Mapping[str, Any] | None
    """The strong answer that was there, when another was given."""


@dataclass(frozen=True)
class Standing:
    """Where somebody stands."""

    turns: list[Turn]
    node: Node

    @property
    def is_over(self) -> bool:
        """Whether the conversation has ended."""
        return "ending" in self.node


def wrongs(start: str, nodes: Sequence[Node]) -> Iterator[Wrong]:
    """All that is wrong with a conversation: dead ends, unknown targets, loops with no way out, what nobody gets to."""
    known = {node["key"]: place for place, node in enumerate(nodes)}
    if start not in known:
        yield Wrong(0, None, f"The conversation starts at '{start}', but there is no node with this key.")
        return
    found = [*_shapes(nodes), *_targets(nodes, known)]
    yield from found
    if not found:
        yield from _ways(start, nodes, known)


def standing(content: Mapping[str, Any], choices: Sequence[int]) -> Standing:
    """Where a conversation is after these choices; choices that the conversation doesn't offer end the list."""
    nodes, node, turns = content["nodes"], content["nodes"][content["start"]], []
    for place in choices:
        offered = node.get("choices", ())
        if not 0 <= place < len(offered):
            break
        chosen = offered[place]
        better = next((each for each in offered if each["quality"] == "strong"), None)
        turns.append(Turn(node, chosen, None if chosen["quality"] == "strong" else better))
        node = nodes[chosen["then"]]
    return Standing(turns, node)


def _shapes(nodes: Sequence[Node]) -> Iterator[Wrong]:
    for place, node in enumerate(nodes):
        key = node["key"]
        if "ending" in node and node.get("choices"):
            yield Wrong(place, None, f"'{key}' is an ending, so it can't have choices. Take out one of the two.")
        elif "ending" not in node and not node.get("choices"):
            yield Wrong(place, None, f"'{key}' is a dead end: give it choices, or make it an ending with a debrief.")
        elif "ending" in node and not node.get("debrief"):
            yield Wrong(place, None, f"The ending '{key}' has no debrief. Say what to learn from it.")
        elif "ending" not in node and not any(choice["quality"] == "strong" for choice in node["choices"]):
            yield Wrong(place, None, f"'{key}' offers no strong answer. Give people one that works.")


def _targets(nodes: Sequence[Node], known: Mapping[str, int]) -> Iterator[Wrong]:
    for place, node in enumerate(nodes):
        for number, choice in enumerate(node.get("choices") or ()):
            if choice["then"] not in known:
                yield Wrong(place, number, f"There is no node '{choice['then']}' to go on to.")


def _ways(start: str, nodes: Sequence[Node], known: Mapping[str, int]) -> Iterator[Wrong]:
    onwards = {node["key"]: {choice["then"] for choice in node.get("choices") or ()} for node in nodes}
    reached = _reached({start}, onwards)
    back: dict[str, set[str]] = {key: set() for key in known}
    for key, targets in onwards.items():
        for target in targets:
            back[target].add(key)
    can_end = _reached({node["key"] for node in nodes if "ending" in node}, back)
    for key, place in known.items():
        if key not in reached:
            yield Wrong(place, None, f"Nobody gets to '{key}': no choice leads there.")
        elif key not in can_end:
            yield Wrong(
                place, None, f"From '{key}' the conversation goes round for ever: no choice leads to an ending."
            )


def _reached(begin: set[str], onwards: Mapping[str, set[str]]) -> set[str]:
    reached, waiting = set(begin), list(begin)
    while waiting:
        for key in onwards[waiting.pop()] - reached:
            reached.add(key)
            waiting.append(key)
    return reached
