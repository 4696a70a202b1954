"""What can be made of the records that the map shows: the one table, the figures, the printed map, other styles."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Callable, Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from ...core.onemap.query import Query
from ...core.onemap.statistics_workbook import write_statistics
from ...core.register.reports import export_table, read_figures
from ...core.standard.progress import Progress
from ..files import ask_file, tell_written
from ..icons import theme_icon
from ..progress_row import ProgressRow
from ..save_panel import SavePanel
from ..work import Job, Works
from .map_styles import MapStyles
from .on_map import OnMap
from .printing import Printing

_COLUMNS = 2


class LeadingOn(QWidget):
    """Buttons below the conditions; whatever they make is of the query that the map shows."""

    def __init__(self, on_map: OnMap, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._on_map = on_map
        self._works = Works()
        self.styles = MapStyles(on_map)
        self.table_panel = SavePanel("originmap_onemap_table_panel", "originmap_onemap")
        self.table_panel.wanted.connect(self._export)
        self.printing = Printing(on_map)
        self._progress = ProgressRow("onemap")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.table_panel, self.printing, self._progress):
            layout.addWidget(part)
        layout.addLayout(self._buttons())

    def release(self) -> None:
        """Leave the threads to themselves, and the map without styles of ours."""
        self.close_all()
        self.styles.release()

    def close_all(self) -> None:
        """The register is closed: what was under way is stopped."""
        self._works.abandon()
        self._progress.forget()
        self.table_panel.leave()
        self.printing.close_all()

    def _buttons(self) -> QGridLayout:
        translate = QCoreApplication.translate
        grid = QGridLayout()
        table = _button("table", "mActionOpenTable.svg", translate("originmap", "Table…"))
        figures = _button("figures", "mActionSum.svg", translate("originmap", "Statistics…"))
        printed = _button("print", "mActionNewLayout.svg", translate("originmap", "Print…"))
        style = _button("style", "propertyicons/symbology.svg", translate("originmap", "Map style"))
        table.clicked.connect(partial(self._after_apply, self._ask_table))
        figures.clicked.connect(partial(self._after_apply, self._figures))
        printed.clicked.connect(partial(self._after_apply, self._print))
        style.setMenu(self.styles.menu(style))
        for place, button in enumerate((table, figures, printed, style)):
            grid.addWidget(button, *divmod(place, _COLUMNS))
        return grid

    def _after_apply(self, follow: Callable[[], None]) -> None:
        if self._on_map.apply():
            follow()

    def _print(self) -> None:
        self.printing.ask(self.styles.look)

    def _ask_table(self) -> None:
        self.table_panel.ask(QCoreApplication.translate("originmap", "The one table, as workbook or CSV"))

    def _export(self, purpose: str) -> None:
        translate = QCoreApplication.translate
        kinds = translate("originmap", "Excel workbook (*.xlsx);;CSV (*.csv)")
        title = translate("originmap", "The one table")
        target = ask_file(self._on_map.workbench, self.window(), title, kinds, ".xlsx")
        if target is not None:
            job = _table_job(self._on_map.path, self._on_map.query(), target, purpose, self._on_map.person)
            self._start("table", title, job, target)

    def _figures(self) -> None:
        translate = QCoreApplication.translate
        title, kinds = translate("originmap", "Statistics"), translate("originmap", "Workbook (*.xlsx)")
        target = ask_file(self._on_map.workbench, self.window(), title, kinds, ".xlsx")
        if target is not None:
            self._start("figures", title, _figures_job(self._on_map.path, self._on_map.query(), target), target)

    def _start(self, name: str, title: str, job: Job, target: Path) -> None:
        failed = self._on_map.workbench.tell_error
        work = self._works.start(name, title, job, partial(self._written, target), failed)
        if work is not None:
            self._progress.follow(work, title)

    def _written(self, target: Path, number: int) -> None:
        text = QCoreApplication.translate("originmap", "{file} is ready: {count} records.")
        told = text.format(file=target.name, count=f"{number:,}")
        tell_written(self._on_map.workbench, target, told, Qgis.MessageLevel.Success)


def _button(name: str, icon: str, title: str) -> QPushButton:
    button = QPushButton(theme_icon(icon), title)
    button.setObjectName(f"originmap_onemap_{name}")
    return button


def _table_job(register: Path, query: Query, target: Path, purpose: str, by: str) -> Job:
    def job(progress: Progress) -> int:
        return export_table(register, query, target, masked=not purpose, purpose=purpose, by=by, progress=progress)

    return job


def _figures_job(register: Path, query: Query, target: Path) -> Job:
    def job(progress: Progress) -> int:
        figures = read_figures(register, query, progress=progress)
        write_statistics(target, figures.cube, figures.standard, figures.titles)
        return figures.cube.records

    return job
