"""Reading a Word document in a process of its own: a hostile file can end the reader, but not the portal."""

import base64
import io
import json
import re
import resource
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import mammoth
from bs4 import BeautifulSoup
from markdownify import ATX, MarkdownConverter

MEMORY = 1_500_000_000
SECONDS = 30
MOST_PICTURES = 60
LARGEST_PICTURE = 16_000_000
PICTURE = "picture-{}-of-this-document"
"""What a text has in place of a picture's address, until the picture is kept."""
NOTE = "note-{}-of-this-document"
"""What a text has in place of a footnote's mark, until its signs are escaped."""
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Quote'] => blockquote:fresh > p:fresh
p[style-name='Intense Quote'] => blockquote:fresh > p:fresh
p[style-name='TOC Heading'] => p.contents:fresh
p[style-name='toc 1'] => p.contents:fresh
p[style-name='toc 2'] => p.contents:fresh
p[style-name='toc 3'] => p.contents:fresh
"""
"""What Word's own styles mean, besides those that mammoth knows."""
GUESSED = re.compile(
    r"\s*(Description automatically generated|AI-generated content may be incorrect\.?)[^.]*\.?\s*$", re.I
)
DROPPED = {
    "w:commentReference": "comments",
    "w:object": "embedded objects",
    "v:imagedata": "old drawings",
    "mc:AlternateContent": "drawings and text boxes",
}


class Unreadable(Exception):
    """The reader gave up."""


@dataclass(frozen=True)
class Found:
    """What a document says, as Markdown."""

    title: str
    """Its first heading, where it begins with one."""
    text: str
    pictures: list[tuple[bytes, str]]
    """The bytes and the description of each, by the number in its `PICTURE`."""
    notes: list[str]
    """What could not be taken over, in words."""


def read(body: bytes) -> Found:
    """The text of a .docx as Markdown, with its pictures. Raises Unreadable."""
    # -P keeps this folder off the path, where our `mail` and `access` would stand before other people's; and in the
    # environment stand the keys.
    command = [sys.executable, "-P", __file__]
    try:
        reader = subprocess.run(command, input=body, capture_output=True, timeout=SECONDS, check=True, env={})
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise Unreadable from None
    said = json.loads(reader.stdout)
    pictures = [(base64.b64decode(picture), words) for picture, words in said["pictures"]]
    return Found(said["title"], said["text"], pictures, said["notes"])


def _read(body: bytes) -> dict[str, Any]:
    pictures: list[tuple[str, str]] = []
    notes: list[str] = []

    def picture(image: Any) -> dict[str, str]:
        try:
            with image.open() as file:
                found = file.read(LARGEST_PICTURE + 1)
        except ValueError:  # it lies outside of the document, and stays there
            found = b""
        if not found or len(found) > LARGEST_PICTURE or len(pictures) >= MOST_PICTURES:
            notes.append("A picture was left out: it is linked and not contained, or there is too much of it.")
            return {"src": ""}
        words = GUESSED.sub("", image.alt_text or "")  # what a machine wrote there is no description
        pictures.append((base64.b64encode(found).decode(), words))
        return {"src": PICTURE.format(len(pictures) - 1), "alt": words}

    done = mammoth.convert_to_html(
        io.BytesIO(body),
        convert_image=mammoth.images.img_element(picture),
        external_file_access=False,
        include_embedded_style_map=False,
        style_map=STYLES,
    )
    soup = BeautifulSoup(done.value, "html.parser")
    if contents := soup.find_all("p", class_="contents"):
        notes.append("Left out: the table of contents; its pages are not those of the library.")
        for line in contents:
            line.decompose()
    title, text = _as_markdown(soup)
    notes += _notes(message.message for message in done.messages)
    return {"title": title, "text": text, "pictures": pictures, "notes": list(dict.fromkeys(notes))}


