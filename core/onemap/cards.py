"""Producer cards: a page for each record with what the register says of it and a small map, people's data masked."""

from __future__ import annotations

from typing import Iterable, Mapping, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF

from ..sheets.table_rows import RowMaker
from .base import style_divisions
from .contents import projection_of
from .layout import add_scale_bar
from .mapsheet import County, village_layers
from .paper import Paper
from .renderer import dot, variety_symbol
from .sheet import GREY, RED, Sheet, wrapped

CARD = Paper(210, 148, 0.8)
_LEFT_OUT = frozenset(
    ("uid", "serial", "province", "city", "county", "producer_name", "place_datum", "longitude", "latitude")
)
_REACH = 4000.0  # metres from the place to the edge of its map
_POINTS = 7.0
_LINE = 3.5  # mm
_HEAD = 26.0  # mm of a line's own title


def add_cards(
    layout: QgsPrintLayout, project: QgsProject, county: County, records: Iterable[Mapping[str, object]], footer: str
) -> int:
    """A page for each record; how many there are.

    Args:
        layout: gets the pages.
        project: owns the layers.
        county: whose divisions lie under the small maps.
        records: as :func:`core.register.selection.records` gives them.
        footer: stands at the foot of each page.
    """
    divisions = county.open_layer("division")
    style_divisions(divisions, 1.0)
    project.addMapLayer(divisions, False)
    maker = RowMaker(county.standard, masked=True)
    columns = [(field.name, field.title) for field in county.standard.annex()]
    number = 0
    for record in records:
        number += 1
        (row,) = maker.rows([record])
        shown = {name: (title, value) for (name, title), value in zip(columns, row) if value not in (None, "")}
        _add_card(Sheet.add(layout, CARD), project, county, record, shown, divisions, footer)
    return number


def _add_card(
    sheet: Sheet,
    project: QgsProject,
    county: County,
    record: Mapping[str, object],
    shown: Mapping[str, tuple[str, object]],
    divisions: QgsVectorLayer,
    footer: str,
) -> None:
    m, width = CARD.margin, CARD.inner_width
    said = {name: _plain(value) for name, (_, value) in shown.items()}
    title = said.get("producer_name", "未填主体名称")
    place = county.name + said.get("township", "") + said.get("village", "")
    scale = f"{said.get('scale', '')} {said.get('unit', '')}".strip()
    line = "　".join(part for part in (said.get("variety", ""), scale, said.get("cycle", ""), place) if part)
    sheet.label("title", title, QRectF(m, m - 1, width, 8), 15, bold=True)
    sheet.label("subtitle", line, QRectF(m, m + 7.5, width, 5), 8.5, GREY)
    sheet.rectangle("line", QRectF(m, m + 13, width, 0.3), "#9e9e9e")
    left = QRectF(m, m + 16, 92, CARD.height - 2 * m - 22)
    _lines(sheet, [shown[name] for name in shown if name not in _LEFT_OUT], left)
    box = QRectF(left.right() + 5, left.top(), CARD.width - m - left.right() - 5, 88)
    _small_map(sheet, project, county, record, divisions, box)
    under = QRectF(box.left(), box.bottom() + 1.5, box.width(), 9)
    sheet.label("place", wrapped(_place_in_words(record), box.width(), _POINTS), under, _POINTS, GREY)
    sheet.label("footer", footer, QRectF(m, CARD.height - m - 4, width, 4), 7.5, RED, bottom=True)


def _lines(sheet: Sheet, lines: Sequence[tuple[str, object]], box: QRectF) -> None:
    """Titles and values one below the other; what finds no room is said to be in the register."""
    y = box.top()
    for place, (title, value) in enumerate(lines):
        text = wrapped(_plain(value), box.width() - _HEAD, _POINTS)
        height = _LINE * (text.count("\n") + 1)
        if y + height > box.bottom():
            rest = QRectF(box.left(), y, box.width(), _LINE)
            sheet.label("more", f"另有 {len(lines) - place} 项见档案库", rest, _POINTS, GREY)
            return
        sheet.label(f"head_{place}", title, QRectF(box.left(), y, _HEAD, _LINE), _POINTS, GREY)
        sheet.label(f"value_{place}", text, QRectF(box.left() + _HEAD, y, box.width() - _HEAD, height), _POINTS)
        y += height + 0.5


def _small_map(
    sheet: Sheet,
    project: QgsProject,
    county: County,
    record: Mapping[str, object],
    divisions: QgsVectorLayer,
    box: QRectF,
) -> None:
    place = _point(record)
    if place is None:
        sheet.rectangle("map", box, "#f4f4f2", "#9e9e9e")
        middle = QRectF(box.left(), box.center().y() - 3, box.width(), 6)
        sheet.label("no_point", "待补点", middle, 10, GREY, across="centre")
        return
    crs = projection_of(QgsRectangle(place, place))
    degrees = QgsCoordinateReferenceSystem.fromEpsgId(4490)
    middle = QgsCoordinateTransform(degrees, crs, project).transform(place)
    villages = village_layers(divisions, str(record.get("division_code") or ""), CARD.factor)
    project.addMapLayers(villages, False)
    layers: list[QgsMapLayer] = [_own_point(project, county, record, place), *villages, divisions]
    area = QgsRectangle(middle, middle).buffered(max(_REACH, float(str(record.get("point_radius") or 0))))
    item = sheet.map("map", box, layers, crs, area)
    add_scale_bar(sheet, item, QRectF(box.left() + 2, box.bottom() - 9, 40, 8))


def _point(record: Mapping[str, object]) -> Optional[QgsPointXY]:
    longitude, latitude = record.get("longitude"), record.get("latitude")
    if longitude is None or latitude is None:
        return None
    return QgsPointXY(float(str(longitude)), float(str(latitude)))


def _own_point(project: QgsProject, county: County, record: Mapping[str, object], place: QgsPointXY) -> QgsVectorLayer:
    layer = QgsVectorLayer("Point?crs=EPSG:4490", "本记录", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromPointXY(place))
    layer.dataProvider().addFeatures([feature])
    hollow = record.get("point_quality") == "approximate"
    known = [variety for variety in county.standard.varieties if variety.code == record.get("variety")]
    symbol = variety_symbol(known[0], 7.0, hollow=hollow) if known else dot(4.0, "#616161", hollow=hollow)
    layer.renderer().setSymbol(symbol)
    project.addMapLayer(layer, False)
    return layer


def _place_in_words(record: Mapping[str, object]) -> str:
    place = _point(record)
    if place is None:
        return "本记录尚无点位，请现场定位后补上。"
    radius = record.get("point_radius")
    approximate = record.get("point_quality") == "approximate"
    sure = "空心符号为近似点位" + (f"，误差约 {float(str(radius)):,.0f} 米" if radius else "")
    return f"经度 {place.x():.6f}　纬度 {place.y():.6f}（2000 国家大地坐标系）" + (f"\n{sure}" if approximate else "")


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
