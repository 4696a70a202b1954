"""A large button with an icon, a title and a sentence that wraps: one of the few things a first page offers."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

_LARGER = 1.1


class ChoiceButton(QPushButton):
    """Takes its height from its text at the width it gets, in any font and theme."""

    def __init__(self, icon: QIcon, title: str, sentence: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        text = QVBoxLayout()
        text.setSpacing(self.fontMetrics().height() // 6)
        text.addWidget(self._title(title))
        text.addWidget(self._sentence(sentence))
        layout = QHBoxLayout(self)
        space = self.fontMetrics().height() // 2
        layout.setContentsMargins(space, space, space, space)
        layout.setSpacing(space)
        layout.addWidget(self._picture(icon), 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(text, 1)

    def hasHeightForWidth(self) -> bool:
        """The sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the texts need."""
        return self.layout().totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """That of the texts and the icon."""
        return self.layout().totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """That of the texts and the icon."""
        return self.layout().totalMinimumSize()

    def _title(self, title: str) -> QLabel:
        label = self._passive(QLabel(title))
        font = label.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        label.setFont(font)
        return label

    def _sentence(self, sentence: str) -> QLabel:
        label = self._passive(QLabel(sentence))
        label.setWordWrap(True)
        return label

    def _picture(self, icon: QIcon) -> QLabel:
        label = self._passive(QLabel())
        size = self.fontMetrics().height() * 2
        label.setPixmap(icon.pixmap(QSize(size, size)))
        label.setFixedSize(size, size)
        return label

    @staticmethod
    def _passive(label: QLabel) -> QLabel:
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label