class _Converter(MarkdownConverter):
    """Markdown that shows what the document shows: signs that would become marks are escaped, and no others."""

    def escape(self, text: str, parent_tags: Any) -> str:
        """A piece of text."""
        said = re.sub(r"([\\*_`])", r"\\\1", text)
        said = re.sub(r"<(?=[A-Za-z/!?])", "&lt;", re.sub(r"&(?=#?\w+;)", "&amp;", said))
        said = said.replace("![", "!\\[").replace("](", "]\\(")
        if {"td", "th"} & set(parent_tags):
            said = said.replace("|", "&#124;")
        return re.sub(r"^(\s*)(#|>|[+-](?=\s|-)|=+$|!!!|~~~|\||:)|^(\s*\d+)(\.)", r"\1\3\\\2\4", said)

    def convert_li(self, el: Any, text: str, parent_tags: Any) -> str:
        """A line of a list; what belongs to it stands four columns in, or our renderer makes it a line of its own."""
        inside = re.sub(r"\n(?=.)", "\n    ", text.strip())
        number = len(el.find_previous_siblings("li")) + 1
        return f"{f'{number}.' if el.parent.name == 'ol' else '-'} {inside}\n" if inside else "\n"


def _as_markdown(soup: BeautifulSoup) -> tuple[str, str]:
    footnotes = _footnotes(soup)
    for image in soup.find_all("img", src=""):
        image.decompose()
    for anchor in soup.find_all("a"):
        if not str(anchor.get("href") or "").startswith(("http://", "https://", "mailto:", "tel:")):
            anchor.unwrap()
    title = _title(soup)
    headings = soup.find_all(re.compile("^h[1-6]$"))
    # The page's own title is the only heading of the first level; the levels in use begin right below it.
    levels = sorted({heading.name for heading in headings})
    for heading in headings:
        heading.name = f"h{min(6, 2 + levels.index(heading.name))}"
        for strong in heading.find_all("strong"):
            strong.unwrap()
    for table in soup.find_all("table"):
        _with_head(table)
    text = _converted(soup)
    for number, note in enumerate(footnotes, 1):
        text = text.replace(NOTE.format(number), f"[^{number}]")
        # What belongs to a note stands four columns in.
        text += f"\n\n[^{number}]: " + re.sub(r"\n(?=.)", "\n    ", _converted(note))
    return title, text.strip()


def _converted(part: Any) -> str:
    markdown = _Converter(heading_style=ATX, bullets="-", keep_inline_images_in=["td", "th"])
    text = markdown.convert_soup(part)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[^\S\n]+\n", _line_end, text)).strip()


def _footnotes(soup: BeautifulSoup) -> list[Any]:
    """The footnotes and endnotes in the order of their marks, taken out; each mark becomes a `NOTE`."""
    found: dict[str, Any] = {}
    for mark in soup.find_all("a", id=re.compile("^(foot|end)note-ref-")):
        name = str(mark.get("href"))[1:]
        note = found.get(name) or soup.find("li", id=name)
        if note is not None:
            found.setdefault(name, note)
            (mark.find_parent("sup") or mark).replace_with(NOTE.format(list(found).index(name) + 1))
    for name, note in found.items():
        for back in note.find_all("a", href=f"#{name.replace('note-', 'note-ref-')}"):
            back.decompose()
    for note in found.values():
        (note.parent if note.parent.name == "ol" else note).extract()
        note.extract()
        note.name = "div"
    return list(found.values())


def _title(soup: Any) -> str:
    begins = next((tag for tag in soup.find_all(True, recursive=False) if tag.get_text(strip=True)), None)
    first = soup.find("h1", class_="title") or begins
    if first is None or first.name != "h1":
        return ""
    words = " ".join(first.get_text(" ", strip=True).split())
    first.decompose()
    return words


def _with_head(table: Any) -> None:
    """Markdown's tables have a head: the first row is it, unless the document says otherwise."""
    rows = table.find_all("tr")
    if rows and not rows[0].find("th"):
        for cell in rows[0].find_all("td"):
            cell.name = "th"
    for cell in table.find_all(["td", "th"]):
        for paragraph in cell.find_all("p"):
            paragraph.insert_after(" ")
            paragraph.unwrap()


def _line_end(found: Any) -> str:
    return "  \n" if found[0].startswith("  ") else "\n"


def _notes(messages: Any) -> list[str]:
    """What the reader complains of, in words for people; a style that it doesn't know changes nothing."""
    told = []
    for message in messages:
        name = re.search(r"unrecognised element was ignored: (\S+)", message)
        if name:
            told.append(f"Left out: {DROPPED.get(name[1], 'something of the kind ' + name[1].split(':')[-1])}.")
        elif "image" in message.lower() and "type" in message.lower():
            told.append("A picture is of a kind that browsers don't show.")
    return told


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(_read(sys.stdin.buffer.read()), sys.stdout)
