"""The base under the points: outlines of townships and county in muted greys, township names with a halo."""

from __future__ import annotations

from qgis.core import (
    QgsFillSymbol,
    QgsPalLayerSettings,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from .fonts import text_format


def style_divisions(layer: QgsVectorLayer, factor: float) -> None:
    """Draw the outlines; ``factor`` enlarges lines for larger paper."""
    root = QgsRuleBasedRenderer.Rule(None)
    for level, fill, line, width in (
        ("township", "#fbfaf6", "#b4b4b4", 0.2),
        ("county", "255,255,255,0", "#6b6b6b", 0.6),
    ):
        style = {"color": fill, "outline_color": line, "outline_width": str(width * factor), "joinstyle": "round"}
        root.appendChild(QgsRuleBasedRenderer.Rule(QgsFillSymbol.createSimple(style), 0, 0, f"\"level\" = '{level}'"))
    layer.setRenderer(QgsRuleBasedRenderer(root))


def name_townships(layer: QgsVectorLayer, factor: float) -> None:
    """Write the townships' names; ``factor`` enlarges them for larger paper."""
    layer.setLabeling(QgsVectorLayerSimpleLabeling(_township_names(factor)))
    layer.setLabelsEnabled(True)


def _township_names(factor: float) -> QgsPalLayerSettings:
    settings = QgsPalLayerSettings()
    settings.fieldName = 'if("level" = \'township\', "name", NULL)'
    settings.isExpression = True
    text = text_format(7.5 * factor, "#4a4a4a")
    halo = text.buffer()
    halo.setEnabled(True)
    halo.setSize(0.7 * factor)
    halo.setColor(QColor("#ffffff"))
    text.setBuffer(halo)
    settings.setFormat(text)
    return settings
