"""What reading a coordinate text comes to: a verdict, the point, and the code of the finding that goes with it."""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import Mapping, NamedTuple, Optional

from .datum_names import Datum

#: China for range checks, degrees (the mission's domain facts).
LONGITUDES = (73.0, 135.5)
LATITUDES = (3.0, 54.0)

NOTHING: Mapping[str, object] = MappingProxyType({})


class Verdict(str, Enum):
    """How far a text could be understood."""

    OK = "ok"
    SWAPPED = "swapped"
    PROJECTED = "projected"
    ASK = "ask"
    ERROR = "error"
    EMPTY = "empty"


class Reading(NamedTuple):
    """One text, read (a named tuple, because a million of them are made per import).

    ``longitude`` and ``latitude`` are degrees and stand with ``ok``, ``projected`` (converted) and ``swapped``
    (exchanged, a proposal until a person accepts it); ``None`` otherwise. ``decimals`` counts the decimals in
    degrees that the more precise of the two halves is worth, since spreadsheets drop zeros at the end. ``code``
    is the code of the finding, empty when there is none; ``params`` fill its sentence. ``datum`` is what the values
    are in when the text itself tells (``GCJ-02: …``, the link of a map service; CGCS2000 for converted plane
    coordinates), ``None`` when only the file or a person can say.
    """

    verdict: Verdict
    longitude: Optional[float] = None
    latitude: Optional[float] = None
    decimals: int = 0
    code: str = ""
    params: Mapping[str, object] = NOTHING
    datum: Optional[Datum] = None


def in_china(longitude: float, latitude: float) -> bool:
    """Whether a point in degrees lies in the box that holds China."""
    return LONGITUDES[0] <= longitude <= LONGITUDES[1] and LATITUDES[0] <= latitude <= LATITUDES[1]
