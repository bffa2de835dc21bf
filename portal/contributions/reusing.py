"""Words ready to pass on, made from an item by simple rules. Pure: strings in, strings out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from portal.contributions.models import Place

PLACES = {Place.NEWSLETTER: "Newsletter", Place.LINKEDIN: "LinkedIn", Place.SLIDE: "Slide"}
LIMITS = {Place.NEWSLETTER: 700, Place.LINKEDIN: 3000, Place.SLIDE: 400}
"""Characters; LinkedIn takes no more than 3,000."""
HELP = {
    Place.NEWSLETTER: "One paragraph.",
    Place.LINKEDIN: "Plain text; LinkedIn shows no formatting and takes 3,000 characters.",
    Place.SLIDE: "A title and three lines.",
}
WANTED = {Place.NEWSLETTER: 500, Place.LINKEDIN: 1300}
LONGEST_LINE, LINES = 90, 3
POINT = "• "


@dataclass(frozen=True)
class Told:
    """What the rules need to know of an item."""

    title: str
    summary: str
    html: str
    byline: Sequence[str]


def text_for(place: Place, told: Told) -> str:
    """Words for a place."""
    return {Place.NEWSLETTER: _newsletter, Place.LINKEDIN: _post, Place.SLIDE: _slide}[place](told)


def _newsletter(told: Told) -> str:
    said = told.summary or " ".join(_paragraphs(told.html)[:1])
    by = f" By {_named(told.byline)}." if told.byline else ""
    title = told.title if told.title.endswith((".", "!", "?", "…")) else f"{told.title}."
    return f"{title} {shortened(said, WANTED[Place.NEWSLETTER])}{by}"[: LIMITS[Place.NEWSLETTER]]


def _post(told: Told) -> str:
    parts = [told.title, told.summary, *_paragraphs(told.html, with_lists=True)]
    text = ""
    for part in (part for part in parts if part):
        gap = "\n" if part.startswith(POINT) and text.rpartition("\n")[2].startswith(POINT) else "\n\n"
        longer = f"{text}{gap}{part}" if text else part
        if len(longer) > WANTED[Place.LINKEDIN]:
            break
        text = longer
    return text or shortened(told.title, WANTED[Place.LINKEDIN])


def _slide(told: Told) -> str:
    heads = _texts("h2", told.html)
    lines = heads if len(heads) >= LINES else [*_sentences(told.summary), *_sentences(" ".join(_paragraphs(told.html)))]
    shown = list(dict.fromkeys(shortened(line, LONGEST_LINE) for line in lines))[:LINES]
    return "\n".join([shortened(told.title, LONGEST_LINE), *shown])


def shortened(text: str, most: int) -> str:
    """The beginning of a text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return (
        text[: most - 1].rpartition(" ")[0].rstrip(",;:–-") + "…" if " " in text[: most - 1] else text[: most - 1] + "…"
    )


def _named(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) < 2 else f"{', '.join(names[:-1])} and {names[-1]}"


def _paragraphs(html: str, *, with_lists: bool = False) -> list[str]:
    """What is said outside of headings and tables, without footnotes; points of lists only where they are wanted."""
    html = re.sub(r'<sup id="fnref.*?</sup>|<div class="footnote">.*', "", html, flags=re.S)
    found = re.findall(r"<(p|li)(?:\s[^>]*)?>(.*?)(?=</p>|</li>|<p>|<ul>|<ol|<li)", html, re.S)
    told = [(tag, _words(text)) for tag, text in found]
    return [POINT + text if tag == "li" else text for tag, text in told if text and (tag == "p" or with_lists)]


def _texts(tag: str, html: str) -> list[str]:
    """The words of each element of a kind; our own renderer writes them without nesting."""
    found = (_words(one) for one in re.findall(rf"<{tag}(?:\s[^>]*)?>(.*?)</{tag}>", html, re.S))
    return [one for one in found if one]


def _words(html: str) -> str:
    return " ".join(Markup(re.sub(r"<[^>]+>", "", html)).unescape().split())


def _sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])\s+", text.strip()) if one]
