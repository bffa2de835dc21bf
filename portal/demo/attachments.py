"""Files of library items, made on the spot: a picture in a text, a table and a page to take along."""

import io
from dataclasses import replace
from datetime import datetime

import typst
import xlsxwriter
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer, of
from portal.attachments import services as attachments
from portal.db import db
from portal.demo.people import Member
from portal.demo.seasons import Year
from portal.library import files
from portal.library import services as library
from portal.library.models import Item, Revision

CASE, CHECKLIST = "indirect-tax-online-retailer", "first-meeting-checklist"
PARTS = (
    ("Feared", 1400),
    ("Owed abroad", 610),
    ("Refunded at home", -380),
    ("Interest", 41),
    ("Penalties", 18),
    ("Cost", 289),
)
"""Of the case, in thousands of euros."""
INK, ACCENT, LINE, SHEET = "#1b2430", "#0b5d57", "#c9c3b6", "#ffffff"
ALT = (
    "Bars, in thousands of euros: feared 1,400; owed abroad 610; refunded at home 380 less; interest 41; penalties 18; "
    "cost in the end 289."
)
CARD = """
#set document(title: "First meeting, on one card", date: datetime(year: 2026, month: 1, day: 5))
#set page(width: 148mm, height: 105mm, margin: 12mm)
#set text(font: "DejaVu Sans", size: 10pt, lang: "en")
= First meeting, on one card
*Before.* Conflict check. Audit check. Who knows them? Five facts. One aim.

*There.* They talk two thirds of the time. One question more than you planned. No price on the spot.

*Within a day.* Three lines of thanks, the next step with a day, and a note in the portal.
"""


def attach(year: Year, publisher: Member) -> None:
    """Let two items have files, as marketing would have brought them."""
    by, now = of(db.session.get_one(Person, publisher.id)), year.ago(11)
    items = {item.key: item for item in db.session.scalars(select(Item).where(Item.key.in_((CASE, CHECKLIST))))}
    if CASE in items:
        _bring(items[CASE], table(), "What it came to.xlsx", by, now)
        _show(items[CASE], by, now)
    if CHECKLIST in items:
        _bring(items[CHECKLIST], typst.compile(CARD.encode(), pdf_standards="ua-1"), "First meeting card.pdf", by, now)


def chart() -> bytes:
    """The figures of the case as bars."""
    picture = Image.new("RGB", (1200, 80 * len(PARTS) + 40), SHEET)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(size=30)
    zero, scale = 480, 0.42
    for number, (words, amount) in enumerate(PARTS):
        top = 30 + 80 * number
        ends = sorted((zero, zero + round(amount * scale)))
        draw.text((20, top + 10), words, fill=INK, font=font)
        draw.rectangle((ends[0], top, ends[1], top + 52), fill=ACCENT if amount > 0 else LINE)
        draw.text((max(ends) + 16, top + 10), f"{amount:,}", fill=INK, font=font)
    draw.line((zero, 10, zero, picture.height - 10), fill=INK, width=2)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def table() -> bytes:
    """The figures of the case as a workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 5)})  # the same seed makes the same bytes
    sheet = book.add_worksheet("What it came to")
    sheet.write_row(0, 0, ("What", "€"))
    for number, (words, thousands) in enumerate(PARTS, start=1):
        sheet.write_row(number, 0, (words, thousands * 1000))
    sheet.autofit()
    book.close()
    return out.getvalue()


def _show(item: Item, by: Viewer, now: datetime) -> None:
    """Put the chart below the result, as a small change that nobody has to read again."""
    revision = db.session.scalar(select(Revision).where(Revision.item_id == item.id, Revision.number == item.revision))
    if revision is None:
        return
    file = _bring(item, chart(), "What it came to.png", by, now, is_inline=True)
    source = revision.source.replace("\n## What to say", f"\n![{ALT}]({files.address(file)})\n\n## What to say", 1)
    wording = replace(library.Wording.of(revision), source=source)
    library.write(item, wording, change="A chart of the result", base_number=item.revision, by=by, now=now)
    library.publish(item, is_minor=True, now=now)


def _bring(item: Item, content: bytes, name: str, by: Viewer, now: datetime, *, is_inline: bool = False):
    stored = attachments.take(io.BytesIO(content), name=name, by=by, now=now)
    return files.attach(item, stored, name=name, is_inline=is_inline, now=now)
