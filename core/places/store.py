"""The gazetteer's file: divisions, townships and villages out of the committed SQLite, holding nothing open."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Iterable

from ..standard.errors import OriginMapError
from .divisions import Division, level_of

# SQLite takes at most 999 variables in one statement in its older builds.
_MOST_VARIABLES = 900


class GazetteerFile:
    """Read-only access to one gazetteer file.

    Every question opens the file and closes it again (a tenth of a millisecond), so that any thread may ask and the
    file can be replaced at any time; what is asked often is remembered by the callers.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"

    def upper(self) -> list[Division]:
        """All provinces, cities and counties with their centres and radii; former names are their aliases."""
        former: dict[int, list[str]] = {}
        for name, code in self._rows("SELECT name, code FROM former_name ORDER BY name"):
            former.setdefault(code, []).append(name)
        rows = self._rows("SELECT code, name, longitude, latitude, radius FROM division ORDER BY code")
        return [
            Division(str(code), name, level_of(str(code)), longitude, latitude, tuple(former.get(code, ())), radius)
            for code, name, longitude, latitude, radius in rows
        ]

    def townships(self, county: str) -> list[tuple[str, str]]:
        """Code and name of every township of a county, by code."""
        first = int(county) * 1000
        rows = self._rows(
            "SELECT code, name FROM township WHERE code BETWEEN ? AND ? ORDER BY code", first, first + 999
        )
        return [(str(code), name) for code, name in rows]

    def townships_by_stem(self, stems: Iterable[str]) -> list[tuple[str, str]]:
        """Code and name of every township in the country whose name without its level word is one of these."""
        wanted = list(stems)[:_MOST_VARIABLES]
        marks = ",".join("?" * len(wanted))
        rows = self._rows(f"SELECT code, name FROM township WHERE stem IN ({marks}) ORDER BY code", *wanted)
        return [(str(code), name) for code, name in rows]

    def villages(self, county: str) -> list[tuple[str, str]]:
        """Code and name of every village of a county, by code; empty outside the pilot provinces."""
        rows = self._rows("SELECT names FROM village WHERE county = ?", int(county))
        if not rows:
            return []
        lines = zlib.decompress(rows[0][0]).decode().split("\n")
        return [(county + line[:6], line[6:]) for line in lines]

    def _rows(self, statement: str, *values: object) -> list[tuple]:
        try:
            with closing(sqlite3.connect(self._address, uri=True)) as connection:
                return connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise OriginMapError("GAZETTEER_UNREADABLE", str(error), file=self.path.name) from error
