"""The tab for the county's own village list: a workbook or a layer of points, its sheet, what its columns hold."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...core.register.divisions import DivisionFields, Judged, judge_villages
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..icons import theme_icon
from ..workbench import Workbench
from .marks import DivisionMarks
from .tab import DivisionTab, Look
from .village_source import LAYER_KINDS, WORKBOOK_KINDS, VillageList, open_list

_NONE = "—"
_ROLES = ("code", "name", "longitude", "latitude", "aliases")
_COLUMNS = 2


class VillagesTab(DivisionTab):
    """CSV, XLSX, XLS or ODS, or a map layer of points; centres are welcome, not needed."""

    def __init__(self, workbench: Workbench, marks: DivisionMarks, parent: Optional[QWidget] = None) -> None:
        super().__init__(workbench, marks, parent)
        self._opened: Optional[VillageList] = None
        self._file = QLineEdit()
        self._file.setReadOnly(True)
        self._file.setObjectName("originmap_villages_file")
        self._file.setAccessibleName(QCoreApplication.translate("originmap", "Village list"))
        self._sheet_label = QLabel(QCoreApplication.translate("originmap", "Sheet"))
        self._sheet = QComboBox()
        self._sheet.setObjectName("originmap_villages_sheet")
        self._columns = {role: QComboBox() for role in _ROLES}
        for role, combo in self._columns.items():
            combo.setObjectName(f"originmap_villages_{role}")
            combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            combo.currentIndexChanged.connect(self.recheck)
        self.arrange(self._source())
        self._sheet.textActivated.connect(self._sheet_chosen)
        self._show_sheets(())
        for combo in self._columns.values():
            combo.setEnabled(False)

    def look(self) -> Optional[Look]:
        """Read the list with the columns chosen."""
        opened, session = self._opened, self.workbench.session
        fields = DivisionFields(**{role: combo.currentData() or "" for role, combo in self._columns.items()})
        if opened is None or session is None or not (fields.code and fields.name):
            return None
        county, source = session.register.county_code, opened.source()
        context = QgsProject.instance().transformContext()

        def judge(progress: Progress) -> Judged:
            return judge_villages(county, source, fields, progress, context)

        return judge

    def hint(self) -> str:
        """What is missing, the first thing first."""
        translate = QCoreApplication.translate
        if self._opened is None:
            return translate(
                "originmap",
                "Choose the county's list of villages (Excel, WPS, CSV or a map layer of points): a twelve-digit code "
                "and a name in each row; longitude and latitude of the village where they are known.",
            )
        return translate("originmap", "Say which columns hold the code and the name.")

    def choose_file(self, path: Path, sheet: str = "") -> None:
        """Look at a workbook's heading; its first sheet when none is said."""
        self.remember_folder(path)
        title = QCoreApplication.translate("originmap", "Opening the list")
        self.works.start("open", title, open_list(path, sheet), self._show_opened, self._not_opened, instead=True)

    def _source(self) -> QWidget:
        translate = QCoreApplication.translate
        browse = QPushButton(theme_icon("mActionFileOpen.svg"), translate("originmap", "Choose a file…"))
        browse.setObjectName("originmap_villages_browse")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        file = QHBoxLayout()
        file.addWidget(self._file, 1)
        file.addWidget(browse)
        sheet = QHBoxLayout()
        sheet.addWidget(self._sheet_label)
        sheet.addWidget(self._sheet, 1)
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(QLabel(translate("originmap", "Village list")))
        layout.addLayout(file)
        layout.addLayout(sheet)
        layout.addLayout(self._column_grid())
        return box

    def _column_grid(self) -> QGridLayout:
        translate = QCoreApplication.translate
        titles = {
            "code": translate("originmap", "Column with the division code"),
            "name": translate("originmap", "Column with the name"),
            "longitude": translate("originmap", "Longitude (degrees, may be missing)"),
            "latitude": translate("originmap", "Latitude (degrees, may be missing)"),
            "aliases": translate("originmap", "Other names (may be missing)"),
        }
        grid = QGridLayout()
        for number, (role, combo) in enumerate(self._columns.items()):
            row, column = 2 * (number // _COLUMNS), number % _COLUMNS
            label = QLabel(titles[role])
            label.setBuddy(combo)
            grid.addWidget(label, row, column)
            grid.addWidget(combo, row + 1, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _browse(self) -> None:
        translate = QCoreApplication.translate
        workbooks = translate("originmap", "Workbooks (*.xlsx *.xlsm *.xls *.ods *.csv *.txt)")
        layers = translate("originmap", "Map layers ({endings})").format(endings=LAYER_KINDS)
        both = translate("originmap", "Village lists ({endings})").format(endings=f"{WORKBOOK_KINDS} {LAYER_KINDS}")
        title = translate("originmap", "Village list")
        chosen, _ = QFileDialog.getOpenFileName(self, title, self.folder(), f"{both};;{workbooks};;{layers}")
        if chosen:
            self.choose_file(Path(chosen))

    def _sheet_chosen(self, sheet: str) -> None:
        if self._opened is not None:
            self.choose_file(self._opened.path, sheet)

    def _show_opened(self, opened: VillageList) -> None:
        self._opened = opened
        self._file.setText(str(opened.path))
        self._file.setToolTip(str(opened.path))
        self._show_sheets(opened.sheets)
        self._sheet.setCurrentText(opened.head.sheet)
        guessed = opened.guessed()
        for role, combo in self._columns.items():
            combo.blockSignals(True)
            combo.clear()
            combo.addItem(_NONE, "")
            for heading in opened.head.headings:
                combo.addItem(heading, heading)
            combo.setCurrentIndex(max(combo.findData(getattr(guessed, role)), 0))
            combo.setEnabled(True)
            combo.blockSignals(False)
        self.recheck()

    def _not_opened(self, error: OriginMapError) -> None:
        self.say(error.sentence(self.workbench.language))

    def _show_sheets(self, sheets: tuple[str, ...]) -> None:
        """One sheet needs no choice."""
        self._sheet.clear()
        self._sheet.addItems(sheets)
        for widget in (self._sheet, self._sheet_label):
            widget.setVisible(len(sheets) > 1)
