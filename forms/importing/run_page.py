"""Step 4: the whole file is checked without writing, then imported; both can be stopped."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ...core.georeference.stages import Stage
from ...core.standard.findings import Level
from ..icons import theme_icon
from .counts import CountsView
from .jobs import Report
from .widgets import Notice


class RunPage(QWidget):
    """``stop_wanted`` and ``findings_wanted`` when their buttons are pressed; ``again_wanted`` after a failure."""

    stop_wanted = pyqtSignal()
    findings_wanted = pyqtSignal()
    again_wanted = pyqtSignal()

    def __init__(self, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._language = language
        self._what = QLabel()
        self._what.setObjectName("originmap_import_what")
        self._what.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setObjectName("originmap_import_progress")
        self._bar.setRange(0, 100)
        self._at = QLabel()
        self._at.setObjectName("originmap_import_stage")
        self._rows = 0
        self._stop = QPushButton(theme_icon("mTaskCancel.svg"), QCoreApplication.translate("originmap", "Stop"))
        self._stop.setObjectName("originmap_import_stop")
        self._stop.setAutoDefault(False)
        self._stop.clicked.connect(self._ask_to_stop)
        self.notice = Notice("originmap_import_run_notice")
        self.notice.pressed.connect(self._ask_again)
        self.counts = CountsView()
        save = QCoreApplication.translate("originmap", "Save the findings workbook without importing…")
        self.findings = QPushButton(theme_icon("mActionFileSave.svg"), save)
        self.findings.setObjectName("originmap_import_findings_only")
        self.findings.setAutoDefault(False)
        self.findings.clicked.connect(self._ask_for_findings)
        self._arrange()
        self._show(running=False, counted=False)

    def run(self, what: str, rows: int = 0) -> None:
        """Something is under way, over so many rows where that is known."""
        self._what.setText(what)
        self._rows = rows
        self._at.clear()
        self._bar.setValue(0)
        self.notice.clear()
        self._stop.setEnabled(True)
        self._show(running=True, counted=False)
        self._stop.setFocus()

    def set_progress(self, percent: float) -> None:
        """How far it is."""
        self._bar.setValue(int(percent))

    def show_stage(self, stage: Stage, done: int) -> None:
        """What it is at, and how many rows are through."""
        if self._stop.isEnabled():
            self._at.setText(_stage_text(stage, done, self._rows))

    def stopping(self) -> None:
        """It was asked to stop and will, at its next chunk of rows."""
        self._stop.setEnabled(False)
        self._at.clear()
        self._what.setText(QCoreApplication.translate("originmap", "Stopping …"))

    def show_check(self, report: Report) -> None:
        """The dry run is through."""
        text = QCoreApplication.translate(
            "originmap", "The whole file was checked; nothing has been written yet. This is what the import would do:"
        )
        self._what.setText(text)
        self.counts.show_outcome(report.outcome, self._language)
        self._show(running=False, counted=True)
        self.findings.setVisible(report.asks_something)
        counts = report.outcome.counts
        if not counts.new + counts.updated:
            nothing = QCoreApplication.translate("originmap", "There is nothing to import: no row is new or changed.")
            self.notice.say(nothing)

    def show_findings(self, report: Report) -> None:
        """The findings workbook was written without an import, or not."""
        if report.findings is not None:
            lies = QCoreApplication.translate("originmap", "The findings workbook was written: {file}")
            self.notice.say(lies.format(file=report.findings.path.name))
        elif report.error is not None:
            self.notice.say(report.error.sentence(self._language), Level.WARNING)

    def fail(self, sentence: str, level: Level = Level.ERROR) -> None:
        """It came to nothing; the register is as it was."""
        self._what.clear()
        self.notice.say(sentence, level, QCoreApplication.translate("originmap", "Try again"))
        self._show(running=False, counted=False)

    def _show(self, running: bool, counted: bool) -> None:
        for widget in (self._bar, self._stop, self._at):
            widget.setVisible(running)
        self.counts.setVisible(counted)
        self.findings.setVisible(counted)

    def _arrange(self) -> None:
        bar, findings = QHBoxLayout(), QHBoxLayout()
        bar.addWidget(self._bar, 1)
        bar.addWidget(self._stop)
        findings.addWidget(self.findings)
        findings.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self._what)
        layout.addLayout(bar)
        layout.addWidget(self._at)
        layout.addWidget(self.notice)
        layout.addWidget(self.counts)
        layout.addLayout(findings)
        layout.addStretch(1)

    def _ask_to_stop(self) -> None:
        self.stop_wanted.emit()

    def _ask_for_findings(self) -> None:
        self.findings_wanted.emit()

    def _ask_again(self) -> None:
        self.again_wanted.emit()


def _stage_text(stage: Stage, done: int, rows: int) -> str:
    translate = QCoreApplication.translate
    if stage is Stage.OPENING:
        return translate("originmap", "Reading the headings and the county's divisions …")
    if stage is Stage.CLOSING:
        text = translate("originmap", "{done} rows are through; checking scales and writing the indexes …")
    elif stage is Stage.FINDINGS:
        text = translate("originmap", "{done} rows are imported; the findings workbook is being written …")
    elif rows:
        text = translate("originmap", "{done} of {rows} rows")
    else:
        text = translate("originmap", "{done} rows so far")
    return text.format(done=f"{done:,}", rows=f"{rows:,}")
