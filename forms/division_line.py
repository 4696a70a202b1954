"""A line that proposes divisions while one types: by a part of the name, or by digits of the code."""

from __future__ import annotations

from typing import Iterable, Optional

from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QCompleter, QLineEdit, QWidget

_CODE = Qt.ItemDataRole.UserRole
_SHOWN = 12


class DivisionLine(QLineEdit):
    """What is proposed and what becomes of the choice is the subclass's."""

    def __init__(self, hint: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(hint)
        self._model = QStandardItemModel(self)
        # Not setCompleter: it would filter what was found by code or by the province once more, by its first letters.
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_SHOWN)
        self._completer.activated[QModelIndex].connect(self._take)
        self.textEdited.connect(self._typed)

    @property
    def is_settled(self) -> bool:
        """Whether a division is chosen."""
        raise NotImplementedError

    def proposals(self, typed: str, most: int) -> Iterable[tuple[str, str]]:
        """Code and words of what fits, the best first."""
        raise NotImplementedError

    def take(self, code: str, words: str) -> None:
        """A proposal was chosen."""
        raise NotImplementedError

    def forget(self) -> None:
        """Something else is being typed."""
        raise NotImplementedError

    def left_unsettled(self) -> None:
        """The person goes on, and what stands in the line means none division or several."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the proposal that is marked, else the first; only a second Enter counts for the dialog."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self.is_settled and self._model.rowCount():
            # The list hands its keys to this line first.
            marked = self._completer.popup().currentIndex()
            self._take(marked if marked.isValid() else self._model.index(0, 0))
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What can only mean one division is taken when the person goes on."""
        super().focusOutEvent(event)
        passing = event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if passing or self.is_settled:
            return
        if self._model.rowCount() == 1:
            self._take(self._model.index(0, 0))
        else:
            self.left_unsettled()

    def _typed(self, text: str) -> None:
        self.forget()
        self._model.clear()
        for code, words in self.proposals(text.strip(), _SHOWN) if text.strip() else ():
            item = QStandardItem(words)
            item.setData(code, _CODE)
            item.setEditable(False)
            self._model.appendRow(item)
        if not self._model.rowCount():
            self._completer.popup().hide()
            return
        self._completer.complete()
        self._completer.popup().setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _take(self, index: QModelIndex) -> None:
        code, words = index.data(_CODE), index.data(Qt.ItemDataRole.DisplayRole)
        self._completer.popup().hide()
        self._model.clear()
        self.setText(words)
        self.take(code, words)
