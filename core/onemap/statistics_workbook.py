"""The statistics as a workbook: tables whose totals add up, with charts that the spreadsheet itself draws."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Mapping, Sequence

from ..sheets import workbook_style as style
from ..sheets.safe_target import replacing
from ..sheets.save_book import save_book
from ..standard.model import Standard
from ..vendored import load
from .renderer import SIZE_CLASSES
from .statistics import PERIODS, By, Cube, Group

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.chart.series import Series
    from openpyxl.worksheet.worksheet import Worksheet

_UNKNOWN = "未填"
_OTHER = "其他产品"
_TOTAL = "合计"
_HEADER_ROW = 4
_FIRST_ROW = _HEADER_ROW + 1
_AMOUNT, _COUNT = '#,##0.0###;-#,##0.0###;"–"', '#,##0;-#,##0;"–"'
_CALENDAR_COUNT = "#,##0;;"  # an empty field says more than a nought
_CHART_WIDTH, _CHART_HEIGHT, _CHART_HIGHEST, _BAR_HEIGHT = 24.0, 9.0, 17.0, 0.6  # cm
_CLASS_COLOURS = ("C8E6C9", "81C784", "388E3C", "1B4332")  # small to large
_GREY = "BDBDBD"
_ROWS_ON_PAGE, _ROWS_ACROSS = 45, 14  # of a table that shares a page with its chart, upright or across
_NAME_WIDTH, _WIDEST_NAME, _NUMBER_WIDTH, _PERIOD_WIDTH = 16, 34, 10, 4.2
_COUNTY = 6  # digits of its code
_ACROSS = {By.VARIETY: "产品", By.SCALE: "规模"}
_PRODUCERS_NOTE = "主体按名称去重，在几行里都有的主体各行都计，故主体数不能逐行相加。"


@dataclass(frozen=True)
class Titles:
    """What stands over the tables: the county, the query in words, how months are meant, names of divisions by code."""

    county: str
    query: str
    month: str
    divisions: Mapping[str, str] = field(default_factory=dict)
    day: date = field(default_factory=date.today)


@dataclass(frozen=True)
class _Table:
    """Rows of names and numbers; the last row is the total."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    note: str = ""


def write_statistics(target: Path, cube: Cube, standard: Standard, titles: Titles) -> None:
    """Write the workbook; what stood at the target stays until the new one is whole.

    Raises:
        OriginMapError: ``MISSING_DEPENDENCY``, or those of :func:`core.sheets.safe_target.replacing`.
    """
    workbook = load("openpyxl").Workbook()
    workbook.remove(workbook.active)
    names = Names(standard, titles.divisions)
    colours = {variety.title: variety.colour.lstrip("#").upper() for variety in standard.varieties}
    colours.update((size.title(), colour) for size, colour in zip(SIZE_CLASSES, _CLASS_COLOURS))
    writer = _Writer(workbook, titles, colours)
    writer.products(_products(cube, names))
    groups = places(cube)
    home = sum(map(home_of(groups), groups))
    writer.bars("行政区划×产品", _crossed(cube, By.DIVISION, By.VARIETY, names, "行政区划"), charted=home)
    writer.on_one_page(writer.table("行政区划规模", _amounts(cube, names)))
    writer.bars("产品×规模", _crossed(cube, By.VARIETY, By.SCALE, names, "产品"))
    writer.bars("月份×产品", _crossed(cube, By.MONTH, By.VARIETY, names, titles.month), upright=True)
    writer.calendar("上市日历", _calendar(cube, names))
    writer.table("明细", _details(cube, names, titles.month), filters=True)
    with replacing(target) as part:
        save_book(workbook, part)


class Names:
    """How people call what a cube is grouped by."""

    def __init__(self, standard: Standard, divisions: Mapping[str, str]) -> None:
        self._divisions = divisions
        self._varieties = {variety.code: variety.title for variety in standard.varieties}
        self.units = {choice.code: choice.title for choice in standard.choices("unit")}

    def of(self, by: By, key: object) -> str:
        """The name of a key: 石湾镇, 豇豆, 1–5 倍, 5 月; what is not known is said so."""
        if by is By.DIVISION:
            return self._divisions.get(str(key), str(key)) or _UNKNOWN
        if by is By.VARIETY:
            return _OTHER if key is None else self._varieties.get(str(key), _UNKNOWN)
        if key is None:
            return _UNKNOWN
        return SIZE_CLASSES[int(str(key))].title() if by is By.SCALE else f"{key} 月"


