"""What a person is told in the message bar of QGIS, and when it has become old news there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Callable, Optional

from qgis.core import Qgis, QgsMessageLog
from qgis.gui import QgsMessageBarItem
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QPushButton

from .pages import Page

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

_SECONDS_SHOWN = 8


@dataclass(frozen=True)
class _Told:
    """A message in the bar, whether it stays until a person closes it, and the page that makes it old news."""

    item: QgsMessageBarItem
    text: str
    lasting: bool
    until: Optional[Page]


class News:
    """Our messages in the bar; those of others are left alone."""

    def __init__(self, iface: QgisInterface) -> None:
        self._iface = iface
        self._told: list[_Told] = []

    def tell(
        self,
        text: str,
        level: Qgis.MessageLevel,
        action: str = "",
        on_action: Optional[Callable[[], None]] = None,
        until: Optional[Page] = None,
    ) -> None:
        """Say something, in the place of what was said before and does not last."""
        bar = self._iface.messageBar()
        self._withdraw(lambda known: not known.lasting)
        item = bar.createMessage(QCoreApplication.translate("originmap", "Origin Map"), text)
        if action and on_action is not None:
            button = QPushButton(action)
            button.clicked.connect(partial(self._used, item, on_action))
            item.layout().addWidget(button)
        item.setLevel(level)
        lasting = level == Qgis.MessageLevel.Critical or (level == Qgis.MessageLevel.Warning and bool(action))
        item.setDuration(0 if lasting else _SECONDS_SHOWN)
        bar.pushItem(item)
        self._told.append(_Told(item, text, lasting, until))
        QgsMessageLog.logMessage(text, "Origin Map", level, False)

    def entered(self, page: Page) -> None:
        """A person has come to a page: what led there is old news."""
        self._withdraw(lambda known: known.until is page)

    def settled(self, text: str) -> None:
        """What was said there no longer holds."""
        self._withdraw(lambda known: known.text == text)

    def withdraw_all(self) -> None:
        """Take all of ours out of the bar."""
        self._withdraw(lambda known: True)

    def _used(self, item: QgsMessageBarItem, on_action: Callable[[], None], checked: bool = False) -> None:
        """Its button was pressed: it has led on."""
        self._withdraw(lambda known: known.item is item)
        on_action()

    def _withdraw(self, which: Callable[[_Told], bool]) -> None:
        """A person who works fast would find a pile of old news there."""
        bar = self._iface.messageBar()
        shown = [known for known in self._told if known.item in bar.items()]
        for known in filter(which, shown):
            bar.popWidget(known.item)
        self._told = [known for known in shown if not which(known)]
