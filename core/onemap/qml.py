"""How a layer looks, as QML: taken from it and put onto it, without the form and whatever else belongs to the layer."""

from __future__ import annotations

from qgis.core import QgsMapLayer, QgsReadWriteContext, QgsVectorLayer
from qgis.PyQt.QtXml import QDomDocument

_Category = QgsMapLayer.StyleCategory
_LOOKS = _Category.Symbology | _Category.Labeling | _Category.Diagrams | _Category.Rendering


def style_of(layer: QgsVectorLayer) -> str:
    """The layer's symbols, labels and diagrams."""
    document = QDomDocument()
    layer.exportNamedStyle(document, QgsReadWriteContext(), _LOOKS)
    return document.toString()


def put_style(layer: QgsVectorLayer, qml: str) -> bool:
    """Let a layer look as :func:`style_of` said; whether it could."""
    document = QDomDocument()
    document.setContent(qml)
    return layer.importNamedStyle(document, _LOOKS)[0]
