"""GeoPackage geometries as bytes (OGC 12-128r17, 2.1.3): points made by the chunk, envelopes read for the index."""

from __future__ import annotations

import sqlite3
import struct
from typing import Optional, Sequence

import numpy as np
import numpy.typing as npt
from qgis.core import QgsGeometry

SRS_ID = 4490

_POINT = np.dtype(
    [
        ("magic", "S2"),
        ("version", "u1"),
        ("flags", "u1"),
        ("srs", "<i4"),
        ("order", "u1"),
        ("type", "<u4"),
        ("x", "<f8"),
        ("y", "<f8"),
    ]
)
_LITTLE_ENDIAN = 1
_WITH_ENVELOPE = 1 << 1
_EMPTY = 1 << 4
# Length in bytes of the envelope by its code in the flags.
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_HEADER = 8
_WKB_POINT = 1

# West, east, south, north in the units of the geometry, as the R-tree wants them.
Bounds = tuple[float, float, float, float]


def point_blobs(longitude: npt.NDArray[np.float64], latitude: npt.NDArray[np.float64]) -> list[Optional[bytes]]:
    """Points of a chunk as the register stores them.

    Args:
        longitude: degrees in CGCS2000 (EPSG:4490), shape (n,); NaN where a row has no point.
        latitude: the same for the latitude.
    """
    points = np.zeros(len(longitude), _POINT)
    points["magic"], points["flags"], points["srs"] = b"GP", _LITTLE_ENDIAN, SRS_ID
    points["order"], points["type"] = 1, _WKB_POINT
    points["x"], points["y"] = longitude, latitude
    blobs: list[Optional[bytes]] = points.view(f"V{_POINT.itemsize}").tolist()
    for index in np.flatnonzero(np.isnan(points["x"]) | np.isnan(points["y"])).tolist():
        blobs[index] = None
    return blobs


def coordinates_of(blobs: Sequence[Optional[bytes]]) -> npt.NDArray[np.float64]:
    """Longitudes and latitudes (shape (n, 2)) of points made by :func:`point_blobs`; ``None`` gives NaN."""
    if None not in blobs:
        points = np.frombuffer(b"".join(blobs), _POINT)  # type: ignore[arg-type]
        return np.stack((points["x"], points["y"]), axis=1)
    result = np.full((len(blobs), 2), np.nan)
    present = [index for index, blob in enumerate(blobs) if blob is not None]
    points = np.frombuffer(b"".join(blobs[index] for index in present), _POINT)  # type: ignore[misc]
    result[present, 0], result[present, 1] = points["x"], points["y"]
    return result


def plain_points(blobs: Sequence[Optional[bytes]]) -> bool:
    """Whether all of these are points (or nothing) in the very form that :func:`point_blobs` gives them."""
    there = [blob for blob in blobs if blob is not None]
    if not {*map(len, there)} <= {_POINT.itemsize}:
        return False
    points = np.frombuffer(b"".join(there), _POINT)
    return bool(np.all((points["flags"] == _LITTLE_ENDIAN) & (points["order"] == 1) & (points["type"] == _WKB_POINT)))


def area_blob(geometry: QgsGeometry) -> bytes:
    """A geometry in EPSG:4490 with its envelope in front, which spares every reader to look for it."""
    box = geometry.boundingBox()
    flags = _LITTLE_ENDIAN | _WITH_ENVELOPE
    edges = (box.xMinimum(), box.xMaximum(), box.yMinimum(), box.yMaximum())
    return struct.pack("<2sBBi4d", b"GP", 0, flags, SRS_ID, *edges) + bytes(geometry.asWkb())


def wkb_of(blob: bytes) -> bytes:
    """The plain WKB that a GeoPackage geometry holds behind its header."""
    return blob[_HEADER + _ENVELOPES[(blob[3] >> 1) & 0b111] :]


def register_functions(connection: sqlite3.Connection) -> None:
    """Give a plain SQLite connection the functions that the triggers of a spatial index call."""
    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)
    for place, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        connection.create_function(name, 1, _edge(place), deterministic=True)


def _edge(place: int):  # type: ignore[no-untyped-def]  # sqlite3 takes any callable
    def edge(blob: Optional[bytes]) -> Optional[float]:
        bounds = bounds_of(blob)
        return None if bounds is None else bounds[place]

    return edge


def _is_empty(blob: Optional[bytes]) -> Optional[int]:
    if blob is None:
        return None
    return int(bounds_of(blob) is None)


def bounds_of(blob: Optional[bytes]) -> Optional[Bounds]:
    """West, east, south and north of a GeoPackage geometry; ``None`` when there is none or it is empty."""
    if blob is None or blob[:2] != b"GP" or blob[3] & _EMPTY:
        return None
    if (blob[3] >> 1) & 0b111:
        return struct.unpack_from("<4d" if blob[3] & _LITTLE_ENDIAN else ">4d", blob, _HEADER)  # type: ignore[return-value]
    return _bounds_of_wkb(blob[_HEADER:])


def _bounds_of_wkb(wkb: bytes) -> Optional[Bounds]:
    order = "<" if wkb[0] else ">"
    if struct.unpack_from(order + "I", wkb, 1)[0] == _WKB_POINT:
        x, y = struct.unpack_from(order + "2d", wkb, 5)
        return None if x != x or y != y else (x, x, y, y)
    geometry = QgsGeometry()
    geometry.fromWkb(wkb)
    box = geometry.boundingBox()
    return None if box.isNull() else (box.xMinimum(), box.xMaximum(), box.yMinimum(), box.yMaximum())
