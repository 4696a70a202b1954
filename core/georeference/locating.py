"""Where a row's record lies: by its coordinates, and by its address, each checked against the other."""

from __future__ import annotations

from typing import Mapping, Optional, Protocol, Sequence

import numpy as np
import numpy.typing as npt

from ..coordinates.datums import Datum, convert
from ..coordinates.located import SHIFTED, TRUSTED, certainty, datum_of, name_of
from ..coordinates.parse import parse_coordinates
from ..coordinates.verdict import Reading, Verdict
from ..places.divisions import CODE_LENGTHS, DivisionLevel
from ..places.gazetteer import Gazetteer
from ..places.matching import Match
from ..standard.cells import Cell, ErrorValue, FormulaWithoutValue, Number, text_of
from ..standard.errors import OriginMapError
from ..standard.findings import Level
from ..standard.model import Standard
from .batch import Batch
from .memo import Memo
from .options import AddressPoints

DIVISION_COLUMNS = ("province", "city", "county", "township", "village")
_METRES_PER_DEGREE = 111_320.0
# A site lies this many radii from its division's centre at most, and a little more where the radius is small.
_RADII = 2.0
_LEEWAY = 3_000.0
_PLACE_TEXT_LIMIT = 300


class Areas(Protocol):
    """Outlines of divisions that tell which of them holds a point."""

    any: bool

    def division_of(
        self, longitude: npt.NDArray[np.float64], latitude: npt.NDArray[np.float64]
    ) -> list[Optional[str]]:
        """Code of the smallest division at each point (degrees), ``None`` outside all."""


