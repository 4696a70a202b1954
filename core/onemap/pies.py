"""Pies on a grid for the view from far: size says the sum of scale, slices say the products, as QGIS's own diagrams."""

from __future__ import annotations

from qgis.core import (
    QgsDiagramLayerSettings,
    QgsDiagramSettings,
    QgsLinearlyInterpolatedDiagramRenderer,
    QgsNullSymbolRenderer,
    QgsPalLayerSettings,
    QgsPieDiagram,
    QgsProperty,
    QgsPropertyCollection,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QSizeF
from qgis.PyQt.QtGui import QColor

from ..standard.model import Standard
from .aggregates import asked_varieties, column
from .fonts import text_format
from .query import Query

_LARGEST, _SMALLEST = 15.0, 4.0  # mm
_LINE = "#ffffff"
_LABELLED = 0.1  # of the largest amount


def style_pies(layer: QgsVectorLayer, query: Query, standard: Standard, factor: float = 1.0) -> None:
    """Draw a layer of :func:`.aggregates.cell_layer` as pies; areas are in proportion to the amount.

    Args:
        layer: its amounts are read now, to find the largest.
        query: the layer's.
        standard: with the county's own products.
        factor: by which pies and figures are larger, for larger paper.
    """
    place = layer.fields().indexOf("amount")
    largest = max((float(feature[place] or 0) for feature in layer.getFeatures()), default=1.0)
    varieties = asked_varieties(query, standard)
    settings = QgsDiagramSettings()
    settings.categoryAttributes = [column(variety) for variety in varieties]
    settings.categoryColors = [QColor(variety.colour) for variety in varieties]
    settings.categoryLabels = [variety.title for variety in varieties]
    settings.penColor, settings.penWidth = QColor(_LINE), 0.15 * factor
    settings.sizeType = QgsUnitTypes.RenderUnit.RenderMillimeters
    settings.minimumSize = _SMALLEST * factor
    settings.scaleByArea = True
    renderer = QgsLinearlyInterpolatedDiagramRenderer()
    renderer.setDiagram(QgsPieDiagram())
    renderer.setDiagramSettings(settings)
    renderer.setClassificationField("amount")
    renderer.setLowerValue(0.0)
    renderer.setLowerSize(QSizeF(0.0, 0.0))
    renderer.setUpperValue(largest or 1.0)
    renderer.setUpperSize(QSizeF(_LARGEST * factor, _LARGEST * factor))
    renderer.setAttributeLegend(True)
    layer.setRenderer(QgsNullSymbolRenderer())
    layer.setDiagramRenderer(renderer)
    layer.setDiagramLayerSettings(_placement())
    _label_sums(layer, largest, factor)


def _placement() -> QgsDiagramLayerSettings:
    placed = QgsDiagramLayerSettings()
    placed.setPlacement(QgsDiagramLayerSettings.Placement.OverPoint)
    placed.setShowAllDiagrams(True)
    placed.setDataDefinedProperties(
        _at(QgsDiagramLayerSettings.Property.PositionX, QgsDiagramLayerSettings.Property.PositionY)
    )
    return placed


def _at(x: int, y: int) -> QgsPropertyCollection:
    properties = QgsPropertyCollection()
    properties.setProperty(x, QgsProperty.fromField("x"))
    properties.setProperty(y, QgsProperty.fromField("y"))
    return properties


def _label_sums(layer: QgsVectorLayer, largest: float, factor: float) -> None:
    """The sum in the middle of each pie that is large enough for it."""
    settings = QgsPalLayerSettings()
    number = 'format_number("amount", if("amount" < 10, 1, 0))'
    settings.fieldName = f'if("amount" >= {largest * _LABELLED!r}, {number}, NULL)'
    settings.isExpression = True
    settings.placement = QgsPalLayerSettings.Placement.OverPoint
    text = text_format(7.0 * factor, "#212121")
    halo = text.buffer()
    halo.setEnabled(True)
    halo.setSize(0.6 * factor)
    halo.setColor(QColor("#ffffff"))
    text.setBuffer(halo)
    settings.setFormat(text)
    settings.displayAll = True
    placed = _at(QgsPalLayerSettings.Property.PositionX, QgsPalLayerSettings.Property.PositionY)
    placed.setProperty(QgsPalLayerSettings.Property.Hali, QgsProperty.fromValue("Center"))
    placed.setProperty(QgsPalLayerSettings.Property.Vali, QgsProperty.fromValue("Half"))
    settings.setDataDefinedProperties(placed)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
