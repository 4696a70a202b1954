"""Two halves of a coordinate: found in one text, ordered by what the text says about them, and judged."""

from __future__ import annotations

import re
from typing import NamedTuple, Optional, Sequence

from .angles import EXPLICIT, SLIPS, Half, read_half
from .notation import Axis, Token
from .planar import read_planar
from .verdict import NOTHING, Reading, Verdict, in_china

#: Fewer decimals than this leave a point more than half a kilometre wide.
LOW_PRECISION = 3
_METRES_PER_DEGREE = 111_320
_LOST_LONGITUDE = re.compile(r"(7[3-9]|[89][0-9]|1[0-2][0-9]|13[0-5])([0-9]{3,})")
_LOST_LATITUDE = re.compile(r"(0[3-9]|[1-4][0-9]|5[0-3])([0-9]{3,})")
_RUN_LONGITUDE = re.compile(r"(?:7[3-9]|[89][0-9]|1[0-3][0-9])(?:[0-5][0-9]){1,2}")
_RUN_LATITUDE = re.compile(r"[0-5][0-9](?:[0-5][0-9]){1,2}")


class Ordered(NamedTuple):
    """Two halves as longitude and latitude; ``stated`` when marks say which is which, ``loose`` when nothing can."""

    longitude: Half
    latitude: Half
    stated: bool
    loose: bool = False


def split_pair(parts: Sequence[Token]) -> Optional[tuple[Half, Half]]:
    """The two halves in the tokens of one text, ``None`` unless there is exactly one way to read it whole."""
    commas = [at for at, token in enumerate(parts) if token.kind == ","]
    if commas:
        if commas[-1] - commas[0] != len(commas) - 1:
            return None
        left, right = read_half(parts[: commas[0]]), read_half(parts[commas[-1] + 1 :])
        return (left, right) if left and right and order(left, right) and same_way(left, right) else None
    ways = {}
    for at in range(1, len(parts)):
        pair = _halves_at(parts, at)
        if pair:
            ordered = order(*pair)
            if ordered:
                ways[(ordered.longitude.value, ordered.latitude.value)] = pair
    return next(iter(ways.values())) if len(ways) == 1 else None


def same_way(one: Half, other: Half) -> bool:
    """Whether two halves may stand together: one that a slip of the finger may have made needs its like beside it.

    ``3 0.25`` or ``3°0.25`` beside a decimal number is rather 30.25 than 3°0.25′.
    """
    alike = one.form == other.form or {one.form, other.form} == {"open", "marked"}
    return alike or not (one.form in SLIPS or other.form in SLIPS)


def _halves_at(parts: Sequence[Token], at: int) -> Optional[tuple[Half, Half]]:
    """Both sides of one possible boundary, where only spaces or marks part the halves."""
    if _parts_a_mark(parts, at):
        return None
    left, right = read_half(parts[:at]), read_half(parts[at:])
    if left is None or right is None:
        return None
    if left.form != right.form and not (left.form in EXPLICIT and right.form in EXPLICIT and same_way(left, right)):
        return None
    # "109 41.43" may be one longitude in degrees and minutes as well as two numbers.
    bare = left.form == "decimal" and left.axis is None and right.axis is None
    if bare and "." not in left.text and abs(right.value) < 60:
        return None
    return left, right


def _parts_a_mark(parts: Sequence[Token], at: int) -> bool:
    """Whether a boundary would part a mark from the number it is written onto, with a space on its other side."""
    before, after = parts[at - 1], parts[at]
    if after.kind == "A" and not after.spaced:
        return at + 1 < len(parts) and parts[at + 1].spaced
    return before.kind == "A" and before.spaced and not after.spaced


def order(first: Half, second: Half) -> Optional[Ordered]:
    """Which half is the longitude by the marks; ``None`` when both claim the same axis."""
    axes = (first.axis, second.axis)
    if axes[0] is not None and axes[0] is axes[1]:
        return None
    surveyor = Axis.X in axes or Axis.Y in axes
    if surveyor and (Axis.LONGITUDE in axes or Axis.LATITUDE in axes):
        return None
    if surveyor:
        x_first = axes[0] is Axis.X or axes[1] is Axis.Y
        return Ordered(*((first, second) if x_first else (second, first)), stated=False, loose=True)
    if Axis.LATITUDE is axes[0] or Axis.LONGITUDE is axes[1]:
        return Ordered(second, first, stated=True)
    return Ordered(first, second, stated=axes != (None, None))


