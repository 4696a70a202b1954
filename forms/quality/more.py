"""What is done with all findings at once: written as a list, or repaired for a whole import."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Callable, Mapping, Sequence

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QMenu, QToolButton

from ...core.onemap.query import Query
from ...core.quality.findings import QualityFinding
from ...core.register.checking import check_register
from ...core.register.errors import told_plainly
from ...core.register.imports import import_titles
from ...core.register.quality_reports import NOTED, write_findings, write_page
from ...core.register.register import Register
from ...core.register.reports import note_in_full
from ...core.standard.progress import Progress
from ..files import ask_file, tell_written
from ..icons import theme_icon
from ..progress_row import ProgressRow
from ..save_panel import SavePanel
from ..work import Job, Works
from ..workbench import Workbench

_PAGE = ".html"


class More(QObject):
    """The button with its menu, and below the list the panel and the progress of what is written.

    Args:
        repairs: gives by import the findings that can be repaired for sure, one for each record.

    Signals:
        repair_wanted: what is repaired, in words, and its findings.
    """

    repair_wanted = pyqtSignal(str, object)

    def __init__(
        self, workbench: Workbench, repairs: Callable[[], Mapping[int, Sequence[QualityFinding]]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._repairs = repairs
        self._query = Query()
        self._works = Works()
        translate = QCoreApplication.translate
        self.button = QToolButton()
        self.button.setObjectName("originmap_quality_more")
        self.button.setText(translate("originmap", "More"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self.button)
        title = translate("originmap", "Findings as workbook or web page…")
        self._list = menu.addAction(theme_icon("mActionFileSaveAs.svg"), title, self._ask)
        self._imports = menu.addMenu(
            theme_icon("mIconSuccess.svg"), translate("originmap", "Repair what an import brought")
        )
        self._imports.setObjectName("originmap_quality_imports")
        menu.aboutToShow.connect(self.fill)
        self.button.setMenu(menu)
        self.panel = SavePanel("originmap_quality_save_panel", "originmap_quality_save")
        self.panel.wanted.connect(self._save)
        self.progress = ProgressRow("quality_save")

    def set_query(self, query: Query) -> None:
        """Which records the list is of."""
        self._query = query

    def close(self) -> None:
        """The register is closed, or the page goes: what was under way is stopped."""
        self._works.abandon()
        self.progress.forget()
        self.panel.leave()

    def fill(self) -> None:
        """List the imports with something to repair, the latest first."""
        self._imports.clear()
        session = self._workbench.session
        found = {} if session is None else self._repairs()
        titles = import_titles(session.register, found) if session is not None else {}
        line = QCoreApplication.translate("originmap", "{file}: {count} records")
        for number in sorted(titles, reverse=True):
            title, findings = titles[number], tuple(found[number])
            text = line.format(file=title, count=f"{len(findings):,}").replace("&", "&&")
            self._imports.addAction(text, partial(self.repair_wanted.emit, title, findings))
        self._imports.setEnabled(bool(titles) and session is not None and session.read_only is None)

    def _ask(self) -> None:
        self.panel.ask(QCoreApplication.translate("originmap", "Findings as workbook or web page"))

    def _save(self, purpose: str) -> None:
        translate, workbench = QCoreApplication.translate, self._workbench
        kinds = translate("originmap", "Excel workbook (*.xlsx);;Web page (*.html)")
        title = translate("originmap", "Findings of quality")
        target = ask_file(workbench, self.button.window(), title, kinds, ".xlsx")
        if target is None or workbench.session is None:
            return
        job = _list_job(workbench.session.path, self._query, target, purpose, workbench.profile.name)
        work = self._works.start("list", title, job, partial(self._written, target), workbench.tell_error)
        if work is not None:
            self.progress.follow(work, title)

    def _written(self, target: Path, number: int) -> None:
        text = QCoreApplication.translate("originmap", "{file} is ready: {count} findings.")
        told = text.format(file=target.name, count=f"{number:,}")
        tell_written(self._workbench, target, told, Qgis.MessageLevel.Success)


def _list_job(path: Path, query: Query, target: Path, purpose: str, by: str) -> Job:
    """Checks once more, so that the list tells how the records are now."""

    def job(progress: Progress) -> int:
        with told_plainly(path), Register.open(path, read_only=True) as register:
            which = None if query == Query() else query
            checked = check_register(register, which, progress=progress)
            county, standard = register.county_name, register.standard()
        if purpose:
            note_in_full(path, checked.faulty, NOTED, target, purpose=purpose, by=by)
        write = write_page if target.suffix.lower() == _PAGE else write_findings
        write(target, checked, county, standard, masked=not purpose)
        return len(checked.findings)

    return job
