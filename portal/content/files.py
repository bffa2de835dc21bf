"""Reading Markdown files with facts in front; each fact keeps the line it stands on."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FENCE = "---"
AS_IS = "as_is"
"""The fact that says: the portal wrote this file, and every sign in it is meant as it stands."""
MOST_FACTS = 20_000
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True)
class Fact:
    """A value of the front matter and its line: a text, a list of facts, or facts by name. Single values are text."""

    value: Any
    line: int
    is_empty: bool = False
    exact: str = ""
    """A text as it stands, with the spaces around it."""


@dataclass
class Document:
    """A content file as it was read."""

    name: str
    """For problems: the path, beginning with the content folder's own name."""
    key: str = ""
    facts: Fact = Fact({}, 1)
    text: str = ""
    text_line: int = 1
    problems: list[Problem] = field(default_factory=list)
    is_as_is: bool = False
    """Whether every sign of it is meant as it stands."""
    facts_read: int = 0

    def problem(self, line: int, reason: str) -> None:
        """Note that something is wrong with this file."""
        self.problems.append(Problem(self.name, line, reason))


def read(path: Path, root: Path) -> Document:
    """The facts and the text of a file; whatever cannot be read is among its problems."""
    return parse(path.read_bytes(), f"{root.name}/{path.relative_to(root).as_posix()}", path.stem)


def parse(body: bytes, name: str, key: str) -> Document:
    """The same for a file's bytes, under the name by which its problems go."""
    document = Document(name, key, Fact({}, 1))
    try:
        whole = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        document.problem(line, "There is a character here that is not UTF-8. Save the file with the encoding UTF-8.")
        return document
    _split(document, whole)
    if not document.problems and not document.is_as_is:
        _check_text(document)
    return document


def _split(document: Document, whole: str) -> None:
    lines = whole.replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != FENCE:
        document.problem(1, "The file must begin with a line of three dashes, with the facts below it.")
        return
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == FENCE), None)
    if end is None:
        document.problem(1, "The second line of three dashes, which ends the facts, is missing.")
        return
    odd = next((number for number, line in enumerate(lines, start=1) if not _can_be_kept(line)), None)
    if odd:
        document.problem(odd, "There is an invisible character here that can't be kept. Type this line again.")
        return
    body = lines[end + 1 :]
    blank = next((number for number, line in enumerate(body) if line.strip()), 0)
    document.text, document.text_line = "\n".join(body[blank:]).rstrip(), end + 2 + blank
    _read_facts(document, "\n".join(lines[1:end]))
    said = document.facts.value.get(AS_IS) if isinstance(document.facts.value, dict) else None
    if said and said.value == "true":
        document.is_as_is = True
        document.text = "\n".join(whole.split("\n")[end + 1 :]).removesuffix("\n")
        document.text_line = end + 2


def _can_be_kept(line: str) -> bool:
    return not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", line)


def _read_facts(document: Document, source: str) -> None:
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        begins_earlier = re.search(r"quoted|simple key|flow", error.context or "")
        mark = error.context_mark if begins_earlier else error.problem_mark
        document.problem((mark.line if mark else 0) + 2, _in_plain_words(error))
        return
    except yaml.reader.ReaderError as error:
        line = source[: error.position].count("\n") + 2
        document.problem(line, "There is an invisible character here that can't be kept. Type this line again.")
        return
    except RecursionError:
        document.problem(2, "The facts are nested far too deeply.")
        return
    if isinstance(node, yaml.MappingNode):
        document.facts = _fact(document, node, frozenset())
    else:
        document.problem(2, "Write the facts as names with values, like 'title: What clients remember'.")


def _fact(document: Document, node: yaml.Node, above: frozenset[int]) -> Fact:
    line = node.start_mark.line + 2
    document.facts_read += 1
    if document.facts_read > MOST_FACTS:
        if document.facts_read == MOST_FACTS + 1:
            document.problem(line, f"There are more than {MOST_FACTS:,} facts in this file.")
        return Fact("", line)
    if id(node) in above:
        document.problem(line, "A value can't contain itself. Put a value that begins with * in double quotes.")
        return Fact("", line)
    if isinstance(node, yaml.ScalarNode):
        return Fact(node.value.strip(), line, is_empty=not node.value.strip(), exact=node.value)
    inside = above | {id(node)}
    if isinstance(node, yaml.SequenceNode):
        return Fact([_fact(document, item, inside) for item in node.value], line)
    return Fact(_named(document, node, inside), line)


def _named(document: Document, node: yaml.Node, inside: frozenset[int]) -> dict[str, Fact]:
    named: dict[str, Fact] = {}
    for name, value in node.value:
        if not isinstance(name, yaml.ScalarNode):
            document.problem(name.start_mark.line + 2, "A name must be a word, followed by a colon.")
        elif name.value in named:
            document.problem(name.start_mark.line + 2, f"'{name.value}' stands here a second time. Keep one of them.")
        else:
            found = _fact(document, value, inside)
            # A value's own mark may be on a later line; authors look for its name.
            named[name.value] = Fact(found.value, name.start_mark.line + 2, found.is_empty, found.exact)
    return named


PLAIN_WORDS = [
    ("mapping values are not allowed", "There is a colon inside a value here. Put the whole value in double quotes."),
    (r"found character '\t'", "There is a tab here. Indent with two spaces instead."),
    ("unexpected end of stream", "A quotation mark is opened here and never closed."),
    ("could not find expected ':'", "A name with a colon is expected here, like 'title: …'."),
    ("undefined alias", "A value that begins with * must stand in double quotes."),
    ("scanning an alias", "A value that begins with * must stand in double quotes."),
    ("scanning an anchor", "A value that begins with & must stand in double quotes."),
    ("scanning a tag", "A value that begins with ! must stand in double quotes."),
    ("determine a constructor", "A value that begins with ! must stand in double quotes."),
    ("that cannot start any token", "A value can't begin with this character. Put the whole value in double quotes."),
    ("unknown escape character", r"A backslash in double quotes must be doubled, like \\."),
    ("flow sequence", "A list in square brackets is not closed here, or a comma is missing."),
    ("flow mapping", "A value that begins with { must stand in double quotes."),
    (
        "expected <block end>",
        "This line doesn't fit the lines above: look at its indentation, and at quotation marks inside a quoted value.",
    ),
    ("block sequence", "This line doesn't fit the list above. Indent with two spaces, and begin each entry with '- '."),
    ("expected a single document", "Three dots or dashes can't stand inside the facts."),
]


def _in_plain_words(error: yaml.MarkedYAMLError) -> str:
    said = f"{error.context or ''} {error.problem or ''}".replace("\t", r"\t")
    return next((words for sign, words in PLAIN_WORDS if sign in said), f"This can't be read: {error.problem}.")


def _check_text(document: Document) -> None:
    is_code = False
    for number, line in enumerate(document.text.split("\n"), start=document.text_line):
        if line.startswith(("```", "~~~")):
            is_code = not is_code
        elif not is_code and re.match(r"#\s", line):
            document.problem(number, "Start headings at ##; the title is the #.")
        elif (
            not is_code and re.match(r"!!!\s*\S", line) and not re.match(r'!!! (example|try|words|note)( ".*")?$', line)
        ):
            document.problem(
                number,
                'A box is written like this: !!! example "Its title". Besides example there are try, words and note.',
            )
