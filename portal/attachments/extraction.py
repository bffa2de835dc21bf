"""The words in a file, so that search finds them; read in a process of its own, since a file may be hostile."""

import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from portal.attachments.types import DOCX, PPTX, TYPES, XLSX

READABLE = {kind: TYPES[kind].said for kind in ("application/pdf", DOCX, PPTX, XLSX, "text/plain", "text/csv")}
"""Content types whose words can be had, and what they are called."""
LONGEST_TEXT = 200_000
"""So many characters of a file are found; the rest of a longer one is not."""
SECONDS = 60
_READER = Path(__file__).with_name("reader.py")
_HOW = {"application/pdf": "pdf", DOCX: "docx", PPTX: "pptx", XLSX: "xlsx", "text/plain": "text", "text/csv": "text"}


class Unreadable(ValueError):
    """The words can't be had: the file is damaged, locked, not what it says, or too much."""


def text_of(stream: BinaryIO, content_type: str) -> str:
    """The words, in reading order. Raises Unreadable."""
    if content_type not in READABLE:
        raise Unreadable(f"{content_type} has no words to be had.")
    # -I keeps this folder and the environment out; the reader gets no setting, and so no password or key.
    command = [sys.executable, "-I", str(_READER), _HOW[content_type], str(LONGEST_TEXT)]
    try:
        done = subprocess.run(
            command, input=stream.read(), capture_output=True, timeout=SECONDS, check=True, env={"PATH": ""}
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise Unreadable("The reader gave up.") from None
    # PostgreSQL keeps no NUL; and a lone surrogate is no text.
    return done.stdout.decode("utf-8", "replace").replace("\x00", "")[:LONGEST_TEXT]
