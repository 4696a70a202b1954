"""The import wizard: a window beside QGIS that leads from a workbook to records, step by step."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QCloseEvent
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ...core.georeference.findings import free_target
from ...core.georeference.options import Options
from ...core.georeference.preview import PreviewSheet
from ...core.sheets.glance import Glance
from ...core.standard.errors import OriginMapError
from ...core.standard.findings import Level
from ..pages import Page
from ..work import Works
from ..workbench import Workbench
from . import jobs
from .columns_page import ColumnsPage
from .file_page import FilePage
from .frame import Step, WizardFrame
from .jobs import Report
from .leading_on import open_file, show_extent
from .masks import Masks
from .plan import ImportPlan
from .preview_page import PreviewPage
from .run import ImportRun, is_cancelled
from .run_page import RunPage
from .summary_page import SummaryPage


class ImportWizard(WizardFrame):
    """Imports a workbook into the register that is open; never modal, and gone from memory once it is closed.

    While an import runs it is only hidden, if the person wants; it comes back when something has to be decided.
    """

    def __init__(self, workbench: Workbench, path: Path, parent: Optional[QWidget] = None) -> None:
        session = workbench.session
        assert session is not None, "the wizard is for an open register"
        self._masks, language = Masks(session.standard, workbench.profile.masked), workbench.language
        self._file_page = FilePage(self._masks, language)
        self._columns_page = ColumnsPage(language)
        self._preview_page = PreviewPage(self._masks, language)
        self._run_page = RunPage(language)
        self._summary_page = SummaryPage(language)
        pages = (self._file_page, self._columns_page, self._preview_page, self._run_page, self._summary_page)
        super().__init__(pages, parent)
        self._workbench = workbench
        self._register = session.path
        self._standard = session.standard
        self._works = Works()
        self._run = ImportRun(workbench, session.path, self)
        self._path = path
        self._plan: Optional[ImportPlan] = None
        self._previewed: Optional[Options] = None
        self._checked: Optional[Options] = None
        self._report: Optional[Report] = None
        self._closing = False
        self._connect()
        self.load(path)

    def release(self) -> None:
        """Stop what runs and wait for it: on unload nothing of ours may still hold the register."""
        self._works.abandon()
        self._run.release()

    def _connect(self) -> None:
        self._workbench.profile_changed.connect(self._mask)
        self.step_wanted.connect(self.go)
        self.import_wanted.connect(self._import)
        self._file_page.changed.connect(self._changed)
        self._file_page.file_wanted.connect(self._ask_for_file)
        self._file_page.notice.pressed.connect(self._load_again)
        self._columns_page.changed.connect(self._changed)
        self._preview_page.notice.pressed.connect(self._preview)
        self._run_page.stop_wanted.connect(self._stop)
        self._run_page.again_wanted.connect(self._run_again)
        self._run_page.findings_wanted.connect(self._save_findings)
        self._run.progressed.connect(self._run_page.set_progress)
        self._run.reached.connect(self._run_page.show_stage)
        self._run.checked.connect(self._show_check)
        self._run.imported.connect(self._show_import)
        self._run.written.connect(self._show_findings)
        self._run.failed.connect(self._show_failure)
        self._summary_page.findings_wanted.connect(self._open_findings)
        self._summary_page.queue_wanted.connect(self._go_to_queue)
        self._summary_page.map_wanted.connect(self._show_on_map)
        self._summary_page.other_wanted.connect(self._ask_for_file)

    # --- from step to step

    def go(self, number: int) -> None:
        """Bring a step to the front, and begin what it begins with."""
        step = Step(number)
        if step > Step.COLUMNS and self._plan is not None:
            self._plan.remember()
        if step is not Step.RUN and self._run.busy:
            self._run.stop()
            self._checked = None
        self.show_step(step)
        if step is Step.COLUMNS:
            self._columns_page.show_plan(self._plan)
        elif step is Step.PREVIEW:
            self._preview()
        elif step is Step.RUN:
            self._check()
        self._offer()

    def _offer(self) -> None:
        self.offer(self._reach(), self._may_import(), self.step is not Step.FILE and not self._run.importing)
        title = QCoreApplication.translate("originmap", "Import “{file}” into “{register}”")
        self.setWindowTitle(title.format(file=self._path.name, register=self._register.name))

    def _reach(self) -> set[int]:
        """The steps that can be gone to."""
        if self.step is Step.SUMMARY:
            return {Step.SUMMARY}
        if self._run.importing:
            return {Step.RUN}
        steps: set[int] = {Step.FILE}
        if self._plan is not None and self._plan.chosen:
            steps.add(Step.COLUMNS)
            if self._plan.readable and self._columns_page.valid:
                steps |= {Step.PREVIEW, Step.RUN}
        return steps

    def _may_import(self) -> bool:
        counts = self._report.outcome.counts if self._report is not None else None
        return counts is not None and not self._run.busy and counts.new + counts.updated > 0

    def _changed(self) -> None:
        self._previewed = self._checked = self._report = None
        self._offer()

    def _options(self, dry_run: bool) -> Options:
        return self._plan.options(self._workbench.profile.name, dry_run)

    # --- the file and its first rows

    def load(self, path: Path) -> None:
        """Look at a workbook, from the first step on."""
        self._works.abandon()
        self._path, self._plan = path, None
        self.show_step(Step.FILE)
        self._changed()
        self._file_page.show_file(path.name)
        self._file_page.notice.say(QCoreApplication.translate("originmap", "The workbook is being read …"))
        title = QCoreApplication.translate("originmap", "Reading “{file}”").format(file=path.name)
        self._works.start("look", title, partial(jobs.look, path), self._loaded, self._not_loaded)

    def _loaded(self, glances: Sequence[Glance]) -> None:
        self._plan = ImportPlan(self._path, glances, self._standard)
        self._file_page.show_plan(self._plan)
        self._offer()

    def _not_loaded(self, error: OriginMapError) -> None:
        self._file_page.notice.say(error.sentence(self._workbench.language), Level.ERROR, _try_again())

    def _load_again(self) -> None:
        self.load(self._path)

    def _ask_for_file(self) -> None:
        translate = QCoreApplication.translate
        kinds = translate("originmap", "Workbooks (*.xlsx *.xlsm *.xls *.ods *.csv *.txt)")
        title = translate("originmap", "Choose a workbook")
        chosen, _ = QFileDialog.getOpenFileName(self, title, str(self._path.parent), kinds)
        if chosen:
            self.load(Path(chosen))

    def _preview(self) -> None:
        options = self._options(dry_run=True)
        if options == self._previewed:
            return
        self._previewed = options
        self._preview_page.wait()
        title = QCoreApplication.translate("originmap", "Preview of “{file}”").format(file=self._path.name)
        job = partial(jobs.look_closer, self._path, self._register, options)
        self._works.start("preview", title, job, self._show_preview, self._not_previewed, instead=True)

    def _show_preview(self, sheets: Sequence[PreviewSheet]) -> None:
        if self._plan is not None:
            self._preview_page.show_sheets(self._plan, sheets)

    def _not_previewed(self, error: OriginMapError) -> None:
        self._previewed = None
        self._preview_page.fail(error.sentence(self._workbench.language), _try_again())

    # --- the check and the import

    def _check(self) -> None:
        options = self._options(dry_run=True)
        if options == self._checked and (self._report is not None or self._run.busy):
            return
        self._checked, self._report = options, None
        self._run_page.run(QCoreApplication.translate("originmap", "Every row is being checked; nothing is written."))
        self._run.check(self._path, options)

    def _show_check(self, report: Report) -> None:
        if self._closing:
            self.close()
            return
        self._report = report
        self._run_page.show_check(report)
        self._offer()
        if self.step is Step.RUN and self.next_button.isEnabled():
            self.next_button.setFocus()

    def _import(self) -> None:
        text = QCoreApplication.translate(
            "originmap",
            "The rows are being imported. You can go on working; saving a record waits until it is through.",
        )
        self._run_page.run(text, self._report.outcome.counts.rows if self._report is not None else 0)
        self._run.carry_out(self._path, self._options(dry_run=False))
        self._offer()

    def _show_import(self, report: Report) -> None:
        self._report = report
        self.ask_bar.dismiss()
        if self.isHidden() or self._closing:
            self.close()
            return
        self.show_step(Step.SUMMARY)
        self._summary_page.show_report(report, self._register.name)
        self._offer()

    def _show_failure(self, error: OriginMapError) -> None:
        self._checked = self._report = None
        self.ask_bar.dismiss()
        if self._closing:
            self.close()
            return
        level = Level.NOTE if is_cancelled(error) else Level.ERROR
        self._run_page.fail(error.sentence(self._workbench.language), level)
        self._offer()
        if self.isHidden():
            self.show()
            self._workbench.tell_error(error)

    def _stop(self) -> None:
        self._run_page.stopping()
        self._run.stop()

    def _run_again(self) -> None:
        self._checked = None
        self._check()
        self._offer()

    # --- leading on

    def _save_findings(self) -> None:
        translate = QCoreApplication.translate
        kinds = translate("originmap", "Excel workbook (*.xlsx);;Excel workbook with macros (*.xlsm)")
        title = translate("originmap", "Save the findings workbook")
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(free_target(self._path)), kinds)
        if chosen and self._report is not None:
            page = self._summary_page if self.step is Step.SUMMARY else self._run_page
            page.notice.say(translate("originmap", "The findings workbook is being written …"))
            self._run.write_findings(self._path, Path(chosen), self._report)
            self._offer()

    def _show_findings(self, report: Report) -> None:
        self._report = report
        if self.step is Step.SUMMARY:
            self._summary_page.show_findings(report)
        else:
            self._run_page.show_findings(report)
        self._offer()
        if report.findings is not None:
            open_file(report.findings.path)
        if self.isHidden():
            self.close()

    def _open_findings(self) -> None:
        if self._report is not None and self._report.findings is not None:
            open_file(self._report.findings.path)
        else:
            self._save_findings()

    def _go_to_queue(self) -> None:
        self._workbench.page_wanted.emit(Page.QUEUE)
        self.close()

    def _show_on_map(self) -> None:
        if self._report is not None and self._report.extent is not None:
            show_extent(self._workbench, self._report.extent)

    def _mask(self) -> None:
        """The person changed in the options whether names and phones are masked."""
        self._masks.on = self._workbench.profile.masked
        self._file_page.show_again()
        self._preview_page.show_again()

    # --- closing

    def closeEvent(self, event: QCloseEvent) -> None:
        """While something is under way that a person waits for, ask first."""
        if self._run.writing:
            event.ignore()
            self.hide()
            return
        if self._run.busy and not self._closing:
            event.ignore()
            self.show()
            self._ask_before_closing()
            return
        self._works.abandon()
        event.accept()

    def _ask_before_closing(self) -> None:
        translate = QCoreApplication.translate
        stay = (translate("originmap", "Stay here"), self._stay)
        stop = (translate("originmap", "Stop it and close"), self._stop_and_close)
        if self._run.importing:
            text = translate("originmap", "The import is under way. Stopped now, the register stays as it was.")
            behind = (translate("originmap", "Go on in the background"), self.hide)
            self.ask_bar.ask(text, [behind, stop, stay])
        else:
            self.ask_bar.ask(translate("originmap", "The file is still being checked."), [stop, stay])

    def _stay(self) -> None:
        """Nothing changes."""

    def _stop_and_close(self) -> None:
        """Closed as soon as it has stopped; when it was through before, that is told in the message bar."""
        self._closing = True
        self._stop()


def _try_again() -> str:
    return QCoreApplication.translate("originmap", "Try again")
