"""The buttons below the form: keep a draft, submit, what else can be done with a record, and what can be undone."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QAction, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ..icons import theme_icon

_NOT_HANDED_IN = ("", "draft")


class ActionRow(QWidget):
    """Says by signals what the person wants; what is possible is shown by :meth:`allow`."""

    save_wanted = pyqtSignal()
    submit_wanted = pyqtSignal()
    next_point_wanted = pyqtSignal()
    undo_wanted = pyqtSignal()
    next_site_wanted = pyqtSignal()
    next_cycle_wanted = pyqtSignal()
    end_wanted = pyqtSignal()
    take_up_wanted = pyqtSignal()
    discard_wanted = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_collect_actions")
        translate = QCoreApplication.translate
        self._save_titles = {
            True: translate("originmap", "Save draft"),
            False: translate("originmap", "Save changes"),
        }
        self.save = self._button("save", translate("originmap", "Save draft"), "mActionFileSave.svg", self.save_wanted)
        self.save.setToolTip(translate("originmap", "Keep it in the register as it is (Ctrl+S)"))
        self.submit = self._button("submit", translate("originmap", "Submit"), "mTaskComplete.svg", self.submit_wanted)
        self.submit.setToolTip(translate("originmap", "Hand it in and go on to the next point (Ctrl+Enter)"))
        self.next_point = self._button(
            "next", translate("originmap", "Next point"), "mActionCapturePoint.svg", self.next_point_wanted
        )
        self._more = self._more_button()
        self.undo = UndoButton()
        self.undo.clicked.connect(self.undo_wanted)
        row = QHBoxLayout()
        row.setSpacing(self.fontMetrics().height() // 4)
        for widget in (self.save, self.submit, self.next_point, self._more):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() // 4)
        layout.addLayout(row)
        layout.addWidget(self.undo)

    def allow(self, *, record: bool, writable: bool, dirty: bool, stored: bool, status: str) -> None:
        """What can be done.

        Args:
            record: one stands in the form.
            writable: nothing is on its way and the register can be written to.
            dirty: there is something to save.
            stored: the register holds the record.
            status: of the record, as in the code list.
        """
        ended = status == "ended"
        self.save.setText(self._save_titles[status in _NOT_HANDED_IN])
        for widget in (self.save, self.submit, self._more):
            widget.setVisible(record)
        self.next_point.setVisible(record and stored and not dirty)
        self.save.setVisible(record and not self.next_point.isVisibleTo(self))
        self.save.setEnabled(writable and dirty and not ended)
        self.submit.setEnabled(writable and not ended)
        self._more.setEnabled(writable)
        for action in (self._next_site, self._next_cycle):
            action.setEnabled(stored)
        self._end.setVisible(not ended)
        self._end.setEnabled(stored)
        self._take_up.setVisible(ended)
        self._discard.setEnabled(dirty)

    def _more_button(self) -> QToolButton:
        translate = QCoreApplication.translate
        button = QToolButton()
        button.setObjectName("originmap_collect_more")
        button.setText(translate("originmap", "More"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        menu = QMenu(button)
        add = self._menu_adder(menu)
        self._next_site = add(
            "next_site", translate("originmap", "Same producer, next site"), "mActionDuplicateFeature.svg",
            self.next_site_wanted,
        )
        self._next_cycle = add(
            "next_cycle", translate("originmap", "Same site, next cycle"), "mActionDuplicateFeature.svg",
            self.next_cycle_wanted,
        )
        menu.addSeparator()
        self._end = add("end", translate("originmap", "The site has ended…"), "mTaskTerminated.svg", self.end_wanted)
        self._take_up = add(
            "take_up", translate("originmap", "Take the site up again"), "mActionRefresh.svg", self.take_up_wanted
        )
        self._discard = add(
            "discard", translate("originmap", "Throw away what was typed…"), "mActionDeleteSelected.svg",
            self.discard_wanted,
        )
        button.setMenu(menu)
        return button

    def _menu_adder(self, menu: QMenu) -> Callable[..., QAction]:
        def add(name: str, title: str, icon: str, wanted: Callable[[], None]) -> QAction:
            action = menu.addAction(theme_icon(icon), title)
            action.setObjectName(f"originmap_collect_{name}")
            action.triggered.connect(wanted)
            return action

        return add

    @staticmethod
    def _button(name: str, title: str, icon: str, wanted: Callable[[], None]) -> QPushButton:
        button = QPushButton(title)
        button.setObjectName(f"originmap_collect_{name}")
        button.setIcon(theme_icon(icon))
        button.clicked.connect(wanted)
        return button


class UndoButton(QToolButton):
    """Names what it would take back, as much of it as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("originmap_collect_undo")
        self.setIcon(theme_icon("mActionUndo.svg"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""
        self.hide()

    def show_title(self, title: str) -> None:
        """The name of the last action; the button goes when there is none."""
        self._whole = QCoreApplication.translate("originmap", "Undo: {title}").format(title=title) if title else ""
        self.setToolTip(self._whole)
        self.setAccessibleName(self._whole)
        self.setVisible(bool(title))
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room, other text."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - self.iconSize().width() - 2 * self.fontMetrics().height()
        text = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, room))
        if text != self.text():
            self.setText(text)
