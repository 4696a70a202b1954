"""What a reading is worth as a point: the datum it is in, how far it may be off, and whether that counts as exact."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..standard.errors import OriginMapError
from .datums import Datum, convert
from .verdict import Reading, Verdict

#: Taken for one and the same at this use's accuracy.
TRUSTED = frozenset((Datum.CGCS2000, Datum.WGS84))
#: Map services know degrees only.
SHIFTED = frozenset((Datum.GCJ02, Datum.BD09))
_METRES_PER_DEGREE = 111_320.0
# Four decimals are 11 m, as good as a phone's position; below, a point is a rough one.
_EXACT_DECIMALS = 4
_SHIFT_RADIUS = 20.0


class Located(NamedTuple):
    """A point in CGCS2000 (degrees): the datum it was given in, whether it is exact, and metres it may be off."""

    longitude: float
    latitude: float
    datum: Datum
    exact: bool
    radius: float


def locate(reading: Reading, said: Datum) -> Located:
    """The point of a reading that has one (``ok`` or ``projected``).

    Args:
        reading: of the coordinates.
        said: the datum that file or person gave; one in the text itself goes before it.

    Raises:
        OriginMapError: ``DATUM_PLANE`` (plane coordinates said to be a map service's) or ``DATUM_REFUSED``.
    """
    datum = datum_of(reading, said)
    if reading.verdict is Verdict.PROJECTED and datum in SHIFTED:
        raise OriginMapError("DATUM_PLANE", datum=name_of(datum))
    longitude, latitude = convert(reading.longitude or 0.0, reading.latitude or 0.0, datum, Datum.CGCS2000)
    exact, radius = certainty(np.array([reading.decimals]), np.array([datum not in TRUSTED]))
    return Located(float(longitude), float(latitude), datum, bool(exact[0]), float(radius[0]))


def datum_of(reading: Reading, said: Datum) -> Datum:
    """The datum a reading is in: what its text names, else what was said about it."""
    if reading.verdict is Verdict.PROJECTED and reading.datum not in SHIFTED:
        # They were computed as CGCS2000; who says otherwise has coordinates that nobody here may convert.
        return Datum.CGCS2000 if said in TRUSTED else said
    return reading.datum or said


def certainty(
    decimals: npt.NDArray[np.int64], shifted: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    """Which points count as exact, and how many metres each may be off, by decimals of a degree and conversion."""
    radius = np.maximum(0.5 * 10.0**-decimals * _METRES_PER_DEGREE, np.where(shifted, _SHIFT_RADIUS, 0.0))
    return ~shifted & (decimals >= _EXACT_DECIMALS), radius


def name_of(datum: Datum) -> str:
    """What a datum is called in a sentence."""
    return {Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}.get(datum, datum.value)
