"""Where divisions come from besides a plain layer: a snapshot that any thread may read, and a county's own list."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import Iterator, Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureRequest,
    QgsFields,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
    QgsWkbTypes,
)

from ..compat import FieldKind, new_field
from ..sheets.spreadsheet import Row, Workbook
from ..sheets.workbook import open_workbook
from ..standard.cells import Cell, Number, text_of
from .crs import CGCS2000
from .division_fields import guess_fields

_SEARCHED_ROWS = 30
_SAMPLE_ROWS = 20


class LayerSource:
    """A layer as it is now, edits included, to be read in another thread; the layer itself is left alone.

    Args:
        layer: made and asked in the thread that calls this.
        crs: of its coordinates where the layer itself does not say.
    """

    def __init__(self, layer: QgsVectorLayer, crs: Optional[QgsCoordinateReferenceSystem] = None) -> None:
        self._source = QgsVectorLayerFeatureSource(layer)
        self._crs = crs if crs is not None else layer.crs()
        self._name, self._count, self._type = layer.name(), layer.featureCount(), layer.wkbType()

    def getFeatures(self) -> Iterator[QgsFeature]:
        """Every feature."""
        # A generator keeps the source, without which QGIS's own iterator ends in silence.
        yield from self._source.getFeatures(QgsFeatureRequest())

    def featureCount(self) -> int:
        """How many there were when it was made."""
        return self._count

    def sourceName(self) -> str:
        """The layer's name."""
        return self._name

    def sourceCrs(self) -> QgsCoordinateReferenceSystem:
        """The one given, else the layer's."""
        return self._crs

    def wkbType(self) -> QgsWkbTypes.Type:
        """The layer's."""
        return self._type


@dataclass(frozen=True)
class SheetHead:
    """The top of a sheet: the file's own number of its heading, what stands in it, and the first rows below."""

    sheet: str
    row: int
    headings: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]


def sheets_of(path: Path) -> tuple[str, ...]:
    """The visible sheets of a workbook.

    Raises:
        SheetError: as :func:`open_workbook`.
    """
    with open_workbook(path) as workbook:
        return tuple(sheet.name for sheet in workbook.sheets if not sheet.hidden)


def head_of(path: Path, sheet: str) -> SheetHead:
    """Find the heading of a list of divisions: the first row that names code and name, else the first of two texts.

    Raises:
        SheetError: as :func:`open_workbook`.
    """
    with open_workbook(path) as workbook:
        rows = list(_first_rows(workbook, sheet))
    if not rows:
        return SheetHead(sheet, 0, (), ())
    at = next((at for at, (_, cells) in enumerate(rows) if _names_both(cells)), None)
    if at is None:
        at = next((at for at, (_, cells) in enumerate(rows) if sum(map(bool, _texts(cells))) > 1), 0)
    number, cells = rows[at]
    headings = _unique(_texts(cells))
    below = tuple(_texts(cells)[: len(headings)] for _, cells in rows[at + 1 : at + 1 + _SAMPLE_ROWS])
    return SheetHead(sheet, number, headings, below)


class TableSource:
    """A county's own list in a workbook; the features' ids are the file's own row numbers.

    Args:
        path: XLSX, XLS, ODS or CSV.
        head: of the sheet, from :func:`head_of`.
    """

    def __init__(self, path: Path, head: SheetHead) -> None:
        self._path, self._head = path, head
        self._fields = QgsFields()
        for name in head.headings:
            self._fields.append(new_field(name, FieldKind.TEXT))

    def getFeatures(self) -> Iterator[QgsFeature]:
        """The rows below the heading, every value as text."""
        with open_workbook(self._path) as workbook:
            for number, cells in workbook.rows(self._head.sheet):
                if number > self._head.row and any(_texts(cells)):
                    yield self._feature(number, cells)

    def _feature(self, number: int, cells: Sequence[Cell]) -> QgsFeature:
        feature = QgsFeature(self._fields, number)
        width = len(self._head.headings)
        feature.setAttributes([*_texts(cells)[:width], *[""] * (width - len(cells))])
        return feature

    def featureCount(self) -> int:
        """Nobody knows before the file is read."""
        return -1

    def sourceName(self) -> str:
        """The file's name."""
        return self._path.name

    def sourceCrs(self) -> QgsCoordinateReferenceSystem:
        """Coordinates in a list are degrees in CGCS2000."""
        return QgsCoordinateReferenceSystem(CGCS2000)

    def wkbType(self) -> QgsWkbTypes.Type:
        """A list has no geometries."""
        return QgsWkbTypes.Type.NoGeometry


def _first_rows(workbook: Workbook, sheet: str) -> Iterator[Row]:
    rows = workbook.rows(sheet)
    yield from islice(rows, _SEARCHED_ROWS)
    rows.close()  # type: ignore[attr-defined]  # every reader's rows() is a generator


def _names_both(cells: Sequence[Cell]) -> bool:
    guessed = guess_fields(_texts(cells))
    return bool(guessed.code and guessed.name and guessed.code != guessed.name)


def _texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(_text(cell) for cell in cells)


def _text(cell: Cell) -> str:
    """A code that was stored as a number keeps all its digits."""
    text = text_of(cell).strip()
    if isinstance(cell, Number) and not text.isdigit():
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        return f"{number:.0f}" if number == number.to_integral_value() else text
    return text


def _unique(headings: Sequence[str]) -> tuple[str, ...]:
    """A column without a heading is called by its letter's number, a repeated one gets it too."""
    names: list[str] = []
    for at, heading in enumerate(headings, start=1):
        name = " ".join(heading.split())
        names.append(name if name and name not in names else f"{name}[{at}]")
    return tuple(names)
