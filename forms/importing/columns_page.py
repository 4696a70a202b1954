"""Step 2: which column is which field, and how places and faulty rows are taken."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QDoubleValidator, QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QStyle, QVBoxLayout, QWidget

from ...core.coordinates.datums import Datum
from ...core.georeference.options import AddressPoints, ErrorPolicy
from ...core.standard.findings import Level
from ...core.standard.messages import message
from .plan import FieldChoice, ImportPlan, SheetPlan
from .widgets import CalmComboBox, Notice, level_icon

_DATUMS = (None, Datum.CGCS2000, Datum.WGS84, Datum.GCJ02, Datum.BD09)
# Central meridians of the zones that reach into China, in degrees east, three degrees apart.
_MERIDIANS = range(75, 136, 3)
_WESTERNMOST, _EASTERNMOST = 69.0, 138.0
_ERRORS = (ErrorPolicy.REFUSE, ErrorPolicy.DRAFT)
_ADDRESSES = (AddressPoints.KEEP, AddressPoints.LEAVE_OUT)


class ColumnsPage(QWidget):
    """``changed`` when anything was chosen."""

    changed = pyqtSignal()

    def __init__(self, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._language = language
        self._plan: Optional[ImportPlan] = None
        self.recalled = Notice("originmap_import_recalled")
        self.recalled.pressed.connect(self._forget)
        self.notice = Notice("originmap_import_columns_notice")
        self._sheet = CalmComboBox()
        self._sheet.setObjectName("originmap_import_sheet")
        self._sheet.currentIndexChanged.connect(self._fill)
        self._sheet_label = QLabel(QCoreApplication.translate("originmap", "&Sheet"))
        self._sheet_label.setBuddy(self._sheet)
        self._datum, self._meridian, self._errors, self._addresses = (CalmComboBox() for _ in range(4))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._boxes: dict[str, CalmComboBox] = {}
        self._signs: dict[str, tuple[QLabel, QLabel]] = {}
        self._unknown = QLabel()
        self._unknown.setWordWrap(True)
        self._fill_options()
        self._arrange()

    def show_plan(self, plan: ImportPlan) -> None:
        """The columns of the chosen sheets."""
        self._plan = plan
        self._sheet.blockSignals(True)
        self._sheet.clear()
        self._sheet.addItems([sheet.name for sheet in plan.chosen])
        self._sheet.blockSignals(False)
        for widget in (self._sheet, self._sheet_label):
            widget.setVisible(len(plan.chosen) > 1)
        self._show_options(plan)
        self._fill()

    @property
    def valid(self) -> bool:
        """Whether what was typed can be understood."""
        text = self._meridian.currentText().strip()
        return not text or _degrees(text) is not None

    def box(self, name: str) -> CalmComboBox:
        """The drop-down of a field."""
        return self._boxes[name]

    @property
    def _current(self) -> Optional[SheetPlan]:
        chosen = self._plan.chosen if self._plan is not None else []
        return chosen[self._sheet.currentIndex()] if 0 <= self._sheet.currentIndex() < len(chosen) else None

    def _fill_options(self) -> None:
        translate = QCoreApplication.translate
        self._datum.addItems(
            [translate("originmap", "As the workbook says, else CGCS2000"), "CGCS2000", "WGS84", "GCJ-02", "BD-09"]
        )
        self._meridian.setEditable(True)
        self._meridian.addItem("")
        self._meridian.addItems([str(degrees) for degrees in _MERIDIANS])
        self._meridian.setValidator(QDoubleValidator(_WESTERNMOST, _EASTERNMOST, 6, self._meridian))
        self._meridian.lineEdit().setPlaceholderText(translate("originmap", "told by the zone in the numbers"))
        self._errors.addItems(
            [
                translate("originmap", "refuse them; they come back in the findings workbook"),
                translate("originmap", "keep them as drafts, faulty cells empty"),
            ]
        )
        self._addresses.addItems(
            [
                translate("originmap", "draw them at the division's centre, marked as approximate"),
                translate("originmap", "leave them without a point"),
            ]
        )
        names = ("datum", "meridian", "errors", "addresses")
        for name, box in zip(names, (self._datum, self._meridian, self._errors, self._addresses)):
            box.setObjectName(f"originmap_import_{name}")
            box.currentTextChanged.connect(self._choose_options)

    def _arrange(self) -> None:
        translate = QCoreApplication.translate
        options = QGridLayout()
        titles = (
            translate("originmap", "&Datum of the coordinates"),
            translate("originmap", "Central &meridian of eastings without a zone (degrees)"),
            translate("originmap", "Rows with &errors"),
            translate("originmap", "Rows with an &address alone"),
        )
        boxes = (self._datum, self._meridian, self._errors, self._addresses)
        for number, (title, box) in enumerate(zip(titles, boxes)):
            label = QLabel(title)
            label.setWordWrap(True)
            label.setBuddy(box)
            options.addWidget(label, number // 2 * 2, number % 2)
            options.addWidget(box, number // 2 * 2 + 1, number % 2)
        for column in (0, 1):
            options.setColumnStretch(column, 1)
        sheet = QHBoxLayout()
        sheet.addWidget(self._sheet_label)
        sheet.addWidget(self._sheet, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.recalled)
        layout.addLayout(options)
        layout.addLayout(sheet)
        layout.addWidget(self.notice)
        layout.addWidget(self._area, 1)

    def _show_options(self, plan: ImportPlan) -> None:
        boxes = (self._datum, self._meridian, self._errors, self._addresses)
        for box in boxes:
            box.blockSignals(True)
        self._datum.setCurrentIndex(_DATUMS.index(plan.datum))
        self._meridian.setCurrentText("" if plan.central_meridian is None else f"{plan.central_meridian:g}")
        self._errors.setCurrentIndex(_ERRORS.index(plan.errors))
        self._addresses.setCurrentIndex(_ADDRESSES.index(plan.address_points))
        for box in boxes:
            box.blockSignals(False)
            box.setToolTip(box.currentText())

    def _choose_options(self) -> None:
        plan = self._plan
        if plan is None:
            return
        plan.datum = _DATUMS[self._datum.currentIndex()]
        plan.central_meridian = _degrees(self._meridian.currentText())
        plan.errors = _ERRORS[self._errors.currentIndex()]
        plan.address_points = _ADDRESSES[self._addresses.currentIndex()]
        for box in (self._datum, self._errors, self._addresses):
            box.setToolTip(box.currentText())
        self._tell()
        self.changed.emit()

    def _fill(self) -> None:
        """A drop-down for each field of the sheet in front."""
        sheet = self._current
        self._boxes, self._signs = {}, {}
        content = QWidget()
        grid = QGridLayout(content)
        grid.setColumnStretch(1, 1)
        if sheet is not None:
            columns = _columns_model(sheet, content)
            for row, choice in enumerate(sheet.fields()):
                self._add(grid, row, choice, columns)
            grid.addWidget(self._unknown_label(), grid.rowCount(), 0, 1, 4)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(content)
        self._show_choices()

    def _unknown_label(self) -> QLabel:
        self._unknown = QLabel()
        self._unknown.setObjectName("originmap_import_unknown")
        self._unknown.setWordWrap(True)
        return self._unknown

    def _add(self, grid: QGridLayout, row: int, choice: FieldChoice, columns: QStandardItemModel) -> None:
        label = QLabel(self._title(choice))
        if choice.required:
            font = label.font()
            font.setBold(True)
            label.setFont(font)
            label.setText(f"{label.text()} *")
        box = CalmComboBox()
        box.setObjectName(f"originmap_import_column_{choice.name}")
        box.setAccessibleName(label.text())
        box.setModel(columns)
        label.setBuddy(box)
        icon, text = QLabel(), QLabel()
        self._boxes[choice.name], self._signs[choice.name] = box, (icon, text)
        for column, widget in enumerate((label, box, icon, text)):
            grid.addWidget(widget, row, column)
        box.currentIndexChanged.connect(self._chosen)

    def _chosen(self) -> None:
        box = self.sender()
        name = next(name for name, other in self._boxes.items() if other is box)
        self._plan.choose_column(self._current, name, box.currentData())
        self._show_choices()
        self.changed.emit()

    def _show_choices(self) -> None:
        sheet = self._current
        for choice in sheet.fields() if sheet is not None else ():
            box = self._boxes[choice.name]
            box.blockSignals(True)
            box.setCurrentIndex(0 if choice.column is None else box.findData(choice.column))
            box.blockSignals(False)
            self._sign(choice, *self._signs[choice.name])
        self._tell()

    def _sign(self, choice: FieldChoice, icon: QLabel, text: QLabel) -> None:
        translate = QCoreApplication.translate
        if choice.required and choice.column is None:
            size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
            icon.setPixmap(level_icon(Level.WARNING).pixmap(QSize(size, size)))
            text.setText(translate("originmap", "missing"))
            return
        icon.clear()
        by_hand, recognised = translate("originmap", "chosen by hand"), translate("originmap", "recognised")
        text.setText(by_hand if choice.by_hand else recognised if choice.column is not None else "")

    def _tell(self) -> None:
        """What keeps the sheet out, which columns mean nothing, and that earlier choices were taken over."""
        sheet = self._current
        translate = QCoreApplication.translate
        if sheet is None or sheet.table is None:
            self.notice.clear()
            return
        self._tell_recalled()
        if not self.valid:
            text = translate("originmap", "The central meridian must lie between {west}° and {east}°.")
            self.notice.say(text.format(west=f"{_WESTERNMOST:g}", east=f"{_EASTERNMOST:g}"), Level.ERROR)
            return
        blocked = sheet.blocked(self._plan.errors)
        text = self._what_is_wrong(sheet)
        advice = self._what_to_do(sheet) if text else ""
        self.notice.say(f"{text}{advice}", Level.ERROR if blocked else Level.WARNING)
        self._unknown.setVisible(bool(sheet.table.unknown))
        unknown = translate("originmap", "Columns that stand for no field and are not imported: {columns}")
        columns = "、".join(" ".join(text.split()) for text in sheet.table.unknown)
        self._unknown.setText(unknown.format(columns=columns))

    def _what_is_wrong(self, sheet: SheetPlan) -> str:
        errors = [finding for finding in sheet.table.findings if finding.level is Level.ERROR]
        others = [message(f.code, self._language, f.params).text for f in errors if f.code != "HDR_MISSING"]
        missing = {finding.field for finding in errors if finding.code == "HDR_MISSING"}
        if missing:
            titles = [self._title(choice) for choice in sheet.fields() if choice.name in missing]
            text = QCoreApplication.translate("originmap", "No column was found for: {fields}. ")
            others.append(text.format(fields=("、" if self._language == "zh" else ", ").join(titles)))
        return "".join(others)

    def _what_to_do(self, sheet: SheetPlan) -> str:
        translate = QCoreApplication.translate
        if sheet.blocked(self._plan.errors) is None:
            return translate("originmap", "Every row will be a draft until this is filled in.")
        if sheet.blocked(ErrorPolicy.DRAFT) is None:
            return translate(
                "originmap", "Choose the columns below or keep rows with errors as drafts, else this sheet is left out."
            )
        return translate("originmap", "Choose the columns below, else this sheet is left out.")

    def _title(self, choice: FieldChoice) -> str:
        return choice.title if self._language == "zh" else choice.title_en

    def _tell_recalled(self) -> None:
        if any(sheet.recalled for sheet in self._plan.chosen):
            text = QCoreApplication.translate(
                "originmap", "The columns are chosen as you did for a workbook with the same headings."
            )
            self.recalled.say(text, button=QCoreApplication.translate("originmap", "As recognised instead"))
        else:
            self.recalled.clear()

    def _forget(self) -> None:
        self._plan.forget()
        self._fill()
        self.changed.emit()


def _columns_model(sheet: SheetPlan, parent: QWidget) -> QStandardItemModel:
    """What every drop-down offers; one for all of them, since some sheets have thousands of columns."""
    model = QStandardItemModel(parent)
    nothing = QCoreApplication.translate("originmap", "– not in the sheet –")
    for index, title in [(None, nothing), *sheet.column_titles()]:
        item = QStandardItem(title)
        item.setData(index, Qt.ItemDataRole.UserRole)
        model.appendRow(item)
    return model


def _degrees(text: str) -> Optional[float]:
    try:
        degrees = float(text)
    except ValueError:
        return None
    return degrees if _WESTERNMOST <= degrees <= _EASTERNMOST else None
