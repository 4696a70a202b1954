"""Step 5: what became of every row, and where to go from here."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...core.standard.findings import Level
from ..icons import theme_icon
from .counts import CountsView
from .jobs import Report
from .widgets import Notice


class SummaryPage(QWidget):
    """A signal for each way that leads on."""

    findings_wanted = pyqtSignal()
    queue_wanted = pyqtSignal()
    map_wanted = pyqtSignal()
    other_wanted = pyqtSignal()

    def __init__(self, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._language = language
        self._what = QLabel()
        self._what.setObjectName("originmap_import_done")
        self._what.setWordWrap(True)
        self.counts = CountsView()
        self.notice = Notice("originmap_import_summary_notice")
        translate = QCoreApplication.translate
        self.findings = self._button(
            "open_findings", "mActionFileOpen.svg", translate("originmap", "Findings workbook")
        )
        self.findings.clicked.connect(self._ask_for_findings)
        queue = translate("originmap", "Go to the &queue")
        self.queue = self._button("go_to_queue", "mActionCapturePoint.svg", queue)
        self.queue.clicked.connect(self._ask_for_queue)
        self.map = self._button("show_on_map", "mActionZoomToLayer.svg", translate("originmap", "Show on the &map"))
        self.map.clicked.connect(self._ask_for_map)
        other = translate("originmap", "Import another workbook…")
        self.other = self._button("another", "mActionFileNew.svg", other)
        self.other.clicked.connect(self._ask_for_other)
        layout = QVBoxLayout(self)
        for widget in (self._what, self.counts, self.notice):
            layout.addWidget(widget)
        buttons, left = QVBoxLayout(), QHBoxLayout()
        for button in (self.findings, self.queue, self.map, self.other):
            buttons.addWidget(button)
        left.addLayout(buttons)
        left.addStretch(1)
        layout.addLayout(left)
        layout.addStretch(1)

    def show_report(self, report: Report, register: str) -> None:
        """The import is through."""
        done = QCoreApplication.translate("originmap", "The workbook was imported into “{register}”.")
        self._what.setText(done.format(register=register))
        self.counts.show_outcome(report.outcome, self._language)
        self.queue.setVisible(report.outcome.counts.without_point > 0)
        self.map.setEnabled(report.extent is not None)
        self.show_findings(report)
        ways = (self.findings, self.queue, self.map, self.other)
        next(way for way in ways if not way.isHidden() and way.isEnabled()).setFocus()

    def show_findings(self, report: Report) -> None:
        """Where the findings workbook lies, or why there is none."""
        translate = QCoreApplication.translate
        self.findings.setVisible(report.asks_something)
        if report.findings is not None:
            self.findings.setText(translate("originmap", "Open the &findings workbook"))
            lies = translate("originmap", "The findings workbook was written beside the file: {file}")
            notes = "".join(note.message(self._language).sentence for note in report.findings.notes)
            self.notice.say(f"{lies.format(file=report.findings.path.name)} {notes}".strip())
            return
        self.findings.setText(translate("originmap", "Save the &findings workbook…"))
        if report.error is not None:
            stands = translate("originmap", "The import itself stands.")
            self.notice.say(f"{report.error.sentence(self._language)} {stands}", Level.WARNING)
        elif report.asks_something:
            self.notice.clear()
        else:
            self.notice.say(translate("originmap", "No row has errors or warnings."))

    def _button(self, name: str, icon: str, text: str) -> QPushButton:
        button = QPushButton(theme_icon(icon), text)
        button.setObjectName(f"originmap_import_{name}")
        return button

    def _ask_for_findings(self) -> None:
        self.findings_wanted.emit()

    def _ask_for_queue(self) -> None:
        self.queue_wanted.emit()

    def _ask_for_map(self) -> None:
        self.map_wanted.emit()

    def _ask_for_other(self) -> None:
        self.other_wanted.emit()
