"""Where in a workbook the table stands, and which cell a finding is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping, Optional

# Where a field has no column of its own, its finding is shown at the one it was read from.
_STAND_INS: Mapping[str, tuple[str, ...]] = {
    "longitude": ("coordinates", "latitude"),
    "latitude": ("coordinates", "longitude"),
    "coordinates": ("longitude", "latitude", "site_address"),
    "geom": ("coordinates", "longitude", "site_address"),
    "place_text": ("coordinates", "longitude", "site_address"),
    "market_start": ("market_period",),
    "market_end": ("market_period",),
    "market_period": ("market_start", "market_end"),
    "unit": ("scale",),
    "division_code": ("township", "county", "site_address"),
}
_OF_THE_ROW = ("producer_name", "serial")


@dataclass(frozen=True)
class TablePlace:
    """One table in one sheet.

    Rows are the file's own, from 1; ``columns`` says at which index (from 0, column A) a field's column stands.
    """

    sheet: str
    header_row: int
    first_row: int
    columns: Mapping[str, int] = field(default_factory=dict)

    def column_of(self, field_name: str) -> Optional[int]:
        """Index of the column in which a finding about the field is shown; ``None`` in a table without columns."""
        for name in (field_name, *_STAND_INS.get(field_name, ()), *_OF_THE_ROW):
            if name in self.columns:
                return self.columns[name]
        return min(self.columns.values(), default=None)
