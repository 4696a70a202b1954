"""Step 1: which sheets of the workbook, and where their heading stands."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.sheets.recognise import SEARCHED_ROWS
from ...core.standard.findings import Level
from ...core.standard.messages import message
from ..icons import theme_icon
from .masks import Masks
from .plan import ImportPlan, SheetPlan
from .tables import RowsModel, replace_model
from .widgets import Notice

_SHEETS_SHOWN = 4
_LINE_HEIGHT = 1.6


class FilePage(QWidget):
    """``changed`` when another sheet or heading was chosen, ``file_wanted`` for another file."""

    changed = pyqtSignal()
    file_wanted = pyqtSignal()

    def __init__(self, masks: Masks, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._masks = masks
        self._language = language
        self._plan: Optional[ImportPlan] = None
        self._file = QLabel()
        self._file.setWordWrap(True)
        self.notice = Notice("originmap_import_file_notice")
        self._sheets = self._make_sheets()
        self._rows = self._make_rows()
        self._header = QSpinBox()
        self._two = QCheckBox(QCoreApplication.translate("originmap", "over two rows"))
        self._arrange()

    def show_file(self, name: str) -> None:
        """A file that is being read, or could not be."""
        self._plan = None
        self._file.setText(name)
        self._sheets.clear()
        replace_model(self._rows, None)
        self._enable(False)

    def show_plan(self, plan: ImportPlan) -> None:
        """The file's sheets; the first chosen one is in front."""
        self._plan = plan
        self._sheets.blockSignals(True)
        self._sheets.clear()
        for sheet in plan.sheets:
            self._sheets.addTopLevelItem(self._item(sheet))
        lines = min(max(len(plan.sheets), 1), _SHEETS_SHOWN) + 1
        self._sheets.setFixedHeight(int(self._sheets.fontMetrics().height() * _LINE_HEIGHT * lines))
        front = next((n for n, sheet in enumerate(plan.sheets) if sheet.chosen), self._first_with_rows(plan))
        self._sheets.setCurrentItem(self._sheets.topLevelItem(front))
        self._sheets.blockSignals(False)
        self._show_rows()

    def show_again(self) -> None:
        """What is masked has changed."""
        self._rows.viewport().update()

    @property
    def _current(self) -> Optional[SheetPlan]:
        number = self._sheets.indexOfTopLevelItem(self._sheets.currentItem())
        return self._plan.sheets[number] if self._plan is not None and number >= 0 else None

    def _make_sheets(self) -> QTreeWidget:
        translate = QCoreApplication.translate
        sheets = QTreeWidget()
        sheets.setObjectName("originmap_import_sheets")
        sheets.setAccessibleName(translate("originmap", "Sheets"))
        sheets.setHeaderLabels([translate("originmap", "Sheet"), translate("originmap", "What was found")])
        sheets.setRootIsDecorated(False)
        sheets.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        sheets.itemChanged.connect(self._check)
        sheets.currentItemChanged.connect(self._show_rows)
        return sheets

    def _make_rows(self) -> QTableView:
        rows = QTableView()
        rows.setObjectName("originmap_import_rows")
        rows.setAccessibleName(QCoreApplication.translate("originmap", "First rows of the sheet"))
        rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows.setTabKeyNavigation(False)
        rows.verticalHeader().sectionClicked.connect(self._clicked)
        return rows

    def _arrange(self) -> None:
        translate = QCoreApplication.translate
        other = QPushButton(theme_icon("mActionFileOpen.svg"), translate("originmap", "Another file…"))
        other.setObjectName("originmap_import_other")
        other.setAutoDefault(False)
        other.clicked.connect(self._ask_for_file)
        self._header.setObjectName("originmap_import_header")
        self._header.setRange(1, 1)
        self._header.valueChanged.connect(self._set_header)
        self._two.setObjectName("originmap_import_two")
        self._two.toggled.connect(self._set_header)
        label = QLabel(translate("originmap", "&Heading in row"))
        label.setBuddy(self._header)
        top, heading = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._file, 1)
        top.addWidget(other)
        for widget in (label, self._header, self._two):
            heading.addWidget(widget)
        heading.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.notice)
        layout.addWidget(self._sheets)
        layout.addWidget(self._rows, 1)
        layout.addLayout(heading)

    def _item(self, sheet: SheetPlan) -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        if sheet.glance.own or not sheet.glance.rows:
            item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
        else:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        self._fill(item, sheet)
        return item

    def _fill(self, item: QTreeWidgetItem, sheet: SheetPlan) -> None:
        hidden = QCoreApplication.translate("originmap", "{sheet} (hidden)")
        item.setText(0, hidden.format(sheet=sheet.name) if sheet.glance.sheet.hidden else sheet.name)
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            item.setCheckState(0, Qt.CheckState.Checked if sheet.chosen else Qt.CheckState.Unchecked)
        item.setText(1, self._found(sheet))
        item.setToolTip(1, self._found(sheet))

    def _found(self, sheet: SheetPlan) -> str:
        translate = QCoreApplication.translate
        if not sheet.glance.rows:
            return translate("originmap", "Empty")
        if sheet.glance.own:
            return translate("originmap", "Explains the workbook; not imported")
        if sheet.table is None:
            return translate("originmap", "No heading was recognised")
        text = translate("originmap", "Heading in row {row}; {known} of {all} columns recognised")
        rows = "–".join(map(str, sheet.table.header_rows))
        return text.format(row=rows, known=len(set(sheet.table.columns.values())), all=len(sheet.table.headings))

    def _first_with_rows(self, plan: ImportPlan) -> int:
        return next((n for n, sheet in enumerate(plan.sheets) if sheet.glance.rows and not sheet.glance.own), 0)

    def _check(self, item: QTreeWidgetItem) -> None:
        sheet = self._plan.sheets[self._sheets.indexOfTopLevelItem(item)]
        sheet.chosen = item.checkState(0) == Qt.CheckState.Checked
        self._say()
        self.changed.emit()

    def _show_rows(self) -> None:
        sheet = self._current
        replace_model(self._rows, RowsModel(sheet, self._masks, self.palette(), self) if sheet else None)
        self._enable(sheet is not None and not sheet.glance.own and bool(sheet.glance.rows))
        if sheet is not None and sheet.glance.rows:
            self._show_header(sheet)
        self._say()

    def _show_header(self, sheet: SheetPlan) -> None:
        rows = sheet.table.header_rows if sheet.table else ()
        for widget in (self._header, self._two):
            widget.blockSignals(True)
        self._header.setRange(0, min(sheet.glance.rows[-1][0], sheet.glance.rows[0][0] + SEARCHED_ROWS))
        self._header.setSpecialValueText("–")
        self._header.setValue(rows[0] if rows else 0)
        self._two.setChecked(len(rows) == 2)
        for widget in (self._header, self._two):
            widget.blockSignals(False)

    def _clicked(self, section: int) -> None:
        self._header.setValue(self._rows.model().number(section))

    def _set_header(self) -> None:
        sheet, row = self._current, self._header.value()
        if sheet is None:
            return
        sheet.set_header((row, row + 1) if self._two.isChecked() and row else (row,) if row else ())
        sheet.chosen = sheet.table is not None
        self._sheets.blockSignals(True)
        self._fill(self._sheets.currentItem(), sheet)
        self._sheets.blockSignals(False)
        self._show_rows()
        self.changed.emit()

    def _say(self) -> None:
        """What keeps the sheet in front from being read, if anything."""
        sheet = self._current
        if sheet is None or sheet.glance.own or sheet.table is not None:
            self.notice.clear()
            return
        if not sheet.glance.rows:
            empty = message("EMPTY_FILE", self._language, {"file": self._plan.path.name})
            self.notice.say(empty.sentence, Level.WARNING)
            return
        text = QCoreApplication.translate(
            "originmap",
            "No heading was recognised in “{sheet}”. Click the number of the row that holds it; you say what the "
            "columns are in the next step.",
        )
        self.notice.say(text.format(sheet=sheet.name), Level.WARNING)

    def _enable(self, on: bool) -> None:
        for widget in (self._header, self._two):
            widget.setEnabled(on)

    def _ask_for_file(self) -> None:
        self.file_wanted.emit()
