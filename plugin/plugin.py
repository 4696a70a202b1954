"""The object QGIS holds while the plugin is loaded: it registers, wires, and takes everything away again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from ..core import vendored
from ..core.locale import translation_name
from ..core.standard.paths import RESOURCES
from ..processing.provider import OriginMapProvider
from .log import QgisLogHandler

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .desktop import Desktop

_PACKAGE_LOGGER = logging.getLogger(__name__.split(".")[0])


class OriginMapPlugin:
    """Wiring only. In ``qgis_process`` there is no usable ``iface`` and only :meth:`initProcessing` is called."""

    def __init__(self, iface: Optional[QgisInterface]) -> None:
        self._iface = iface
        self._provider: Optional[OriginMapProvider] = None
        self._log_handler = QgisLogHandler(logging.INFO)
        self._level_before = _PACKAGE_LOGGER.level
        _PACKAGE_LOGGER.addHandler(self._log_handler)
        _PACKAGE_LOGGER.setLevel(logging.INFO)
        self._translator = _install_translator()
        self._desktop: Optional[Desktop] = None

    def initProcessing(self) -> None:
        """Register the algorithms."""
        if self._provider is None:
            self._provider = OriginMapProvider()
            QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        """Called in the desktop only."""
        self.initProcessing()
        if self._iface is not None:
            # Panels take a fifth of a second to import, which ``qgis_process`` has no use for.
            from .desktop import Desktop

            self._desktop = Desktop(self._iface)
            self._desktop.load()

    def unload(self) -> None:
        """Leave QGIS as it was before the plugin came."""
        if self._desktop is not None:
            self._desktop.unload()
            self._desktop = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
        _PACKAGE_LOGGER.removeHandler(self._log_handler)
        _PACKAGE_LOGGER.setLevel(self._level_before)
        vendored.withdraw()


def _install_translator() -> Optional[QTranslator]:
    name = translation_name()
    translator = QTranslator()
    if not name or not translator.load(str(RESOURCES / "translations" / f"originmap_{name}.qm")):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
