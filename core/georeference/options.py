"""What a person chooses before an import, and what they are told after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Mapping, Optional

from ..coordinates.datums import Datum
from ..sheets.recognise import Layout, Mapped
from ..standard.findings import Finding


class ErrorPolicy(str, Enum):
    """What becomes of a row with errors: it comes back in the findings workbook, or is kept as an incomplete draft."""

    REFUSE = "refuse"
    DRAFT = "draft"


class AddressPoints(str, Enum):
    """What becomes of the location that an address alone gives, the centre of a division: drawn, or only described."""

    KEEP = "keep"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True)
class Options:
    """How a workbook is to be understood.

    Attributes:
        sheets: only these, hidden or not; every visible sheet with a recognised header when empty.
        datum: of the coordinates; what the workbook itself says, else CGCS2000, when ``None``.
        central_meridian: degrees east, for projected coordinates without a zone.
        county_code: six digits; the register's own county when empty.
        columns: field name → header text or column index (from 0), for columns that are not recognised by themselves;
            they count for every sheet that ``layouts`` says nothing of.
        layouts: what a person said of single sheets, by the sheet's name.
        by: who imports, as it stands in the register's history.
        today: the day that a missing year is taken from when nothing else in the row tells it; a file that was
            imported before keeps the year of that time.
    """

    sheets: tuple[str, ...] = ()
    datum: Optional[Datum] = None
    central_meridian: Optional[float] = None
    county_code: str = ""
    errors: ErrorPolicy = ErrorPolicy.REFUSE
    address_points: AddressPoints = AddressPoints.KEEP
    dry_run: bool = False
    columns: Mapped = field(default_factory=dict)
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    by: str = ""
    today: date = field(default_factory=date.today)


@dataclass(frozen=True)
class Counts:
    """Where the rows of the file ended; ``rows`` is the sum of the first four.

    ``without_point`` counts those of the accepted rows that wait for their point, ``drafts`` those that were kept with
    errors; ``skipped`` are titles, notes and totals, which are no rows of data.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    without_point: int = 0
    approximate: int = 0
    drafts: int = 0
    skipped: int = 0

    @property
    def rows(self) -> int:
        """All rows of data in the file."""
        return self.new + self.updated + self.unchanged + self.refused

    def __add__(self, other: Counts) -> Counts:
        names = self.__dataclass_fields__
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True)
class SheetReport:
    """What was made of one sheet: whether it was read, why not, its header and its columns that mean nothing to us."""

    name: str
    read: bool
    reason: str = ""
    header_rows: tuple[int, ...] = ()
    first_row: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    counts: Counts = Counts()


@dataclass(frozen=True)
class Outcome:
    """An import's result.

    ``uids`` maps (sheet, row of the file) to the uid of the record made of it, as long as the file is small enough to
    be written back whole; ``import_id`` is 0 after a dry run; ``remarks_left_out`` says how many findings that keep no
    row out were counted but are not listed.
    """

    counts: Counts
    findings: tuple[Finding, ...]
    sheets: tuple[SheetReport, ...]
    uids: Mapping[tuple[str, int], str]
    import_id: int
    remarks_left_out: int = 0
