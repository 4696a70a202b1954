"""The two-part legend: silhouettes of the products with their counts, and dots for the classes of scale."""

from __future__ import annotations

from qgis.core import QgsCategorizedSymbolRenderer, QgsMarkerSymbol, QgsProject, QgsRendererCategory, QgsVectorLayer

from ..standard.model import Standard
from .contents import Drawn
from .renderer import SIZE_CLASSES, dot, variety_symbol

_GREY = "#616161"
_SYMBOL = 4.2


def legend_layers(project: QgsProject, standard: Standard, drawn: Drawn, factor: float) -> list[QgsVectorLayer]:
    """Layers without features that carry the legend's parts; the project owns them."""
    present = [v for v in standard.varieties if drawn.varieties[v.code]]
    products = [(variety_symbol(v, _SYMBOL * factor), f"{v.title}　{drawn.varieties[v.code]}") for v in present]
    unknown = drawn.total - sum(drawn.varieties[v.code] for v in present)
    if unknown:
        products.append((dot(_SYMBOL * factor, _GREY), f"其他产品　{unknown}"))
    titles = [size.title() for size in SIZE_CLASSES]
    if len(present) == 1 and not unknown and present[0].threshold_engineered is None:
        unit = next((c.title for c in standard.choices("unit") if c.code == present[0].unit), "")
        titles = [size.title_in_unit(present[0].threshold, unit) for size in SIZE_CLASSES]
    sizes = [(dot(size.size * factor, _GREY), title) for size, title in zip(SIZE_CLASSES, titles)]
    if drawn.approximate:
        sizes.append((dot(3.0 * factor, _GREY, hollow=True), f"空心：近似点位　{drawn.approximate}"))
    heading = "生产规模" if titles[0] != SIZE_CLASSES[0].title() else "生产规模（采集标准的倍数）"
    return [_part(project, "产品（记录数）", products), _part(project, heading, sizes)]


def _part(project: QgsProject, title: str, entries: list[tuple[QgsMarkerSymbol, str]]) -> QgsVectorLayer:
    layer = QgsVectorLayer("Point?crs=EPSG:4490", title, "memory")
    categories = [QgsRendererCategory(number, symbol, text) for number, (symbol, text) in enumerate(entries)]
    layer.setRenderer(QgsCategorizedSymbolRenderer("0", categories))
    project.addMapLayer(layer, False)
    return layer
