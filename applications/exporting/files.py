"""A table as CSV or XLSX, in pieces, so that it is nowhere as a whole.

What it holds is written to no disk here, where it would lie in clear.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from core.admin.spreadsheets import inert_in_csv, printable

Rows = Iterable[list[str]]

_SHEET = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The smallest workbook that spreadsheets open (ECMA-376, part 1).
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        f'ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/{_SHEET}" ContentType="{_TYPES}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_DOCUMENT}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>'
        '<sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_DOCUMENT}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
# As many as a cell takes.
_LONGEST = 32_767


def csv_file(rows: Rows) -> Iterator[bytes]:
    """Yield a table as CSV in UTF-8, with the mark by which Excel knows that it is."""
    yield "\N{ZERO WIDTH NO-BREAK SPACE}".encode()
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([inert_in_csv(printable(cell)) for cell in row])
        yield line.getvalue().encode()


def xlsx_file(rows: Rows) -> Iterator[bytes]:
    """Yield a table as a workbook of one sheet, in which every cell is a text."""
    written = _Pieces()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as workbook:
        for name, content in _PARTS.items():
            workbook.writestr(name, _DECLARATION + content)
        with workbook.open(_SHEET, "w", force_zip64=True) as sheet:
            opening = f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetData>'
            sheet.write(opening.encode())
            for row in rows:
                sheet.write(_row(row).encode())
                yield written.take()
            sheet.write(b"</sheetData></worksheet>")
    yield written.take()


def _row(cells: list[str]) -> str:
    # Texts stand within the cells: nothing is taken for a formula.
    texts = (escape(str(printable(cell))[:_LONGEST]) for cell in cells)
    inner = "".join(
        f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        for text in texts
    )
    return f"<row>{inner}</row>"


class _Pieces(io.RawIOBase):
    """A file that is written on, and read from its other end."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        piece = bytes(content)  # type: ignore[call-overload]
        self._written.append(piece)
        return len(piece)

    def take(self) -> bytes:
        taken, self._written = b"".join(self._written), []
        return taken
