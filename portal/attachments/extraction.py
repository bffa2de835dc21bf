"""The words in a file, so that search finds them."""

from pathlib import Path

READABLE = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel workbook",
    "text/plain": "Text",
    "text/csv": "CSV",
}
"""Content types whose words can be had, and what they are called."""


def text_of(path: Path, content_type: str) -> str:
    """The words, in reading order. Raises ValueError when the file can't be read."""
    if content_type not in READABLE:
        raise ValueError(f"{content_type} has no words to be had.")
    return path.read_text(errors="replace") if content_type.startswith("text/") else ""
