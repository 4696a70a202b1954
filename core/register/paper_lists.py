"""Cards and field sheets of a query as PDF, for all who ask; people are named only for a purpose, which is noted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Callable, Iterator, Mapping, Optional, Sequence

from ..onemap.atlas import number_pages
from ..onemap.book import Book
from ..onemap.cards import CARD, add_cards
from ..onemap.fieldsheet import add_field_sheet, field_rows, rows_by_page
from ..onemap.filtered import count
from ..onemap.mapsheet import County
from ..onemap.paper import PAPERS
from ..onemap.portions import Portion, export_portions
from ..onemap.query import Query
from ..onemap.query_words import in_words
from ..sheets.safe_target import require_place
from ..standard.errors import OriginMapError
from ..standard.progress import Progress, Silent, stop_if_cancelled
from .printing import county_of
from .register import Register
from .reports import note_in_full
from .selection import records

_DPI = 300
_PAGES = 10  # in memory at a time
_READ = 0.1  # share of the progress at whose end all is read
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
        OriginMapError: ``PURPOSE_MISSING``, ``STATISTICS_EMPTY`` when nothing is found, or those of
            :func:`core.onemap.portions.export_portions` and :func:`core.onemap.filtered.count`.
        Cancelled: the person stopped it.
    """
    if not people.masked and not people.purpose.strip():
        raise OriginMapError("PURPOSE_MISSING")
    require_place(target)
    with Register.open(path, read_only=True) as register:
        county = county_of(register)
        found = count(register.connection, query, county.standard)
        if not found:
            raise OriginMapError("STATISTICS_EMPTY")
        words = in_words(query, county.standard, names=county.names)
        # All is read before the first page is made: nobody waits with saving until the last one is printed.
        asked = list(_told(islice(records(register, query), most), min(found, most or found), progress))
        if not people.masked:
            note_in_full(path, len(asked), words, target, purpose=people.purpose, by=people.by)
        pages: Sequence[object]
        if kind is PaperList.CARDS:
            pages, add = asked, partial(_cards, county, footer, people.masked)
        else:
            told = f"{words}　共 {len(asked)} 条"
            pages = rows_by_page(field_rows(county, asked, masked=people.masked))
            add = partial(_field_sheet, county, told, footer)
        export_portions(target.stem, _portions(pages, add, progress), target, _DPI)
    return len(asked), found


def _portions(pages: Sequence[object], add: Callable[..., None], progress: Progress) -> Iterator[Portion]:
    """Some pages at a time, until the person stops it."""
    for start in range(0, len(pages), _PAGES):
        stop_if_cancelled(progress)
        progress.set_fraction(_READ + (1 - _READ) * start / len(pages))
        yield partial(add, pages[start : start + _PAGES], start, len(pages))


def _cards(
    county: County,
    footer: str,
    masked: bool,
    cards: Sequence[Mapping[str, object]],
    before: int,
    total: int,
    book: Book,
) -> None:
    add_cards(book.layout, book.project, county, cards, footer, masked=masked)
    number_pages(book.layout, CARD, before, total)


def _field_sheet(
    county: County,
    told: str,
    footer: str,
    pages: Sequence[Sequence[list[str]]],
    before: int,
    total: int,
    book: Book,
) -> None:
    add_field_sheet(book.layout, county, pages, told, footer)
    number_pages(book.layout, PAPERS[0], before, total)


def _told(asked: Iterator[Mapping[str, object]], number: int, progress: Progress) -> Iterator[Mapping[str, object]]:
    """The same records, while progress is told how far they are."""
    for done, record in enumerate(asked):
        stop_if_cancelled(progress)
        progress.set_fraction(_READ * done / number)
        yield record