def judge(
    ordered: Ordered,
    value: str,
    central_meridian: Optional[float],
    *,
    degrees_only: bool = False,
) -> Reading:
    """The verdict over two halves.

    The ranges of longitude and latitude in China do not overlap, so an exchanged pair is certain.

    Args:
        ordered: the halves as longitude and latitude.
        value: what was written, for the sentences.
        central_meridian: degrees, for an easting without zone.
        degrees_only: when the notation cannot hold metres (links, ``geo:``).
    """
    longitude, latitude = ordered.longitude.value, ordered.latitude.value
    decimals = max(ordered.longitude.decimals, ordered.latitude.decimals)
    metres = "metres" in (ordered.longitude.form, ordered.latitude.form)
    if not metres and in_china(longitude, latitude):
        return _found(longitude, latitude, decimals, value)
    if not metres and in_china(latitude, longitude):
        if ordered.loose:
            return _found(latitude, longitude, decimals, value)
        proposal = _written(latitude, longitude, decimals)
        params = {"value": value, "proposal": proposal}
        return Reading(Verdict.SWAPPED, latitude, longitude, decimals, "COORD_SWAPPED", params)
    if not metres and not _may_be_run_together(ordered):
        proposal = _lost_point(ordered)
        if proposal:
            return failed("COORD_NOPOINT", value, proposal)
    if ordered.longitude.plain and ordered.latitude.plain and not degrees_only:
        planar = read_planar(ordered.longitude, ordered.latitude, ordered.stated, value, central_meridian)
        if planar:
            return planar
    degrees = not metres and abs(longitude) <= 360 and abs(latitude) <= 360
    return failed("COORD_OUT" if degrees else "COORD_BAD", value)


def failed(code: str, value: str, proposal: str = "") -> Reading:
    """An error with what was written and, where one is known, what was probably meant."""
    return Reading(Verdict.ERROR, code=code, params={"value": value, "proposal": proposal})


def _found(longitude: float, latitude: float, decimals: int, value: str) -> Reading:
    if decimals >= LOW_PRECISION:
        return Reading(Verdict.OK, longitude, latitude, decimals, "", NOTHING)
    metres = round(0.5 * _METRES_PER_DEGREE / 10**decimals)
    return Reading(Verdict.OK, longitude, latitude, decimals, "COORD_LOWPREC", {"value": value, "metres": metres})


def _written(longitude: float, latitude: float, decimals: int) -> str:
    places = max(decimals, 6)
    return f"{longitude:.{places}f},{latitude:.{places}f}"


def _may_be_run_together(ordered: Ordered) -> bool:
    """Whether ``1094125,195443`` may be degrees, minutes and seconds as well as lost decimal points."""
    return any(
        _RUN_LONGITUDE.fullmatch(east.text) and _RUN_LATITUDE.fullmatch(north.text)
        for east, north in (ordered[:2], ordered[1::-1])
    )


def _lost_point(ordered: Ordered) -> str:
    """The pair with its decimal points back, empty when it does not look as if they were lost."""
    there = _with_point(ordered.longitude, ordered.latitude)
    if there or ordered.stated:
        return there
    return _with_point(ordered.latitude, ordered.longitude)


def _with_point(longitude: Half, latitude: Half) -> str:
    east = _restored(longitude, _LOST_LONGITUDE)
    north = _restored(latitude, _LOST_LATITUDE)
    if not east or not north or (east == longitude.text and north == latitude.text):
        return ""
    return f"{east},{north}" if in_china(float(east), float(north)) else ""


def _restored(half: Half, lost: re.Pattern[str]) -> str:
    if not half.text or half.value < 0:
        return ""
    if half.value < 180:
        return half.text if "." in half.text else ""
    match = lost.fullmatch(half.text)
    return f"{match[1]}.{match[2]}" if match else ""
