"""The frame of the wizard: a tab for each step, one page in front, the buttons that lead back and on."""

from __future__ import annotations

from enum import IntEnum
from typing import Collection, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ..ask_bar import AskBar
from ..icons import own_icon

_WIDTH_LETTERS, _HEIGHT_LINES = 100, 30


class Step(IntEnum):
    """The pages in their order."""

    FILE = 0
    COLUMNS = 1
    PREVIEW = 2
    RUN = 3
    SUMMARY = 4


class WizardFrame(QDialog):
    """``step_wanted`` when a tab was chosen or a button pressed that leads to another step, ``import_wanted`` by the
    button that imports."""

    step_wanted = pyqtSignal(int)
    import_wanted = pyqtSignal()

    def __init__(self, pages: Sequence[QWidget], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_import_wizard")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowIcon(own_icon("originmap"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.ask_bar = AskBar()
        self._tabs = QTabBar()
        self._tabs.setObjectName("originmap_import_steps")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(True)
        self._tabs.setUsesScrollButtons(False)
        self._tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self._tabs.currentChanged.connect(self.step_wanted)
        self._stack = QStackedWidget()
        for title, page in zip(_titles(), pages):
            self._tabs.setTabToolTip(self._tabs.addTab(title), title)
            self._stack.addWidget(page)
        translate = QCoreApplication.translate
        self.close_button = self._button("close", translate("originmap", "&Close"))
        self.close_button.clicked.connect(self.close)
        self._back = self._button("back", translate("originmap", "&Back"))
        self._back.clicked.connect(self._go_back)
        self.next_button = self._button("next", translate("originmap", "&Next"))
        self.next_button.clicked.connect(self._go_on)
        self._arrange()

    @property
    def step(self) -> Step:
        """The page in front."""
        return Step(self._stack.currentIndex())

    def show_step(self, step: Step) -> None:
        """Bring a page to the front."""
        self._stack.setCurrentIndex(step)

    def offer(self, reach: Collection[int], may_import: bool, may_go_back: bool) -> None:
        """What can be done from here: steps that can be gone to, and whether the import may begin."""
        here = self.step
        self._tabs.blockSignals(True)
        for step in Step:
            self._tabs.setTabEnabled(step, step in reach)
        self._tabs.setCurrentIndex(here)
        self._tabs.blockSignals(False)
        for button in (self._back, self.next_button):
            button.setVisible(here is not Step.SUMMARY)
        self._back.setEnabled(may_go_back)
        translate = QCoreApplication.translate
        imports = here is Step.RUN
        self.next_button.setText(translate("originmap", "&Import") if imports else translate("originmap", "&Next"))
        self.next_button.setEnabled(may_import if imports else here + 1 in reach)
        (self.close_button if here is Step.SUMMARY else self.next_button).setDefault(True)

    def reject(self) -> None:
        """Esc closes as the window's own button does."""
        self.close()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"originmap_import_{name}")
        button.setAutoDefault(False)
        return button

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self._tabs)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.ask_bar)
        layout.addLayout(buttons)
        letter = self.fontMetrics()
        self.resize(letter.averageCharWidth() * _WIDTH_LETTERS, letter.height() * _HEIGHT_LINES)

    def _go_back(self) -> None:
        self.step_wanted.emit(self.step - 1)

    def _go_on(self) -> None:
        if self.step is Step.RUN:
            self.import_wanted.emit()
        else:
            self.step_wanted.emit(self.step + 1)


def _titles() -> tuple[str, ...]:
    translate = QCoreApplication.translate
    return (
        translate("originmap", "1 File and sheet"),
        translate("originmap", "2 Columns"),
        translate("originmap", "3 Preview"),
        translate("originmap", "4 Check and import"),
        translate("originmap", "5 Result"),
    )
