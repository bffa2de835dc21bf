"""An item as text to paste into a mail or a document: Markdown that also reads well as it is; pure."""

from collections.abc import Iterable, Sequence

from portal.library.kinds import Fact


def of(title: str, summary: str, facts: Iterable[tuple[Fact, str]], source: str, byline: Sequence[str]) -> str:
    """The whole item: what readers see of the facts, and the text as it was written."""
    told = "\n\n".join(
        f"**{fact.label}:**\n{_quoted(value)}" if fact.key == "quote" else f"**{fact.label}:** {value}"
        for fact, value in facts
    )
    by = f"By {', '.join(byline)}" if byline else ""
    parts = [f"# {title}", summary.strip(), by, told, source.replace("\r\n", "\n").strip()]
    return "\n\n".join(part for part in parts if part) + "\n"


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in words.split("\n"))