class Locator:
    """Finds locations for the batches of one table.

    Args:
        standard: for the titles in findings.
        gazetteer: the register's own divisions laid over it.
        areas: the register's outlines.
        county_code: where an address without a county lies.
        datum: of coordinates that do not say it themselves.
        central_meridian: degrees east, of eastings without a zone.
        address_points: whether an address alone gives a point.
    """

    def __init__(
        self,
        standard: Standard,
        gazetteer: Gazetteer,
        areas: Areas,
        county_code: str,
        datum: Datum,
        central_meridian: Optional[float],
        address_points: AddressPoints,
    ) -> None:
        self._titles = {f.name: f.title for f in (*standard.fields, *standard.sheet_fields)}
        self._gazetteer = gazetteer
        self._areas = areas
        self._county = county_code
        self._datum = datum
        self._meridian = central_meridian
        self._address_points = address_points
        self._match: Memo[str, Match] = Memo(lambda text: gazetteer.match(text, county_code))

    def locate(self, batch: Batch, cells: Mapping[str, Sequence[Cell]]) -> None:
        """Fill in the columns of the point and of the division; ``longitude`` and ``latitude`` hold arrays."""
        count = len(batch)
        longitude, latitude = np.full(count, np.nan), np.full(count, np.nan)
        decimals = np.full(count, 9)
        datums = self._read_coordinates(batch, cells, longitude, latitude, decimals)
        self._to_cgcs2000(batch, datums, longitude, latitude)
        matches = self._match_addresses(batch)
        self._describe_points(batch, datums, longitude, decimals)
        self._check_divisions(batch, matches, longitude, latitude)
        self._place_by_address(batch, matches, longitude, latitude)
        batch.values["longitude"], batch.values["latitude"] = longitude, latitude  # type: ignore[assignment]

    def _read_coordinates(
        self,
        batch: Batch,
        cells: Mapping[str, Sequence[Cell]],
        longitude: npt.NDArray[np.float64],
        latitude: npt.NDArray[np.float64],
        decimals: npt.NDArray[np.int64],
    ) -> list[Optional[Datum]]:
        declared = batch.column("place_datum")
        texts = batch.values["place_text"] = [None] * len(batch)
        datums: list[Optional[Datum]] = [None] * len(batch)
        for index, (east, north) in enumerate(self._written(batch, cells)):
            reading = self._parse(east, north)
            if reading.verdict is Verdict.EMPTY:
                continue
            texts[index] = _words(east, north)
            datum = datum_of(reading, Datum(declared[index]) if declared[index] else self._datum)
            if reading.verdict is Verdict.PROJECTED and datum in SHIFTED:
                params = {"datum": name_of(datum), "value": texts[index]}
                batch.add(index, Level.ERROR, "DATUM_PLANE", "longitude", params)
            elif reading.verdict in (Verdict.OK, Verdict.PROJECTED):
                longitude[index], latitude[index] = reading.longitude, reading.latitude
                # Spreadsheets drop zeros at the end of numbers: 109.2010 arrives as 109.201.
                decimals[index] = reading.decimals + isinstance(east, Number)
                datums[index] = datum
            else:
                self._note_unread(batch, index, reading, texts[index] or "")
        return datums

    def _written(self, batch: Batch, cells: Mapping[str, Sequence[Cell]]) -> list[tuple[Cell, Cell]]:
        nothing: Sequence[Cell] = (None,) * len(batch)
        east, north = cells.get("longitude", nothing), cells.get("latitude", nothing)
        both = cells.get("coordinates", nothing)
        if both is nothing:
            return list(zip(east, north))
        return [(x, y) if _filled(x) or _filled(y) else (pair, None) for x, y, pair in zip(east, north, both)]

    def _parse(self, east: Cell, north: Cell) -> Reading:
        for cell in (east, north):
            if isinstance(cell, (FormulaWithoutValue, ErrorValue)):
                code = "FORMULA_ERR" if isinstance(cell, ErrorValue) else "FORMULA_NOCACHE"
                return Reading(Verdict.ERROR, code=code)
        return parse_coordinates(text_of(east), text_of(north), central_meridian=self._meridian)

    def _note_unread(self, batch: Batch, index: int, reading: Reading, words: str) -> None:
        field = "longitude"
        params = {"title": self._titles[field], "value": words, **reading.params}
        proposal = ""
        if reading.longitude is not None and reading.latitude is not None:
            proposal = f"{reading.longitude:.7f},{reading.latitude:.7f}"
        proposal = proposal or str(reading.params.get("proposal", ""))
        batch.add(index, Level.ERROR, reading.code or "COORD_BAD", field, params, proposal)

    def _to_cgcs2000(
        self,
        batch: Batch,
        datums: Sequence[Optional[Datum]],
        longitude: npt.NDArray[np.float64],
        latitude: npt.NDArray[np.float64],
    ) -> None:
        for datum in set(datums) - TRUSTED - {None}:
            rows = np.array([index for index, other in enumerate(datums) if other is datum])
            assert datum is not None
            try:
                longitude[rows], latitude[rows] = convert(longitude[rows], latitude[rows], datum, Datum.CGCS2000)
            except OriginMapError as error:
                longitude[rows] = latitude[rows] = np.nan
                for index in rows.tolist():
                    batch.add(index, Level.ERROR, error.code, "place_datum", error.params)
                continue
            for index in rows.tolist():
                batch.add(index, Level.WARNING, "CRS_SUSPECT", "longitude", {"datum": name_of(datum)})

    def _match_addresses(self, batch: Batch) -> list[Match]:
        """Match what columns and address say together; the columns alone where they reach the village."""
        columns = [batch.column(name) for name in DIVISION_COLUMNS]
        matches = []
        for index, (*written, address) in enumerate(zip(*columns, batch.column("site_address"))):
            upper = "".join(filter(None, written))  # type: ignore[arg-type]
            text = upper if written[-1] and written[-2] else upper + str(address or "")
            match = self._match[text]
            matches.append(match)
            if match.ambiguous:
                self._note_ambiguous(batch, index, match, text)
        for place, name in enumerate(DIVISION_COLUMNS):
            column = columns[place]
            batch.values[name] = [getattr(match, name) or own for match, own in zip(matches, column)]
        batch.values["division_code"] = [match.code or None for match in matches]
        return matches

    def _note_ambiguous(self, batch: Batch, index: int, match: Match, text: str) -> None:
        code = "ADDRESS_CONFLICT" if match.conflict else "ADDRESS_AMBIGUOUS"
        names = "、".join(candidate.full_name for candidate in match.candidates[:5])
        batch.add(index, Level.WARNING, code, "site_address", {"value": text, "candidates": names})

    def _describe_points(
        self,
        batch: Batch,
        datums: Sequence[Optional[Datum]],
        longitude: npt.NDArray[np.float64],
        decimals: npt.NDArray[np.int64],
    ) -> None:
        placed = ~np.isnan(longitude)
        shifted = np.array([datum is not None and datum not in TRUSTED for datum in datums])
        exact, radius = certainty(decimals, shifted)
        qualities = np.where(exact & placed, "exact", np.where(placed, "approximate", "none"))
        batch.values["point_quality"] = qualities.tolist()
        batch.values["point_radius"] = [
            round(metres, 1) if there else None for metres, there in zip(radius.tolist(), placed.tolist())
        ]
        batch.values["point_method"] = ["workbook" if there else None for there in placed.tolist()]
        batch.values["place_datum"] = [datum.value if datum else None for datum in datums]
        texts = batch.column("place_text")
        for index in np.flatnonzero(placed & (decimals < 3)).tolist():
            metres = round(0.5 * 10.0 ** -int(decimals[index]) * _METRES_PER_DEGREE)
            batch.add(index, Level.WARNING, "COORD_LOWPREC", "longitude", {"value": texts[index], "metres": metres})

    def _check_divisions(
        self,
        batch: Batch,
        matches: Sequence[Match],
        longitude: npt.NDArray[np.float64],
        latitude: npt.NDArray[np.float64],
    ) -> None:
        """A point outside the division that its row states is approximate until a person has looked at it."""
        placed = np.flatnonzero(~np.isnan(longitude))
        held: dict[int, Optional[str]] = {}
        if self._areas.any and len(placed):
            held = dict(zip(placed.tolist(), self._areas.division_of(longitude[placed], latitude[placed])))
        apart = _metres_from(matches, longitude, latitude)
        codes = batch.column("division_code")
        for index in placed.tolist():
            match, here = matches[index], held.get(index)
            if _is_elsewhere(match, here, bool(held) and match.code.startswith(self._county), apart[index]):
                batch.add(index, Level.WARNING, "COORD_ADMIN", "longitude", {"division": _stated(match)})
                batch.values["point_quality"][index] = "approximate"
            elif here and here.startswith(match.code) and not match.ambiguous:
                codes[index] = here
                self._name_division(batch, index, here)

    def _name_division(self, batch: Batch, index: int, code: str) -> None:
        """Write down the names of the division that the point lies in, where the address left them open."""
        for name, length in zip(DIVISION_COLUMNS, CODE_LENGTHS.values()):
            if not batch.values[name][index] and len(code) >= length:
                division = self._gazetteer.division(code[:length])
                batch.values[name][index] = division.name if division and not division.placeholder else None

    def _place_by_address(
        self,
        batch: Batch,
        matches: Sequence[Match],
        longitude: npt.NDArray[np.float64],
        latitude: npt.NDArray[np.float64],
    ) -> None:
        for index in np.flatnonzero(np.isnan(longitude)).tolist():
            if index not in batch.refused:
                batch.add(index, Level.NOTE, "COORD_MISSING", "longitude", {})
            match = matches[index]
            if match.longitude is None or match.ambiguous or self._address_points is AddressPoints.LEAVE_OUT:
                continue
            if match.level in (DivisionLevel.PROVINCE, DivisionLevel.CITY):
                continue
            longitude[index], latitude[index] = match.longitude, match.latitude
            batch.values["point_quality"][index] = "approximate"
            batch.values["point_method"][index] = "address"
            batch.values["point_radius"][index] = round(match.radius, 1)


