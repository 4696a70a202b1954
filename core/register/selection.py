"""Which records a table is made of, and their rows read from the register one chunk at a time."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Iterator, Mapping

from ..standard.errors import OriginMapError
from ..standard.model import Standard
from .geometry import coordinates_of
from .register import Register
from .schema import RECORD

_CHUNK = 5_000


@dataclass(frozen=True)
class Selection:
    """The conditions asked, all of which must hold; an empty one holds for every record.

    Attributes:
        varieties: codes of products.
        division: beginning of a division code (6 digits a county, 9 a township, 12 a village).
        states: codes of states, such as ``approved``.
        condition: a condition in SQLite's words over the columns of ``record``, such as ``scale >= 50``.
    """

    varieties: tuple[str, ...] = ()
    division: str = ""
    states: tuple[str, ...] = ()
    condition: str = ""

    def where(self) -> tuple[str, list[str]]:
        """The WHERE clause and its values."""
        parts, values = ["1"], list[str]()
        for column, chosen in (("variety", self.varieties), ("status", self.states)):
            if chosen:
                parts.append(f'"{column}" IN ({", ".join("?" * len(chosen))})')
                values.extend(chosen)
        if self.division:
            parts.append("substr(division_code, 1, ?) = ?")
            values.extend([len(self.division), self.division])  # type: ignore[list-item]
        if self.condition:
            parts.append(f"({self.condition})")
        return " AND ".join(parts), values

    def in_words(self, standard: Standard) -> str:
        """The conditions as a person reads them under the table's title, in Chinese."""
        products = "、".join(v.title for v in standard.varieties if v.code in self.varieties)
        states = "、".join(c.title for c in standard.choices("status") if c.code in self.states)
        parts = [f"产品：{products or '全部'}", f"状态：{states or '全部'}"]
        if self.division:
            parts.append(f"行政区划代码：{self.division}")
        if self.condition:
            parts.append(f"条件：{self.condition}")
        return "；".join(parts)


def count(register: Register, selection: Selection) -> int:
    """How many records are chosen.

    Raises:
        OriginMapError: ``QUERY_BAD`` when the condition is no SQL.
    """
    where, values = selection.where()
    return _ask(register, selection, f'SELECT count(*) FROM "{RECORD}" WHERE {where}', values).fetchone()[0]


def records(register: Register, selection: Selection) -> Iterator[Mapping[str, object]]:
    """The chosen records by township, producer and product, each with all its columns under their names, and with
    ``longitude`` and ``latitude`` (degrees, CGCS2000), ``None`` where it has no point.

    Raises:
        OriginMapError: ``QUERY_BAD`` when the condition is no SQL.
    """
    where, values = selection.where()
    query = f'SELECT * FROM "{RECORD}" WHERE {where} ORDER BY division_code, producer_name, variety, fid'
    cursor = _ask(register, selection, query, values)
    names = [column[0] for column in cursor.description]
    geometry = names.index("geom")
    while rows := cursor.fetchmany(_CHUNK):
        for row, point in zip(rows, coordinates_of([row[geometry] for row in rows]).tolist()):
            record = dict(zip(names, row))
            if row[geometry] is not None and point[0] == point[0]:
                record["longitude"], record["latitude"] = point
            yield record


def _ask(register: Register, selection: Selection, query: str, values: list[str]) -> sqlite3.Cursor:
    try:
        return register.connection.execute(query, values)
    except (sqlite3.OperationalError, sqlite3.ProgrammingError, sqlite3.Warning) as error:
        if not selection.condition:
            raise
        raise OriginMapError("QUERY_BAD", str(error), value=selection.condition, reason=str(error)) from error
