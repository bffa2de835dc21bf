"""Making an item's text fit for outside: files under the link's own address, and no way into the portal; pure."""

import re
from collections.abc import Callable, Set
from html import escape, unescape

FILE = re.compile(r"/files/([0-9a-f]{64})/[^\"?#]+")
_TAG = re.compile(r"<(a|img)((?:\s+[\w-]+=\"[^\"]*\")*)\s*(/?)>")
_ADDRESS = re.compile(r"\s+(href|src)=\"([^\"]*)\"")
_ITEM = re.compile(r"/library/([A-Za-z0-9_.-]+)(?:[?#][^\"]*)?")
_SECTIONS = re.compile(r"(?=<h[1-6][\s>])")
_HEADING = re.compile(r"<h([1-6])([^>]*)>(.*?)</h[1-6]>", re.S)
_FOOTNOTES = re.compile(r"<div class=\"footnote\">(?:(?!<h[1-6][\s>]).)*</div>\s*\Z", re.S)
_CONTENTS = re.compile(r"<div class=\"toc\">.*?</div>", re.S)
_FOOTNOTE = re.compile(r"<li id=\"(fn:[^\"]*)\">(.*?)(?=<li id=\"fn:|</ol>\s*</div>\s*\Z)", re.S)
INSIDE = frozenset({"what-to-say-about-it", "for-colleagues"})
"""Headings whose sections never leave the firm; so does any that is marked `{: .inside }`."""
_OUTSIDE = ("https://", "http://", "mailto:", "tel:", "#")


def without_inside(html: str) -> str:
    """A text without the sections that are for colleagues, each from its heading to the next one of its level, and
    without the footnotes to them and a list of headings that names them."""
    notes = _FOOTNOTES.search(html)
    body = html[: notes.start()] if notes else html
    kept, level = [], 0
    for piece in _SECTIONS.split(body):
        heading = _HEADING.match(piece)
        if heading and (not level or int(heading[1]) <= level):
            level = int(heading[1]) if _is_inside(heading[2], heading[3]) else 0
        if not level:
            kept.append(piece)
    text = "".join(kept)
    if text == body:
        return html
    return _CONTENTS.sub("", text) + (_notes_to(text, notes[0]) if notes else "")


def _is_inside(attributes: str, words: str) -> bool:
    given = dict(re.findall(r"(id|class)=\"([^\"]*)\"", attributes))
    # The second heading of the same words has a number behind its id, and one that came as HTML has no id.
    said = re.sub(r"\W+", "-", unescape(re.sub(r"<[^>]+>", "", words)).strip().lower()).strip("-")
    return said in INSIDE or given.get("id") in INSIDE or "inside" in given.get("class", "").split()


def _notes_to(text: str, notes: str) -> str:
    """The footnotes that this text refers to, under the numbers that it has for them."""
    found = [
        f'<li id="{name}" value="{number}">{words}'
        for number, (name, words) in enumerate(_FOOTNOTE.findall(notes), 1)
        if f'href="#{name}"' in text
    ]
    return f'<div class="footnote">\n<hr>\n<ol>\n{"".join(found)}</ol>\n</div>' if found else ""


def made_fit(html: str, *, keys: Set[str], address: Callable[[str], str], may_download: bool = False) -> str:
    """A safe text with other addresses: `address` makes one of the link from what stands behind its token; items that
    are in the link too are linked there, and what leads into the portal leads nowhere. Pictures always show; files
    that the text links lead somewhere only where they may be downloaded."""

    def there(found: re.Match[str]) -> str:
        name, target = found[1], found[2]
        is_kept = name == "src" or may_download or not _file(target)
        fit = _fit(target, keys, address) if is_kept else ""
        return f' {name}="{fit}"' if fit else ""

    def tag(found: re.Match[str]) -> str:
        return f"<{found[1]}{_ADDRESS.sub(there, found[2])}{' /' if found[3] else ''}>"

    return _TAG.sub(tag, html)


def files_in(html: str, *, may_download: bool = False) -> set[str]:
    """The hashes of the files that a text shows; with those it links where they may be downloaded."""
    return {
        found[1]
        for tag in _TAG.finditer(html)
        for address in _ADDRESS.finditer(tag[2])
        if (address[1] == "src" or may_download) and (found := _file(address[2]))
    }


def _fit(target: str, keys: Set[str], address: Callable[[str], str]) -> str:
    if target.startswith(_OUTSIDE):
        return target
    if found := _file(target):
        return escape(address(found[0].removeprefix("/")))
    item = _ITEM.fullmatch(target)
    return escape(address(item[1])) if item and item[1] in keys else ""


def _file(target: str) -> re.Match[str] | None:
    return FILE.fullmatch(target.partition("?")[0].partition("#")[0])
