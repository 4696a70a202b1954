"""What stands in the place of findings while there are none: why, of which records, and the button that checks."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ..icons import theme_icon


class FirstCheck(QWidget):
    """``why`` says why nothing is listed, ``limits`` which records are meant."""

    def __init__(self) -> None:
        super().__init__()
        self.why, self.limits = QLabel(), QLabel()
        self.why.setObjectName("originmap_quality_empty")
        for label in (self.why, self.limits):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = QCoreApplication.translate("originmap", "Check the records")
        self.check = QPushButton(theme_icon("mActionRefresh.svg"), title)
        self.check.setObjectName("originmap_quality_check")
        layout = QVBoxLayout(self)
        layout.addStretch()
        layout.addWidget(self.why)
        layout.addWidget(self.limits)
        layout.addWidget(self.check, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
