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
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>' for n in range(1, 5)
)


def archive(**entries):
    """A ZIP; names may have slashes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return whole.getvalue()


def paragraph(text, style=""):
    """A paragraph of a Word document; text is escaped already."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{styled}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


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


def docx(*parts, pictures=None, relations=""):
    """A Word document."""
    pictures = pictures or {}
    links = "".join(f'<Relationship Id="{key}" Type="{R}/image" Target="media/{key}.png"/>' for key in pictures)
    links += f'<Relationship Id="styles" Type="{R}/styles" Target="styles.xml"/>{relations}'
    entries = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(MAIN),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{"".join(parts)}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{STYLES}</w:styles>',
        "word/_rels/document.xml.rels": RELATIONS.format(links),
        **{f"word/media/{key}.png": content for key, content in pictures.items()},
    }
    return archive(**entries)


def png(width=40, height=30, shade=200):
    """A small grey picture."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\x00" + bytes([shade]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
