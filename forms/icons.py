"""Icons and colours of the panels: QGIS's own where it has one, the products' symbols in their colour."""

from __future__ import annotations

from functools import lru_cache

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap

from ..core.onemap.renderer import SYMBOLS
from ..core.standard.paths import RESOURCES

_SIZES = (16, 24, 32, 48, 64, 96, 128)
_HALO = QColor("#ffffff")
_HALF_LIGHT = 128
_WARNING_ON_LIGHT, _WARNING_ON_DARK = "#b3430f", "#ff9e5e"


def theme_icon(name: str) -> QIcon:
    """An icon of QGIS's theme by its file name, as in ``/mActionAddBasicCircle.svg``."""
    return QgsApplication.getThemeIcon(f"/{name.lstrip('/')}")


def own_icon(name: str) -> QIcon:
    """An icon of the plugin's own (``originmap``)."""
    return QIcon(str(RESOURCES / "icons" / f"{name}.svg"))


@lru_cache(maxsize=128)
def variety_icon(symbol: str, colour: str) -> QIcon:
    """A product's symbol in a colour (``#rrggbb``), drawn sharp at every size up to 200 % of a large button.

    A county's own products have no symbol: they get a plain round one.
    """
    path = SYMBOLS / f"{symbol}.svg"
    if not path.is_file():
        return _round_icon(colour)
    icon = QIcon()
    for size in _SIZES:
        image, _ = QgsApplication.svgCache().svgAsImage(str(path), size, QColor(colour), _HALO, 0.8, 1.0)
        icon.addPixmap(QPixmap.fromImage(image))
    return icon


def _round_icon(colour: str) -> QIcon:
    icon = QIcon()
    for size in _SIZES:
        pixmap = _blank(size)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QRectF(size * 0.2, size * 0.2, size * 0.6, size * 0.6))
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def _blank(size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def warning_colour(palette: QPalette) -> QColor:
    """What shall strike the eye, readable on the palette's background whether it is light or dark."""
    dark = palette.color(QPalette.ColorRole.Base).lightness() < _HALF_LIGHT
    return QColor(_WARNING_ON_DARK if dark else _WARNING_ON_LIGHT)


def faint_colour(palette: QPalette) -> QColor:
    """For captions: the text's, half as strong; what a theme takes for placeholders may be lost on its background."""
    colour = QColor(palette.color(QPalette.ColorRole.Text))
    colour.setAlpha(128)
    return colour
