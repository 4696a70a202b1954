"""The layers of styles in the project, one at a time to be seen, and a map theme of QGIS for each of them."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsLayerTreeLayer, QgsMapLayer, QgsMapThemeCollection, QgsProject, QgsVectorLayer

from ...core.onemap.look import Look
from ...core.register.layers import ROLE
from ..workbench import Workbench

STYLE_ROLE = "style"
SYMBOLS = Look().name
_NAME = "originmap/style_name"
_THEME = "一张图 · {}"
_OWN = "{}（自定）"


class StyleLayers:
    """Found again by custom property, also in a project that was saved with them."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def names(self) -> list[str]:
        """Of the styles that have a layer."""
        return sorted(self._layers())

    def layer(self, name: str) -> Optional[QgsVectorLayer]:
        """The layer of a style."""
        return self._layers().get(name)

    def put(self, layer: QgsVectorLayer, name: str, own: bool) -> None:
        """Put a layer over the records, hidden, in the place of the one that showed this style before.

        Args:
            layer: made for it.
            name: of the style.
            own: whether a person changed it: then QGIS lists it so.
        """
        project, records = QgsProject.instance(), self._records()
        if records is None:
            return
        self._take(name)
        layer.setCustomProperty(ROLE, STYLE_ROLE)
        layer.setCustomProperty(_NAME, name)
        manager = layer.styleManager()
        manager.renameStyle(manager.currentStyle(), _OWN.format(name) if own else name)
        project.addMapLayer(layer, False)
        node = QgsLayerTreeLayer(layer)
        node.setExpanded(False)
        node.setItemVisibilityChecked(False)
        group = records.parent()
        group.insertChildNode(group.children().index(records), node)

    def show(self, name: str) -> None:
        """Let the map show one style, that of the symbols being the records' own layer."""
        records, shown = self._records(), self._layers()
        if records is None:
            return
        root = QgsProject.instance().layerTreeRoot()
        for other, layer in shown.items():
            root.findLayer(layer.id()).setItemVisibilityChecked(other == name)
        records.setItemVisibilityChecked(name not in shown)
        self.write_themes()

    def seen(self) -> str:
        """The style that the map shows, when it shows just one; empty otherwise."""
        records, root = self._records(), QgsProject.instance().layerTreeRoot()
        if records is None:
            return ""
        shown = [name for name, layer in self._layers().items() if root.findLayer(layer.id()).itemVisibilityChecked()]
        if records.itemVisibilityChecked():
            shown.append(SYMBOLS)
        return shown[0] if len(shown) == 1 else ""

    def write_themes(self) -> None:
        """A theme for the symbols and for each style; whatever else the map shows now is shown in all of them."""
        project, session = QgsProject.instance(), self._workbench.session
        if session is None:
            return
        styled = self._layers()
        ours = {SYMBOLS: session.layer, **styled}
        themes = project.mapThemeCollection()
        for name in ours:
            record = QgsMapThemeCollection.MapThemeRecord()
            for node in project.layerTreeRoot().findLayers():
                mine = node.layer() in ours.values()
                if node.layer() is ours[name] or (node.isVisible() and node.layer() is not None and not mine):
                    record.addLayerRecord(_in_theme(node.layer()))
            title = _THEME.format(name)
            if not themes.hasMapTheme(title) or themes.mapThemeState(title) != record:
                themes.insert(title, record)
        self._drop_themes({_THEME.format(name) for name in ours})

    def remove_all(self) -> None:
        """Take out layers and themes, and show the records again."""
        names = self.names()
        for name in names:
            self._take(name)
        self._drop_themes(set())
        records = self._records()
        if names and records is not None:
            records.setItemVisibilityChecked(True)

    def _drop_themes(self, kept: set[str]) -> None:
        themes, prefix = QgsProject.instance().mapThemeCollection(), _THEME.format("")
        for title in themes.mapThemes():
            if title.startswith(prefix) and title not in kept:
                themes.removeMapTheme(title)

    def _take(self, name: str) -> None:
        layer = self.layer(name)
        if layer is not None:
            QgsProject.instance().removeMapLayer(layer.id())

    def _layers(self) -> dict[str, QgsVectorLayer]:
        layers = QgsProject.instance().mapLayers().values()
        ours = [layer for layer in layers if layer.customProperty(ROLE) == STYLE_ROLE]
        return {str(layer.customProperty(_NAME, layer.name())): layer for layer in ours}

    def _records(self) -> Optional[QgsLayerTreeLayer]:
        session = self._workbench.session
        return None if session is None else QgsProject.instance().layerTreeRoot().findLayer(session.layer.id())


def _in_theme(layer: QgsMapLayer) -> QgsMapThemeCollection.MapThemeLayerRecord:
    record = QgsMapThemeCollection.MapThemeLayerRecord(layer)
    record.usingCurrentStyle = True
    record.currentStyle = layer.styleManager().currentStyle()
    return record
