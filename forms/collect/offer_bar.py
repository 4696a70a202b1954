"""Offers again what was typed and never saved: after a crash, or after another record was chosen."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...core.register.pending import Pending
from ...core.standard.model import Standard


class OfferBar(QFrame):
    """Shows the latest of what is kept and how many more there are; hidden while there is nothing.

    Signals:
        taken: the :class:`.Pending` to go on with.
        dropped: the one to throw away.
    """

    taken = pyqtSignal(object)
    dropped = pyqtSignal(object)

    def __init__(self, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_offer")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._language = language
        self._first: Optional[Pending] = None
        self._text = QLabel()
        self._text.setObjectName("originmap_offer_text")
        self._text.setWordWrap(True)
        translate = QCoreApplication.translate
        take = QPushButton(translate("originmap", "Go on with it"))
        take.setObjectName("originmap_offer_take")
        take.clicked.connect(self._take)
        drop = QPushButton(translate("originmap", "Throw it away"))
        drop.setObjectName("originmap_offer_drop")
        drop.clicked.connect(self._drop)
        row = QHBoxLayout()
        row.addWidget(take)
        row.addWidget(drop)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        layout.addLayout(row)
        self.hide()

    def offer(self, kept: Sequence[Pending], standard: Standard) -> None:
        """Show what is kept, the latest first."""
        self._first = kept[0] if kept else None
        self.setVisible(bool(kept))
        if self._first is None:
            return
        text = QCoreApplication.translate("originmap", "Not saved yet: {what}, typed {at}").format(
            what=self._name(self._first, standard), at=self._first.at[:16].replace("T", " ")
        )
        if len(kept) > 1:
            more = QCoreApplication.translate("originmap", "({number} more)").format(number=len(kept) - 1)
            text = f"{text} {more}"
        self._text.setText(text)

    def _name(self, entry: Pending, standard: Standard) -> str:
        code = str(entry.values.get("variety") or "")
        product = next((v.title_in(self._language) for v in standard.varieties if v.code == code), "")
        producer = str(entry.values.get("producer_name") or "")
        nameless = QCoreApplication.translate("originmap", "record without a producer")
        return " ".join(part for part in (producer or nameless, product) if part)

    def _take(self) -> None:
        self.taken.emit(self._first)

    def _drop(self) -> None:
        self.dropped.emit(self._first)
