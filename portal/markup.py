"""Text to safe HTML: one function for what the firm's editors write, one for what anybody types."""

import hashlib
import math
import re

import markdown
import nh3
from markupsafe import Markup, escape

RENDERER = "1"
"""Goes into every stored rendering; raise it when the output changes, and `portal content load` renders anew."""

EXTENSIONS = [
    "tables",
    "admonition",
    "attr_list",
    "sane_lists",
    "smarty",
    "toc",
    "footnotes",
    "def_list",
    "fenced_code",
]
WORDS_A_MINUTE = 200

_ALLOWED = {
    "*": {"id", "class", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
_cleaner = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS | {"section"},
    attributes=_ALLOWED,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer",
)

_WIDE = '<div class="sideways" role="group" aria-label="Table" tabindex="0"><table>'
"""A table may be wider than a phone; then it is scrolled on its own, also by keyboard."""


def rendered(source: str) -> str:
    """Markdown by editors, as safe HTML. Headings start at `##`, so that a page keeps one h1."""
    html = markdown.markdown(
        source, extensions=EXTENSIONS, extension_configs={"toc": {"baselevel": 1, "permalink": False}}
    )
    html = _cleaner.clean(html).replace("<th>", '<th scope="col">')
    return html.replace("<table>", _WIDE).replace("</table>", "</table></div>")


def rendered_line(source: str) -> str:
    """One paragraph of Markdown without the paragraph around it."""
    html = rendered(source)
    return html[3:-4] if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1 else html


def typed(text: str) -> Markup:
    """What anybody typed, as paragraphs and line breaks; nothing in it is markup."""
    paragraphs = re.split(r"\n\s*\n", text.strip().replace("\r\n", "\n"))
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in part.split("\n")))
        for part in paragraphs
        if part
    )


def plain(source: str) -> str:
    """The words of a Markdown text, for search and for counting."""
    words = re.sub(r"<[^>]+>", " ", rendered(source))
    return re.sub(r"\s+", " ", Markup(words).unescape()).strip()


def minutes(source: str) -> int:
    """How long a text takes to read, in whole minutes, at least one (200 words a minute)."""
    return max(1, math.ceil(len(re.findall(r"\w+", source)) / WORDS_A_MINUTE))


def fingerprint(*parts: object) -> str:
    """A short, stable name of a content: the same text gives the same fingerprint."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:32]
