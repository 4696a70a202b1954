"""Brings a county's own divisions into its register: official outlines and the village list, each row judged."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import AbstractSet, Callable, Iterable, Mapping, Optional, Protocol

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeature,
    QgsGeometry,
    QgsWkbTypes,
)

from ..places.divisions import CODE_LENGTHS, DivisionLevel, level_of
from ..standard.errors import OriginMapError
from ..standard.messages import Message, message
from ..standard.progress import Progress, Silent, stop_if_cancelled
from .crs import to_register
from .geometry import area_blob
from .gpkg import touch, widen_extent
from .register import Register, transaction
from .schema import DIVISION

# China for range checks, degrees.
_WEST, _EAST, _SOUTH, _NORTH = 73.0, 135.5, 3.0, 54.0
_LENGTHS = sorted(CODE_LENGTHS.values(), reverse=True)
_BETWEEN_ALIASES = re.compile(r"[、，,;；/|]+")


class DivisionSource(Protocol):
    """What is read of a :class:`QgsFeatureSource`; the sources of :mod:`.division_sources` are ones too."""

    def getFeatures(self) -> Iterable[QgsFeature]:
        """Every feature; its id is what a refusal names."""

    def featureCount(self) -> int:
        """How many there are, -1 when nobody knows."""

    def sourceName(self) -> str:
        """What the source is called, kept with each division."""

    def sourceCrs(self) -> QgsCoordinateReferenceSystem:
        """Of the geometries."""

    def wkbType(self) -> QgsWkbTypes.Type:
        """Of the geometries."""


@dataclass(frozen=True)
class DivisionFields:
    """Names of a layer's fields; an empty name says the layer has no such field."""

    code: str
    name: str
    level: str = ""
    longitude: str = ""
    latitude: str = ""
    aliases: str = ""


@dataclass(frozen=True)
class RefusedRow:
    """A feature or row that was not taken, and why: ``code`` with ``params`` is a sentence of the catalogue."""

    feature: int
    division: str
    name: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def message(self, language: str) -> Message:
        """Why, in ``zh`` or ``en``."""
        return message(self.code, language, self.params)


@dataclass(frozen=True)
class LoadReport:
    """What became of every feature: new, replaced, put together with another of the same code, or refused."""

    loaded: Counter[DivisionLevel]
    replaced: Counter[DivisionLevel]
    merged: int
    refused: tuple[RefusedRow, ...]


@dataclass(frozen=True)
class FoundDivision:
    """A division as a source has it: outline and centre in CGCS2000 degrees (EPSG:4490), where it has them."""

    code: str
    name: str
    geometry: Optional[QgsGeometry]
    longitude: Optional[float] = None
    latitude: Optional[float] = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """What a source holds, before anything is written: divisions by code, how many features were joined, refusals."""

    source: str
    divisions: Mapping[str, FoundDivision]
    merged: int
    refused: tuple[RefusedRow, ...]

    def report(self, known: AbstractSet[str]) -> LoadReport:
        """What becomes (or became) of every feature in a register that has the divisions ``known`` (codes)."""
        new = Counter(level_of(code) for code in self.divisions if code not in known)
        replaced = Counter(level_of(code) for code in self.divisions if code in known)
        return LoadReport(new, replaced, self.merged, self.refused)


# Adds to a division what its feature says about where it is.
_Reader = Callable[[QgsFeature, FoundDivision], FoundDivision]


class _Refusal(Exception):
    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def load_boundaries(
    register: Register,
    source: DivisionSource,
    fields: DivisionFields,
    progress: Optional[Progress] = None,
    context: Optional[QgsCoordinateTransformContext] = None,
) -> LoadReport:
    """Take outlines of divisions from any polygon layer into the register, all in one transaction.

    They are reprojected to EPSG:4490 and made valid; several features of one code and name become one division; a
    code that was there before is replaced. Codes padded with zeros are cut to their level.

    Args:
        register: open for writing.
        source: polygons with a code and a name.
        fields: names of the layer's fields.
        progress: told how far it is, asked whether to stop.
        context: the project's transformations.

    Raises:
        RegisterError: ``CRS_INVALID``, ``DATUM_REFUSED`` or what writing can raise; the register is as it was.
    """
    return store_divisions(register, judge_boundaries(register.county_code, source, fields, progress, context))


def load_villages(
    register: Register,
    source: DivisionSource,
    fields: DivisionFields,
    progress: Optional[Progress] = None,
    context: Optional[QgsCoordinateTransformContext] = None,
) -> LoadReport:
    """Take the county's own list of divisions (a table, or points) into the register, all in one transaction.

    Centres are taken from the coordinate fields (degrees, CGCS2000), else from the layer's points; a row without
    either is kept without a centre. Outlines that are there stay. Arguments and errors as in :func:`load_boundaries`.
    """
    return store_divisions(register, judge_villages(register.county_code, source, fields, progress, context))


