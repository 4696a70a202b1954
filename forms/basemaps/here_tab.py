"""The tab for the basemaps that stand in the project: which datum each is in, corrected by whoever knows better."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QLabel, QVBoxLayout, QWidget

from ...core.onemap.basemaps import basemap_of, declare
from .adding import basemaps_in
from .parts import DatumChoice, small


class HereTab(QWidget):
    """Built anew each time it is shown; what is chosen holds at once."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._about = small()
        self._rows = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.addWidget(self._about)
        layout.addLayout(self._rows)
        layout.addStretch(1)

    def refresh(self) -> None:
        """Look at the project again."""
        while self._rows.count():
            widget = self._rows.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        layers = basemaps_in(QgsProject.instance())
        translate = QCoreApplication.translate
        self._about.setText(
            translate("originmap", "Points placed on a shifted basemap are converted. Correct a datum that is wrong.")
            if layers
            else translate("originmap", "There is no basemap on the map yet. Add one on another tab.")
        )
        for layer in layers:
            self._add_row(layer)

    def _add_row(self, layer: QgsMapLayer) -> None:
        basemap = basemap_of(layer)
        title = QLabel(basemap.title)
        title.setWordWrap(True)
        choice = DatumChoice()
        choice.choose(basemap.datum if basemap.certain else None)
        title.setBuddy(choice)
        layer_id = layer.id()
        choice.activated.connect(lambda: _declare(layer_id, choice))
        self._rows.addWidget(title)
        self._rows.addWidget(choice)


def _declare(layer_id: str, choice: DatumChoice) -> None:
    layer = QgsProject.instance().mapLayer(layer_id)
    if layer is not None and choice.datum is not None:
        declare(layer, choice.datum)
