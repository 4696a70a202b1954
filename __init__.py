"""Origin Map: the registry of agricultural origins as a QGIS plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .plugin.plugin import OriginMapPlugin


def classFactory(iface: QgisInterface) -> OriginMapPlugin:
    """What QGIS calls to load the plugin.

    The import waits until then, so that the rooms that need no QGIS can be used and tested without it.
    """
    from .plugin.plugin import OriginMapPlugin

    return OriginMapPlugin(iface)
