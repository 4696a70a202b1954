"""The records that were deleted and can be brought back."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QStackedLayout, QWidget

from ...core.register.history import Deleted
from ..field_words import FieldWords
from ..label import wrapped_label
from ..told_list import Told, ToldList
from ..wording import moment_text
from .telling import DELETED_COLOUR


class DeletedList(QWidget):
    """Says so where there are none.

    Signals:
        chosen: uid of a record that somebody wants to look at.
    """

    chosen = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self._deleted: tuple[Deleted, ...] = ()
        self.list = ToldList("originmap_history_deleted", translate("originmap", "Deleted records"))
        self._none = wrapped_label("originmap_history_none")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout = QStackedLayout(self)
        self._layout.addWidget(self.list)
        self._layout.addWidget(self._none)
        self.list.clicked.connect(self._open)
        self.list.activated.connect(self._open)

    def show_deleted(self, deleted: Sequence[Deleted], words: FieldWords) -> None:
        """Show them, the one deleted last first."""
        self._deleted = tuple(deleted)
        self.list.show_told([_told(one, words) for one in deleted])
        self._layout.setCurrentIndex(0 if deleted else 1)
        self._none.setText(
            QCoreApplication.translate(
                "originmap",
                "No record was deleted. Only drafts can be deleted; what was submitted once stays in the register.",
            )
        )

    def tell(self, text: str) -> None:
        """Say something in the place of the list, as while it is read."""
        self._none.setText(text)
        self._layout.setCurrentIndex(1)

    def _open(self, index: QModelIndex) -> None:
        self.chosen.emit(self._deleted[index.row()].uid)


def _told(deleted: Deleted, words: FieldWords) -> Told:
    translate = QCoreApplication.translate
    product = words.value("variety", deleted.variety)
    title = f"{deleted.name or translate('originmap', 'record without a producer')} {product}".strip()
    text = translate("originmap", "deleted {at}").format(at=moment_text(deleted.at))
    about = " · ".join(filter(None, (deleted.township, text, words.person(deleted.by))))
    return Told(title, about, (), DELETED_COLOUR)
