"""Choosing the division that a person looks after by typing: villages and townships of the register, any county."""

from __future__ import annotations

from functools import cached_property
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, Qt
from qgis.PyQt.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from qgis.PyQt.QtWidgets import QCompleter, QLineEdit, QWidget

from ..core.places.divisions import Division
from ..core.places.gazetteer import Gazetteer, text_is_code

_CODE = Qt.ItemDataRole.UserRole
_SHOWN = 12


class AreaPicker(QLineEdit):
    """A line that proposes divisions while one types; empty stands for no area of one's own.

    Args:
        gazetteer: with the register's divisions where one is open.
        county_code: of the open register, whose townships and villages come first; empty without one.
    """

    def __init__(self, gazetteer: Gazetteer, county_code: str = "", parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._gazetteer = gazetteer
        self._county_code = county_code
        self._code = ""
        self._name = ""
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(QCoreApplication.translate("originmap", "Township, village or county; empty for all"))
        self._model = QStandardItemModel(self)
        # Not setCompleter: it would filter what was found by code once more, by its first letters.
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_SHOWN)
        self._completer.activated[QModelIndex].connect(self._take)
        self.textEdited.connect(self._typed)

    @property
    def code(self) -> str:
        """Code of the chosen division; empty for none."""
        return self._code

    @property
    def name(self) -> str:
        """Name of the chosen division, as it is shown."""
        return self._name

    def choose(self, code: str, name: str) -> None:
        """Show a division that was chosen before."""
        self._code, self._name = code, name
        self.setText(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the first proposal; only then it counts for the dialog."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self._code and self._model.rowCount():
            self._take(self._model.index(0, 0))
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What can only mean one division is taken when the person goes on; what means none is taken back."""
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason) or self._code:
            return
        if self._model.rowCount() == 1:
            self._take(self._model.index(0, 0))
        else:
            self.clear()

    def _typed(self, text: str) -> None:
        self._code = self._name = ""
        self._model.clear()
        for code, words in self._found(text.strip()) if text.strip() else ():
            item = QStandardItem(words)
            item.setData(code, _CODE)
            item.setEditable(False)
            self._model.appendRow(item)
        if not self._model.rowCount():
            self._completer.popup().hide()
            return
        self._completer.complete()
        self._completer.popup().setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _found(self, typed: str) -> list[tuple[str, str]]:
        """Code and words of what fits, the register's own first."""
        own = [division for division in self._own if _fits(division, typed)]
        found = [(division.code, self._in_words(division.code)) for division in own[:_SHOWN]]
        found += [(candidate.code, candidate.full_name) for candidate in self._gazetteer.counties(typed, _SHOWN)]
        return list(dict(found).items())[:_SHOWN]

    @cached_property
    def _own(self) -> list[Division]:
        """The register's county, its townships, then the villages of them all."""
        if not self._county_code:
            return []
        county = self._gazetteer.division(self._county_code)
        townships = self._gazetteer.children(self._county_code)
        villages = [village for township in townships for village in self._gazetteer.children(township.code)]
        return [*([county] if county else []), *townships, *villages]

    def _in_words(self, code: str) -> str:
        """A village says its township, since villages repeat inside a county."""
        parts = [self._gazetteer.division(code[:length]) for length in (6, 9, 12) if length <= len(code)]
        return "".join(part.name for part in parts if part is not None)

    def _take(self, index: QModelIndex) -> None:
        self._completer.popup().hide()
        self.choose(index.data(_CODE), index.data(Qt.ItemDataRole.DisplayRole))
        self._model.clear()


def _fits(division: Division, typed: str) -> bool:
    if text_is_code(typed):
        return division.code.startswith(typed)
    return typed in division.name or any(typed in alias for alias in division.aliases)
