"""An atlas: the whole query on its first page, then a page for each township, product or month of it."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Optional, Sequence

from qgis.core import QgsPrintLayout, QgsProject, QgsValidityCheckResult
from qgis.PyQt.QtCore import QRectF

from ..standard.errors import OriginMapError
from ..standard.progress import Progress, stop_if_cancelled
from .checks import check
from .filtered import ask
from .mapsheet import County, Imprint, Page, compose, first_page, page_title
from .paper import Paper
from .query import Query, seasons_of_months
from .sheet import Sheet, export_layout, new_layout

_TOWNSHIP = 9
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')


class Atlas(str, Enum):
    """What each page is about; the order is that of the algorithm's parameter."""

    NONE = "none"
    TOWNSHIP = "township"
    VARIETY = "variety"
    MONTH = "month"


@dataclass(frozen=True)
class Targets:
    """Where pages go: all into one PDF, the first one into a picture, each as a PDF of its own into a folder."""

    pdf: Optional[Path] = None
    png: Optional[Path] = None
    folder: Optional[Path] = None


@dataclass(frozen=True)
class Printed:
    """What was printed: records on the first page, pages, pages left out as nothing was on them, what checks found."""

    records: int
    pages: int
    empty: tuple[str, ...]
    findings: tuple[QgsValidityCheckResult, ...]


def atlas_pages(connection: sqlite3.Connection, county: County, query: Query, atlas: Atlas) -> list[Page]:
    """The pages of an atlas; those of townships, products and months that have no record are left out.

    Raises:
        OriginMapError: as for :func:`.filtered.count`.
    """
    makers = {Atlas.TOWNSHIP: _townships, Atlas.VARIETY: _varieties, Atlas.MONTH: _months}
    more = makers[atlas](connection, county, query) if atlas in makers else []
    return [first_page(county, query), *more]


def _townships(connection: sqlite3.Connection, county: County, query: Query) -> list[Page]:
    found = ask(
        connection,
        f'SELECT DISTINCT substr("division_code", 1, {_TOWNSHIP}) FROM record WHERE {{}} ORDER BY 1',
        query,
        county.standard,
    )
    codes = [code for (code,) in found if code and len(code) == _TOWNSHIP and code in county.names]
    pages = []
    for code in codes:
        narrower = tuple(asked for asked in query.divisions if asked.startswith(code))
        about = replace(query, divisions=narrower or (code,))
        pages.append(Page(about, code, page_title(county, about, code), county.names[code]))
    return pages


def _varieties(connection: sqlite3.Connection, county: County, query: Query) -> list[Page]:
    found = ask(connection, 'SELECT DISTINCT "variety" FROM record WHERE {}', query, county.standard)
    present = {code for (code,) in found}
    whole = first_page(county, query)
    pages = []
    for variety in county.standard.varieties:
        if variety.code in present:
            about = replace(query, varieties=(variety.code,))
            title = page_title(county, about, whole.division)
            pages.append(Page(about, whole.division, title, variety.title))
    return pages


def _months(connection: sqlite3.Connection, county: County, query: Query) -> list[Page]:
    whole = first_page(county, query)
    pages = []
    for month in range(1, 13):
        (season,) = seasons_of_months([month])
        if query.on_market and not any(_within(season.first, asked.first, asked.last) for asked in query.on_market):
            continue
        about = replace(query, on_market=(season,))
        if ask(connection, "SELECT 1 FROM record WHERE {} LIMIT 1", about, county.standard).fetchone():
            title = whole.title.replace("产地分布图", f"{month}月在市产地分布图")
            pages.append(Page(about, whole.division, title, f"{month:02d}月"))
    return pages


def _within(day: str, first: str, last: str) -> bool:
    """Whether a day of the year lies in a season, which may run over New Year."""
    return first <= day <= last if first <= last else day >= first or day <= last


def print_pages(
    pages: Sequence[Page],
    paper: Paper,
    county: County,
    imprint: Imprint,
    targets: Targets,
    dpi: float,
    progress: Progress,
) -> Printed:
    """Compose the pages, look them over, and write them.

    Raises:
        OriginMapError: ``MAP_EMPTY`` when there is nothing on the first page, ``MAP_NOT_WRITTEN``.
        Cancelled: the person stopped it.
    """
    project = QgsProject()
    book = new_layout(project, pages[0].title)
    records, empty = 0, []
    for number, page in enumerate(pages):
        stop_if_cancelled(progress)
        own = _imprint(imprint, page)
        try:
            drawn = compose(book, project, paper, county, page, own)
        except OriginMapError as error:
            if error.code != "MAP_EMPTY" or not number:
                raise
            empty.append(page.name)
            continue
        records = records or drawn.total
        if targets.folder is not None:
            _single(targets.folder, number, page, paper, county, own, dpi)
        progress.set_fraction(0.7 * (number + 1) / len(pages))
    number_pages(book, paper)
    findings = check(book)
    for target in filter(None, (targets.pdf, targets.png)):
        stop_if_cancelled(progress)
        export_layout(book, target, dpi)
    return Printed(records, book.pageCollection().pageCount(), tuple(empty), tuple(findings))


def _imprint(imprint: Imprint, page: Page) -> Imprint:
    """A title that the person gave says on the pages of an atlas also what each is about."""
    return replace(imprint, title=f"{imprint.title}：{page.name}") if imprint.title and page.name else imprint


def _single(folder: Path, number: int, page: Page, paper: Paper, county: County, imprint: Imprint, dpi: float) -> None:
    project = QgsProject()
    layout = new_layout(project, page.title)
    compose(layout, project, paper, county, page, imprint)
    name = _UNSAFE.sub("_", page.name or "全图")
    export_layout(layout, folder / f"{number:02d}_{name}.pdf", dpi)


def number_pages(layout: QgsPrintLayout, paper: Paper) -> None:
    """Write 第 2 页，共 13 页 into the foot of every page, where there are several."""
    total = layout.pageCollection().pageCount()
    f, m = paper.factor, paper.margin
    for number in range(total if total > 1 else 0):
        box = QRectF(paper.width - m - 60 * f, paper.height - m - 5 * f, 60 * f, 5 * f)
        text = f"第 {number + 1} 页，共 {total} 页"
        Sheet(layout, paper, number).label("page_number", text, box, 7 * f, "#555555", across="right", bottom=True)
