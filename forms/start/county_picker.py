"""Choosing a county by typing a part of its name, or digits of its code."""

from __future__ import annotations

from functools import cached_property
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QCompleter, QLineEdit, QWidget

from ...core.places.gazetteer import Gazetteer
from ...core.register.county import County, county_named

_CODE = Qt.ItemDataRole.UserRole
_SHOWN = 10


class CountyPicker(QLineEdit):
    """A line that proposes counties as 省 市 县 while one types; ``picked`` tells that :attr:`county` changed."""

    picked = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.county: Optional[County] = None
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(QCoreApplication.translate("originmap", "Name or code, such as 琼海 or 469002"))
        self._model = QStandardItemModel(self)
        # Not setCompleter: it would filter what was found by code or by the province once more, by its first letters.
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_SHOWN)
        self._completer.activated[QModelIndex].connect(self._take)
        self.textEdited.connect(self._typed)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the proposal that is marked, else the first; only a second Enter counts for the dialog."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.county is None and self._model.rowCount():
            # The list hands its keys to this line first.
            marked = self._completer.popup().currentIndex()
            self._take(marked if marked.isValid() else self._model.index(0, 0))
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What can only mean one county is taken when the person goes on."""
        super().focusOutEvent(event)
        left = event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if left and self.county is None and self._model.rowCount() == 1:
            self._take(self._model.index(0, 0))

    def _typed(self, text: str) -> None:
        self._set(None)
        self._model.clear()
        for candidate in self._gazetteer.counties(text, _SHOWN) if text.strip() else ():
            item = QStandardItem(_in_words(county_named(self._gazetteer, candidate.code)))
            item.setData(candidate.code, _CODE)
            item.setEditable(False)
            self._model.appendRow(item)
        if not self._model.rowCount():
            self._completer.popup().hide()
            return
        self._completer.complete()
        self._completer.popup().setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _take(self, index: QModelIndex) -> None:
        self._completer.popup().hide()
        county = county_named(self._gazetteer, index.data(_CODE))
        self.setText(_in_words(county))
        self._set(county)

    def _set(self, county: Optional[County]) -> None:
        if county != self.county:
            self.county = county
            self.picked.emit()


def _in_words(county: County) -> str:
    names = [name for name in (county.province, county.city, county.name) if name]
    return f"{' '.join(dict.fromkeys(names))}  {county.code}"
