"""The typeface in which Chinese is set, chosen among those that are installed."""

from __future__ import annotations

from functools import lru_cache

from qgis.core import QgsTextFormat, QgsUnitTypes
from qgis.PyQt.QtGui import QColor, QFont, QFontDatabase

from ..compat import font_families

_WANTED = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "WenQuanYi Micro Hei",
    "Noto Serif CJK SC",
    "SimSun",
)


@lru_cache(maxsize=1)  # thousands of texts ask
def chinese_family() -> str:
    """The first of the known Chinese typefaces that is there, else any that can write Chinese, else the default."""
    installed = set(font_families())
    able = font_families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return next((name for name in _WANTED if name in installed), able[0] if able else QFont().family())


def text_format(points: float, colour: str = "#212121", *, bold: bool = False, halo: float = 0.0) -> QgsTextFormat:
    """Text of the house style, its size in points; over a map with a white halo of so many mm."""
    font = QFont(chinese_family())
    font.setBold(bold)
    # Typefaces of several languages give digits behind Latin letters a form of the language, with a sign of its own
    # that a PDF cannot tell; unshaped, what is seen is found as well. Neither Chinese nor figures need shaping.
    font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    made = QgsTextFormat()
    made.setFont(font)
    made.setSize(points)
    made.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
    made.setColor(QColor(colour))
    around = made.buffer()
    around.setEnabled(halo > 0)
    around.setSize(halo)
    around.setColor(QColor("#ffffff"))
    made.setBuffer(around)
    return made
