"""Files for tests: Word documents, archives, pictures."""

import io
import struct
import zipfile
import zlib

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
MAIN = f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
NAMES = {**{f"H{n}": f"heading {n}" for n in range(1, 5)}, "Title": "Title", "TOC1": "toc 1", "Quote": "Quote"}
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in NAMES.items()
)
LINK = f'<Relationship Id="{{id}}" Type="{R}/hyperlink" Target="{{address}}" TargetMode="External"/>'
LISTS = {"bullet": 1, "number": 2}
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{n}">'
    + "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{how}"/></w:lvl>' for level in range(3))
    + "</w:abstractNum>"
    for n, how in ((1, "bullet"), (2, "decimal"))
) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))


def archive(**entries):
    """A ZIP; names may have slashes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return whole.getvalue()


def run(text):
    """A stretch of text in a paragraph."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text, style="", *, more="", facts=""):
    """A paragraph of a Word document; text is escaped already, and `more` are other stretches behind it."""
    facts += f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p>{f'<w:pPr>{facts}</w:pPr>' if facts else ''}{run(text)}{more}</w:p>"


def point(text, level, how):
    """A line of a list, 'bullet' or 'number'."""
    place = f'<w:ilvl w:val="{level}"/><w:numId w:val="{LISTS[how]}"/>'
    return paragraph(text, facts=f"<w:numPr>{place}</w:numPr>")


def note(number, kind="footnote"):
    """The mark of a footnote or an endnote."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def link(relation, text):
    """Words that lead somewhere."""
    return f'<w:hyperlink xmlns:r="{R}" r:id="{relation}">{run(text)}</w:hyperlink>'


def table(*rows):
    """A table of a Word document."""
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def picture(relation, words=""):
    """A picture of a Word document."""
    a, wp = "http://schemas.openxmlformats.org/drawingml/2006/main", "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{wp}/wordprocessingDrawing">'
        f'<wp:docPr id="1" name="P" descr="{words}"/>'
        f'<a:graphic xmlns:a="{a}"><a:graphicData><pic:pic xmlns:pic="{wp}/picture"><pic:blipFill>'
        f'<a:blip xmlns:r="{R}" {relation}/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def docx(*parts, pictures=None, relations="", notes=None):
    """A Word document; notes by kind and number, each of some paragraphs."""
    pictures, notes = pictures or {}, notes or {}
    links = "".join(f'<Relationship Id="{key}" Type="{R}/image" Target="media/{key}.png"/>' for key in pictures)
    links += f'<Relationship Id="styles" Type="{R}/styles" Target="styles.xml"/>{relations}'
    links += f'<Relationship Id="lists" Type="{R}/numbering" Target="numbering.xml"/>'
    links += "".join(f'<Relationship Id="{kind}s" Type="{R}/{kind}s" Target="{kind}s.xml"/>' for kind in notes)
    entries = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(MAIN),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{"".join(parts)}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{STYLES}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{NUMBERING}</w:numbering>',
        **{f"word/{kind}s.xml": _notes(kind, told) for kind, told in notes.items()},
        "word/_rels/document.xml.rels": RELATIONS.format(links),
        **{f"word/media/{key}.png": content for key, content in pictures.items()},
    }
    return archive(**entries)


def _notes(kind, told):
    each = (f'<w:{kind} w:id="{n}">{"".join(map(paragraph, said))}</w:{kind}>' for n, said in told.items())
    return f'<w:{kind}s xmlns:w="{W}">{"".join(each)}</w:{kind}s>'


def png(width=40, height=30, shade=200):
    """A small grey picture."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\x00" + bytes([shade]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
