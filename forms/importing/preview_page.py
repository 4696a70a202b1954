"""Step 3: the first rows as they would be read, what was found about them at its cell and in a list."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, QSize, Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStyle,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ...core.georeference.preview import Fate, PreviewSheet
from ...core.standard.findings import Finding, Level
from ...core.standard.messages import message
from .masks import Masks
from .plan import ImportPlan
from .tables import PreviewModel, replace_model
from .widgets import CalmComboBox, Notice, level_icon

_PLACE = Qt.ItemDataRole.UserRole
_WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}


class PreviewPage(QWidget):
    """Shows what :func:`core.georeference.preview.preview` found."""

    def __init__(self, masks: Masks, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._masks = masks
        self._language = language
        self._plan: Optional[ImportPlan] = None
        self._sheets: Sequence[PreviewSheet] = ()
        self._model: Optional[PreviewModel] = None
        self.notice = Notice("originmap_import_preview_notice")
        self._summary = QLabel()
        self._summary.setObjectName("originmap_import_preview_summary")
        self._summary.setWordWrap(True)
        self._sheet = CalmComboBox()
        self._sheet.setObjectName("originmap_import_preview_sheet")
        self._sheet.setAccessibleName(QCoreApplication.translate("originmap", "Sheet"))
        self._sheet.currentIndexChanged.connect(self._show)
        self._table = self._make_table()
        self._list = self._make_list()
        self._arrange()

    def wait(self) -> None:
        """The rows are being read."""
        self._sheets = ()
        replace_model(self._table, None)
        self._list.clear()
        self._sheet.hide()
        self.notice.clear()
        self._summary.setText(QCoreApplication.translate("originmap", "The first rows are being read …"))

    def show_sheets(self, plan: ImportPlan, sheets: Sequence[PreviewSheet]) -> None:
        """The rows were read."""
        self._plan, self._sheets = plan, sheets
        self._sheet.blockSignals(True)
        self._sheet.clear()
        self._sheet.addItems([sheet.name for sheet in sheets])
        self._sheet.setCurrentIndex(next((n for n, sheet in enumerate(sheets) if not sheet.reason), 0))
        self._sheet.blockSignals(False)
        self._sheet.setVisible(len(sheets) > 1)
        self._show()

    def show_again(self) -> None:
        """What is masked has changed."""
        self._show()

    def fail(self, sentence: str, again: str) -> None:
        """They could not be read."""
        self._summary.clear()
        self.notice.say(sentence, Level.ERROR, again)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("originmap_import_preview")
        table.setAccessibleName(QCoreApplication.translate("originmap", "First rows as they would be read"))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        return table

    def _make_list(self) -> QListWidget:
        found = QListWidget()
        found.setObjectName("originmap_import_findings")
        found.setAccessibleName(QCoreApplication.translate("originmap", "Findings"))
        found.setWordWrap(True)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        size = found.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        found.setIconSize(QSize(size, size))
        found.currentItemChanged.connect(self._go)
        return found

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._summary, 1)
        top.addWidget(self._sheet)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._table)
        splitter.addWidget(self._list)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.notice)
        layout.addWidget(splitter, 1)

    def _show(self) -> None:
        number = self._sheet.currentIndex()
        if not 0 <= number < len(self._sheets):
            return
        sheet = self._sheets[number]
        plan = next(plan for plan in self._plan.sheets if plan.name == sheet.name)
        self._model = PreviewModel(sheet, plan, self._masks, self._language, self.palette(), self)
        replace_model(self._table, self._model)
        self._fill_list(sheet)
        self._tell(sheet)

    def _tell(self, sheet: PreviewSheet) -> None:
        self.notice.clear()
        if sheet.reason:
            said = message(sheet.reason, self._language, sheet.params)
            left_out = QCoreApplication.translate("originmap", "The sheet is left out: {reason}")
            self.notice.say(left_out.format(reason=said.sentence), Level.ERROR)
            self._summary.clear()
            return
        counts = {fate: sum(row.fate is fate for row in sheet.rows) for fate in Fate}
        translate = QCoreApplication.translate
        parts = [
            translate("originmap", "Of the first {count} rows {taken} would be taken").format(
                count=len(sheet.rows), taken=counts[Fate.TAKEN]
            ),
            translate("originmap", "{count} kept as drafts").format(count=counts[Fate.DRAFT]),
            translate("originmap", "{count} refused").format(count=counts[Fate.REFUSED]),
            translate("originmap", "{count} are no data").format(count=counts[Fate.SKIPPED]),
        ]
        numbers = (1, counts[Fate.DRAFT], counts[Fate.REFUSED], counts[Fate.SKIPPED])
        separator = "，" if self._language == "zh" else ", "
        self._summary.setText(separator.join(part for part, number in zip(parts, numbers) if number))

    def _fill_list(self, sheet: PreviewSheet) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        for finding in sheet.findings:
            self._add(finding, self._model.sentence(finding), None)
        told = [(row, finding) for row, entry in enumerate(sheet.rows) for finding in entry.findings]
        text = QCoreApplication.translate("originmap", "Row {row}: {text}")
        for row, finding in sorted(told, key=lambda entry: _WEIGHT[entry[1].level]):
            said = text.format(row=finding.row, text=self._model.sentence(finding))
            self._add(finding, said, self._model.cell_of(row, finding))
        if not self._list.count():
            item = QListWidgetItem(QCoreApplication.translate("originmap", "Nothing was found in these rows."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(item)
        self._list.blockSignals(False)

    def _add(self, finding: Finding, text: str, place: Optional[QModelIndex]) -> None:
        item = QListWidgetItem(level_icon(finding.level), text)
        item.setToolTip(text)
        item.setData(_PLACE, None if place is None else (place.row(), place.column()))
        self._list.addItem(item)

    def _go(self, item: Optional[QListWidgetItem]) -> None:
        """To the cell of a finding, the focus staying in the list."""
        place = item.data(_PLACE) if item is not None else None
        if place is not None:
            index = self._model.index(*place)
            self._table.setCurrentIndex(index)
            self._table.scrollTo(index)
