"""One page of the distribution map from the register: the map, and around it what is true of just what it shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import floor, log10
from pathlib import Path
from typing import Callable, Mapping, NamedTuple, Optional, Sequence

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsPointXY,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

from ..compat import transform_between
from ..places.names import village_base
from ..standard.errors import OriginMapError
from ..standard.model import Standard
from .base import name_townships, style_divisions, style_lines, style_overview, village_names
from .charts import add_calendar
from .checks import NEWEST
from .contents import Words, map_area, projected, projection_of
from .drawn import Drawn, on_map, read_drawn, spread_layer
from .filtered import filter_layer
from .ground import ground_of
from .layout import add_furniture, add_overview, add_table, is_part, write_words
from .legend import Part, add_legend, base_part, legend_parts
from .look import Look, Style
from .look_legend import look_parts
from .looks import look_layer
from .paper import Paper
from .qml import put_style
from .query import Query
from .query_words import in_words
from .renderer import variety_renderer
from .sheet import Sheet
from .spreading import Ground

_COUNTY, _TOWNSHIP = 6, 9
_LONG = 60  # signs
_PIE, _CELL = 17.0, 7.0  # mm of a cell on A4
_AREAS = (Style.DIVISIONS, Style.HEXAGONS, Style.SQUARES)  # that would hide outlines and names
_BY_PRODUCT = (Style.SYMBOLS, Style.RING, Style.PIES)  # their legends tell the products' colours
_SYMBOLS = Look()
_SLIGHT = 0.3  # mm: a symbol moved less stands where it belongs


@dataclass(frozen=True)
class County:
    """The register a map is made of, with what it knows of names and standard; ``open_layer`` gives its tables.

    ``kept`` are the styles (QML) that people changed, by the name of their look.
    """

    path: Path
    open_layer: Callable[[str], QgsVectorLayer]
    code: str
    name: str
    names: Mapping[str, str]
    standard: Standard
    kept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Imprint:
    """What the person wants printed on the sheet; empty texts leave their place blank."""

    title: str = ""
    source: str = ""
    author: str = ""
    review_number: str = ""
    footer: str = ""


@dataclass(frozen=True)
class Page:
    """What one page is about.

    Attributes:
        query: its records.
        division: code of the division it zooms to.
        title: of the map.
        name: what its file's name says of it.
        look: how the records are shown.
        extent: what it shows instead of the division, in degrees.
    """

    query: Query
    division: str
    title: str
    name: str = ""
    look: Look = _SYMBOLS
    extent: Optional[QgsRectangle] = None


def first_page(county: County, query: Query, look: Look = _SYMBOLS, extent: Optional[QgsRectangle] = None) -> Page:
    """The page of a whole query: the extent, else the one division asked for, else the county."""
    code = query.divisions[0] if len(query.divisions) == 1 and query.divisions[0] else county.code
    return Page(query, code, page_title(county, query, code, look), "", look, extent)


def page_title(county: County, query: Query, division: str, look: Look = _SYMBOLS, when: str = "") -> str:
    """As in 示例县石湾镇豇豆5月在市产地分布图; ``when`` stands before what the map is called."""
    place = county.name + (county.names.get(division, "") if division != county.code else "")
    asked = [variety.title for variety in county.standard.varieties if variety.code in query.varieties]
    return f"{place}{asked[0] if len(query.varieties) == len(asked) == 1 else '农产品'}{when}{look.map_name}"


def compose(
    layout: QgsPrintLayout, project: QgsProject, paper: Paper, county: County, page: Page, imprint: Imprint
) -> Drawn:
    """Add the page to the layout; the counts in its words, legend, table and chart are those of what its map shows.

    Raises:
        OriginMapError: ``MAP_EMPTY`` when no record of the query is on the map, or as for :func:`.looks.look_layer`.
    """
    records, divisions = county.open_layer("record"), county.open_layer("division")
    overview = county.open_layer("division")
    filter_layer(records, page.query, county.standard)
    style_divisions(divisions, paper.factor, page.division if page.division != county.code else "")
    area = page.extent or map_area(records, divisions, page.division)
    crs = projection_of(area)
    sheet = Sheet.add(layout, paper)
    shown = sheet.map(_named("map", sheet), paper.map_frame(), [], crs, _framed(page, area, crs))
    degrees = QgsCoordinateReferenceSystem.fromEpsgId(4490)
    extent = transform_between(crs, degrees, project.transformContext()).transformBoundingBox(shown.extent())
    areas = _areas(divisions, page.look.level, extent) if page.look.style is Style.DIVISIONS else frozenset()
    drawn, features = read_drawn(records, extent, areas)
    if not drawn.total:
        layout.removeLayoutItem(shown)
        layout.pageCollection().deletePage(sheet.number)
        raise OriginMapError("MAP_EMPTY")
    metres = shown.extent().width() / paper.map_frame().width()
    ground = ground_of(divisions, crs, shown.extent(), metres).at
    dressed = _dressed(records, features, county, page, paper, crs, metres, drawn, ground)
    if page.look.style is not Style.DIVISIONS:
        # Areas that are coloured are named with their number.
        name_townships(divisions, paper.factor, page.division if page.division != county.code else "")
    villages = village_layers(divisions, page.division, paper.factor)
    layers = [dressed.layer, *villages, divisions]
    if page.look.style in _AREAS:
        lines = county.open_layer("division")
        style_lines(lines, paper.factor)
        layers.insert(0, lines)
    project.addMapLayers([*layers, overview], False)
    shown.setLayers(layers)
    add_furniture(sheet, shown)
    around = _county_extent(county, records, overview, crs, page)
    shaded = {page.division: 1} if is_part(shown.extent(), around) else drawn.townships()
    style_overview(overview, paper.factor, shaded)
    levels = _outlined(divisions)
    if levels:
        add_overview(sheet, shown, around, overview, dressed.places)
    _write(sheet, county, page, imprint, drawn, metres)
    layout.setCustomProperty(NEWEST, max(drawn.last_day, str(layout.customProperty(NEWEST, ""))))
    base = base_part(levels, paper.factor, villages=bool(villages))
    legend_bottom = add_legend(project, sheet, [*dressed.legend, base])
    table_bottom = add_table(sheet, legend_bottom, drawn, county.names)
    by_product = page.look.style in _BY_PRODUCT
    add_calendar(sheet, paper.chart_box(table_bottom), drawn, county.standard, by_product=by_product)
    return drawn


def _outlined(divisions: QgsVectorLayer) -> set[str]:
    """The levels of division of which an outline is drawn."""
    request = QgsFeatureRequest().setSubsetOfAttributes(["level"], divisions.fields())
    return {str(feature["level"]) for feature in divisions.getFeatures(request) if feature.hasGeometry()}


def _areas(divisions: QgsVectorLayer, level: int, shown: QgsRectangle) -> frozenset[str]:
    """Codes of the divisions of a level whose outlines the map shows; ``shown`` in degrees."""
    request = QgsFeatureRequest(shown).setFlags(QgsFeatureRequest.Flag.ExactIntersect)
    codes = (str(feature["code"]) for feature in divisions.getFeatures(request))
    return frozenset(code for code in codes if len(code) == level)


class _Dressed(NamedTuple):
    """The layer of the records in its style, where it draws in the map's units, and its legend."""

    layer: QgsVectorLayer
    places: Sequence[QgsPointXY]
    legend: list[Part]


