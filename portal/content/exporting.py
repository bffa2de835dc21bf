"""Items as files to take along: Markdown with facts in front, and an archive where there are files with it."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from portal.content import exchange
from portal.editing import queries as editing
from portal.editing import sheets
from portal.files import PIECE, store
from portal.library import files
from portal.library.models import Item
from portal.library.services import Wording

IN_MEMORY = 8_000_000


def as_file(item: Item) -> str:
    """An item's newest revision as a content file."""
    about = editing.about(item)
    names = [name for name, _number in sheets.authors_of(about["authors"])]
    return exchange.written(Wording.of(editing.newest(item)), is_internal=item.is_internal, byline=names)


def archive(items: Iterable[Item]) -> Iterator[bytes]:
    """Content files, each with its pictures and files in a folder of its name beside it; piece by piece."""
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # it is closed once it is sent
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for item in items:
            made.writestr(f"{item.key}.md", as_file(item))
            for file in files.of_item(item.id):
                name = files.address(file).rpartition("/")[2]
                with (
                    store().open(file.file.sha256) as source,
                    made.open(f"{item.key}/{file.file.sha256}/{name}", "w") as goal,
                ):
                    while piece := source.read(PIECE):
                        goal.write(piece)
    target.seek(0)
    return _pieces(target)


def _pieces(whole: IO[bytes]) -> Iterator[bytes]:
    with whole:
        while piece := whole.read(PIECE):
            yield piece
