"""What a person chooses between opening a workbook and importing it; knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Mapping, Optional, Sequence

from ...core.coordinates.datums import Datum
from ...core.georeference.options import AddressPoints, ErrorPolicy, Options
from ...core.georeference.understanding import blocking
from ...core.sheets.glance import Glance
from ...core.sheets.headings import normal
from ...core.sheets.recognise import Layout, Table, required_columns
from ...core.standard.cells import text_of
from ...core.standard.findings import Finding
from ...core.standard.model import Field, Standard
from .memory import Remembered, recall, remember

# Filled by the register itself or by the number of the row.
_NOT_ASKED = frozenset(("uid", "serial"))


@dataclass(frozen=True)
class FieldChoice:
    """A field of the standard and the column (from 0) it is read from, ``None`` for no column.

    ``recognised`` is the column that its heading says; ``by_hand`` whether a person chose another.
    """

    name: str
    title: str
    title_en: str
    required: bool
    column: Optional[int]
    recognised: Optional[int]
    by_hand: bool


class SheetPlan:
    """One sheet: whether it is imported, where its heading is, what its columns are."""

    def __init__(self, glance: Glance, standard: Standard) -> None:
        self.glance = glance
        self.name = glance.sheet.name
        self.chosen = False
        self.recalled = False
        self._standard = standard
        self._layout = Layout()
        self._recognised: Optional[Table] = None
        self.table: Optional[Table] = None
        self.set_layout(Layout())

    @property
    def layout(self) -> Layout:
        """What a person said of the sheet, or said of one like it before."""
        return self._layout

    @property
    def headings(self) -> list[str]:
        """The texts of its heading."""
        return list(self.table.headings.values()) if self.table else []

    def set_layout(self, layout: Layout) -> None:
        """Understand the sheet anew."""
        heading = Layout(layout.header_rows)
        if self._recognised is None or heading.header_rows != self._layout.header_rows:
            self._recognised = self.glance.table(self._standard, heading)
        self._layout = layout
        self.table = self.glance.table(self._standard, layout) if layout.columns else self._recognised

    def set_header(self, rows: Sequence[int]) -> None:
        """The heading stands in these rows of the file; columns chosen before belong to another heading."""
        self.set_layout(Layout(tuple(rows)))

    def choose(self, name: str, column: Optional[int]) -> None:
        """Read a field from a column; what its heading says anyway is no choice of a person's."""
        columns = {key: value for key, value in self._layout.columns.items() if key != name}
        without = self.glance.table(self._standard, Layout(self._layout.header_rows, columns))
        if without is None or without.columns.get(name) != column:
            columns[name] = column
        self.set_layout(Layout(self._layout.header_rows, columns))

    def fields(self) -> list[FieldChoice]:
        """All fields a workbook can hold: those every workbook needs, then the others as in the collection sheet."""
        required = set(required_columns(self._standard))
        annex = [f for f in self._standard.annex() if f.name not in _NOT_ASKED]
        beside = [f for f in self._standard.sheet_fields if f.annex is None]
        ordered = sorted([*annex, *beside], key=lambda f: f.name not in required)
        return [self._choice(f, f.name in required) for f in ordered]  # type: ignore[arg-type]

    def column_titles(self) -> list[tuple[int, str]]:
        """Every column that holds anything, with its letter and what stands above it."""
        headings = self.table.headings if self.table else {}
        filled = {index for _, cells in self.glance.rows for index, cell in enumerate(cells) if text_of(cell)}
        texts = ((index, " ".join(headings.get(index, "").split())) for index in sorted(filled | headings.keys()))
        return [(index, f"{letters(index)}  {text}".strip()) for index, text in texts]

    def personal_columns(self) -> dict[int, Field]:
        """Columns that hold names and numbers of people."""
        if self.table is None:
            return {}
        personal = {f.name: f for f in self._standard.fields if f.personal}
        return {index: personal[name] for name, index in self.table.columns.items() if name in personal}

    def blocked(self, errors: ErrorPolicy) -> Optional[Finding]:
        """Why the whole sheet would be left out; ``None`` when it is read."""
        return blocking(self.table, errors) if self.table else None

    def recall(self) -> Remembered:
        """Take over what was said of a sheet with the same headings."""
        for rows, headings in self._possible_headings():
            said = recall(headings.values())
            if said:
                self.recalled = bool(said.columns)
                self.set_layout(Layout(rows, _as_columns(headings, said)))
                return said
        return Remembered()

    def remember(self, datum: Optional[Datum], central_meridian: Optional[float]) -> None:
        """Keep what was said of this sheet for the next one with the same headings."""
        if self.table is None:
            return
        headings = self.table.headings
        texts = {
            name: None if column is None else headings.get(column, "")  # type: ignore[arg-type]
            for name, column in self._layout.columns.items()
        }
        kept = {name: text for name, text in texts.items() if text is None or _is_unique(text, headings.values())}
        remember(headings.values(), Remembered(kept, datum, central_meridian))

    def _possible_headings(self) -> Iterator[tuple[tuple[int, ...], Mapping[int, str]]]:
        """Where the heading may be, by its rows: as recognised, else any row that fills more than one cell."""
        if self._recognised is not None:
            yield (), self._recognised.headings
            return
        for number, cells in () if self.glance.own else self.glance.rows:
            texts = {index: text_of(cell) for index, cell in enumerate(cells) if text_of(cell)}
            if len(texts) > 1:
                yield (number,), texts

    def _choice(self, field: Field, required: bool) -> FieldChoice:
        column = self.table.columns.get(field.name) if self.table else None
        recognised = self._recognised.columns.get(field.name) if self._recognised else None
        return FieldChoice(
            field.name,
            field.title,
            field.title_en,
            required,
            column,
            recognised,
            by_hand=field.name in self._layout.columns,
        )