def _dressed(
    records: QgsVectorLayer,
    features: list[QgsFeature],
    county: County,
    page: Page,
    paper: Paper,
    crs: QgsCoordinateReferenceSystem,
    metres: float,
    drawn: Drawn,
    ground: Ground,
) -> _Dressed:
    if page.look.style in (Style.SYMBOLS, Style.RING):
        spread, symbol = spread_layer(features, county.standard, paper, crs, metres, drawn, ground)
        if spread is None:
            records.setRenderer(variety_renderer(county.standard, symbol, ordered=True))
        places = on_map(features, crs) if spread is None else [f.geometry().asPoint() for f in spread.getFeatures()]
        parts = legend_parts(county.standard, drawn, paper.factor, symbol)
        return _Dressed(spread or records, places, parts)
    look = replace(page.look, size=page.look.size or _cell_size(page.look, paper, metres))
    layer = look_layer(county.path, page.query, county.standard, look, paper.symbol)
    if look.name in county.kept:
        put_style(layer, county.kept[look.name])
    parts = look_parts(look, layer, page.query, county.standard, drawn, paper.factor)
    return _Dressed(layer, on_map(features, crs), parts)


def _cell_size(look: Look, paper: Paper, metres: float) -> float:
    """Kilometres of a cell that looks well on this paper, a plain number."""
    wanted = (_PIE if look.style is Style.PIES else _CELL) * paper.symbol * metres / 1000
    step = 10.0 ** floor(log10(wanted))
    return next(share * step for share in (1, 2, 5, 10) if share * step >= wanted * 0.8)


