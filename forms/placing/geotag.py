"""Where and when a photo was taken, by the tags that phones write into it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional

from osgeo import gdal
from qgis.core import QgsExifTools
from qgis.PyQt.QtGui import QImageReader

from ...core.coordinates.verdict import in_china
from ...core.register.rows import Position
from ...core.standard.errors import OriginMapError

# What a phone's position is good to when it does not say.
_METRES_UNSAID = 10.0
_METRES_PER_DEGREE = 111_320.0
# GDAL writes numbers with six digits: all that a longitude has then, when it stands in one number.
_DIGITS = 6
_NUMBERS = re.compile(r"\(([0-9.eE+-]+)\)")


@dataclass(frozen=True)
class GeoTag:
    """Longitude and latitude (WGS84 degrees), metres it may be off, and the moment as the camera wrote it."""

    position: Position
    radius: float
    taken: str


def read_geotag(photo: Path) -> GeoTag:
    """The tag of a photo.

    QGIS's own reader comes first. On Windows it finds no file whose path holds Chinese characters (its library takes
    only names in the system's code page), so GDAL, which does, is asked next.

    Raises:
        OriginMapError: ``PHOTO_UNREADABLE``, ``PHOTO_NO_PLACE`` or ``PHOTO_OUT``.
    """
    if not QImageReader(str(photo)).canRead():
        raise OriginMapError("PHOTO_UNREADABLE", str(photo), file=photo.name)
    tag = by_qgis(photo) or by_gdal(photo)
    if tag is None:
        raise OriginMapError("PHOTO_NO_PLACE", file=photo.name)
    if not in_china(*tag.position):
        raise OriginMapError("PHOTO_OUT", str(tag.position), file=photo.name)
    return tag


def by_qgis(photo: Path) -> Optional[GeoTag]:
    """By QGIS; ``None`` where it finds no position."""
    point, found = QgsExifTools.getGeoTag(str(photo))
    if not found:
        return None
    tags = QgsExifTools.readTags(str(photo))
    error = tags.get("Exif.GPSInfo.GPSHPositioningError")
    radius = float(error) if isinstance(error, float) and error > 0 else _METRES_UNSAID
    taken = tags.get("Exif.Photo.DateTimeOriginal") or tags.get("Exif.Image.DateTimeOriginal") or ""
    text = taken if isinstance(taken, str) else taken.toString("yyyy-MM-dd HH:mm")
    return GeoTag((point.x(), point.y()), round(radius, 1), _moment(text))


def by_gdal(photo: Path) -> Optional[GeoTag]:
    """By GDAL; ``None`` where it finds no position."""
    tags = _gdal_tags(photo)
    longitude, latitude = (_degrees(tags, axis) for axis in ("Longitude", "Latitude"))
    if longitude is None or latitude is None:
        return None
    error = _numbers(tags.get("EXIF_GPSHPositioningError", ""))
    radius = error[0] if error and error[0] > 0 else _METRES_UNSAID
    radius = max(radius, longitude[1], latitude[1])
    return GeoTag((longitude[0], latitude[0]), round(radius, 1), _moment(tags.get("EXIF_DateTimeOriginal", "")))


def _gdal_tags(photo: Path) -> Mapping[str, str]:
    try:
        dataset = gdal.OpenEx(str(photo), gdal.OF_RASTER, ["JPEG"])
    except RuntimeError:  # where some other plugin switched GDAL's exceptions on
        return {}
    return dataset.GetMetadata() if dataset is not None else {}


def _degrees(tags: Mapping[str, str], axis: str) -> Optional[tuple[float, float]]:
    """Degrees, and how many metres the digits leave open."""
    parts = _numbers(tags.get(f"EXIF_GPS{axis}", ""))
    side = tags.get(f"EXIF_GPS{axis}Ref", "").strip()
    if len(parts) != 3 or side not in ("N", "S", "E", "W"):
        return None
    value = sum(part / 60.0**place for place, part in enumerate(parts))
    place = max((number for number, part in enumerate(parts) if part), default=0)
    whole = math.floor(math.log10(parts[place])) + 1 if parts[place] >= 1 else 1
    open_metres = 0.5 * 10.0 ** (whole - _DIGITS) / 60.0**place * _METRES_PER_DEGREE
    return (-value if side in "SW" else value), open_metres


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBERS.findall(text)]


def _moment(text: str) -> str:
    """``2026:11:20 08:30:00`` as people write it; other words stay as they are."""
    return re.sub(r"^(\d{4})[:/](\d{2})[:/](\d{2}) (\d{2}:\d{2}).*$", r"\1-\2-\3 \4", text.strip())
