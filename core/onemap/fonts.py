"""The typeface in which Chinese is set, chosen among those that are installed."""

from __future__ import annotations

from qgis.core import QgsTextFormat, QgsUnitTypes
from qgis.PyQt.QtGui import QColor, QFont, QFontDatabase

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


def chinese_family() -> str:
    """The first of the known Chinese typefaces that is there, else any that can write Chinese, else the default."""
    database = QFontDatabase()
    installed = set(database.families())
    able = database.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return next((name for name in _WANTED if name in installed), able[0] if able else QFont().family())


def text_format(points: float, colour: str = "#212121", *, bold: bool = False) -> QgsTextFormat:
    """Text of the house style, its size in points."""
    font = QFont(chinese_family())
    font.setBold(bold)
    made = QgsTextFormat()
    made.setFont(font)
    made.setSize(points)
    made.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
    made.setColor(QColor(colour))
    return made
