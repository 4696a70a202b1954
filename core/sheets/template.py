"""Makes the empty collection sheet (annex 1): drop-downs, prompts, formats, an explanation, nothing to delete.

There are no example rows, since they would be imported as producers; examples stand in the prompts and the explanation.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Mapping, Union

from ..standard.model import Field, SheetField, Standard
from ..vendored import load
from . import workbook_style as style
from .guide import Explanation, explanations, prompt
from .names import (
    CHOICES_SHEET,
    COMMENT_AUTHOR,
    DATA_SHEET,
    GUIDE_SHEET,
    TITLE,
    VERSION_PROPERTY,
    VERSION_SHEET,
)
from .safe_target import replacing
from .save_book import save_book
from .table_rows import UID_FIELD
from .xlsx_parts import column_letters

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 3
FIRST_ROW = 4
_LAST_ROW = 1_048_576
_RULED_ROWS = 30  # rows with lines, so that a printed sheet can be filled in by hand
_LONGEST_INLINE = 255
_LONGEST_PROMPT_TITLE = 32
_A3, _A4 = "8", "9"

_NOTE = {
    "zh": "深色表头必填，浅色表头选填或按行业填写；填法见“填写说明”。一个主体、一处基地、一个产品、一茬（月）填一行。",
    "en": "Dark headers are required. One row for each producer, site, product and cycle. See the explanation sheet.",
}
_WARNING = {"zh": "与建议的填法不同，仍要这样填吗？", "en": "This differs from what is suggested. Keep it?"}
_NOT_IN_LIST = {"zh": "请从下拉列表中选择。", "en": "Please choose from the list."}


@dataclass(frozen=True)
class Locality:
    """What a county's template already knows; each becomes a drop-down, empty ones do not."""

    provinces: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()

    def choices(self) -> Mapping[str, tuple[str, ...]]:
        """The drop-downs by field name."""
        named = {
            "province": self.provinces,
            "city": self.cities,
            "county": self.counties,
            "township": self.townships,
        }
        return {name: values for name, values in named.items() if values}


def write_template(target: Path, standard: Standard, locality: Locality = Locality(), language: str = "zh") -> None:
    """Write the empty collection sheet as an XLSX file that Excel, WPS and LibreOffice open.

    Imported untouched it yields no rows. A hidden column takes the uid; a very hidden sheet and a document property
    hold the version of the standard. The head is protected without a password; rows can be added and sorted.

    Raises:
        OriginMapError: ``MISSING_DEPENDENCY``, or those of :func:`.safe_target.replacing`.
    """
    workbook = load("openpyxl").Workbook()
    sheet = workbook.active
    sheet.title = DATA_SHEET
    columns = standard.annex()
    told = {e.name: e for e in explanations(standard, language)}
    _write_head(sheet, columns, language)
    _prepare_cells(sheet, columns)
    choices = _Choices(workbook)
    for index, column in enumerate(columns):
        if column.name in told:
            local = locality.choices().get(column.name, ())
            _add_validation(sheet, index, column, told[column.name], local, choices, language)
    _write_guide(workbook.create_sheet(GUIDE_SHEET, 1), tuple(told.values()), language)
    _protect(sheet)
    _set_up_print(sheet, len(columns))
    _write_version(workbook, standard)
    with replacing(target) as part:
        save_book(workbook, part)


def _write_head(sheet: Worksheet, columns: tuple[Union[Field, SheetField], ...], language: str) -> None:
    styles = load("openpyxl.styles")
    sheet["A1"] = TITLE
    sheet["A1"].font = styles.Font(name=style.HEADING_FONT, size=style.TITLE_SIZE, bold=True)
    sheet["A2"] = _NOTE[language]
    sheet["A2"].font = styles.Font(name=style.BODY_FONT, size=style.NOTE_SIZE, color=style.NOTE_TEXT)
    for row, height in ((1, style.TITLE_HEIGHT), (2, style.NOTE_HEIGHT), (HEADER_ROW, style.HEADER_HEIGHT)):
        sheet.row_dimensions[row].height = height
        sheet.cell(row, 1).alignment = styles.Alignment(vertical="center")
    for index, column in enumerate(columns, 1):
        _style_header(sheet.cell(HEADER_ROW, index, column.title), style.is_required(column))
    name = next(index for index, column in enumerate(columns) if column.name == "producer_name")
    sheet.freeze_panes = f"{column_letters(name + 1)}{FIRST_ROW}"


