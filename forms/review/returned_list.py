"""The records that were returned and not handed in again, the most urgent first."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ...core.register.came_back import CameBack
from ...core.standard.model import Standard
from ..icons import variety_icon
from ..side_text import SideRole, SideTextDelegate, UrgentRole
from .ages import left_text

_MOST = 1_000
_UidRole = Qt.ItemDataRole.UserRole


class ReturnedList(QListWidget):
    """``chosen`` brings the uid of the line that was clicked, or on which Enter was pressed."""

    chosen = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_review_returned")
        self.setAccessibleName(QCoreApplication.translate("originmap", "Records that were returned"))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(SideTextDelegate(self))
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def fill(self, returned: Sequence[CameBack], standard: Standard) -> None:
        """Show other records; the line keeps its number."""
        row = self.currentRow()
        icons = {variety.code: variety_icon(variety.symbol, variety.colour) for variety in standard.varieties}
        self.clear()
        for one in returned[:_MOST]:
            entry = QListWidgetItem(f"{one.producer_name}　{one.reason}")
            entry.setToolTip("\n".join((one.producer_name, f"{one.township}{one.village}", one.reason, one.deadline)))
            if one.variety in icons:
                entry.setIcon(icons[one.variety])
            entry.setData(_UidRole, one.uid)
            entry.setData(SideRole, left_text(one.days_left))
            entry.setData(UrgentRole, one.days_left < 0)
            self.addItem(entry)
        if len(returned) > _MOST:
            more = QCoreApplication.translate("originmap", "and {count} more")
            self.addItem(more.format(count=f"{len(returned) - _MOST:,}"))
        self.setCurrentRow(min(max(row, 0), self.count() - 1))

    def _choose(self, entry: QListWidgetItem) -> None:
        if entry.data(_UidRole):
            self.chosen.emit(entry.data(_UidRole))
