"""What the start page offers while no register is open: make one, open one, try the sample; and those of before."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ..icons import own_icon, theme_icon
from .choice_button import ChoiceButton

_PATH = Qt.ItemDataRole.UserRole


class Welcome(QWidget):
    """Three large choices and the list of recent registers."""

    new_wanted = pyqtSignal()
    open_wanted = pyqtSignal()
    sample_wanted = pyqtSignal()
    recent_wanted = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self._recent_title = QLabel(translate("originmap", "Opened before"))
        self._recent = QListWidget()
        self._recent.setObjectName("originmap_recent")
        self._recent.setAccessibleName(self._recent_title.text())
        self._recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._recent.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._recent.itemActivated.connect(self._chosen)
        self._recent.itemClicked.connect(self._chosen)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(self.fontMetrics().height() // 2)
        self._layout.addWidget(self._greeting())
        for button in self._choices():
            self._layout.addWidget(button)
        self._layout.addWidget(self._recent_title)
        self._layout.addWidget(self._recent)
        self._layout.addStretch()

    def show_recent(self, paths: list[Path]) -> None:
        """List registers, the latest first; without any the list is not there."""
        self._recent.clear()
        for path in paths:
            item = QListWidgetItem(theme_icon("mGeoPackage.svg"), f"{path.stem} · {path.parent}")
            item.setData(_PATH, str(path))
            item.setToolTip(str(path))
            self._recent.addItem(item)
        self._recent.setVisible(bool(paths))
        self._recent_title.setVisible(bool(paths))
        rows = sum(self._recent.sizeHintForRow(row) for row in range(self._recent.count()))
        self._recent.setFixedHeight(rows + 2 * self._recent.frameWidth() + self.fontMetrics().height() // 2)

    def set_busy(self, busy: bool) -> None:
        """While the sample is made, nothing else is started."""
        for button in self._buttons:
            button.setEnabled(not busy)
        self._recent.setEnabled(not busy)

    def _greeting(self) -> QLabel:
        label = QLabel(
            QCoreApplication.translate(
                "originmap", "A register holds a county's collection records in one file. Begin with one of these:"
            )
        )
        label.setWordWrap(True)
        return label

    def _choices(self) -> list[ChoiceButton]:
        translate = QCoreApplication.translate
        new = ChoiceButton(
            theme_icon("mActionNewGeoPackageLayer.svg"),
            translate("originmap", "New register"),
            translate("originmap", "For a county that has none yet: choose the county, that is all."),
        )
        existing = ChoiceButton(
            theme_icon("mActionFileOpen.svg"),
            translate("originmap", "Open a register"),
            translate("originmap", "A .gpkg file on this computer or from a colleague."),
        )
        sample = ChoiceButton(
            own_icon("originmap"),
            translate("originmap", "Try the sample"),
            translate("originmap", "An invented county to practise on. Nothing in it is real."),
        )
        new.clicked.connect(self.new_wanted)
        existing.clicked.connect(self.open_wanted)
        sample.clicked.connect(self.sample_wanted)
        self._buttons = [new, existing, sample]
        for button, name in zip(self._buttons, ("new", "open", "sample")):
            button.setObjectName(f"originmap_start_{name}")
        return self._buttons

    def _chosen(self, item: QListWidgetItem) -> None:
        self.recent_wanted.emit(item.data(_PATH))
