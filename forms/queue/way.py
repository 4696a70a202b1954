"""On what a click on the map rests: imagery alone, or what was seen on site; remembered from record to record."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QWidget

_SETTING = "originmap/queue/on_site"


class WayChoice(QWidget):
    """Two radio buttons; coordinates, GPS and photos say themselves how they came about."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        label = QLabel(translate("originmap", "Placed by"))
        self._imagery = QRadioButton(translate("originmap", "Imagery"))
        self._imagery.setObjectName("originmap_queue_imagery")
        self._imagery.setToolTip(translate("originmap", "The site was recognised on the imagery"))
        self._on_site = QRadioButton(translate("originmap", "Site visit"))
        self._on_site.setObjectName("originmap_queue_on_site")
        self._on_site.setToolTip(translate("originmap", "Somebody stood at the site; the map only helped to find it"))
        kept = QgsSettings().value(_SETTING, False, type=bool)
        (self._on_site if kept else self._imagery).setChecked(True)
        self._on_site.toggled.connect(self._keep)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self._imagery)
        layout.addWidget(self._on_site)
        layout.addStretch()

    @property
    def on_site(self) -> bool:
        """Whether clicks repeat what was seen on site."""
        return self._on_site.isChecked()

    def _keep(self, on_site: bool) -> None:
        QgsSettings().setValue(_SETTING, on_site)
