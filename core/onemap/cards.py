"""Producer cards: a page for each record with what the register says of it and a small map of its place."""

from __future__ import annotations

from typing import Iterable, Mapping, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF

from ..compat import transform_between
from ..standard.model import Standard
from .base import keep_labels_off, name_townships, style_divisions
from .contents import projection_of
from .layout import add_scale_bar
from .mapsheet import County, village_layers
from .paper import Paper
from .people import shown_records
from .renderer import dot, variety_symbol
from .sheet import GREY, RED, Sheet, fitted, wrapped

CARD = Paper(210, 148, 0.8)
_REACH = 4000.0  # metres from the place to the edge of its map
_POINTS = (9.0, 8.0, 7.2)  # the largest in which all finds room
_LINE = 25.4 / 72 * 1.45  # mm of a line for each point, of the typefaces with the widest lines
_GROUP, _HEAD = 9.0, 22.0  # mm of a group's name and of a line's title
_TITLES = ((15.0, 1), (11.0, 1), (7.5, 2))
_EMPTY = "未填"
# Groups of lines: what stands in front, and the fields said behind it.
_GROUPS: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "主体",
        (
            ("主体类型", ("producer_type",)),
            ("信用代码", ("credit_code",)),
            ("信用等级", ("credit_grade",)),
            ("联系人", ("contact_name", "contact_phone")),
        ),
    ),
    (
        "产品",
        (
            ("产品", ("industry", "variety", "alias")),
            ("规模", ("amount", "scale_basis")),
            ("养殖设施", ("facility",)),
            ("生产方式", ("production_mode",)),
            ("产品认证", ("certification",)),
            ("追溯方式", ("traceability",)),
        ),
    ),
    ("基地", (("基地名称", ("site_name",)), ("基地地址", ("site_address",)))),
    (
        "时间",
        (
            ("茬次/月份", ("cycle",)),
            ("移栽定植", ("transplanted_on",)),
            ("上市", ("market_start",)),
            ("下市", ("market_end",)),
            ("采集", ("collected_on",)),
            ("核实", ("verified_on", "verified_how")),
        ),
    ),
    (
        "人员",
        (
            ("网格员", ("officer_role", "officer_name", "officer_phone")),
            ("信息采集员", ("collector_name", "collector_phone")),
        ),
    ),
    ("备注", (("", ("remark",)),)),
)


def add_cards(
    layout: QgsPrintLayout,
    project: QgsProject,
    county: County,
    records: Iterable[Mapping[str, object]],
    footer: str,
    *,
    masked: bool = True,
) -> int:
    """A page for each record; how many there are.

    Args:
        layout: gets the pages.
        project: owns the layers.
        county: whose divisions lie under the small maps.
        records: as :func:`core.register.selection.records` gives them.
        footer: stands at the foot of each page.
        masked: whether names and phones of people are hidden.
    """
    divisions = county.open_layer("division")
    style_divisions(divisions, 1.0)
    name_townships(divisions, 0.9, always=None)
    project.addMapLayer(divisions, False)
    number = 0
    for record, said in shown_records(county.standard, records, masked=masked):
        number += 1
        _add_card(Sheet.add(layout, CARD), project, county, record, said, divisions, footer)
    return number


def _add_card(
    sheet: Sheet,
    project: QgsProject,
    county: County,
    record: Mapping[str, object],
    said: Mapping[str, str],
    divisions: QgsVectorLayer,
    footer: str,
) -> None:
    m, width = CARD.margin, CARD.inner_width
    title, points = fitted(said.get("producer_name", "未填主体名称"), width - 30, _TITLES)
    place = county.name + said.get("township", "") + said.get("village", "")
    line = "　".join(part for part in (said.get("variety"), said.get("amount"), said.get("cycle"), place) if part)
    sheet.label("title", title, QRectF(m, m - 1, width - 30, 8), points, bold=True)
    sheet.label("state", _state(county.standard, record), QRectF(m, m - 1, width, 6), 9, GREY, across="right")
    sheet.label("subtitle", fitted(line, width, ((8.5, 1),))[0], QRectF(m, m + 7.5, width, 5), 8.5, GREY)
    sheet.rectangle("line", QRectF(m, m + 13, width, 0.3), "#9e9e9e")
    left = QRectF(m, m + 16, 92, CARD.height - 2 * m - 22)
    _groups(sheet, said, _wanted(county.standard, record), left)
    box = QRectF(left.right() + 5, left.top(), CARD.width - m - left.right() - 5, 96)
    _small_map(sheet, project, county, record, divisions, box)
    under = QRectF(box.left(), box.bottom() + 1.5, box.width(), 9)
    sheet.label("place", wrapped(_place_in_words(record), box.width(), 7.0), under, 7.0, GREY)
    sheet.label("footer", footer, QRectF(m, CARD.height - m - 4, width, 4), 7.5, RED, bottom=True)


def _state(standard: Standard, record: Mapping[str, object]) -> str:
    return next((choice.title for choice in standard.choices("status") if choice.code == record.get("status")), "")


def _wanted(standard: Standard, record: Mapping[str, object]) -> set[str]:
    """Fields that a record of this industry has to have."""
    industry = record.get("industry")
    wanted = (field for field in standard.fields if field.required_at is not None)
    return {field.name for field in wanted if not field.industries or industry in field.industries}


