"""Reads coordinates however people write them: text in, longitude and latitude with a verdict out."""

from __future__ import annotations

import re
from typing import Optional

from .angles import Half, read_half
from .datum_names import SECRET, take_datum
from .machine import is_machine_written, read_machine
from .notation import bare, normalised, one_number, says_nothing, tokens, with_decimal_commas
from .pairs import LOW_PRECISION, Ordered, failed, judge, order, same_way, split_pair
from .verdict import LATITUDES, LONGITUDES, NOTHING, Reading, Verdict

#: The fast lane: what nine cells of ten hold. Everything it does not match, or that lies elsewhere, goes the long way.
_PLAIN_PAIR = re.compile(r"\s*([0-9]{2,3}\.([0-9]{1,17}))\s*[,，\s]\s*([0-9]{1,2}\.([0-9]{1,17}))\s*").fullmatch
_PLAIN = re.compile(r"\s*([0-9]{1,3}\.([0-9]{1,17}))\s*").fullmatch
_EAST_FROM, _EAST_TO = LONGITUDES
_NORTH_FROM, _NORTH_TO = LATITUDES
_ENOUGH = LOW_PRECISION
_SAME = 1e-6


def parse_coordinates(text: str, second: str = "", *, central_meridian: Optional[float] = None) -> Reading:
    """Longitude and latitude out of one text, or out of two cells.

    Nothing is guessed: what cannot be read whole is an error, what has two meanings too. Two plain decimal
    numbers take a lane of their own (about a microsecond), since an import asks a million times.

    Args:
        text: everything, or the cell that should hold the longitude (or one plane coordinate).
        second: the cell that should hold the latitude; either may hold the whole pair while the other is empty
            or repeats it.
        central_meridian: degrees east, for Gauss–Krüger eastings without their zone; without it the verdict
            over such a pair is ``ask``.

    Returns:
        A reading; longitude and latitude in degrees, in the datum the text names or its file declares,
        Gauss–Krüger pairs converted to CGCS2000.

    Raises:
        OriginMapError: ``central_meridian`` is needed and is none of the national zones'.
    """
    if second:
        east, north = _PLAIN(text), _PLAIN(second)
        if east and north:
            longitude, latitude, decimals = float(east[1]), float(north[1]), max(len(east[2]), len(north[2]))
            if _EAST_FROM <= longitude <= _EAST_TO and _NORTH_FROM <= latitude <= _NORTH_TO and decimals >= _ENOUGH:
                return Reading(Verdict.OK, longitude, latitude, decimals, "", NOTHING, None)
        return _read_cells(text, second, central_meridian)
    pair = _PLAIN_PAIR(text)
    if pair:
        first, first_decimals, other, other_decimals = pair.groups()
        longitude, latitude, decimals = float(first), float(other), max(len(first_decimals), len(other_decimals))
        if _EAST_FROM <= longitude <= _EAST_TO and _NORTH_FROM <= latitude <= _NORTH_TO and decimals >= _ENOUGH:
            return Reading(Verdict.OK, longitude, latitude, decimals, "", NOTHING, None)
    return _read_text(text, central_meridian)


def _read_text(text: str, central_meridian: Optional[float]) -> Reading:
    """One text that holds all there is."""
    if says_nothing(text):
        return Reading(Verdict.EMPTY)
    plain = normalised(text)
    if not plain:
        return failed("COORD_BAD", text)
    if is_machine_written(plain):
        return _read_machine(plain, text, central_meridian)
    datum, rest = take_datum(plain)
    if datum in SECRET:
        return Reading(Verdict.ERROR, code="DATUM_REFUSED", params={"datum": datum.value, "value": text}, datum=datum)
    rest = bare(_without_quotes(rest))
    parts = tokens(rest)
    if not parts:
        return failed("COORD_BAD", text)
    commas = with_decimal_commas(rest)
    if commas:
        return failed("COORD_NOPOINT", text, commas)
    pair = split_pair(parts)
    if pair is None:
        return failed("COORD_HALF" if _looks_like_half(read_half(parts)) else "COORD_BAD", text)
    reading = judge(_ordered(*pair), text, central_meridian)
    return reading._replace(datum=datum) if datum else reading


def _read_cells(text: str, second: str, central_meridian: Optional[float]) -> Reading:
    """Two cells: two halves, or the whole in one of them or in both."""
    if says_nothing(text):
        return _read_text(second, central_meridian)
    if says_nothing(second):
        return _read_text(text, central_meridian)
    halves = _half_of_cell(text), _half_of_cell(second)
    value = f"{text} {second}"
    if halves[0] and halves[1]:
        ordered = order(halves[0], halves[1])
        if ordered is None or not same_way(halves[0], halves[1]):
            return failed("COORD_BAD", value)
        return judge(ordered, value, central_meridian)
    commas = with_decimal_commas(f"{normalised(text)} {normalised(second)}")
    if commas:
        return failed("COORD_NOPOINT", value, commas)
    wholes = [_read_text(cell, central_meridian) for cell, half in zip((text, second), halves) if half is None]
    unread = next((whole for whole in wholes if whole.longitude is None), None)
    if unread:
        return unread._replace(params={**unread.params, "value": value})
    whole = wholes[0]
    repeated = _repeats(whole, wholes[1]) if len(wholes) == 2 else _agrees(whole, halves[0] or halves[1])
    return whole if repeated else failed("COORD_BAD", value)


def _looks_like_half(half: Optional[Half]) -> bool:
    """Whether it can be a longitude or a latitude, rather than a phone number in the wrong column."""
    if half is None:
        return False
    east = _EAST_FROM <= half.value <= _EAST_TO
    return half.axis is not None or east or _NORTH_FROM <= half.value <= _NORTH_TO


def _half_of_cell(cell: str) -> Optional[Half]:
    plain = normalised(cell)
    if not plain or is_machine_written(plain):
        return None
    parts = tokens(one_number(bare(plain)))
    return read_half(parts) if parts else None


def _repeats(one: Reading, other: Reading) -> bool:
    """Whether two cells hold the same point."""
    return (
        one.verdict is other.verdict
        and abs((one.longitude or 0) - (other.longitude or 0)) < _SAME
        and abs((one.latitude or 0) - (other.latitude or 0)) < _SAME
    )


def _agrees(whole: Reading, half: Optional[Half]) -> bool:
    """Whether the half in one cell is one of the pair in the other."""
    if half is None:
        return False
    return any(abs(half.value - (value or 0)) < _SAME for value in (whole.longitude, whole.latitude))


def _read_machine(plain: str, text: str, central_meridian: Optional[float]) -> Reading:
    written = read_machine(plain)
    if written is None:
        return failed("COORD_BAD", text)
    if written.datum in SECRET:
        params = {"datum": written.datum.value, "value": text}
        return Reading(Verdict.ERROR, code="DATUM_REFUSED", params=params, datum=written.datum)
    ordered = _ordered(written.first, written.second)._replace(loose=written.free_order)
    meridian = written.central_meridian or central_meridian
    reading = judge(ordered, text, meridian, degrees_only=written.degrees_only)
    return reading._replace(datum=written.datum) if written.datum else reading


def _ordered(first: Half, second: Half) -> Ordered:
    ordered = order(first, second)
    if ordered is None:  # both ways here have been ordered once already
        raise ValueError((first, second))
    return ordered


def _without_quotes(text: str) -> str:
    """JSON and its relatives quote keys and values; in any other text the signs mean minutes and seconds."""
    return re.sub(r"[\"']", "", text) if text.startswith("{") else text