def _style_header(cell: object, required: bool) -> None:
    styles = load("openpyxl.styles")
    colour = style.REQUIRED_HEADER_TEXT if required else style.OPTIONAL_HEADER_TEXT
    fill = style.REQUIRED_HEADER if required else style.OPTIONAL_HEADER
    cell.font = styles.Font(name=style.HEADING_FONT, size=style.BODY_SIZE, color=colour)  # type: ignore[attr-defined]
    cell.fill = styles.PatternFill("solid", fgColor=f"FF{fill}")  # type: ignore[attr-defined]
    cell.alignment = styles.Alignment("center", "center", wrap_text=True)  # type: ignore[attr-defined]
    cell.border = _lines()  # type: ignore[attr-defined]


def _lines() -> object:
    styles = load("openpyxl.styles")
    line = styles.Side(style="thin", color=style.LINE)
    return styles.Border(left=line, right=line, top=line, bottom=line)


def _prepare_cells(sheet: Worksheet, columns: tuple[Union[Field, SheetField], ...]) -> None:
    """Whole columns are unlocked and formatted, so that every row a person adds is like the first ones."""
    styles = load("openpyxl.styles")
    open_to_all, font, lines = styles.Protection(locked=False), styles.Font(name=style.BODY_FONT), _lines()
    for row in range(FIRST_ROW, FIRST_ROW + _RULED_ROWS):
        sheet.row_dimensions[row].height = style.ROW_HEIGHT
    for index, column in enumerate(columns):
        dimension = sheet.column_dimensions[column_letters(index)]
        dimension.width = style.width_of(column.name)
        dimension.hidden = column.name == UID_FIELD
        dimension.protection, dimension.number_format, dimension.font = open_to_all, _format_of(column), font
        for row in range(FIRST_ROW, FIRST_ROW + _RULED_ROWS):
            cell = sheet.cell(row, index + 1)
            cell.protection, cell.number_format, cell.font = open_to_all, _format_of(column), font
            cell.border, cell.alignment = lines, styles.Alignment(vertical="center", wrap_text=True)


def _format_of(column: Union[Field, SheetField]) -> str:
    if style.is_date(column):
        return style.DATE_FORMAT
    return style.TEXT_FORMAT if style.is_text(column) else style.GENERAL_FORMAT