def _groups(sheet: Sheet, said: Mapping[str, str], wanted: set[str], box: QRectF) -> None:
    """Groups of titles and values one below the other, in type as large as lets all find room.

    Each column is one text: a layout takes longer for each item the more it has, and there are hundreds of cards.
    """
    width = box.width() - _GROUP - _HEAD
    for points in _POINTS:
        room = int(box.height() / (points * _LINE))
        groups = _told(said, wanted, width, points)
        if sum(len(rows) + 1 for _, rows in groups) - 1 <= room:
            break
    names, heads, values = ("\n".join(column) for column in zip(*_within(groups, room)))
    missing = "\n".join(value if value == _EMPTY else "" for value in values.split("\n"))
    left, y, height = box.left(), box.top(), box.height() + points * _LINE
    sheet.label("groups", names, QRectF(left, y, box.width(), height), points, bold=True)
    sheet.label("heads", heads, QRectF(left + _GROUP, y, _HEAD, height), points, GREY)
    sheet.label("values", values.replace(_EMPTY, ""), QRectF(left + _GROUP + _HEAD, y, width, height), points)
    if missing.strip():
        sheet.label("missing", missing, QRectF(left + _GROUP + _HEAD, y, width, height), points, RED)


def _told(
    said: Mapping[str, str], wanted: set[str], width: float, points: float
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The groups that have something to say, each with its lines of title and value."""
    groups = []
    for name, lines in _GROUPS:
        texts = [(title, _joined(said, fields) or _EMPTY * bool(wanted & set(fields))) for title, fields in lines]
        rows = [row for title, text in texts if text for row in _rows(title, wrapped(text, width, points))]
        if rows:
            groups.append((name, rows))
    return groups


def _within(groups: list[tuple[str, list[tuple[str, str]]]], room: int) -> list[tuple[str, str, str]]:
    """The lines of the groups that find room, with an empty one between them; that others don't is said."""
    lines: list[tuple[str, str, str]] = []
    for name, rows in groups:
        if len(lines) + len(rows) > room:
            return [*lines, (f"“{name}”及以下各项见档案库", "", "")]
        lines += [(name, *rows[0]), *(("", *row) for row in rows[1:]), ("", "", "")]
    return lines


def _rows(title: str, text: str) -> list[tuple[str, str]]:
    """The title beside the first line of a text."""
    first, *more = text.split("\n")
    return [(title, first), *(("", line) for line in more)]


def _joined(said: Mapping[str, str], fields: Sequence[str]) -> str:
    return "　".join(said[name] for name in fields if said.get(name))


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
    middle = transform_between(degrees, crs, project.transformContext()).transform(place)
    radius = _radius(record)
    own: list[QgsVectorLayer] = [_own_point(county, record, place)]
    if radius:
        own.append(_circle(middle, radius, crs))
    own += village_layers(divisions, str(record.get("division_code") or ""), 0.95)
    project.addMapLayers(own, False)
    layers: list[QgsMapLayer] = [*own, divisions]
    area = QgsRectangle(middle, middle).buffered(max(_REACH, 1.15 * radius))
    item = sheet.map("map", box, layers, crs, area)
    add_scale_bar(sheet, item, QRectF(box.left() + 2, box.bottom() - 9, 40, 8))


def _point(record: Mapping[str, object]) -> Optional[QgsPointXY]:
    longitude, latitude = record.get("longitude"), record.get("latitude")
    if longitude is None or latitude is None:
        return None
    return QgsPointXY(float(str(longitude)), float(str(latitude)))


def _radius(record: Mapping[str, object]) -> float:
    """Metres within which an approximate place truly lies; 0 for an exact one, or where nobody said."""
    if record.get("point_quality") != "approximate":
        return 0.0
    return float(str(record.get("point_radius") or 0.0))


def _own_point(county: County, record: Mapping[str, object], place: QgsPointXY) -> QgsVectorLayer:
    hollow = record.get("point_quality") == "approximate"
    known = [variety for variety in county.standard.varieties if variety.code == record.get("variety")]
    symbol = variety_symbol(known[0], 7.0, hollow=hollow) if known else dot(4.0, "#616161", hollow=hollow)
    layer = _layer_of("Point", "EPSG:4490", "本记录", QgsGeometry.fromPointXY(place))
    layer.renderer().setSymbol(symbol)
    keep_labels_off(layer, 2.0)
    return layer


def _circle(middle: QgsPointXY, radius: float, crs: QgsCoordinateReferenceSystem) -> QgsVectorLayer:
    """How far an approximate place may be off."""
    layer = _layer_of("Polygon", crs.authid(), "误差范围", QgsGeometry.fromPointXY(middle).buffer(radius, 48))
    style = {"color": "183,28,28,16", "outline_color": RED, "outline_width": "0.25", "outline_style": "dash"}
    layer.renderer().setSymbol(QgsFillSymbol.createSimple(style))
    return layer


def _layer_of(kind: str, crs: str, name: str, geometry: QgsGeometry) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{kind}?crs={crs}", name, "memory")
    feature = QgsFeature()
    feature.setGeometry(geometry)
    layer.dataProvider().addFeatures([feature])
    return layer


def _place_in_words(record: Mapping[str, object]) -> str:
    place = _point(record)
    if place is None:
        return "本记录尚无点位，请现场定位后补上。"
    told = f"经度 {place.x():.6f}　纬度 {place.y():.6f}（2000 国家大地坐标系）"
    if record.get("point_quality") != "approximate":
        return told
    radius = _radius(record)
    return f"{told}\n空心符号为近似点位" + (f"，虚线圈内为误差范围，半径约 {radius:,.0f} 米" if radius else "")
