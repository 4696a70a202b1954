"""The XML of an XLSX package around the rows: sheet head and tail, workbook, relationships, content types."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Sequence

from .safe_text import for_attribute

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PAPER_A3 = 8
_COLUMNS_OF_ONE_PAGE = 20


def column_letters(index: int) -> str:
    """The letters of a column counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True)
class SheetPart:
    """One sheet of the package; rows are counted from 1."""

    name: str
    number: int
    header_row: int
    columns: int
    frozen_columns: int = 0
    last_row: int = 0

    @property
    def part(self) -> str:
        """The sheet's path in the package."""
        return f"xl/worksheets/sheet{self.number}.xml"

    @property
    def quoted(self) -> str:
        """The name as it stands in a reference."""
        return for_attribute("'" + self.name.replace("'", "''") + "'")

    @property
    def last_column(self) -> str:
        """Letters of the last column."""
        return column_letters(max(self.columns - 1, 0))

    @property
    def table(self) -> str:
        """The cells from the header to the last row."""
        return f"A{self.header_row}:{self.last_column}{max(self.last_row, self.header_row)}"

    @property
    def pages_wide(self) -> int:
        """A wide table is printed on two sheets of paper side by side, else nobody could read it."""
        return 2 if self.columns > _COLUMNS_OF_ONE_PAGE else 1

    @property
    def repeated(self) -> str:
        """What is repeated on every printed page: the frozen columns and the rows up to the header."""
        columns = f"{self.quoted}!$A:${column_letters(self.frozen_columns - 1)}," if self.frozen_columns else ""
        return f"{columns}{self.quoted}!$1:${self.header_row}"

    def ended(self, last_row: int) -> SheetPart:
        """The same sheet when all its rows are written."""
        return replace(self, last_row=last_row)


def sheet_begin(widths: Sequence[tuple[float, bool]], header_row: int, frozen_columns: int, shown: bool) -> str:
    """Everything of a sheet before its first row; ``widths`` are in characters, with whether the column is hidden."""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"{_hidden(hidden)}/>'
        for number, (width, hidden) in enumerate(widths, 1)
    )
    corner = f"{column_letters(frozen_columns)}{header_row + 1}"
    split = f' xSplit="{frozen_columns}"' if frozen_columns else ""
    pane = "bottomRight" if frozen_columns else "bottomLeft"
    selected = ' tabSelected="1"' if shown else ""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"{selected}>'
        f'<pane{split} ySplit="{header_row}" topLeftCell="{corner}" activePane="{pane}" state="frozen"/>'
        f'<selection pane="{pane}" activeCell="{corner}" sqref="{corner}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="18" customHeight="1"/><cols>{columns}</cols><sheetData>'
    )


def _hidden(hidden: bool) -> str:
    return ' hidden="1"' if hidden else ""


def sheet_end(sheet: SheetPart) -> str:
    """Everything of a sheet behind its last row: filter, paper (A3 across, fitted to its width), page numbers."""
    return (
        f'</sheetData><autoFilter ref="{sheet.table}"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="{_PAPER_A3}" orientation="landscape" fitToWidth="{sheet.pages_wide}" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>"
    )


def workbook_parts(sheets: Sequence[SheetPart], author: str) -> list[tuple[str, str]]:
    """Path and XML of every part that is no sheet, but for the styles."""
    return [
        ("xl/workbook.xml", _workbook(sheets)),
        ("xl/_rels/workbook.xml.rels", _workbook_relations(sheets)),
        ("_rels/.rels", _package_relations()),
        ("docProps/core.xml", _core_properties(author)),
        ("[Content_Types].xml", _content_types(sheets)),
    ]


def _workbook(sheets: Sequence[SheetPart]) -> str:
    entries = "".join(
        f'<sheet name="{for_attribute(s.name)}" sheetId="{s.number}" r:id="rId{s.number}"/>' for s in sheets
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{entries}</sheets><definedNames>{_defined_names(sheets)}</definedNames></workbook>"
    )


def _defined_names(sheets: Sequence[SheetPart]) -> str:
    """Excel and WPS want the filter's range as a name of its own; the header is repeated on every printed page."""
    filters, titles = [], []
    for index, sheet in enumerate(sheets):
        begin, end = (
            f"${part.rstrip('0123456789')}${part.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
            for part in sheet.table.split(":")
        )
        filters.append(
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="{index}" hidden="1">'
            f"{sheet.quoted}!{begin}:{end}</definedName>"
        )
        titles.append(f'<definedName name="_xlnm.Print_Titles" localSheetId="{index}">{sheet.repeated}</definedName>')
    return "".join(filters + titles)


def _workbook_relations(sheets: Sequence[SheetPart]) -> str:
    entries = [(f"rId{s.number}", "worksheet", s.part[len("xl/") :]) for s in sheets]
    entries.append((f"rId{len(sheets) + 1}", "styles", "styles.xml"))
    return _relations([(name, f"{_RELATIONS}/{kind}", target) for name, kind, target in entries])


def _package_relations() -> str:
    return _relations(
        [
            ("rId1", f"{_RELATIONS}/officeDocument", "xl/workbook.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ]
    )


def _relations(entries: Sequence[tuple[str, str, str]]) -> str:
    xml = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in entries)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{xml}</Relationships>'


def _core_properties(author: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{for_attribute(author)}</dc:creator>'
        "</cp:coreProperties>"
    )


def _content_types(sheets: Sequence[SheetPart]) -> str:
    parts = [(f"/{s.part}", f"{_DOCUMENT}.worksheet+xml") for s in sheets]
    parts += [("/xl/workbook.xml", f"{_DOCUMENT}.sheet.main+xml"), ("/xl/styles.xml", f"{_DOCUMENT}.styles+xml")]
    parts.append(("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
