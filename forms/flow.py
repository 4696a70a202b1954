"""A layout that puts widgets side by side and goes on in the next line where the panel is narrow."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QPoint, QRect, QSize, Qt
from qgis.PyQt.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, line by line; all widgets of a line are as high as the highest.

    Args:
        parent: whose layout it is.
        spacing: pixels between widgets, both ways.
        even: every widget is as wide as the widest, so that the lines make columns, and columns share the width.
    """

    def __init__(self, parent: Optional[QWidget] = None, spacing: int = 4, even: bool = False) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._even = even
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Called by Qt."""
        self._items.append(item)

    def count(self) -> int:
        """Called by Qt."""
        return len(self._items)

    def itemAt(self, index: int) -> Optional[QLayoutItem]:
        """Called by Qt."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> Optional[QLayoutItem]:
        """Called by Qt."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientations:
        """It takes no more height than it needs."""
        return Qt.Orientations()

    def hasHeightForWidth(self) -> bool:
        """Fewer pixels of width make more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines at that width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Called by Qt."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """As small as may be: the width comes from the panel."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Of the widest and the highest widget."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, move: bool) -> int:
        """Place everything, or only measure; gives the height."""
        items, y = self._shown(), rect.y()
        for line in self._lines(items, rect.width()):
            height = max(size.height() for _, size in line)
            x = rect.x()
            for item, size in line:
                if move:
                    item.setGeometry(QRect(QPoint(x, y), QSize(size.width(), height)))
                x += size.width() + self.spacing()
            y += height + self.spacing()
        return max(0, y - rect.y() - self.spacing()) if items else 0

    def _lines(self, items: list[QLayoutItem], width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item, size in self._sizes(items, width):
            if lines and used + self.spacing() + size.width() <= width:
                lines[-1].append((item, size))
                used += self.spacing() + size.width()
            else:
                lines.append([(item, size)])
                used = size.width()
        return lines

    def _sizes(self, items: list[QLayoutItem], width: int) -> list[tuple[QLayoutItem, QSize]]:
        hints = [(item, item.sizeHint()) for item in items]
        if not self._even or not hints:
            return hints
        widest = max(hint.width() for _, hint in hints)
        columns = min(len(hints), max(1, (width + self.spacing()) // (widest + self.spacing())))
        share = (width - (columns - 1) * self.spacing()) // columns
        return [(item, QSize(share, hint.height())) for item, hint in hints]
