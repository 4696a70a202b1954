#!/usr/bin/env python3
"""Looks at the products' symbols as others see them: colour-blind readers, and whoever has a black-and-white print.

Draws ``docs/images/symbols.png`` and tells which two are hardest to tell apart by each kind of sight. Sights are
simulated by the matrices of Machado, Oliveira and Fernandes (2009, severity 1.0) on linear RGB, black and white by the
luminance of sRGB; differences are CIE 1976 ΔE under D65, the mean over the pixels that either symbol covers, best of
all shifts by one pixel: what only lies elsewhere is no difference.
"""

from __future__ import annotations

import os
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Mapping, NamedTuple, Optional, Sequence

import numpy as np
import numpy.typing as npt
from qgis.core import QgsApplication, QgsRenderContext
from qgis.PyQt.QtCore import QPointF, QRect, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter

if TYPE_CHECKING:
    from originmap.core.standard.model import Variety

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "images" / "symbols.png"
SMALLEST = 12  # pixels
_PAPER = "#fbfaf6"  # of the map
_MARGIN = 4  # pixels
_SEEN = 5.0  # ΔE from the paper from which on a pixel counts as the symbol's
_CELL, _NAME = 96, 120  # pixels of the sheet

Picture = npt.NDArray[np.float64]


class Sight(Enum):
    """How colours are seen: a matrix on linear RGB."""

    USUAL = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    PROTANOPIA = (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    )
    DEUTERANOPIA = (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    )
    TRITANOPIA = (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    )
    GREY = ((0.2126, 0.7152, 0.0722),) * 3


_TITLES = {
    Sight.USUAL: "常人",
    Sight.PROTANOPIA: "红色盲",
    Sight.DEUTERANOPIA: "绿色盲",
    Sight.TRITANOPIA: "蓝色盲",
    Sight.GREY: "黑白打印",
}
_XYZ = np.array(
    ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
)
_WHITE = np.array((0.95047, 1.0, 1.08883))


class Pair(NamedTuple):
    """Two products and how different their symbols look, in ΔE."""

    difference: float
    one: str
    other: str


def drawn(variety: Variety, pixels: int = SMALLEST, ink: Optional[str] = None) -> Picture:
    """The symbol on the map's paper as sRGB from 0 to 1, shape (rows, columns, 3); ``ink`` takes its colour away."""
    from originmap.core.onemap.renderer import variety_symbol

    size = pixels + 2 * _MARGIN
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(3780)
    image.setDotsPerMeterY(3780)
    image.fill(QColor(_PAPER))
    symbol = variety_symbol(variety, pixels * 25.4 / 96)
    if ink:
        symbol.symbolLayer(0).setFillColor(QColor(ink))
    painter = QPainter(image)
    context = QgsRenderContext.fromQPainter(painter)
    symbol.startRender(context)
    symbol.renderPoint(QPointF(size / 2, size / 2), None, context)
    symbol.stopRender(context)
    painter.end()
    bits = image.constBits()
    bits.setsize(4 * size * size)
    return np.frombuffer(bytes(bits), np.uint8).reshape(size, size, 4)[:, :, 2::-1] / 255.0


def seen(picture: Picture, sight: Sight) -> Picture:
    """The picture as linear RGB by that sight."""
    linear = np.where(picture <= 0.04045, picture / 12.92, ((picture + 0.055) / 1.055) ** 2.4)
    return np.clip(linear @ np.array(sight.value).T, 0, 1)


def lightness_and_colour(linear: Picture) -> Picture:
    """CIE L*a*b* of linear RGB."""
    share = linear @ _XYZ.T / _WHITE
    root = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def difference(one: Picture, other: Picture) -> float:
    """How different two symbols look (both in L*a*b*)."""
    paper = one[0, 0]
    found = []
    for shift in ((down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)):
        moved = np.roll(other, shift, (0, 1))
        covered = (_apart(one, paper) > _SEEN) | (_apart(moved, paper) > _SEEN)
        found.append(float(_apart(one, moved)[covered].mean()))
    return min(found)


def _apart(one: Picture, other: Picture) -> Picture:
    return np.linalg.norm(one - other, axis=-1)


def hardest(varieties: Sequence[Variety], sight: Sight, ink: Optional[str] = None) -> Pair:
    """The two products that are hardest to tell apart."""
    looks = {variety.code: lightness_and_colour(seen(drawn(variety, ink=ink), sight)) for variety in varieties}
    codes = sorted(looks)
    return min(Pair(difference(looks[a], looks[b]), a, b) for a in codes for b in codes if a < b)


def faintest(varieties: Sequence[Variety], sight: Sight) -> tuple[float, str]:
    """The product that stands out least from the paper, and by how much its darkest spot does (L*)."""
    looks = {variety.code: lightness_and_colour(seen(drawn(variety), sight))[..., 0] for variety in varieties}
    return min((float(look[0, 0] - look.min()), code) for code, look in looks.items())


def _sheet(varieties: Sequence[Variety]) -> QImage:
    """A row for each sight; each symbol twice: at its smallest, and as large as in a legend."""
    from originmap.core.onemap.fonts import chinese_family

    sheet = QImage(_NAME + _CELL * len(varieties), _CELL * (len(Sight) + 1), QImage.Format.Format_RGB32)
    sheet.fill(QColor(_PAPER))
    painter = QPainter(sheet)
    painter.setFont(QFont(chinese_family(), 13))
    for column, variety in enumerate(varieties):
        box = QRect(_NAME + column * _CELL, 0, _CELL, _CELL)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), variety.title)
    for row, sight in enumerate(Sight, 1):
        painter.drawText(QRect(12, row * _CELL, _NAME, _CELL), int(Qt.AlignmentFlag.AlignVCenter), _TITLES[sight])
        for column, variety in enumerate(varieties):
            for pixels, left in ((SMALLEST, 8), (36, 36)):
                image = _image(seen(drawn(variety, pixels), sight))
                painter.drawImage(_NAME + column * _CELL + left, row * _CELL + (_CELL - image.height()) // 2, image)
    painter.end()
    return sheet


def _image(linear: Picture) -> QImage:
    coded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    rows, columns, _ = coded.shape
    data = np.ascontiguousarray(np.rint(coded * 255).astype(np.uint8))
    return QImage(data.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()


def main() -> int:
    """Draw the sheet and tell the figures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from as_package import register_package

    register_package()
    from originmap.core.standard.model import load_standard

    application = QgsApplication([], False)
    application.initQgis()
    varieties = load_standard().varieties
    titles: Mapping[str, str] = {variety.code: variety.title for variety in varieties}
    _sheet(varieties).save(str(TARGET))
    for sight in Sight:
        pair, (contrast, faint) = hardest(varieties, sight), faintest(varieties, sight)
        told = f"{_TITLES[sight]}：最难分的是{titles[pair.one]}和{titles[pair.other]}，ΔE {pair.difference:.0f}"
        print(f"{told}；最淡的是{titles[faint]}，比纸暗 {contrast:.0f}")
    pair = hardest(varieties, Sight.GREY, ink="#000000")
    print(f"只凭形状：最难分的是{titles[pair.one]}和{titles[pair.other]}，ΔE {pair.difference:.0f}")
    application.exitQgis()
    return 0


if __name__ == "__main__":
    sys.exit(main())