class _Choices:
    """Lists for drop-downs: short ones stand in the cell's rule, long ones in a hidden sheet under a name."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._used = 0

    def formula(self, name: str, values: tuple[str, ...]) -> str:
        """What the drop-down of that field refers to."""
        inline = ",".join(values)
        if len(inline) + 2 <= _LONGEST_INLINE and not any("," in v or '"' in v for v in values):
            return f'"{inline}"'
        if CHOICES_SHEET not in self._workbook.sheetnames:
            self._workbook.create_sheet(CHOICES_SHEET).sheet_state = "hidden"
        sheet = self._workbook[CHOICES_SHEET]
        self._used += 1
        for row, value in enumerate((name, *values), 1):
            sheet.cell(row, self._used, value).data_type = "s"
        letter = column_letters(self._used - 1)
        names = load("openpyxl.workbook.defined_name")
        place = f"'{CHOICES_SHEET}'!${letter}$2:${letter}${len(values) + 1}"
        self._workbook.defined_names[f"list_{name}"] = names.DefinedName(f"list_{name}", attr_text=place)
        return f"list_{name}"


def _add_validation(
    sheet: Worksheet,
    index: int,
    column: Union[Field, SheetField],
    told: Explanation,
    local: tuple[str, ...],
    choices: _Choices,
    language: str,
) -> None:
    """A drop-down for one choice, a check for dates and numbers that may be overruled, a prompt for all."""
    rule = load("openpyxl.worksheet.datavalidation").DataValidation(allow_blank=True, showInputMessage=True)
    several = isinstance(column, Field) and column.several
    if local or (told.choices and not several):
        rule.type, rule.formula1 = "list", choices.formula(column.name, local or told.choices)
        rule.errorStyle, rule.error = ("warning", _WARNING[language]) if local else ("stop", _NOT_IN_LIST[language])
        rule.showErrorMessage = True
    elif style.is_date(column):
        rule.type, rule.operator, rule.formula1 = "date", "greaterThan", "36526"
        rule.errorStyle, rule.error, rule.showErrorMessage = "warning", _WARNING[language], True
    elif column.name == "scale":
        rule.type, rule.operator, rule.formula1 = "decimal", "greaterThan", "0"
        rule.errorStyle, rule.error, rule.showErrorMessage = "warning", _WARNING[language], True
    rule.promptTitle = told.title[:_LONGEST_PROMPT_TITLE]
    rule.prompt = prompt(told, language)
    letter = column_letters(index)
    rule.add(f"{letter}{FIRST_ROW}:{letter}{_LAST_ROW}")
    sheet.add_data_validation(rule)


def _protect(sheet: Worksheet) -> None:
    """Only the head is kept from changes, by everybody who does not lift the protection, which needs no password."""
    last = column_letters(sheet.max_column - 1)
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{FIRST_ROW + _RULED_ROWS - 1}"
    protection = sheet.protection
    protection.sheet = True
    # In the file format these say what is forbidden.
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(protection, allowed, False)
    protection.insertHyperlinks = False


def _set_up_print(sheet: Worksheet, columns: int) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3
    sheet.sheet_properties.pageSetUpPr = load("openpyxl.worksheet.properties").PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 2, 0
    sheet.print_title_rows = f"1:{HEADER_ROW}"
    sheet.print_title_cols = sheet.freeze_panes and f"A:{column_letters(6)}"
    sheet.print_area = f"A1:{column_letters(columns - 1)}{FIRST_ROW + _RULED_ROWS - 1}"
    sheet.page_margins = load("openpyxl.worksheet.page").PageMargins(0.4, 0.4, 0.5, 0.7, 0.3, 0.3)
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


_GUIDE_TITLES = {
    "zh": ("列名", "是否必填", "怎么填", "可选内容", "示例"),
    "en": ("Column", "Required", "What to write", "Choices", "Example"),
}
_GUIDE_WIDTHS = (22, 14, 52, 46, 22)
_GUIDE_TITLE = {"zh": "填写说明", "en": "How to fill in the sheet"}


def _write_guide(sheet: Worksheet, told: tuple[Explanation, ...], language: str) -> None:
    styles = load("openpyxl.styles")
    sheet["A1"] = _GUIDE_TITLE[language]
    sheet["A1"].font = styles.Font(name=style.HEADING_FONT, size=style.TITLE_SIZE, bold=True)
    sheet.row_dimensions[1].height = style.TITLE_HEIGHT
    for index, (title, width) in enumerate(zip(_GUIDE_TITLES[language], _GUIDE_WIDTHS)):
        _style_header(sheet.cell(2, index + 1, title), required=True)
        sheet.column_dimensions[column_letters(index)].width = width
    lines, font = _lines(), styles.Font(name=style.BODY_FONT)
    for row, line in enumerate(told, 3):
        values = (line.title, line.required, line.help, "、".join(line.choices), line.example)
        sheet.row_dimensions[row].height = style.height_of(values, _GUIDE_WIDTHS)
        for index, value in enumerate(values, 1):
            cell = sheet.cell(row, index, value)
            cell.data_type, cell.border, cell.font = "s", lines, font
            cell.alignment = styles.Alignment(vertical="center", wrap_text=True)
    sheet.freeze_panes = "B3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.sheet_properties.pageSetUpPr = load("openpyxl.worksheet.properties").PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "2:2"


def _write_version(workbook: Workbook, standard: Standard) -> None:
    version = str(standard.version)
    hidden = workbook.create_sheet(VERSION_SHEET)
    hidden.append([VERSION_PROPERTY, version])
    hidden.sheet_state = "veryHidden"
    custom = load("openpyxl.packaging.custom")
    workbook.custom_doc_props.append(custom.StringProperty(name=VERSION_PROPERTY, value=version))
    workbook.properties.creator = COMMENT_AUTHOR
    workbook.properties.title = TITLE
