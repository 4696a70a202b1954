"""Finds the table in a sheet: its heading, below titles and over one or two rows, and what each column stands for."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Collection, Iterable, Mapping, NamedTuple, Optional, Sequence, Union

from ..coordinates.datums import Datum
from ..standard.cells import Cell, text_of
from ..standard.findings import Finding, Level
from ..standard.model import Stage, Standard
from .headings import COORDINATES, NAME_HEADINGS, PHONE_HEADINGS, Heading, Headings, normal
from .names import OWN_COLUMNS
from .spreadsheet import Range, Row

SEARCHED_ROWS = 60  # a heading is looked for in the first ones
_ENOUGH = 3  # fields that make a row a heading
_LONGEST_PARENT = 30  # letters; a lone text beyond it is a sentence
IDENTITY = ("producer_name", "variety")  # without them no row can be told from another
# What may lack a column because something else says it: the variety, a note, another column, the import itself.
_SAID_ELSEWHERE = frozenset(("industry", "unit", "cycle", "production_mode", "facility", "scale_basis"))
_OTHER_WAY = {"market_start": "market_period", "market_end": "market_period"}
# With these nobody can tell what a column holds, not even for drafts.
_UNCLEAR = frozenset(("HDR_AMBIGUOUS", "HDR_DATUM", "HDR_MANUAL"))
_PHONE_OF = {
    "contact_name": "contact_phone",
    "officer_name": "officer_phone",
    "collector_name": "collector_phone",
}

Mapped = Mapping[str, Union[int, str, None]]


@dataclass(frozen=True)
class Layout:
    """What a person said of a sheet, where its heading is not understood by itself.

    Attributes:
        header_rows: the file's own numbers of the heading's one or two rows; looked for when empty.
        columns: by field: its column (from 0), the text of its heading, or ``None`` when the sheet does not have it.
    """

    header_rows: tuple[int, ...] = ()
    columns: Mapped = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """The table of a sheet.

    Attributes:
        header_rows: the file's own numbers of the heading's one or two rows.
        first_row: from this row on there is data.
        columns: the column (from 0) of each field found.
        headings: what stands above each column, for messages.
        unknown: headings that stand for no field.
        datum: what the headings of the coordinates say, ``None`` when they say nothing.
        unit: the unit code that the heading of the scale says, empty when it says none.
        findings: ``HDR_MISSING``, ``HDR_AMBIGUOUS``, ``HDR_DATUM``, ``HDR_MANUAL`` (errors), ``HDR_UNKNOWN`` (note).
    """

    header_rows: tuple[int, ...]
    first_row: int
    columns: Mapping[str, int]
    headings: Mapping[int, str]
    unknown: tuple[str, ...] = ()
    datum: Optional[Datum] = None
    unit: str = ""
    findings: tuple[Finding, ...] = field(default=())

    @property
    def usable(self) -> bool:
        """Whether rows can be told apart at all: producer and product have a column, and no field has two."""
        known = all(name in self.columns for name in IDENTITY)
        return known and not any(finding.code in _UNCLEAR for finding in self.findings)


class _Candidate(NamedTuple):
    """One way to read one or two rows as the heading."""

    rows: tuple[Row, ...]
    texts: dict[int, str]
    headings: dict[int, Heading]

    @property
    def fields(self) -> set[str]:
        return {heading.field for heading in self.headings.values()}

    @property
    def is_heading(self) -> bool:
        return len(self.fields) >= _ENOUGH or self.fields.issuperset(IDENTITY)


def find_table(
    rows: Iterable[Row], standard: Standard, merged: Sequence[Range] = (), layout: Optional[Layout] = None
) -> Optional[Table]:
    """The table of a sheet, from its first rows; ``None`` when nothing there reads as a heading.

    Args:
        rows: the sheet's rows from its first one; only some of them are taken.
        standard: its titles and aliases are what headings are matched with.
        merged: the sheet's merged ranges.
        layout: what a person said of the sheet.
    """
    first_rows = list(itertools.islice(rows, SEARCHED_ROWS))
    known = Headings(standard)
    layout = layout or Layout()
    if layout.header_rows:
        candidates = _chosen_heading([row for row in first_rows if row[0] in layout.header_rows], merged, known)
    else:
        candidates = [c for i in range(len(first_rows)) for c in _candidates(first_rows[i : i + 2], merged, known)]
    wanted = {normal(text) for text in layout.columns.values() if isinstance(text, str)}
    best = max(candidates, key=lambda candidate: _score(candidate, wanted), default=None)
    if best is None or not (best.is_heading or layout.columns or layout.header_rows):
        return None
    width = max(len(cells) for _number, cells in first_rows)
    return _table(best, standard, layout.columns, width)


def _chosen_heading(rows: list[Row], merged: Sequence[Range], known: Headings) -> list[_Candidate]:
    if not rows:
        return []
    upper = _heading_texts(rows[0])
    return [_one_row(rows[0], upper, known) if len(rows) == 1 else _two_rows(rows[:2], upper, merged, known)]


def _score(candidate: _Candidate, wanted: set[str]) -> tuple[int, int]:
    """The more fields the better; of equals the one with fewer rows, since any line above a heading pairs with it."""
    chosen = sum(normal(text) in wanted for text in candidate.texts.values())
    return len(candidate.fields) + chosen, -len(candidate.rows)


def _candidates(rows: list[Row], merged: Sequence[Range], known: Headings) -> list[_Candidate]:
    upper = _heading_texts(rows[0])
    found = [_one_row(rows[0], upper, known)]
    if len(rows) == 2 and rows[1][0] == rows[0][0] + 1 and not _is_title(rows, upper, merged):
        found.append(_two_rows(rows, upper, merged, known))
    return found


def _is_title(rows: list[Row], upper: dict[int, str], merged: Sequence[Range]) -> bool:
    """Whether the upper row is a title or a note: its only text is a long one, or stands above the whole table."""
    if len(upper) != 1:
        return False
    (index, text), lower = next(iter(upper.items())), _heading_texts(rows[1])
    if len(text) > _LONGEST_PARENT:
        return True
    # With nothing below it the text is a heading of its own, merged downwards beside the others.
    return index in lower and lower.keys() <= _spread(rows[0], upper, lower, merged).keys()


def _heading_texts(row: Row) -> dict[int, str]:
    return {index: text_of(cell) for index, cell in enumerate(row[1]) if _is_heading_text(cell)}


def _is_heading_text(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(cell.strip())


def _one_row(row: Row, texts: dict[int, str], known: Headings) -> _Candidate:
    read = {index: known.read(text) for index, text in texts.items()}
    headings = {index: heading for index, heading in read.items() if heading}
    return _Candidate((row,), texts, _by_neighbours(texts, headings))


def _two_rows(rows: list[Row], upper: dict[int, str], merged: Sequence[Range], known: Headings) -> _Candidate:
    lower = _heading_texts(rows[1])
    parents = _spread(rows[0], upper, lower, merged)
    texts: dict[int, str] = {}
    headings: dict[int, Heading] = {}
    for index in sorted({*upper, *lower}):
        parent, child = parents.get(index, ""), lower.get(index, "")
        texts[index] = f"{parent} {child}".strip()
        alone = list(parents.values()).count(parent) == 1
        heading = known.read_below(parent, child, alone)
        if heading:
            headings[index] = heading
    return _Candidate(tuple(rows), texts, _by_neighbours({**upper, **lower}, headings))


def _spread(row: Row, upper: dict[int, str], lower: dict[int, str], merged: Sequence[Range]) -> dict[int, str]:
    """The upper heading over each column: merged cells cover several; without any, up to the next heading."""
    parents = dict(upper)
    covered = [r for r in merged if r.first_row <= row[0] <= r.last_row and r.last_column > r.first_column]
    for area in covered:
        for index in range(area.first_column, area.last_column + 1):
            parents.setdefault(index, upper.get(area.first_column, ""))
    if not covered:
        for index in sorted(lower):
            if index not in upper and index - 1 in parents:
                parents[index] = parents[index - 1]
    return parents


def _by_neighbours(texts: Mapping[int, str], headings: dict[int, Heading]) -> dict[int, Heading]:
    """Give a phone that names nobody to the person whose name stands left of it, a bare name to the role left of it."""
    result = dict(headings)
    for index in sorted(texts):
        left = result.get(index - 1)
        bare = normal(texts[index])
        if left is None:
            continue
        if bare in NAME_HEADINGS and left.field == "officer_role":
            result[index] = Heading("officer_name")
        elif bare in PHONE_HEADINGS and left.field in _PHONE_OF and _is_loose(headings.get(index)):
            result[index] = Heading(_PHONE_OF[left.field])
    return result


def _is_loose(heading: Optional[Heading]) -> bool:
    return heading is None or heading.field == "contact_phone"


def _table(best: _Candidate, standard: Standard, mapped: Mapped, width: int) -> Table:
    by_hand, findings = _mapped_columns(best, standard, mapped, width)
    taken = set(by_hand.values())
    by_field: dict[str, list[int]] = {}
    for index, heading in best.headings.items():
        if index not in taken and heading.field not in mapped:
            by_field.setdefault(heading.field, []).append(index)
    titles = {f.name: f.title for f in (*standard.fields, *standard.sheet_fields)}
    findings += [_ambiguous(name, titles, best, found) for name, found in by_field.items() if len(found) > 1]
    columns = {**{name: found[0] for name, found in by_field.items() if len(found) == 1}, **by_hand}
    findings += [_missing(name, titles) for name in required_columns(standard, {*columns, *by_field})]
    understood = {*columns.values(), *(index for found in by_field.values() for index in found)}
    others = [text for index, text in sorted(best.texts.items()) if index not in understood]
    unknown = tuple(text for text in others if text.strip() not in OWN_COLUMNS)
    if unknown:
        shown = "、".join(" ".join(text.split()) for text in unknown)
        findings.append(Finding(Level.NOTE, "HDR_UNKNOWN", params={"columns": shown}))
    numbers = tuple(number for number, _cells in best.rows)
    # What a heading says of its column's values counts also where a person chose the column.
    by_field.update((name, [index]) for name, index in by_hand.items() if index in best.headings)
    datums = {best.headings[i].datum: best.texts[i] for f in COORDINATES for i in by_field.get(f, ())}
    datums.pop(None, None)
    if len(datums) > 1:
        shown = "、".join(sorted(" ".join(text.split()) for text in datums.values()))
        findings.append(Finding(Level.ERROR, "HDR_DATUM", row=best.rows[-1][0], params={"columns": shown}))
    scales = [best.headings[i] for i in by_field.get("scale", ())]
    return Table(
        header_rows=numbers,
        first_row=numbers[-1] + 1,
        columns=dict(sorted(columns.items(), key=lambda entry: entry[1])),
        headings=dict(best.texts),
        unknown=unknown,
        datum=next(iter(datums), None),
        unit=next((heading.unit for heading in scales if heading.unit), ""),
        findings=tuple(findings),
    )


def _mapped_columns(
    best: _Candidate, standard: Standard, mapped: Mapped, width: int
) -> tuple[dict[str, int], list[Finding]]:
    columns: dict[str, int] = {}
    findings: list[Finding] = []
    titles = {f.name: f.title for f in (*standard.fields, *standard.sheet_fields)}
    for name, column in mapped.items():
        if column is None:
            continue
        index = column if isinstance(column, int) else _column_headed(best, column)
        if index is None or not 0 <= index < width:
            params = {"title": titles.get(name, name), "column": column}
            findings.append(Finding(Level.ERROR, "HDR_MANUAL", field=name, params=params))
        else:
            columns[name] = index
    return columns, findings


def _column_headed(best: _Candidate, text: str) -> Optional[int]:
    found = [index for index, heading in best.texts.items() if normal(heading) == normal(text)]
    return found[0] if len(found) == 1 else None


def _ambiguous(name: str, titles: Mapping[str, str], best: _Candidate, found: Sequence[int]) -> Finding:
    columns = "、".join(" ".join(best.texts[index].split()) for index in found)
    params = {"title": titles[name], "columns": columns}
    return Finding(Level.ERROR, "HDR_AMBIGUOUS", field=name, row=best.rows[-1][0], params=params)


def required_columns(standard: Standard, found: Collection[str] = ()) -> list[str]:
    """The fields that every workbook must have a column for, without those found."""
    return [
        f.name
        for f in standard.fields
        if f.required_at is Stage.IMPORT
        and not f.industries
        and f.name not in _SAID_ELSEWHERE
        and f.name not in found
        and _OTHER_WAY.get(f.name) not in found
    ]


def _missing(name: str, titles: Mapping[str, str]) -> Finding:
    return Finding(Level.ERROR, "HDR_MISSING", field=name, params={"title": titles[name]})
