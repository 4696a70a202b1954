"""The tables the wizard shows: the first rows of a sheet as they stand, and as they would be read."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QFont, QPalette
from qgis.PyQt.QtWidgets import QTableView

from ...core.georeference.preview import Fate, PreviewRow, PreviewSheet
from ...core.sheets.table_place import TablePlace
from ...core.standard.cells import text_of
from ...core.standard.findings import Finding, Level
from .masks import Masks
from .plan import SheetPlan, letters

_HORIZONTAL = Qt.Orientation.Horizontal
_TINTS = {Level.ERROR: ("#d7263d", 0.38), Level.WARNING: ("#f2a900", 0.38), Level.NOTE: ("#2f80ed", 0.22)}
_ORDER = (Level.ERROR, Level.WARNING, Level.NOTE)
# As wide as this many letters at most; the whole text stands in the tool tip.
_LONGEST = 60
# Wide enough for names; titles above a table take the room of its first column otherwise.
_WIDEST_COLUMN = 36
# Measuring more of them would hold the window up.
_MEASURED_COLUMNS = 200


def tint(palette: QPalette, level: Level) -> QColor:
    """A background for a level that fits the theme, light or dark."""
    base, (name, share) = palette.color(QPalette.ColorRole.Base), _TINTS[level]
    colour = QColor(name)
    parts = zip((base.red(), base.green(), base.blue()), (colour.red(), colour.green(), colour.blue()))
    return QColor(*(round(under * (1 - share) + over * share) for under, over in parts))


def worst(findings: Sequence[Finding]) -> Optional[Level]:
    """The heaviest level among findings."""
    levels = {finding.level for finding in findings}
    return next((level for level in _ORDER if level in levels), None)


def replace_model(view: QTableView, model: Optional[QAbstractTableModel]) -> None:
    """Show another table with columns as wide as their texts; the one before goes from memory."""
    before = view.model()
    view.setModel(model)
    if before is not None:
        before.deleteLater()
    if model is not None and model.columnCount() <= _MEASURED_COLUMNS:
        view.resizeColumnsToContents()
        widest = view.fontMetrics().averageCharWidth() * _WIDEST_COLUMN
        for column in range(model.columnCount()):
            view.setColumnWidth(column, min(view.columnWidth(column), widest))


class RowsModel(QAbstractTableModel):
    """The first rows of a sheet, the rows of its heading marked."""

    def __init__(self, sheet: SheetPlan, masks: Masks, palette: QPalette, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._masks = masks
        self._palette = palette
        self._rows = sheet.glance.rows
        self._personal = sheet.personal_columns()
        self._heading = sheet.table.header_rows if sheet.table else ()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Rows that hold anything."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Columns up to the last used one."""
        return 0 if parent.isValid() else self._sheet.glance.width

    def number(self, row: int) -> int:
        """The file's own number of a row of the table."""
        return self._rows[row][0]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Letters of the columns, numbers of the rows."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return letters(section) if orientation == _HORIZONTAL else str(self.number(section))

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, with the heading in bold on a ground of its own."""
        number, cells = self._rows[index.row()]
        heading = number in self._heading
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = text_of(cells[index.column()]) if index.column() < len(cells) else ""
            before = bool(self._heading) and number < self._heading[0]
            shown = text if heading or before else self._masks.cell(text, self._personal.get(index.column()))
            return _one_line(shown) if role == Qt.ItemDataRole.DisplayRole else shown or None
        if heading and role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(tint(self._palette, Level.NOTE))
        if heading and role == Qt.ItemDataRole.FontRole:
            return _bold()
        return None


class PreviewModel(QAbstractTableModel):
    """Rows with what would become of them: the fate first, then the columns that stand for a field."""

    def __init__(
        self,
        sheet: PreviewSheet,
        plan: SheetPlan,
        masks: Masks,
        language: str,
        palette: QPalette,
        parent: Optional[QObject] = None,
    ) -> None:
        super().__init__(parent)
        self._rows = sheet.rows
        self._masks = masks
        self._language = language
        self._palette = palette
        self._personal = plan.personal_columns()
        table = sheet.table
        columns = table.columns if table else {}
        self._columns = sorted(set(columns.values()))
        self._headings = table.headings if table else {}
        self._place = TablePlace(sheet.name, table.header_rows[-1] if table else 0, 0, columns)
        self._at = [self._by_column(row) for row in self._rows]
        self._fates = _fate_titles()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Rows looked at."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """The fate and the columns understood."""
        return 0 if parent.isValid() else len(self._columns) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What stands above the columns in the file, and its numbers of the rows."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation != _HORIZONTAL:
            return str(self._rows[section].number)
        if section == 0:
            return QCoreApplication.translate("originmap", "Would be")
        return " ".join(self._headings.get(self._columns[section - 1], "").split())

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts; the cells that findings are about on the level's ground, with the sentence as tool tip."""
        row, findings = self._rows[index.row()], self.findings_at(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(self.sentence(finding) for finding in findings) or self._text(row, index.column()) or None
        if role == Qt.ItemDataRole.BackgroundRole and findings:
            return QBrush(tint(self._palette, worst(findings)))
        if role == Qt.ItemDataRole.ForegroundRole and row.fate is Fate.SKIPPED:
            return QBrush(self._palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text))
        return None

    def findings_at(self, row: int, column: int) -> Sequence[Finding]:
        """Findings about a cell; those of the whole row at its fate."""
        key = None if column == 0 else self._columns[column - 1]
        return self._at[row].get(key, ())

    def cell_of(self, row: int, finding: Finding) -> QModelIndex:
        """The cell that a row's finding is shown at."""
        column = self._column_of(finding)
        return self.index(row, 0 if column is None else self._columns.index(column) + 1)

    def sentence(self, finding: Finding) -> str:
        """What is wrong and what to do."""
        return self._masks.finding(finding).message(self._language).sentence

    def _text(self, row: PreviewRow, column: int) -> str:
        if column == 0:
            return self._fates[row.fate]
        place = self._columns[column - 1]
        text = row.cells[place] if place < len(row.cells) else ""
        return _one_line(self._masks.cell(text, self._personal.get(place)))

    def _by_column(self, row: PreviewRow) -> dict[Optional[int], list[Finding]]:
        found: dict[Optional[int], list[Finding]] = {}
        for finding in row.findings:
            found.setdefault(self._column_of(finding), []).append(finding)
        return found

    def _column_of(self, finding: Finding) -> Optional[int]:
        return self._place.column_of(finding.field) if finding.field else None


def _fate_titles() -> dict[Fate, str]:
    return {
        Fate.TAKEN: QCoreApplication.translate("originmap", "Taken"),
        Fate.DRAFT: QCoreApplication.translate("originmap", "Kept as draft"),
        Fate.REFUSED: QCoreApplication.translate("originmap", "Refused"),
        Fate.SKIPPED: QCoreApplication.translate("originmap", "No data"),
    }


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