class ImportPlan:
    """A workbook as it shall be imported.

    Attributes:
        sheets: all of the workbook's.
        datum: of coordinates that do not say it; ``None`` leaves it to the workbook.
        central_meridian: degrees east, of eastings without a zone.
        errors: what becomes of rows with errors.
        address_points: what becomes of rows with an address alone.
    """

    def __init__(self, path: Path, glances: Sequence[Glance], standard: Standard) -> None:
        self.path = path
        self.standard = standard
        self.sheets = [SheetPlan(glance, standard) for glance in glances]
        self.datum: Optional[Datum] = None
        self.central_meridian: Optional[float] = None
        self.errors = ErrorPolicy.REFUSE
        self.address_points = AddressPoints.KEEP
        for sheet in self.sheets:
            said = sheet.recall()
            self.datum = self.datum or said.datum
            self.central_meridian = self.central_meridian or said.central_meridian
            sheet.chosen = sheet.table is not None and not sheet.glance.sheet.hidden

    @property
    def chosen(self) -> list[SheetPlan]:
        """The sheets that shall be imported."""
        return [sheet for sheet in self.sheets if sheet.chosen and sheet.table is not None]

    @property
    def readable(self) -> bool:
        """Whether any chosen sheet would be read."""
        return any(sheet.blocked(self.errors) is None for sheet in self.chosen)

    def choose_column(self, sheet: SheetPlan, name: str, column: Optional[int]) -> None:
        """Read a field from a column, in all chosen sheets with the same headings at the same places."""
        alike = [other for other in self.chosen if other is not sheet and _same_heading(other, sheet)]
        for one in (sheet, *alike):
            one.choose(name, column)

    def forget(self) -> None:
        """Back to what the headings say by themselves."""
        for sheet in self.sheets:
            sheet.recalled = False
            sheet.set_layout(Layout(sheet.layout.header_rows))

    def remember(self) -> None:
        """Keep what was chosen by hand for the next workbook with the same headings."""
        for sheet in self.chosen:
            sheet.remember(self.datum, self.central_meridian)

    def options(self, by: str, dry_run: bool) -> Options:
        """How the workbook is to be understood."""
        return Options(
            sheets=tuple(sheet.name for sheet in self.chosen),
            datum=self.datum,
            central_meridian=self.central_meridian,
            errors=self.errors,
            address_points=self.address_points,
            dry_run=dry_run,
            layouts={sheet.name: sheet.layout for sheet in self.chosen},
            by=by,
        )


def letters(index: int) -> str:
    """A column's name as spreadsheets show it: 0 is A, 26 is AA."""
    return (letters(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def _as_columns(headings: Mapping[int, str], said: Remembered) -> dict[str, Optional[int]]:
    places = {normal(text): index for index, text in headings.items()}
    found = {name: None if text is None else places.get(normal(text), -1) for name, text in said.columns.items()}
    return {name: index for name, index in found.items() if index != -1}


def _is_unique(text: str, among: Sequence[str]) -> bool:
    return bool(normal(text)) and [normal(other) for other in among].count(normal(text)) == 1


def _same_heading(one: SheetPlan, other: SheetPlan) -> bool:
    return bool(one.table and other.table) and one.table.headings == other.table.headings
