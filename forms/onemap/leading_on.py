"""What can be made of the records that the map shows: the one table, the figures, the printed map, other styles."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Callable, Optional

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QStandardPaths, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QGridLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from ...core.onemap.atlas import Printed, Targets, print_pages
from ...core.onemap.mapsheet import Imprint, first_page
from ...core.onemap.paper import PAPERS
from ...core.onemap.query import Query
from ...core.onemap.statistics_workbook import write_statistics
from ...core.register.printing import county_of
from ...core.register.register import Register
from ...core.register.reports import export_table, read_figures
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress, Silent
from ..icons import theme_icon
from ..work import Job, Works
from ..workbench import Workbench
from .map_styles import MapStyles
from .table_panel import TablePanel

_DPI = 300
_COLUMNS = 2
_INTERNAL = "内部工作用图，不得公开发表"
_UNSAFE = re.compile(r'[\\/:*?"<>|]')


class LeadingOn(QWidget):
    """Buttons below the conditions; whatever they make is of the query that the map shows.

    Args:
        workbench: whose register and map it is.
        apply: lets the map show what is ticked; ``False`` when it cannot, and then nothing is made.
        query_of: the query that the map shows.
    """

    def __init__(
        self,
        workbench: Workbench,
        apply: Callable[[], bool],
        query_of: Callable[[], Query],
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._apply = apply
        self._query_of = query_of
        self._works = Works()
        self.styles = MapStyles(workbench, apply, query_of)
        self.table_panel = TablePanel()
        self.table_panel.wanted.connect(self._export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table_panel)
        layout.addLayout(self._buttons())

    def release(self) -> None:
        """Leave the threads to themselves, and the map without styles of ours."""
        self._works.abandon()
        self.table_panel.leave()
        self.styles.release()

    def close_all(self) -> None:
        """The register is closed: what was under way is stopped."""
        self._works.abandon()
        self.table_panel.leave()

    def _buttons(self) -> QGridLayout:
        translate = QCoreApplication.translate
        grid = QGridLayout()
        table = _button("table", "mActionOpenTable.svg", translate("originmap", "Table…"))
        figures = _button("figures", "mActionSum.svg", translate("originmap", "Statistics…"))
        printed = _button("print", "mActionNewLayout.svg", translate("originmap", "Print map"))
        style = _button("style", "propertyicons/symbology.svg", translate("originmap", "Map style"))
        table.clicked.connect(self._ask_table)
        figures.clicked.connect(self._figures)
        printed.setMenu(self._paper_menu(printed))
        style.setMenu(self.styles.menu(style))
        for place, button in enumerate((table, figures, printed, style)):
            grid.addWidget(button, *divmod(place, _COLUMNS))
        return grid

    def _paper_menu(self, button: QPushButton) -> QMenu:
        translate = QCoreApplication.translate
        papers = (
            translate("originmap", "A4 landscape"),
            translate("originmap", "A4 portrait"),
            translate("originmap", "A3 landscape"),
            translate("originmap", "A3 portrait"),
        )
        menu = QMenu(button)
        for number, title in enumerate(papers):
            menu.addAction(title, partial(self._print, number))
        return menu

    # --- the one table

    def _ask_table(self) -> None:
        if self._apply():
            self.table_panel.ask()

    def _export(self, purpose: str) -> None:
        translate = QCoreApplication.translate
        kinds = translate("originmap", "Excel workbook (*.xlsx);;CSV (*.csv)")
        title = translate("originmap", "The one table")
        target = self._ask_target(title, kinds, ".xlsx")
        if target is not None:
            job = _table_job(self._path(), self._query_of(), target, purpose, self._person())
            self._works.start("table", title, job, partial(self._written, target), self._workbench.tell_error)

    # --- the figures

    def _figures(self) -> None:
        if not self._apply():
            return
        translate = QCoreApplication.translate
        title = translate("originmap", "Statistics")
        target = self._ask_target(title, translate("originmap", "Workbook (*.xlsx)"), ".xlsx")
        if target is not None:
            job = _figures_job(self._path(), self._query_of(), target)
            self._works.start("figures", title, job, partial(self._written, target), self._workbench.tell_error)

    # --- the printed map

    def _print(self, paper: int) -> None:
        """Layouts belong to the window's thread: it waits meanwhile, and shows so."""
        if not self._apply():
            return
        translate = QCoreApplication.translate
        kinds = translate("originmap", "PDF (*.pdf);;Picture (*.png)")
        target = self._ask_target(translate("originmap", "Distribution map"), kinds, ".pdf")
        if target is None:
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            printed = _print_map(self._path(), self._query_of(), target, paper, self._workbench.profile.name)
        except OriginMapError as error:
            self._workbench.tell_error(error)
            return
        finally:
            QApplication.restoreOverrideCursor()
        warnings = "　".join(dict.fromkeys(found.title for found in printed.findings))
        self._written(target, printed.records, warnings)

    # --- files

    def _person(self) -> str:
        """Who exports: an export in full is always noted with somebody."""
        return self._workbench.profile.name or QgsApplication.userFullName() or QgsApplication.userLoginName()

    def _path(self) -> Path:
        return self._workbench.session.path

    def _ask_target(self, title: str, kinds: str, ending: str) -> Optional[Path]:
        """Where the file shall stand; named after the county and what it is."""
        session, profile = self._workbench.session, self._workbench.profile
        if session is None:
            return None
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = _UNSAFE.sub("", f"{session.register.county_name}{title}{ending}")
        proposed = Path(profile.folder or documents) / name
        chosen, kind = QFileDialog.getSaveFileName(self.window(), title, str(proposed), kinds)
        if not chosen:
            return None
        known = re.findall(r"\*(\.\w+)", kinds)
        wanted = (re.findall(r"\*(\.\w+)", kind) or [ending])[0]
        target = Path(chosen)
        return target if target.suffix.lower() in known else target.with_name(target.name + wanted)

    def _written(self, target: Path, number: int, warnings: str = "") -> None:
        translate = QCoreApplication.translate
        text = translate("originmap", "{file} is ready: {count} records.").format(file=target.name, count=f"{number:,}")
        self._workbench.tell(
            f"{text} {warnings}".strip(),
            Qgis.MessageLevel.Warning if warnings else Qgis.MessageLevel.Success,
            translate("originmap", "Open"),
            partial(_open, target),
        )


def _button(name: str, icon: str, title: str) -> QPushButton:
    button = QPushButton(theme_icon(icon), title)
    button.setObjectName(f"originmap_onemap_{name}")
    return button


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


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


def _print_map(register: Path, query: Query, target: Path, paper: int, author: str) -> Printed:
    with Register.open(register, read_only=True) as opened:
        county = county_of(opened)
    targets = Targets(png=target) if target.suffix.lower() == ".png" else Targets(pdf=target)
    imprint = Imprint(author=author, footer=_INTERNAL)
    return print_pages([first_page(county, query)], PAPERS[paper], county, imprint, targets, _DPI, Silent())