def _filled(cell: Cell) -> bool:
    return cell is not None and cell != ""


def _words(east: Cell, north: Cell) -> str:
    one, other = text_of(east).strip(), text_of(north).strip()
    return (f"{one},{other}" if one and other else one or other)[:_PLACE_TEXT_LIMIT]


def _stated(match: Match) -> str:
    return "".join(name for name in (match.city, match.county, match.township) if name and name != "市辖区")


def _is_elsewhere(match: Match, here: Optional[str], outlined: bool, metres: float) -> bool:
    """Whether a point contradicts the stated division: by outlines where they reach, else by distance to its centre."""
    if not match.code or match.ambiguous:
        return False
    if outlined:
        shared = min(len(match.code), len(here or ""))
        return here is None or here[:shared] != match.code[:shared]
    return metres > _RADII * match.radius + _LEEWAY


def _metres_from(
    matches: Sequence[Match], longitude: npt.NDArray[np.float64], latitude: npt.NDArray[np.float64]
) -> list[float]:
    """Metres from each point to its match's centre, on a sphere flattened around it; NaN without either."""
    centres = np.array([(m.longitude, m.latitude) for m in matches], dtype=float).reshape(-1, 2)
    east = (longitude - centres[:, 0]) * np.cos(np.radians(latitude))
    return (np.hypot(east, latitude - centres[:, 1]) * _METRES_PER_DEGREE).tolist()
