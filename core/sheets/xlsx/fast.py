"""The fast lane: rows as the common programs write them, taken apart by splitting instead of parsing.

A row is cut into what the values stand in (its skeleton) and the values. A skeleton is understood once, by a pattern
that has to match every character of it; the row numbers in it are marked, so that all rows alike share one. A row whose
skeleton is not understood is left to the parser.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import Callable, NamedTuple, Optional, Sequence

from ...standard.cells import Cell
from .careful import MAX_COLUMNS, column_index
from .markup import NotUnderstood, resolved
from .values import BadReference, Converter, Values

# Neither can stand in XML text, so nothing in a file can look like them.
CUT = "\x01"
_ROW_NUMBER = "\x02"
_SHAPES = 20_000  # skeletons remembered before the memory starts afresh

_ATTRIBUTES = r'((?: [A-Za-z][A-Za-z0-9:]*="[^"<&\x01\x02]*")*)'
_ROW = re.compile(rf"\s*<row((?: [a-z]+=\"[^\"<&\x01\x02]*\")*) r=\"{_ROW_NUMBER}\"{_ATTRIBUTES}\s*>")
_CELL = re.compile(
    rf"\s*<c((?: [a-z]+=\"[^\"<&\x01\x02]*\")*) r=\"([A-Z]{{1,3}}){_ROW_NUMBER}\"((?: [a-z]+=\"[^\"<&\x01\x02]*\")*)"
    rf"\s*(?:/>|>\s*(?:<v>({CUT})</v>\s*|<is>\s*<t(?: xml:space=\"preserve\")?>({CUT})</t>\s*</is>\s*)?</c>)"
)
_ATTRIBUTE = re.compile(r' ([A-Za-z][A-Za-z0-9:]*)="([^"]*)"')
_ROW_ATTRIBUTES = frozenset(
    ("spans", "s", "customFormat", "ht", "hidden", "customHeight", "outlineLevel", "collapsed")
    + ("thickTop", "thickBot", "ph", "x14ac:dyDescent")
)
_CELL_ATTRIBUTES = frozenset(("s", "t", "cm", "vm", "ph"))
_TYPES = frozenset(("", "n", "s", "str", "b", "e", "inlineStr", "d"))

Picker = Callable[[Sequence], Sequence]


class _Group(NamedTuple):
    """Values of a row that are made into cells in the same way."""

    pick: Optional[Picker]  # None: all of them
    converter: Converter
    kind: str


class _Shape(NamedTuple):
    """How the values of a skeleton become the cells of a row."""

    groups: tuple[_Group, ...]
    arrange: Optional[Picker]  # None: the values are the cells, in their order
    brackets: int
    values: int


class FastLane:
    """Takes the rows of one sheet apart.

    Args:
        values: makes cells of stored text.
        prefixes: namespace prefixes that the sheet's root declares.
    """

    def __init__(self, values: Values, prefixes: set[str]) -> None:
        self._values = values
        self._row_attributes = {n for n in _ROW_ATTRIBUTES if ":" not in n or n.split(":")[0] in prefixes}
        self._shapes: dict[str, _Shape] = {}

    def row(self, text: str, special: bool) -> tuple[int, list[Cell]]:
        """One row, given without its end tag and with cuts around its values.

        ``special``: a value may hold references or escapes.

        Raises:
            NotUnderstood: the parser has to read this row.
            BadReference: a shared string that is not there.
        """
        parts = text.split(CUT)
        start = parts[0].find(' r="') + 4
        number = parts[0][start : parts[0].find('"', start)]
        skeleton = CUT.join(parts[::2]).replace(f'{number}"', f'{_ROW_NUMBER}"')
        shape = self._shapes.get(skeleton)
        if shape is None:
            shape = self._learn(skeleton, number)
        values: Sequence[str] = parts[1::2]
        # Brackets beyond the skeleton's own would stand inside a value.
        if len(values) != shape.values or text.count("<") != shape.brackets:
            raise NotUnderstood
        if special:
            values = [_plain(value) for value in values]
        return int(number), self._cells(shape, values, special)

    def _cells(self, shape: _Shape, values: Sequence[str], special: bool) -> list[Cell]:
        made: list[Cell] = []
        for pick, converter, kind in shape.groups:
            picked = values if pick is None else pick(values)
            if kind == "s":
                made += self._shared(picked)
            elif kind == "inlineStr" and not special:
                made += picked
            else:
                made += map(converter, picked)
        if shape.arrange is None:
            return made
        made.append(None)
        return list(shape.arrange(made))

    def _shared(self, picked: Sequence[str]) -> list[Cell]:
        digits = "".join(picked)
        if not (digits.isascii() and digits.isdigit() and all(picked)):
            raise NotUnderstood
        try:
            return list(map(self._values.strings.__getitem__, map(int, picked)))
        except IndexError as error:
            raise BadReference from error

    def _learn(self, skeleton: str, number: str) -> _Shape:
        if not (number.isascii() and number.isdigit() and len(number) < 8):
            raise NotUnderstood
        if len(self._shapes) >= _SHAPES:
            self._shapes.clear()
        shape = self._shapes[skeleton] = self._understood(skeleton)
        return shape

    def _understood(self, skeleton: str) -> _Shape:
        row = _ROW.match(skeleton)
        if row is None or not self._known(row.group(1) + row.group(2), self._row_attributes):
            raise NotUnderstood
        columns: list[int] = []
        converters: list[tuple[Converter, str]] = []
        at, last = row.end(), -1
        while at < len(skeleton):
            cell = _CELL.match(skeleton, at)
            if cell is None:
                raise NotUnderstood
            before, letters, after, number, inline = cell.groups()
            column = column_index(letters)
            if not last < column < MAX_COLUMNS or not self._known(before + after, _CELL_ATTRIBUTES):
                raise NotUnderstood
            at, last = cell.end(), column
            if number or inline:
                columns.append(column)
                converters.append(self._converter(before + after, bool(inline)))
        return _shape(columns, converters, skeleton.count("<"))

    def _converter(self, attributes: str, inline: bool) -> tuple[Converter, str]:
        known = dict(_ATTRIBUTE.findall(attributes))
        kind, style = known.get("t", ""), known.get("s", "0")
        if kind not in _TYPES or not (style.isascii() and style.isdigit()) or inline != (kind == "inlineStr"):
            raise NotUnderstood
        return self._values.converter(kind, int(style)), kind

    @staticmethod
    def _known(attributes: str, names: frozenset[str]) -> bool:
        found = [name for name, _value in _ATTRIBUTE.findall(attributes)]
        return len(found) == len(set(found)) and names.issuperset(found)


def _shape(columns: list[int], converters: list[tuple[Converter, str]], brackets: int) -> _Shape:
    groups: dict[tuple[Converter, str], list[int]] = {}
    for position, converter in enumerate(converters):
        groups.setdefault(converter, []).append(position)
    # Where each cell of the row lies among the made values; the gaps take the None at their end.
    order = [position for positions in groups.values() for position in positions]
    place = {columns[position]: index for index, position in enumerate(order)}
    arrangement = [place.get(column, len(columns)) for column in range(columns[-1] + 1 if columns else 0)]
    in_order = arrangement == list(range(len(columns)))
    return _Shape(
        tuple(
            _Group(None if len(groups) == 1 else _picker(positions), converter, kind)
            for (converter, kind), positions in groups.items()
        ),
        None if in_order else _picker(arrangement),
        brackets,
        len(columns),
    )


def _picker(positions: list[int]) -> Picker:
    if len(positions) == 1:
        position = positions[0]
        return lambda values: (values[position],)
    return itemgetter(*positions)


def _plain(value: str) -> str:
    return resolved(value) if "&" in value else value
