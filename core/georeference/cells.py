"""From the cells of a sheet to typed values: one reader a column, and those that need several cells together."""

from __future__ import annotations

from itertools import zip_longest
from typing import Callable, Mapping, Optional, Sequence

from ..coordinates.datum_names import SECRET, datum_named
from ..sheets.recognise import Table
from ..sheets.spreadsheet import Row
from ..standard.cells import Cell, text_of
from ..standard.masking import is_masked, is_masked_name
from ..standard.model import Field, Standard
from ..standard.values.cycles import CycleReading, cycle_of
from ..standard.values.periods import PeriodReader, PeriodReading
from ..standard.values.readers import reader_of
from ..standard.values.reading import Problem, Reader, Reading, ValueContext, error
from ..standard.values.scale import ScaleReader, ScaleReading
from .batch import Batch
from .memo import Memo

# Cells that are read together with others, or that only help to read them.
_TOGETHER = frozenset(("scale", "unit", "market_start", "market_end"))
# Columns that hold where the record stands in its life; a workbook cannot move it.
_NOT_FROM_SHEETS = frozenset(("status",))
_PRODUCER = "producer_name"


def hides_people(standard: Standard) -> tuple[str, ...]:
    """Fields whose cells may be masked: people's names and phones, and a household's name as the producer's."""
    return tuple(f.name for f in standard.fields if f.personal or f.name == _PRODUCER)


class Masked(str):
    """A masked name or number, as it stands in the cell; it says that the stored one stays."""