def _framed(page: Page, area: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
    """What the map has to hold at least: a part of the map that a person chose without any margin."""
    if page.extent is None:
        return projected(area, crs)
    degrees = QgsCoordinateReferenceSystem.fromEpsgId(4490)
    return transform_between(degrees, crs, QgsCoordinateTransformContext()).transformBoundingBox(area)


def village_layers(divisions: QgsVectorLayer, division: str, factor: float) -> list[QgsVectorLayer]:
    """Where a map is about one township or village: a layer of the villages whose place the register knows.

    They are named as on maps, 青陂村 and not 青陂村委会: the shorter a name, the fewer symbols it covers.
    """
    township = division[:_TOWNSHIP]
    if len(township) < _TOWNSHIP:
        return []
    request = QgsFeatureRequest().setFilterExpression(f"\"level\" = 'village' AND \"parent\" = '{township}'")
    found = []
    for feature in divisions.getFeatures(request):
        longitude, latitude = feature["longitude"], feature["latitude"]
        if longitude not in (None, NULL) and latitude not in (None, NULL):
            found.append((village_base(str(feature["name"])), float(longitude), float(latitude)))
    return [village_names(found, factor)] if found else []


def _named(name: str, sheet: Sheet) -> str:
    """The first page's items have plain names, which scripts look for."""
    return name if not sheet.number else f"{name}_{sheet.number + 1}"


def _county_extent(
    county: County, records: QgsVectorLayer, divisions: QgsVectorLayer, crs: QgsCoordinateReferenceSystem, page: Page
) -> QgsRectangle:
    code = county.code or page.division[:_COUNTY]
    return projected(map_area(records, divisions, code), crs)


def _write(sheet: Sheet, county: County, page: Page, imprint: Imprint, drawn: Drawn, metres_per_mm: float) -> None:
    conditions = in_words(page.query, county.standard, names=county.names)
    words = Words(
        imprint.title or page.title,
        _subtitle(conditions, drawn, "未列入区划" if page.look.style is Style.DIVISIONS else "图幅外"),
        imprint.source,
        imprint.author,
        imprint.review_number,
        imprint.footer,
        _moved(drawn, metres_per_mm),
    )
    write_words(sheet, words, metres_per_mm * 1000)


def _subtitle(conditions: str, drawn: Drawn, elsewhere: str) -> str:
    # The conditions come last, as they may be too long for the paper; the counts never are.
    parts = [f"图上 {drawn.total} 条记录"]
    if drawn.first_day:
        parts.append(f"采集日期 {drawn.first_day} 至 {drawn.last_day}")
    if drawn.outside:
        parts.append(f"{elsewhere} {drawn.outside} 条")
    if drawn.without_point:
        parts.append(f"待补点 {drawn.without_point} 条")
    return "　".join([*parts, conditions] if len(conditions) > _LONG else [conditions, *parts])


def _moved(drawn: Drawn, metres_per_mm: float) -> str:
    """What became of symbols that would cover each other."""
    if drawn.crowded and drawn.moved < _SLIGHT:
        return "符号很密，有的互相遮盖"
    if drawn.moved < _SLIGHT:
        return ""
    metres = drawn.moved * metres_per_mm
    far = f"{metres / 1000:.1f} 千米" if metres >= 1000 else f"{metres:.0f} 米"
    covered = f"，仍有 {drawn.crowded} 个遮盖" if drawn.crowded else ""
    return f"重叠符号已错开，最多 {drawn.moved:.0f} 毫米（约 {far}）{covered}"
