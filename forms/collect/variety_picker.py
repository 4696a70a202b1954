"""Which product is collected: large symbols with names, shrunk to the chosen one while its records are filled in."""

from __future__ import annotations

from typing import Callable, Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ...core.standard.model import Variety
from ..flow import FlowLayout
from ..icons import theme_icon, variety_icon

_LINES_OF_ICON = 2.4
_LINES_OF_SMALL_ICON = 1.4
_LINES_OF_NAME = 5


class VarietyPicker(QWidget):
    """All products of the standard, the county's own after them; arrow keys move, Enter and space choose.

    Signals:
        chosen: code of the product.
    """

    chosen = pyqtSignal(str)

    def __init__(self, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_variety")
        self._language = language
        self._varieties: dict[str, Variety] = {}
        self._code = ""
        self._board = _Board(self.choose)
        self._chosen = self._chosen_row()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._board)
        layout.addWidget(self._chosen)
        self._chosen.hide()

    @property
    def code(self) -> str:
        """The product chosen; empty while none is."""
        return self._code

    def offer(self, varieties: Sequence[Variety]) -> None:
        """Other products, as another register or another local standard has them; nothing is chosen then."""
        self._varieties = {variety.code: variety for variety in varieties}
        self._board.fill(varieties, self._language)
        self._code = ""
        self._show_board()

    def show_chosen(self, code: str) -> None:
        """Shrink to a product without saying so by the signal, as when an existing record is shown."""
        variety = self._varieties.get(code)
        if variety is None:
            return
        self._code = code
        side = int(self.fontMetrics().height() * _LINES_OF_SMALL_ICON)
        self._symbol.setPixmap(variety_icon(variety.symbol, variety.colour).pixmap(QSize(side, side)))
        self._name.setText(variety.title_in(self._language))
        self._board.hide()
        self._chosen.show()

    def choose(self, code: str) -> None:
        """Choose a product as a click on it does."""
        self.show_chosen(code)
        self.chosen.emit(code)

    def change(self) -> None:
        """Show all products again, the keyboard on the one that was chosen."""
        self._show_board()
        self._board.focus(self._code)

    def _show_board(self) -> None:
        self._chosen.hide()
        self._board.show()

    def _chosen_row(self) -> QWidget:
        row = QWidget()
        self._symbol = QLabel()
        self._name = QLabel()
        self._name.setObjectName("originmap_variety_chosen")
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._change = QPushButton(QCoreApplication.translate("originmap", "Change product"))
        self._change.setObjectName("originmap_variety_change")
        self._change.setIcon(theme_icon("mActionRefresh.svg"))
        self._change.clicked.connect(self.change)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._symbol, self._name, self._change):
            layout.addWidget(widget)
        return row


class _Board(QWidget):
    """The symbols in lines of equal columns."""

    def __init__(self, choose: Callable[[str], None]) -> None:
        super().__init__()
        self._choose = choose
        self._buttons: list[QToolButton] = []
        self._flow = FlowLayout(self, spacing=2, even=True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, varieties: Sequence[Variety], language: str) -> None:
        while self._flow.count():
            self._flow.takeAt(0).widget().deleteLater()
        self._buttons = [self._button(variety, language) for variety in varieties]
        for button in self._buttons:
            self._flow.addWidget(button)

    def focus(self, code: str) -> None:
        """Put the keyboard on a product, the first one when there is none of that code."""
        at = next((button for button in self._buttons if button.property("code") == code), None)
        if self._buttons:
            (at or self._buttons[0]).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move through the lines, Enter chooses as space does."""
        current = self.focusWidget()
        if current not in self._buttons:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            current.click()
        elif event.key() in _STEPS:
            self._step(current, *_STEPS[event.key()])
        else:
            super().keyPressEvent(event)

    def _step(self, current: QToolButton, across: int, down: int) -> None:
        here = self._buttons.index(current)
        if across:
            self._buttons[(here + across) % len(self._buttons)].setFocus()
            return
        others = [b for b in self._buttons if (b.y() - current.y()) * down > 0]
        if others:
            min(others, key=lambda b: (abs(b.y() - current.y()), abs(b.x() - current.x()))).setFocus()

    def _button(self, variety: Variety, language: str) -> QToolButton:
        button = _ArrowlessButton()
        title = variety.title_in(language)
        button.setObjectName(f"originmap_variety_{variety.code}")
        button.setProperty("code", variety.code)
        button.setText(self._in_lines(title))
        button.setAccessibleName(title)
        button.setIcon(variety_icon(variety.symbol, variety.colour))
        side = int(self.fontMetrics().height() * _LINES_OF_ICON)
        button.setIconSize(QSize(side, side))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._clicked)
        return button

    def _in_lines(self, title: str) -> str:
        """Long names in two lines, so that one of them does not make all columns wide."""
        room = self.fontMetrics().height() * _LINES_OF_NAME
        if " " not in title or self.fontMetrics().horizontalAdvance(title) < room:
            return title
        breaks = [place for place, character in enumerate(title) if character == " "]
        middle = min(breaks, key=lambda place: abs(place - len(title) // 2))
        return f"{title[:middle]}\n{title[middle + 1:]}"

    def _clicked(self) -> None:
        self._choose(self.sender().property("code"))


class _ArrowlessButton(QToolButton):
    """Qt's own arrow keys go to the button that is next by some rule of its own; the board knows its lines."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrows and Enter to the board."""
        if event.key() in _STEPS or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
