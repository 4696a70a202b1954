"""Printing in another thread: each job opens the register and makes layout, project and layers of its own there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional

from qgis.core import QgsRectangle

from ...core.onemap.atlas import Targets, atlas_pages, print_pages
from ...core.onemap.contents import INTERNAL, INTERNAL_LIST
from ...core.onemap.look import Look
from ...core.onemap.mapsheet import Imprint
from ...core.onemap.paper import PAPERS
from ...core.onemap.query import Query
from ...core.register.paper_lists import PaperList, People, print_list
from ...core.register.printing import county_of
from ...core.register.register import Register
from ...core.standard.progress import Progress
from ..work import Job
from .print_panel import Kind, PrintWish

_DPI = 300
_MOST_CARDS = 200
_LISTS = {Kind.CARDS: PaperList.CARDS, Kind.FIELD_SHEET: PaperList.FIELD_SHEET}


@dataclass(frozen=True)
class Order:
    """What to print of which register, where to, by whom; ``extent`` in degrees, where the map is to show just that.

    ``author`` is named on maps where the person gave a name; ``by`` is always somebody, for what is noted.
    """

    path: Path
    query: Query
    wish: PrintWish
    target: Path
    author: str = ""
    extent: Optional[QgsRectangle] = None
    by: str = ""

    @property
    def is_folder(self) -> bool:
        """Whether the target is a folder that gets a file for each page."""
        return self.wish.each


@dataclass(frozen=True)
class Outcome:
    """What became of an order.

    Attributes:
        order: the order.
        records: on the first page, or in the list.
        pages: of maps.
        left: records that found no card.
        empty: names of pages that nothing was on.
        found: what the checks found, in sentences.
        written: whether the files are there.
    """

    order: Order
    records: int
    pages: int = 0
    left: int = 0
    empty: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    written: bool = True


def print_job(order: Order, *, only_clean: bool) -> Job:
    """Print; with ``only_clean`` maps are written only when the checks find nothing."""

    def job(progress: Progress) -> Outcome:
        return _maps(order, only_clean, progress) if order.wish.kind.is_map else _list(order, progress)

    return job


def _maps(order: Order, only_clean: bool, progress: Progress) -> Outcome:
    wish = order.wish
    with Register.open(order.path, read_only=True) as register:
        county = county_of(register)
        pages = atlas_pages(register.connection, county, order.query, wish.kind.atlas, _fitting(order), order.extent)
    imprint = Imprint(wish.title, wish.source, order.author, wish.review_number, INTERNAL if wish.internal else "")
    printed = print_pages(
        pages, PAPERS[wish.paper], county, imprint, _targets(order), _DPI, progress, only_clean=only_clean
    )
    found = dict.fromkeys(f"{one.title}：{one.detailedDescription}" for one in printed.findings)
    return Outcome(
        order, printed.records, printed.pages, empty=printed.empty, found=tuple(found), written=printed.written
    )


def _list(order: Order, progress: Progress) -> Outcome:
    kind, footer = _LISTS[order.wish.kind], INTERNAL_LIST if order.wish.internal else ""
    most = _MOST_CARDS if kind is PaperList.CARDS else None
    people = People(masked=not order.wish.purpose, purpose=order.wish.purpose, by=order.by)
    number, found = print_list(
        kind, order.path, order.query, order.target, footer=footer, people=people, most=most, progress=progress
    )
    return Outcome(order, number, left=found - number)


def _fitting(order: Order) -> Look:
    """Cells as wide as looks well on the paper."""
    return replace(order.wish.look, size=0.0)


def _targets(order: Order) -> Targets:
    if order.is_folder:
        return Targets(folder=order.target)
    return Targets(png=order.target) if order.target.suffix.lower() == ".png" else Targets(pdf=order.target)
