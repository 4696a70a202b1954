"""A county's village list in a workbook, or in a map layer of points: what it holds, and where it is read from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Optional, Union

from qgis.core import QgsCoordinateReferenceSystem, QgsWkbTypes

from ...core.register.crs import CGCS2000
from ...core.register.division_fields import guess_fields
from ...core.register.division_sources import LayerSource, SheetHead, TableSource, head_of, sheets_of
from ...core.register.divisions import DivisionFields
from ...core.standard.progress import Progress
from ..work import Job
from .outline_source import MAP_ENDINGS, LayerPlace, opened, places_in, sample_of

_WITHOUT_AREAS = (QgsWkbTypes.GeometryType.PointGeometry, QgsWkbTypes.GeometryType.NullGeometry)
_LAYERS = (*MAP_ENDINGS, ".dbf")
# For dialogs that ask for a file.
LAYER_KINDS = " ".join(f"*{ending}" for ending in _LAYERS)
WORKBOOK_KINDS = "*.xlsx *.xlsm *.xls *.ods *.csv *.txt"


class VillageList(NamedTuple):
    """A list that was looked at.

    Attributes:
        sheets: of the workbook, or the layers of the file.
        head: of the sheet or layer that is in front.
        place: of the layer; ``None`` for a workbook.
        has_points: whether the layer itself says where the villages are.
    """

    path: Path
    sheets: tuple[str, ...]
    head: SheetHead
    place: Optional[LayerPlace] = None
    has_points: bool = False

    def guessed(self) -> DivisionFields:
        """Which columns hold what; where there are points, columns of coordinates may be of any projection."""
        guessed = guess_fields(self.head.headings, self.head.sample)
        return replace(guessed, longitude="", latitude="") if self.has_points else guessed

    def source(self) -> Union[TableSource, LayerSource]:
        """All rows, to be read in another thread; called in the window's."""
        if self.place is None:
            return TableSource(self.path, self.head)
        layer = opened(self.place)
        crs = layer.crs() if layer.crs().isValid() else QgsCoordinateReferenceSystem(CGCS2000)
        return LayerSource(layer, crs)


def open_list(path: Path, sheet: str = "") -> Job:
    """The work of looking at a list; its first sheet or layer when none is said.

    Raises:
        OriginMapError: it cannot be read, or ``NO_VILLAGE_LAYER`` there is no layer of points or plain rows in it.
    """

    def look(progress: Progress) -> VillageList:
        if path.suffix.lower() not in _LAYERS:
            sheets = sheets_of(path)
            return VillageList(path, sheets, head_of(path, sheet or sheets[0]))
        places = {place.name: place for place in places_in(path, _WITHOUT_AREAS, "NO_VILLAGE_LAYER")}
        name = sheet if sheet in places else next(iter(places))
        layer = opened(places[name])
        headings = tuple(field.name() for field in layer.fields())
        head = SheetHead(name, 0, headings, tuple(map(tuple, sample_of(layer))))
        points = layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry
        return VillageList(path, tuple(places), head, places[name], points)

    return look
