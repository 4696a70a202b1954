"""How the layers that an algorithm gives look when they come into the project."""

from __future__ import annotations

from typing import Callable, Mapping, NamedTuple

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsMarkerSymbol,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsRendererCategory,
    QgsVectorLayer,
)

_CLEAR = "255,255,255,0"


class Styler(QgsProcessingLayerPostProcessorInterface):
    """Styles a layer once Processing has loaded it.

    Processing keeps no reference, and asks for it when the algorithm is gone: whoever makes one keeps it in its module.
    """

    def __init__(self, style: Callable[[QgsVectorLayer], None]) -> None:
        super().__init__()
        self._style = style

    def postProcessLayer(
        self, layer: QgsVectorLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Called by Processing."""
        self._style(layer)
        layer.triggerRepaint()


class Mark(NamedTuple):
    """A point's symbol: shape, colour, size in mm, and whether it is a frame in which others can be seen."""

    shape: str
    colour: str
    size: float
    frame: bool = False


def style_marks(layer: QgsVectorLayer, field: str, marks: Mapping[str, Mark], titles: Mapping[str, str]) -> None:
    """Give each value of a field its symbol, the later ones above the earlier."""
    categories = []
    for place, (value, mark) in enumerate(marks.items()):
        look = {"color": mark.colour, "outline_color": "#ffffff", "outline_width": "0.3"}
        if mark.frame:
            look = {"color": _CLEAR, "outline_color": mark.colour, "outline_width": "0.6"}
        symbol = QgsMarkerSymbol.createSimple({"name": mark.shape, "size": str(mark.size), **look})
        symbol.symbolLayer(0).setRenderingPass(place)
        categories.append(QgsRendererCategory(value, symbol, titles[value]))
    renderer = QgsCategorizedSymbolRenderer(field, categories)
    renderer.setUsingSymbolLevels(True)
    layer.setRenderer(renderer)