def places(cube: Cube) -> list[Group]:
    """By division, those of the county that most records are from first."""
    groups = cube.grouped(By.DIVISION)
    home = home_of(groups)
    return sorted(groups, key=lambda group: not home(group))


def home_of(groups: Sequence[Group]) -> Callable[[Group], bool]:
    """Whether a division lies in the county that most records are from."""
    counties: Counter[str] = Counter()
    for group in groups:
        counties[str(group.keys[0] or "")[:_COUNTY]] += group.records
    county = max(counties, key=lambda code: (bool(code), counties[code]), default="")
    return lambda group: bool(county) and str(group.keys[0] or "").startswith(county)


def _products(cube: Cube, names: Names) -> _Table:
    groups = cube.grouped(By.VARIETY)
    rows = [(names.of(By.VARIETY, g.keys[0]), g.records, g.producers, *_one_amount(g, names)) for g in groups]
    (whole,) = cube.grouped() or [Group((), 0, 0, {})]
    rows.append((_TOTAL, whole.records, whole.producers, "", ""))
    heads = ("产品", "记录数", "主体数", "规模", "单位")
    return _Table("各产品记录、主体和规模", heads, tuple(rows), _PRODUCERS_NOTE + "规模只在同一单位内相加。")


def _one_amount(group: Group, names: Names) -> tuple[object, str]:
    """The scale of a product; drafts in a wrong unit make a second one, which is told in words."""
    if len(group.amounts) < 2:
        return next(((sum_, names.units[unit]) for unit, sum_ in group.amounts.items()), (0, ""))
    return "、".join(f"{sum_:,.12g}{names.units[unit]}" for unit, sum_ in group.amounts.items()), "单位不一"


def _crossed(cube: Cube, rows: By, columns: By, names: Names, head: str) -> _Table:
    """Counts of records by two things, with totals at the right and at the foot."""
    across = [group.keys[0] for group in cube.grouped(columns)]
    counts = {group.keys: group.records for group in cube.grouped(rows, columns)}
    lines: list[tuple[object, ...]] = []
    present = [group.keys[0] for group in (places(cube) if rows is By.DIVISION else cube.grouped(rows))]
    for down in [*range(1, 13), *present[: present[0] is None]] if rows is By.MONTH else present:
        line = [counts.get((down, key), 0) for key in across]
        lines.append((names.of(rows, down), *line, sum(line)))
    totals = [sum(int(str(line[place])) for line in lines) for place in range(1, len(across) + 2)]
    lines.append((_TOTAL, *totals))
    heads = (head, *(names.of(columns, key) for key in across), _TOTAL)
    return _Table(f"各{head}各{_ACROSS[columns]}记录数", heads, tuple(lines))


def _amounts(cube: Cube, names: Names) -> _Table:
    """Scale and producers by division: a column for each unit, since units are never added."""
    (whole,) = cube.grouped() or [Group((), 0, 0, {})]
    units = sorted(whole.amounts)
    groups = [(names.of(By.DIVISION, group.keys[0]), group) for group in places(cube)]
    rows = tuple(
        (name, group.records, group.producers, *(group.amounts.get(unit, 0.0) for unit in units))
        for name, group in [*groups, (_TOTAL, whole)]
    )
    heads = ("行政区划", "记录数", "主体数", *(f"规模（{names.units[unit]}）" for unit in units))
    return _Table("各行政区划规模", heads, rows, _PRODUCERS_NOTE)


def _calendar(cube: Cube, names: Names) -> _Table:
    thirds = [f"{month}{third}" for month in range(1, 13) for third in ("上", "中", "下")]
    order = {str(group.keys[0]): number for number, group in enumerate(places(cube))}
    found = cube.calendar()
    products = list(dict.fromkeys(row.variety for row in found))
    rows = tuple(
        (names.of(By.VARIETY, row.variety or None), names.of(By.DIVISION, row.division), *row.counts)
        for row in sorted(found, key=lambda row: (products.index(row.variety), order[row.division]))
    )
    note = "各旬在市的记录数（1上：1 月上旬），各产品颜色越深越多；一条记录在市几旬就计几旬，跨年的上市期照算。"
    return _Table("上市日历", ("产品", "行政区划", *thirds), rows, note)


