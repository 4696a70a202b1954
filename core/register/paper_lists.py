"""Cards and field sheets of a query as PDF, for all who ask; people are named only for a purpose, which is noted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Iterator, Mapping, Optional

from ..onemap.atlas import number_pages
from ..onemap.book import new_book
from ..onemap.cards import CARD, add_cards
from ..onemap.fieldsheet import add_field_sheet
from ..onemap.filtered import count
from ..onemap.paper import PAPERS
from ..onemap.query import Query
from ..onemap.query_words import in_words
from ..onemap.sheet import export_layout
from ..standard.errors import OriginMapError
from ..standard.progress import Progress, Silent, stop_if_cancelled
from .printing import county_of
from .register import Register
from .reports import note_in_full
from .selection import records

_DPI = 300
_NOBODY = Silent()


class PaperList(Enum):
    """What is printed of each record: a page with a map, or a row to tick."""

    CARDS = "cards"
    FIELD_SHEET = "field_sheet"


@dataclass(frozen=True)
class People:
    """How people are shown: masked, or in full for a purpose; ``by`` is who prints."""

    masked: bool = True
    purpose: str = ""
    by: str = ""


def print_list(
    kind: PaperList,
    path: Path,
    query: Query,
    target: Path,
    *,
    footer: str = "",
    people: People = People(),
    most: Optional[int] = None,
    progress: Progress = _NOBODY,
) -> tuple[int, int]:
    """Write the PDF; that people are named in full is noted in the register before anything is written.

    Args:
        kind: cards, or the field sheet.
        path: the register.
        query: which records.
        target: the PDF.
        footer: stands at the foot of each page.
        people: how they are shown.
        most: records that are printed at most.
        progress: told how far it is, asked whether to stop.

    Returns:
        How many records were printed, and how many were found.

    Raises:
        OriginMapError: ``PURPOSE_MISSING``, ``STATISTICS_EMPTY`` when nothing is found, ``MAP_NOT_WRITTEN``, or those
            of :func:`core.onemap.filtered.count`.
        Cancelled: the person stopped it.
    """
    if not people.masked and not people.purpose.strip():
        raise OriginMapError("PURPOSE_MISSING")
    with Register.open(path, read_only=True) as register, new_book(target.stem) as book:
        county = county_of(register)
        found = count(register.connection, query, county.standard)
        if not found:
            raise OriginMapError("STATISTICS_EMPTY")
        words = in_words(query, county.standard, names=county.names)
        number = found if most is None else min(found, most)
        if not people.masked:
            note_in_full(path, number, words, target, purpose=people.purpose, by=people.by)
        asked = _told(islice(records(register, query), number), number, progress)
        if kind is PaperList.CARDS:
            add_cards(book.layout, book.project, county, asked, footer, masked=people.masked)
        else:
            add_field_sheet(book.layout, county, asked, words, footer, masked=people.masked)
        number_pages(book.layout, CARD if kind is PaperList.CARDS else PAPERS[0])
        export_layout(book.layout, target, _DPI)
    return number, found


def _told(asked: Iterator[Mapping[str, object]], number: int, progress: Progress) -> Iterator[Mapping[str, object]]:
    """The same records, while progress is told how far they are."""
    for done, record in enumerate(asked):
        stop_if_cancelled(progress)
        progress.set_fraction(0.6 * done / number)
        yield record
