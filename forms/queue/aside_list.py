"""The records that were put aside, with their reasons, and the way back."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ...core.register.queue import Queue, QueueItem
from ...core.register.register import Register
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..icons import theme_icon, variety_icon
from ..session import Session
from ..work import Work
from ..workbench import Workbench

_MOST = 500
_ITEM_ROLE = Qt.ItemDataRole.UserRole


class AsideList(QWidget):
    """``back_wanted`` brings the item that shall wait again, ``shown`` the one whose line is chosen."""

    back_wanted = pyqtSignal(object)
    chosen = pyqtSignal(object)

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._work: Optional[Work] = None
        self._list = QListWidget()
        self._list.setObjectName("originmap_aside_list")
        self._list.setAccessibleName(QCoreApplication.translate("originmap", "Records that were put aside"))
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemActivated.connect(self._choose)
        self._list.itemSelectionChanged.connect(self._allow)
        self._empty = QLabel(
            QCoreApplication.translate("originmap", "Nothing is put aside. “Cannot locate” brings a record here.")
        )
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._back = QPushButton(theme_icon("mActionUndo.svg"), QCoreApplication.translate("originmap", "Put back"))
        self._back.setObjectName("originmap_aside_back")
        self._back.clicked.connect(self._give_back)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self._back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._list)
        layout.addWidget(self._empty)
        layout.addLayout(row)
        self._allow()

    def read(self) -> None:
        """Read the list anew, in another thread: no index leads to these records."""
        self.release()
        session = self._workbench.session
        if session is None:
            return
        path = session.path

        def job(progress: Progress) -> object:
            with Register.open(path, read_only=True) as register:
                return Queue(register).aside(_MOST)

        self._work = Work(QCoreApplication.translate("originmap", "Reading what was put aside"), job)
        self._work.done.connect(self._fill)
        self._work.failed.connect(self._failed)
        self._work.start()

    def release(self) -> None:
        """Leave the thread to itself."""
        if self._work is not None:
            self._work.abandon()
            self._work = None

    def _fill(self, found: list[tuple[QueueItem, str]]) -> None:
        self._work = None
        session = self._workbench.session
        row = self._list.currentRow()
        self._list.clear()
        for item, reason in found if session is not None else ():
            self._list.addItem(_entry(item, reason, session))
        self._list.setCurrentRow(min(max(row, 0), self._list.count() - 1))
        self._allow()

    def _failed(self, error: OriginMapError) -> None:
        self._work = None
        self._workbench.tell_error(error)

    def _allow(self) -> None:
        empty = self._list.count() == 0
        self._list.setVisible(not empty)
        self._empty.setVisible(empty)
        self._back.setVisible(not empty)
        self._back.setEnabled(self._list.currentItem() is not None)

    def _choose(self, entry: QListWidgetItem) -> None:
        self.chosen.emit(entry.data(_ITEM_ROLE))

    def _give_back(self) -> None:
        entry = self._list.currentItem()
        if entry is not None:
            self.back_wanted.emit(entry.data(_ITEM_ROLE))


def _entry(item: QueueItem, reason: str, session: Session) -> QListWidgetItem:
    text = QCoreApplication.translate("originmap", "{producer}\n{place}\nReason: {reason}")
    place = f"{item.township}{item.village} {item.address}".strip()
    entry = QListWidgetItem(text.format(producer=item.producer, place=place, reason=reason))
    variety = next((v for v in session.standard.varieties if v.code == item.variety), None)
    if variety is not None:
        entry.setIcon(variety_icon(variety.symbol, variety.colour))
    entry.setData(_ITEM_ROLE, item)
    return entry
