"""The dialog for what a county sets for itself: thresholds, cadences, credit grades and products of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from ...core.quality.cadence import CADENCE_SETTING
from ...core.register.local_change import change_local_standard, check_local
from ...core.standard.errors import OriginMapError
from ...core.standard.model import LocalStandard, Standard, load_standard
from ...core.standard.progress import Progress
from ..fitting import open_at, scrolling
from ..icons import theme_icon
from ..work import Works
from ..workbench import Workbench
from .cadences import Cadences
from .grades import GradeTable
from .own_products import OwnProducts
from .thresholds import ThresholdTable

_WIDTH_IN_LETTERS, _HEIGHT_IN_LINES = 72, 42


class LocalStandardDialog(QDialog):
    """Shows what counts in the register, and stores what was changed in one step."""

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_local_standard")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("originmap", "Local standards"))
        self._workbench = workbench
        self._works = Works()
        self._refreshing = False
        self._local = LocalStandard()
        self._national = load_standard()
        self.thresholds = ThresholdTable(self._national, workbench.language)
        self.cadences = Cadences(self._national, workbench.language)
        self.grades = GradeTable(workbench.language)
        self.products = OwnProducts(self._national, workbench.language)
        self._tabs = QTabWidget()
        self._follows = QLabel()
        self._follows.setObjectName("originmap_local_follows")
        self._follows.setWordWrap(True)
        self._arrange()
        self._show()
        workbench.register_closed.connect(self._register_closed)

    def done(self, result: int) -> None:
        """Nothing is left behind."""
        self._workbench.register_closed.disconnect(self._register_closed)
        self._works.abandon()
        super().done(result)

    def values(self) -> LocalStandard:
        """What the dialog says now.

        Raises:
            OriginMapError: ``LOCAL_THRESHOLD``, ``LOCAL_NO_NAME`` or ``LOCAL_NAME_TWICE``.
        """
        plain, engineered = self.thresholds.values()
        grades = self.grades.values()
        own = () if grades == self._national.choices("credit_grade") else grades
        products = self.products.values()
        local = LocalStandard(plain, engineered, own, products, self.cadences.values(products))
        check_local(local)
        return local

    def _arrange(self) -> None:
        translate = QCoreApplication.translate
        intro = QLabel(
            translate(
                "originmap",
                "What is set here counts in this register instead of the national standard. An empty threshold means "
                "the national one.",
            )
        )
        intro.setWordWrap(True)
        self._tabs.setObjectName("originmap_local_tabs")
        self._tabs.addTab(self.thresholds, translate("originmap", "Thresholds"))
        self._tabs.addTab(scrolling(self.grades), translate("originmap", "Credit grades"))
        self._tabs.addTab(scrolling(self.products), translate("originmap", "Own products"))
        self._tabs.addTab(scrolling(self.cadences), translate("originmap", "Cadence"))
        self._save = QPushButton(theme_icon("mActionFileSave.svg"), translate("originmap", "Save"))
        self._save.setObjectName("originmap_local_save")
        close = QPushButton(translate("originmap", "Close"))
        buttons = QDialogButtonBox()
        buttons.addButton(self._save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        self._save.clicked.connect(self._store)
        # Enter ends a cell of a table; it must not save or close at the same time.
        for button in (self._save, close):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.addWidget(intro)
        layout.addWidget(self._tabs, 1)
        layout.addWidget(self._follows)
        layout.addWidget(buttons)
        open_at(self, _WIDTH_IN_LETTERS, _HEIGHT_IN_LINES)

    def _show(self) -> None:
        session = self._workbench.session
        if session is None:
            return
        self._local = session.register.local_standard()
        self.thresholds.show_local(self._local)
        self.cadences.show_local(self._local)
        national = self._national.choices("credit_grade")
        self.grades.show_grades(self._local.credit_grades or national, national)
        self.products.show_varieties(self._local.varieties)
        self._save.setEnabled(session.read_only is None)
        text = QCoreApplication.translate(
            "originmap",
            "After saving, the form, the checks and the empty collection sheet follow; records that are there stay as "
            "they are.",
        )
        self._follows.setText(text if session.read_only is None else session.read_only.sentence(self._language))

    @property
    def _language(self) -> str:
        return self._workbench.language

    def _store(self) -> None:
        session = self._workbench.session
        if session is None:
            return
        # A cell that is still being edited counts as it stands.
        self._save.setFocus()
        try:
            local = self.values()
        except OriginMapError as error:
            self._refused(error)
            return
        if local == self._local:
            self._follows.setText(QCoreApplication.translate("originmap", "Nothing was changed."))
            return
        title = QCoreApplication.translate("originmap", "Saving the local standards")
        job = _change(session.path, local, self._workbench.profile.name)
        self._save.setEnabled(False)
        self._works.start("save", title, job, self._stored, self._refused)

    def _stored(self, standard: Standard) -> None:
        self._refreshing = True
        try:
            self._workbench.refresh(restyle=True)
        finally:
            self._refreshing = False
        self._show()
        translate = QCoreApplication.translate
        now = translate(
            "originmap",
            "The local standards are saved; they count for what is saved or imported from now on.",
        )
        numbers = translate(
            "originmap",
            "Of the county's own: {thresholds} thresholds, {cadences} cadences, {grades} credit grades, "
            "{products} products.",
        ).format(
            thresholds=len(self._local.thresholds) + len(self._local.thresholds_engineered),
            cadences=sum(name.startswith(CADENCE_SETTING) for name in self._local.settings),
            grades=len(self._local.credit_grades),
            products=len(self._local.varieties),
        )
        self._follows.setText(f"{now} {numbers}")
        self._workbench.tell(now, Qgis.MessageLevel.Success)

    def _refused(self, error: OriginMapError) -> None:
        session = self._workbench.session
        self._save.setEnabled(session is not None and session.read_only is None)
        self._follows.setText(error.sentence(self._language))

    def _register_closed(self) -> None:
        if not self._refreshing:
            self.reject()


def _change(path: Path, local: LocalStandard, by: str) -> Callable[[Progress], Standard]:
    def change(progress: Progress) -> Standard:
        return change_local_standard(path, local, by)

    return change
