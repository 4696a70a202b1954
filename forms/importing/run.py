"""The check and the import of one workbook in the background, and what the window hears when they are through."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ...core.georeference.options import Options
from ...core.georeference.stages import Reached, Stage
from ...core.register.errors import RegisterError
from ...core.standard.errors import OriginMapError
from ..pages import Page
from ..work import Works
from ..workbench import Workbench
from . import jobs
from .counts import told
from .jobs import Report
from .leading_on import open_file

_CHECK, _IMPORT, _FINDINGS = "check", "import", "findings"
# A chunk of rows, or a findings workbook of 50,000 rows, is through by then on an old computer.
_WAIT_SECONDS = 120.0


class _Stages(QObject):
    """Carries the stages out of the job's thread; it lives as long as the job, which may outlive the window."""

    reached = pyqtSignal(object, int)


class ImportRun(QObject):
    """Runs one thing at a time; a report comes by ``checked``, ``imported`` or ``written``, an error by ``failed``.

    Args:
        workbench: told of every import, so that a person hears of it also when the wizard is closed.
        register: the GeoPackage that is imported into.
    """

    progressed = pyqtSignal(float)
    reached = pyqtSignal(object, int)
    checked = pyqtSignal(object)
    imported = pyqtSignal(object)
    written = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self, workbench: Workbench, register: Path, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._register = register
        self._works = Works()

    @property
    def busy(self) -> bool:
        """Whether anything runs."""
        return any(self._works.running(name) for name in (_CHECK, _IMPORT, _FINDINGS))

    @property
    def importing(self) -> bool:
        """Whether an import runs, which ends with records in the register or with none."""
        return self._works.running(_IMPORT) is not None

    @property
    def writing(self) -> bool:
        """Whether a findings workbook is being written, which is short and cannot be stopped."""
        return self._works.running(_FINDINGS) is not None

    def check(self, path: Path, options: Options) -> None:
        """Try the whole import without writing."""
        title = QCoreApplication.translate("originmap", "Checking “{file}”").format(file=path.name)
        job = partial(jobs.try_out, path, self._register, options, self._stages())
        self._follow(self._works.start(_CHECK, title, job, self.checked.emit, self.failed.emit, instead=True))

    def carry_out(self, path: Path, options: Options) -> None:
        """Import, unless a person is editing the records by hand: nobody writes behind an open edit session."""
        session = self._workbench.session
        if session is not None and session.path == self._register and session.layer.isEditable():
            self.failed.emit(RegisterError("LAYER_BEING_EDITED"))
            return
        title = QCoreApplication.translate("originmap", "Importing “{file}”").format(file=path.name)
        job = partial(jobs.carry_out, path, self._register, options, self._workbench.language, self._stages())
        self._follow(self._works.start(_IMPORT, title, job, self._imported, self.failed.emit))

    def write_findings(self, path: Path, target: Path, report: Report) -> None:
        """Write the findings of a report into a workbook."""
        title = QCoreApplication.translate("originmap", "Writing “{file}”").format(file=target.name)
        job = partial(jobs.save_report, path, target, report, self._workbench.language)
        self._follow(self._works.start(_FINDINGS, title, job, self.written.emit, self.failed.emit))

    def stop(self) -> None:
        """Stop what runs; ``failed`` brings ``CANCELLED`` as soon as it has."""
        for name in (_CHECK, _IMPORT):
            work = self._works.running(name)
            if work is not None:
                work.cancel()

    def release(self) -> None:
        """Stop everything and wait until it has let go of the register."""
        self._works.abandon(_WAIT_SECONDS)

    def _stages(self) -> Reached:
        stages = _Stages()
        stages.reached.connect(self.reached)
        return partial(_pass_on, stages)

    def _follow(self, work: object) -> None:
        if work is not None:
            work.progressChanged.connect(self.progressed)  # type: ignore[attr-defined]

    def _imported(self, report: Report) -> None:
        session = self._workbench.session
        if session is not None and session.path == self._register:
            session.layer.reload()
            session.layer.updateExtents()
            session.layer.triggerRepaint()
            self._workbench.records_changed.emit("")
        self._tell(report)
        self.imported.emit(report)

    def _tell(self, report: Report) -> None:
        """A word in the message bar, with the way on that a person most likely wants."""
        counts, workbench = report.outcome.counts, self._workbench
        level = Qgis.MessageLevel.Warning if counts.refused else Qgis.MessageLevel.Success
        text = told(counts)
        if report.error is not None:
            text = f"{text} {report.error.sentence(workbench.language)}"
        if report.findings is not None:
            path = report.findings.path
            action = QCoreApplication.translate("originmap", "Open the findings workbook")
            workbench.tell(text, level, action, lambda: open_file(path), Page.QUEUE)
        elif counts.without_point:
            action = QCoreApplication.translate("originmap", "Go to the queue")
            workbench.tell(text, level, action, lambda: workbench.page_wanted.emit(Page.QUEUE), Page.QUEUE)
        else:
            workbench.tell(text, level)


def _pass_on(stages: _Stages, stage: Stage, rows: int) -> None:
    stages.reached.emit(stage, rows)


def is_cancelled(error: OriginMapError) -> bool:
    """Whether a person stopped it."""
    return error.code == "CANCELLED"