def judge_boundaries(
    county: str,
    source: DivisionSource,
    fields: DivisionFields,
    progress: Optional[Progress] = None,
    context: Optional[QgsCoordinateTransformContext] = None,
) -> Judged:
    """The reading half of :func:`load_boundaries` for the register of a county (its code); nothing is written."""
    return _judge(county, source, fields, _area_reader(source, context), progress or Silent())


def judge_villages(
    county: str,
    source: DivisionSource,
    fields: DivisionFields,
    progress: Optional[Progress] = None,
    context: Optional[QgsCoordinateTransformContext] = None,
) -> Judged:
    """The reading half of :func:`load_villages` for the register of a county (its code); nothing is written."""
    return _judge(county, source, fields, _centre_reader(source, fields, context), progress or Silent())


def store_divisions(register: Register, judged: Judged) -> LoadReport:
    """Write what was judged, all in one transaction; refusals stay out.

    Raises:
        RegisterError: what writing can raise; the register is as it was.
    """
    with transaction(register.connection, register.path):
        known = {code for (code,) in register.connection.execute("SELECT code FROM division")}
        _store(register.connection, judged, known)
    return judged.report(known)


def _judge(county: str, source: DivisionSource, fields: DivisionFields, read: _Reader, progress: Progress) -> Judged:
    found: dict[str, FoundDivision] = {}
    refused: list[RefusedRow] = []
    merged, total = 0, max(source.featureCount(), 1)
    for number, feature in enumerate(source.getFeatures()):
        stop_if_cancelled(progress)
        progress.set_fraction(min(number / total, 1.0))
        code, name = _text(feature, fields.code), _text(feature, fields.name)
        try:
            area = read(feature, _judged(code, name, _text(feature, fields.level), county))
            there = found.get(area.code)
            found[area.code] = _together(there, area)
            merged += there is not None
        except _Refusal as refusal:
            refused.append(RefusedRow(feature.id(), code, name, refusal.code, refusal.params))
    return Judged(source.sourceName(), found, merged, tuple(refused))


def _judged(code: str, name: str, level: str, county: str) -> FoundDivision:
    short = _without_padding(code)
    try:
        real = level_of(short)
    except OriginMapError:
        raise _Refusal("DIVISION_CODE", value=code) from None
    if level and _level_named(level) not in (None, real):
        raise _Refusal("DIVISION_LEVEL", value=code, level=level)
    if not name:
        raise _Refusal("DIVISION_NO_NAME", value=code)
    if not (short.startswith(county) or county.startswith(short)):
        raise _Refusal("DIVISION_ELSEWHERE", value=code, name=name, county=county)
    return FoundDivision(short, name, None)


def _without_padding(code: str) -> str:
    """``999901101000`` is the township ``999901101``, ``460000`` the province ``46``: no division ends in zeros."""
    for longer, shorter in zip(_LENGTHS, _LENGTHS[1:]):
        if len(code) == longer and not code[shorter:].strip("0"):
            code = code[:shorter]
    return code


_LEVEL_WORDS = {
    DivisionLevel.PROVINCE: ("province", "省", "省级", "1"),
    DivisionLevel.CITY: ("city", "市", "市级", "地级", "2"),
    DivisionLevel.COUNTY: ("county", "县", "县级", "区县", "3"),
    DivisionLevel.TOWNSHIP: ("township", "乡", "镇", "乡级", "乡镇", "街道", "4"),
    DivisionLevel.VILLAGE: ("village", "村", "村级", "社区", "5"),
}


def _level_named(word: str) -> Optional[DivisionLevel]:
    return next((level for level, words in _LEVEL_WORDS.items() if word.lower() in words), None)


def _text(feature: QgsFeature, name: str) -> str:
    value = feature[name] if name else None
    if value is None or value == NULL:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _area_reader(source: DivisionSource, context: Optional[QgsCoordinateTransformContext]) -> _Reader:
    transform = to_register(source.sourceCrs(), source.sourceName(), context or QgsCoordinateTransformContext())

    def read(feature: QgsFeature, area: FoundDivision) -> FoundDivision:
        geometry = _placed(feature, transform).makeValid()
        parts = geometry.coerceToType(QgsWkbTypes.Type.MultiPolygon) if not geometry.isEmpty() else []
        if not parts or parts[0].area() == 0:
            raise _Refusal("DIVISION_NO_AREA", value=area.code, name=area.name)
        _check_inside(parts[0].boundingBox().center().x(), parts[0].boundingBox().center().y(), area)
        return replace(area, geometry=parts[0])

    return read


