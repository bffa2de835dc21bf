"""Which files are taken, and what each is called."""

from dataclasses import dataclass

OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = f"{OFFICE}wordprocessingml.document"
PPTX = f"{OFFICE}presentationml.presentation"
XLSX = f"{OFFICE}spreadsheetml.sheet"
SAID = (
    "PDF, Word (DOCX), PowerPoint (PPTX), Excel (XLSX), PNG, JPEG, WebP, GIF, MP3, M4A, OGG, WAV, MP4, WebM, TXT or CSV"
)
"""The list in words, for refusals and for hints."""


@dataclass(frozen=True)
class Type:
    """A kind of file that is taken."""

    suffix: str
    said: str
    """What people call it."""


TYPES: dict[str, Type] = {
    "application/pdf": Type(".pdf", "PDF"),
    DOCX: Type(".docx", "Word document"),
    PPTX: Type(".pptx", "PowerPoint presentation"),
    XLSX: Type(".xlsx", "Excel workbook"),
    "image/png": Type(".png", "Picture"),
    "image/jpeg": Type(".jpg", "Picture"),
    "image/webp": Type(".webp", "Picture"),
    "audio/mpeg": Type(".mp3", "Sound"),
    "audio/mp4": Type(".m4a", "Sound"),
    "audio/ogg": Type(".ogg", "Sound"),
    "audio/wav": Type(".wav", "Sound"),
    "video/mp4": Type(".mp4", "Film"),
    "video/webm": Type(".webm", "Film"),
    "text/plain": Type(".txt", "Text"),
    "text/csv": Type(".csv", "CSV table"),
}
"""Every content type a stored file may have. A GIF becomes a PNG."""

ACCEPTED = ",".join(sorted({each.suffix for each in TYPES.values()} | {".jpeg", ".gif"}))
"""For the `accept` of a file field."""


def is_picture(content_type: str) -> bool:
    """Whether it is an image that was made anew here."""
    return content_type.startswith("image/")


def opens_in_page(content_type: str) -> bool:
    """Whether a browser may show it in a page; everything else is saved to disk."""
    return content_type.startswith(("image/", "audio/", "video/"))