def _details(cube: Cube, names: Names, month: str) -> _Table:
    by = (By.DIVISION, By.VARIETY, By.SCALE, By.MONTH)
    order = {group.keys[0]: number for number, group in enumerate(places(cube))}
    rows = tuple(
        (*(names.of(one, key) for one, key in zip(by, g.keys)), g.records, g.producers, *_one_amount(g, names))
        for g in sorted(cube.grouped(*by), key=lambda group: order[group.keys[0]])
    )
    return _Table(
        "明细", ("行政区划", "产品", "规模（采集标准的倍数）", month, "记录数", "主体数", "规模", "单位"), rows
    )


class _Writer:
    """Puts tables and their charts on sheets, all in one look."""

    def __init__(self, workbook: Workbook, titles: Titles, colours: Mapping[str, str]) -> None:
        self._workbook = workbook
        self._titles = titles
        self._colours = colours
        self._styles = load("openpyxl.styles")
        self._chart = load("openpyxl.chart")

    def products(self, table: _Table) -> None:
        """Records by product, beside the table as bars in the products' own colours."""
        sheet = self.table("产品", table)
        chart = self._bar_chart("各产品记录数", upright=False)
        self._fill(chart, sheet, len(table.rows) - 1, [2])
        series: Series = chart.series[0]
        points = load("openpyxl.chart.marker").DataPoint
        for place, row in enumerate(table.rows[:-1]):
            point = points(idx=place)
            point.graphicalProperties.solidFill = self._colours.get(str(row[0]), _GREY)
            series.dPt.append(point)
        chart.legend = None
        self._show_values(chart)
        sheet.add_chart(chart, f"G{_HEADER_ROW}")

    def bars(self, name: str, table: _Table, *, upright: bool = False, charted: int = 0) -> None:
        """A crossed table, below it stacked bars of its columns, of the first ``charted`` rows or of all."""
        sheet = self.table(name, table)
        if len(table.rows) < 2:
            return
        chart = self._bar_chart(table.title, upright=upright)
        chart.grouping, chart.overlap = "stacked", 100
        shown = charted or len(table.rows) - 1
        self._fill(chart, sheet, shown, range(2, len(table.heads)))
        for head, series in zip(table.heads[1:], chart.series):
            series.graphicalProperties.solidFill = self._colours.get(head, _GREY)
        if not upright:
            chart.height = min(max(_CHART_HEIGHT, _BAR_HEIGHT * shown + 3), _CHART_HIGHEST)
        last = _FIRST_ROW + len(table.rows)
        self.on_one_page(sheet)
        sheet.add_chart(chart, f"A{last + 1}")

    def on_one_page(self, sheet: Worksheet) -> None:
        """Print a sheet that is not too long for it on one page, upright where it is long."""
        rows = sheet.max_row - _HEADER_ROW
        if rows <= _ROWS_ON_PAGE:
            sheet.page_setup.fitToHeight = 1
            sheet.page_setup.orientation = "portrait" if rows > _ROWS_ACROSS else "landscape"

    def calendar(self, name: str, table: _Table) -> None:
        """The seasonal calendar: a shade for each ten-day period, by conditional formats of the sheet itself."""
        sheet = self.table(name, table, total=False, width=_PERIOD_WIDTH)
        rule = load("openpyxl.formatting.rule").ColorScaleRule
        last = load("openpyxl.utils").get_column_letter(2 + PERIODS)
        for product in dict.fromkeys(str(row[0]) for row in table.rows):
            rows = [row for row, values in enumerate(table.rows, _FIRST_ROW) if values[0] == product]
            # One scale for all townships of a product: dark is where most of it comes from.
            dark = _lighter(self._colours.get(product, _GREY))
            shade = rule(start_type="num", start_value=0, start_color="FFFFFF", end_type="max", end_color=dark)
            sheet.conditional_formatting.add(f"C{rows[0]}:{last}{rows[-1]}", shade)
        for row in sheet.iter_rows(min_row=_FIRST_ROW, min_col=3, max_col=2 + PERIODS):
            for cell in row:
                cell.number_format = _CALENDAR_COUNT
                cell.alignment = self._styles.Alignment("center")

    def table(
        self, name: str, table: _Table, *, filters: bool = False, total: bool = True, width: float = _NUMBER_WIDTH
    ) -> Worksheet:
        """A sheet with title, query, heads and rows; its heads stay in sight."""
        sheet: Worksheet = self._workbook.create_sheet(name)
        self._head(sheet, table)
        texts = sum(isinstance(value, str) for value in table.rows[0][:4]) if table.rows else 1
        for row, values in enumerate(table.rows, _FIRST_ROW):
            bold = total and not filters and row == _FIRST_ROW + len(table.rows) - 1
            for column, value in enumerate(values, 1):
                self._cell(sheet, row, column, value, bold)
        for column in range(1, len(table.heads) + 1):
            letter = load("openpyxl.utils").get_column_letter(column)
            longest = max((len(str(row[column - 1])) for row in table.rows), default=0)
            names = min(max(_NAME_WIDTH, 2 * longest + 2), _WIDEST_NAME)
            sheet.column_dimensions[letter].width = names if column <= texts else width
        sheet.freeze_panes = sheet.cell(_FIRST_ROW, texts + 1)
        if filters and table.rows:
            sheet.auto_filter.ref = f"A{_HEADER_ROW}:{letter}{_HEADER_ROW + len(table.rows)}"
        self._set_up_print(sheet)
        return sheet

    def _head(self, sheet: Worksheet, table: _Table) -> None:
        font, note = self._styles.Font, style.NOTE_TEXT
        sheet["A1"] = f"{self._titles.county}{table.title}"
        sheet["A1"].font = font(name=style.HEADING_FONT, size=style.TITLE_SIZE, bold=True)
        sheet["A2"] = f"{self._titles.query}；{self._titles.day} 统计"
        sheet["A3"] = table.note
        for cell in (sheet["A2"], sheet["A3"]):
            cell.font = font(name=style.BODY_FONT, size=style.NOTE_SIZE, color=note)
        sheet.row_dimensions[1].height = style.TITLE_HEIGHT
        for column, text in enumerate(table.heads, 1):
            cell = sheet.cell(_HEADER_ROW, column, text)
            cell.font = font(name=style.HEADING_FONT, size=style.BODY_SIZE, color=style.REQUIRED_HEADER_TEXT)
            cell.fill = self._styles.PatternFill("solid", fgColor=f"FF{style.REQUIRED_HEADER}")
            cell.alignment = self._styles.Alignment("center", "center", wrap_text=True)
        sheet.row_dimensions[_HEADER_ROW].height = style.HEADER_HEIGHT

    def _cell(self, sheet: Worksheet, row: int, column: int, value: object, bold: bool) -> None:
        cell = sheet.cell(row, column, value)
        cell.font = self._styles.Font(name=style.BODY_FONT, size=style.BODY_SIZE, bold=bold)
        if isinstance(value, (int, float)):
            cell.number_format = _COUNT if float(value).is_integer() else _AMOUNT
        if bold:
            cell.fill = self._styles.PatternFill("solid", fgColor=f"FF{style.OPTIONAL_HEADER}")

    def _bar_chart(self, title: str, *, upright: bool):  # type: ignore[no-untyped-def]  # openpyxl is loaded late
        chart = self._chart.BarChart()
        chart.type = "col" if upright else "bar"
        chart.title = title
        chart.width, chart.height = _CHART_WIDTH, _CHART_HEIGHT
        chart.gapWidth = 40
        # Newer openpyxl hides axes unless told otherwise; the first row of a table is the topmost bar.
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.x_axis.tickLblSkip = 1
        chart.x_axis.scaling.orientation = "minMax" if upright else "maxMin"
        chart.y_axis.majorGridlines = None
        chart.y_axis.number_format = "#,##0"
        return chart

    def _fill(self, chart, sheet: Worksheet, rows: int, columns: Sequence[int]) -> None:  # type: ignore[no-untyped-def]
        reference = self._chart.Reference
        last = _HEADER_ROW + rows
        for column in columns:
            values = reference(sheet, min_col=column, min_row=_HEADER_ROW, max_row=last)
            chart.add_data(values, titles_from_data=True)
        chart.set_categories(reference(sheet, min_col=1, min_row=_FIRST_ROW, max_row=last))

    def _show_values(self, chart) -> None:  # type: ignore[no-untyped-def]
        chart.dataLabels = load("openpyxl.chart.label").DataLabelList()
        chart.dataLabels.showVal = True
        for part in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
            setattr(chart.dataLabels, part, False)

    def _set_up_print(self, sheet: Worksheet) -> None:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = "9"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = load("openpyxl.worksheet.properties").PageSetupProperties(fitToPage=True)
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
        sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"


def _lighter(colour: str) -> str:
    """Half way to white, so that dark figures stay readable on it."""
    return "".join(f"{(int(colour[place : place + 2], 16) + 255) // 2:02X}" for place in (0, 2, 4))