def _centre_reader(
    source: DivisionSource, fields: DivisionFields, context: Optional[QgsCoordinateTransformContext]
) -> _Reader:
    points = QgsWkbTypes.geometryType(source.wkbType()) == QgsWkbTypes.GeometryType.PointGeometry
    typed = bool(fields.longitude and fields.latitude)
    transform = None
    if points and not typed:
        transform = to_register(source.sourceCrs(), source.sourceName(), context or QgsCoordinateTransformContext())

    def read(feature: QgsFeature, area: FoundDivision) -> FoundDivision:
        aliases = tuple(part.strip() for part in _BETWEEN_ALIASES.split(_text(feature, fields.aliases)) if part.strip())
        area = replace(area, aliases=aliases)
        if transform is not None and feature.hasGeometry():
            point = _placed(feature, transform).asPoint()
            return _centred(area, str(point.x()), str(point.y()))
        return _centred(area, _text(feature, fields.longitude), _text(feature, fields.latitude))

    return read


def _centred(area: FoundDivision, longitude: str, latitude: str) -> FoundDivision:
    if not longitude and not latitude:
        return area
    try:
        x, y = float(longitude), float(latitude)
    except ValueError:
        raise _Refusal("DIVISION_POINT", value=area.code, name=area.name, point=f"{longitude}, {latitude}") from None
    _check_inside(x, y, area)
    return replace(area, longitude=x, latitude=y)


def _placed(feature: QgsFeature, transform: QgsCoordinateTransform) -> QgsGeometry:
    geometry = feature.geometry()
    try:
        geometry.transform(transform)
    except QgsCsException as error:
        crs = transform.sourceCrs().userFriendlyIdentifier()
        raise _Refusal("CRS_NOT_REACHED", feature=feature.id(), crs=crs, details=str(error)) from error
    return geometry


def _check_inside(x: float, y: float, area: FoundDivision) -> None:
    if not (_WEST <= x <= _EAST and _SOUTH <= y <= _NORTH):
        raise _Refusal("DIVISION_POINT", value=area.code, name=area.name, point=f"{x:.5f}, {y:.5f}")


def _together(there: Optional[FoundDivision], area: FoundDivision) -> FoundDivision:
    """Islands come as features of their own: what has the same code and name is one division."""
    if there is None:
        return area
    if there.name != area.name or there.geometry is None or area.geometry is None:
        raise _Refusal("DIVISION_REPEATED", value=area.code, name=area.name, other=there.name)
    united = QgsGeometry.unaryUnion([there.geometry, area.geometry])
    return replace(area, geometry=united.coerceToType(QgsWkbTypes.Type.MultiPolygon)[0])


_INSERT = (
    "INSERT INTO division (code, name, level, parent, geom, longitude, latitude, aliases, source) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE = (
    "UPDATE division SET name = ?2, geom = coalesce(?5, geom), longitude = coalesce(?6, longitude), "
    "latitude = coalesce(?7, latitude), aliases = CASE WHEN ?8 = '[]' THEN aliases ELSE ?8 END, source = ?9 "
    "WHERE code = ?1 AND level = ?3 AND parent IS ?4"
)


def _store(connection: sqlite3.Connection, judged: Judged, known: AbstractSet[str]) -> None:
    areas, source = judged.divisions, judged.source
    # Not one upsert: inside of it SQLite gives the index's own INSERT OR REPLACE another meaning.
    connection.executemany(_UPDATE, (_row(area, source) for area in areas.values() if area.code in known))
    connection.executemany(_INSERT, (_row(area, source) for area in areas.values() if area.code not in known))
    for area in areas.values():
        if area.geometry is not None:
            box = area.geometry.boundingBox()
            widen_extent(connection, DIVISION, box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
    touch(connection, DIVISION)


def _row(area: FoundDivision, source: str) -> tuple:
    longitude, latitude = area.longitude, area.latitude
    if longitude is None and area.geometry is not None:
        centre = area.geometry.pointOnSurface().asPoint()
        longitude, latitude = centre.x(), centre.y()
    shorter = [length for length in _LENGTHS if length < len(area.code)]
    parent = area.code[: shorter[0]] if shorter else None
    blob = None if area.geometry is None else area_blob(area.geometry)
    aliases = json.dumps(area.aliases, ensure_ascii=False)
    return area.code, area.name, level_of(area.code).value, parent, blob, longitude, latitude, aliases, source
