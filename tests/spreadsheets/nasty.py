"""Files made to exhaust whoever reads them, or of other kinds than they say."""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterable

MEGABYTE = 1024 * 1024
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>custom_id</t></is></c></row>'


def packed(parts: dict[str, Iterable[bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, pieces in parts.items():
            with archive.open(name, "w", force_zip64=False) as part:
                for piece in pieces:
                    part.write(piece)
    return buffer.getvalue()


def book(sheet: Iterable[bytes], texts: Iterable[bytes] = (), before: str = "") -> bytes:
    """Return a workbook of one sheet with these rows, and these shared texts."""
    sheets = '<sheets><sheet name="One" sheetId="1" r:id="s"/></sheets>'
    parts = {
        "_rels/.rels": [relations(w=("officeDocument", "xl/workbook.xml"))],
        "xl/workbook.xml": [f'<workbook xmlns="{SPACE}" xmlns:r="{OFFICE}">{sheets}</workbook>'.encode()],
        "xl/_rels/workbook.xml.rels": [
            relations(s=("worksheet", "sheet1.xml"), t=("sharedStrings", "sharedStrings.xml"))
        ],
        "xl/sheet1.xml": [
            f'{before}<worksheet xmlns="{SPACE}"><sheetData>{HEAD}'.encode(), *sheet, b"</sheetData></worksheet>",
        ],
        "xl/sharedStrings.xml": [f'<sst xmlns="{SPACE}">'.encode(), *texts, b"</sst>"],
    }  # fmt: skip
    return packed(parts)


def relations(**targets: tuple[str, str]) -> bytes:
    lines = (
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'.encode()


def times(piece: bytes, size: int) -> list[bytes]:
    """Return a piece again and again, up to a size."""
    block = piece * (MEGABYTE // len(piece) or 1)
    return [block] * (size // len(block))


def rows(count: int, columns: int) -> Iterable[bytes]:
    cells = "<c><v>1</v></c>" * columns
    return (f"<row>{cells}</row>".encode() for _ in range(count))


def parts(count: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(count):
            archive.writestr(f"xl/{number:06}", b"")
    return buffer.getvalue()


def lying(announced: int) -> bytes:
    """Return a workbook of which a part unpacks to far more than its directory says."""
    data = packed({"xl/workbook.xml": [bytes(MEGABYTE)] * 420})
    return data.replace(struct.pack("<I", 420 * MEGABYTE), struct.pack("<I", announced))


def wrong_sum() -> bytes:
    data = bytearray(book([b"<row><c><v>1</v></c></row>"]))
    place = data.index(b"PK\x01\x02")
    data[place + 16] ^= 255
    data[14] ^= 255
    return bytes(data)


def deep(levels: int) -> bytes:
    return b"<a>" * levels + b"</a>" * levels


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {after} "{f"&{name};" * 10}">' for name, after in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)

EXHAUSTING: dict[str, Callable[[], bytes]] = {
    "30 MB of commas": lambda: b"," * 30 * MEGABYTE,
    "30 MB of commas below a line of names": lambda: b"id,amount\n" + b"," * 30 * MEGABYTE,
    "30 MB of commas in lines": lambda: (b"," * 99 + b"\n") * (30 * MEGABYTE // 100),
    "30 MB of quotes": lambda: b'"' * 30 * MEGABYTE,
    "30 MB of quotes and commas": lambda: b'id,amount\n' + b'"",' * 10 * MEGABYTE,
    "30 MB of newlines": lambda: b"\n" * 30 * MEGABYTE,
    "30 MB of newlines below a line of names": lambda: b"id,amount\n" + b"\n" * 30 * MEGABYTE,
    "30 MB of lines in an open quote": lambda: b'id,amount\n"' + b"x\n" * 15 * MEGABYTE,
    "30 MB in one line": lambda: b"custom_id\n" + b"x" * 30 * MEGABYTE,
    "30 MB of short rows": lambda: b"a;b\n" * (30 * MEGABYTE // 4),
    "30 MB of nothing": lambda: bytes(30 * MEGABYTE),
    "30 MB of high bytes": lambda: b"\xe4\xf6 " * (10 * MEGABYTE),
    "30 MB of high bytes in lines": lambda: b"\xe4;\xf6\n" * (30 * MEGABYTE // 4),
    "30 MB of broken UTF-8": lambda: b"\xc3\xbc;\xff\n" * (6 * MEGABYTE),
    "references of 200,000 letters": lambda: book(
        [b'<row><c r="' + b"A" * 200_000 + b'1"><v>1</v></c></row>'] * 20
    ),
    "references of 200,000 letters to formulas": lambda: book(
        [b'<row><c r="' + b"A" * 200_000 + b'1"><f>A1</f></c></row>'] * 20
    ),
    "rows of 200,000 digits": lambda: book([b'<row r="' + b"9" * 200_000 + b'"><c><f/><v>1</v></c></row>']),
    "deep nesting": lambda: book([deep(4_000_000)]),
    "deep nesting beside formulas": lambda: book([b"<row><c><f>1</f></c></row>", deep(4_000_000)]),
    "deep nesting in the workbook": lambda: packed({"xl/workbook.xml": [deep(4_000_000)]}),
    "a gigabyte of nothing": lambda: packed({"xl/workbook.xml": [bytes(MEGABYTE)] * 1024}),
    "a part larger than it says": lambda: lying(100),
    "200,000 rows of 100 cells": lambda: book(rows(200_000, 100)),
    "shared texts of 100 MB": lambda: book(
        [b'<row><c t="s"><v>0</v></c></row>'], times(b"<si><t>" + b"x" * 1000 + b"</t></si>", 100 * MEGABYTE)
    ),
    "millions of shared texts": lambda: book(
        [b'<row><c t="s"><v>0</v></c></row>'], times(b"<si><t/></si>", 100 * MEGABYTE)
    ),
    "one shared text for all": lambda: book(
        [b'<row><c t="s"><v>0</v></c></row>' * 100_000], [b"<si><t>" + b"x" * 30_000 + b"</t></si>"]
    ),
    "millions of empty cells": lambda: book(times(b"<c/>", 60 * MEGABYTE)),
    "millions of empty rows": lambda: book(times(b"<row/>", 60 * MEGABYTE)),
    "millions of formulas": lambda: book(times(b"<row><c><f>1</f></c></row>", 60 * MEGABYTE)),
    "a cell at the end of the sheet": lambda: book([b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>']),
    "entities": lambda: book([b'<row><c t="inlineStr"><is><t>&i;</t></is></c></row>'], before=ENTITIES),
    "100,000 parts": lambda: parts(100_000),
    "100,000 parts of one name": lambda: re.sub(rb"xl/\d{6}", b"xl/workbook.xml"[:9], parts(100_000)),
    "columns without end": lambda: book(
        [b"<row><c><f/></c></row>", *times(b'<col min="1" max="999999999" hidden="1"/>', MEGABYTE)]
    ),
}  # fmt: skip
"""Refused, or read."""

MADE = book([b"<row><c><v>1</v></c></row>"])
OTHER_KINDS: dict[str, tuple[bytes, str]] = {
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(100), "This is a picture"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(100), "This is a picture"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "This is a PDF"),
    "HTML as .xls": (b'\xef\xbb\xbf<html xmlns:o="urn"><table><tr><td>1</table>', "This is a web page or XML"),
    "HTML in UTF-16": ("<HTML><body>".encode("utf-16"), "This is a web page or XML"),
    "table alone": (b"\n\n <table border=1><tr><td>id</td></tr></table>", "This is a web page or XML"),
    "MHTML": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "This is a web page or XML"),
    "XML of 2003": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "This is a web page or XML"),
    "JSON": (b'\xef\xbb\xbf[\n  {"custom_id": "order-1", "amount": 11.73}\n]\n', "This is JSON"),
    "JSON in lines": (b'{"custom_id": "order-1"}\n{"custom_id": "order-2"}\n', "This is JSON"),
    "JSON in UTF-16": ('{"purchases": []}'.encode("utf-16"), "This is JSON"),
    "JSON of lists": (b'[["order-1", 11.73], ["order-2", 5]]', "This is JSON"),
    "JSON of nothing": (b"[ ]\n", "This is JSON"),
    ".xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a workbook of the old kind (.xls)"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "has a password",
    ),
    ".ods": (packed({"mimetype": [b"x"], "content.xml": [b"<x/>"]}), "LibreOffice or OpenOffice (.ods)"),
    ".xlsb": (packed({"[Content_Types].xml": [], "xl/workbook.bin": [b"x"]}), "a binary workbook (.xlsb)"),
    "Numbers": (packed({"Index/Document.iwa": [b"x"]}), "a workbook of Numbers"),
    ".docx": (packed({"[Content_Types].xml": [], "word/document.xml": [b"<x/>"]}), "This is a text document"),
    "RTF": (b"{\\rtf1\\ansi}", "This is a text document"),
    "zipped workbook": (packed({"list.xlsx": [MADE]}), "This is a ZIP archive"),
    "zipped list": (packed({"list.csv": [b"id\n1\n"]}), "This is a ZIP archive"),
    "empty ZIP": (packed({}), "This is a ZIP archive"),
    "gzip": (b"\x1f\x8b\x08\0\0\0\0\0", "This is a packed file"),
    "cut off": (MADE[: len(MADE) // 2], "is damaged"),
    "half a head": (b"PK\x03\x04 not a zip", "is damaged"),
    "wrong sums": (wrong_sum(), "is damaged"),
    "no sheets": (packed({"xl/workbook.xml": [b"<workbook/>"]}), "is damaged"),
    "zeros": (b"id,amount\n1,2\0\n", "neither a CSV nor"),
    "anything": (b"\x00\x01\x02\x00\x00\xff" * 50, "neither a CSV nor"),
    "nothing": (b"", "The file is empty."),
    "blanks": (b" \r\n\t\n", "The file is empty."),
}  # fmt: skip