class CellReader:
    """Reads the batches of one table.

    Args:
        standard: the register's.
        table: which column is which field.
        year: stands in where a date comes without a year and nothing else in the row tells it.
        area_code: of landline numbers without one.

    Attributes:
        derived_cycles: how many rows got their cycle from their dates.
    """

    def __init__(self, standard: Standard, table: Table, year: int, area_code: str = "") -> None:
        self._standard = standard
        self._columns = table.columns
        self._year = year
        context = ValueContext(default_year=year, header_unit=table.unit, area_code=area_code)
        readers = {f.name: reader_of(standard, f.name, context) for f in standard.fields if self._is_read_alone(f.name)}
        for name in filter(readers.__contains__, hides_people(standard)):
            readers[name] = _leaving_masked(readers[name], is_masked_name if name == _PRODUCER else is_masked)
        if "place_datum" in readers:
            readers["place_datum"] = _naming_datums(readers["place_datum"], standard.field("place_datum"))
        self._readers = {name: Memo(reader) for name, reader in readers.items()}
        scale, period = ScaleReader(standard), PeriodReader(standard)
        self._scale = Memo(lambda key: scale(*key, table.unit))
        self._period = Memo(lambda key: period(*key, year))
        self._cycle = Memo(self._cycle_of)
        self._industry = {variety.code: variety.industry for variety in standard.varieties}
        self._varieties = {variety.code: variety for variety in standard.varieties}
        self._cycle_field = standard.field("cycle")
        self.derived_cycles = 0

    def columns_of(self, rows: Sequence[Row]) -> Mapping[str, Sequence[Cell]]:
        """The cells of a batch by field; short rows are filled up with empty cells."""
        turned = list(zip_longest(*(cells for _, cells in rows)))
        nothing: Sequence[Cell] = (None,) * len(rows)
        return {name: turned[i] if i < len(turned) else nothing for name, i in self._columns.items()}

    def read(self, batch: Batch, cells: Mapping[str, Sequence[Cell]]) -> None:
        """Fill the batch with all values that do not concern the place."""
        for name, memo in self._readers.items():
            self._read_alone(batch, name, memo, cells[name])
        self._follow_variety(batch)
        self._read_scale(batch, cells)
        self._read_period(batch, cells)
        self._derive_cycle(batch)

    def _is_read_alone(self, name: str) -> bool:
        return name in self._columns and name not in _TOGETHER and name not in _NOT_FROM_SHEETS

    def _read_alone(self, batch: Batch, name: str, memo: Memo[Cell, Reading], cells: Sequence[Cell]) -> None:
        readings = list(map(memo.__getitem__, cells))
        batch.values[name] = [reading[0] for reading in readings]
        _note(batch, name, [reading[1] for reading in readings])

    def _follow_variety(self, batch: Batch) -> None:
        """An empty industry is the variety's."""
        industry = self._industry
        batch.values["industry"] = [
            own or industry.get(variety)  # type: ignore[call-overload]
            for own, variety in zip(batch.column("industry"), batch.column("variety"))
        ]

    def _read_scale(self, batch: Batch, cells: Mapping[str, Sequence[Cell]]) -> None:
        keys = zip(_cells(cells, "scale", batch), _cells(cells, "unit", batch), batch.column("variety"))
        readings: list[ScaleReading] = list(map(self._scale.__getitem__, keys))
        batch.values["scale"] = [reading[0] for reading in readings]
        batch.values["unit"] = [reading[1] for reading in readings]
        batch.values["scale_text"] = [reading[2] for reading in readings]
        _note(batch, "scale", [reading[3] for reading in readings])

    def _read_period(self, batch: Batch, cells: Mapping[str, Sequence[Cell]]) -> None:
        names = ("market_start", "market_end", "market_period")
        keys = zip(*(_cells(cells, name, batch) for name in names), batch.column("cycle"), batch.column("collected_on"))
        readings: list[PeriodReading] = list(map(self._period.__getitem__, keys))
        batch.values["market_start"] = [reading[0] for reading in readings]
        batch.values["market_end"] = [reading[1] for reading in readings]
        batch.values["market_text"] = [reading[2] for reading in readings]
        _note(batch, "market_start", [reading[3] for reading in readings])

    def _derive_cycle(self, batch: Batch) -> None:
        """Where the cycle's cell is empty it follows from the dates, so that the same file says the same next year."""
        cycles = batch.column("cycle")
        underived = [i for i, cycle in enumerate(cycles) if cycle is None and not _has_error(batch, i, "cycle")]
        dates = [batch.column(name) for name in ("variety", "transplanted_on", "market_start", "collected_on")]
        for index in underived:
            cycles[index] = self._cycle[tuple(column[index] for column in dates)].cycle
        self.derived_cycles += len(underived)

    def _cycle_of(self, key: tuple[Optional[str], ...]) -> CycleReading:
        code, transplanted_on, market_start, collected_on = key
        variety = self._varieties.get(code or "")
        if variety is None:
            return CycleReading(None)
        return cycle_of(
            self._cycle_field,
            variety,
            transplanted_on=transplanted_on,
            market_start=market_start,
            collected_on=collected_on,
        )


def _naming_datums(reader: Reader, field: Field) -> Reader:
    """Datums by any of their words; those whose parameters are secret are refused by name, not offered another."""

    def read(cell: Cell) -> Reading:
        datum = datum_named(cell) if isinstance(cell, str) else None
        if datum in SECRET:
            return error("DATUM_REFUSED", field, cell, datum=cell)
        return reader(cell) if datum is None else Reading(datum.value)

    return read


def _leaving_masked(reader: Reader, is_masked: Callable[[str], bool]) -> Reader:
    def read(cell: Cell) -> Reading:
        if cell is None:
            return reader(cell)
        text = text_of(cell)
        return Reading(Masked(text)) if is_masked(text) else reader(cell)

    return read


def _cells(cells: Mapping[str, Sequence[Cell]], name: str, batch: Batch) -> Sequence[Cell]:
    return cells[name] if name in cells else (None,) * len(batch)


def _note(batch: Batch, name: str, problems: Sequence[tuple[Problem, ...]]) -> None:
    if any(problems):
        for index, found in enumerate(problems):
            for problem in found:
                batch.add_problem(index, problem, name)


def _has_error(batch: Batch, index: int, name: str) -> bool:
    return index in batch.refused and any(finding.field == name for finding in batch.findings[index])
