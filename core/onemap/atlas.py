"""An atlas: the whole query on its first page, then a page for each township, product or month of it."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Optional, Sequence

from qgis.core import QgsPrintLayout, QgsRectangle, QgsValidityCheckResult
from qgis.PyQt.QtCore import QRectF

from ..sheets.safe_target import Together, require_place, together
from ..standard.errors import OriginMapError
from ..standard.progress import Progress, stop_if_cancelled
from .book import new_book
from .checks import check
from .filtered import ask
from .look import Look, Style
from .mapsheet import County, Imprint, Page, compose, first_page, page_title
from .paper import Paper
from .query import Query, seasons_of_months
from .sheet import Sheet, export_layout

_TOWNSHIP = 9
_SYMBOLS = Look()
# Shares of the progress at whose end pages are composed, and single files written.
_COMPOSED, _SINGLE = 0.5, 0.9
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
    """What was printed.

    Attributes:
        records: on the first page.
        pages: how many.
        empty: names of pages that were left out as nothing was on them.
        findings: what the checks found.
        written: whether the files are there; not when they were to be written only without findings.
    """

    records: int
    pages: int
    empty: tuple[str, ...]
    findings: tuple[QgsValidityCheckResult, ...]
    written: bool = True


def atlas_pages(
    connection: sqlite3.Connection,
    county: County,
    query: Query,
    atlas: Atlas,
    look: Look = _SYMBOLS,
    extent: Optional[QgsRectangle] = None,
) -> list[Page]:
    """The pages of an atlas; those of townships, products and months that have no record are left out.

    Args:
        connection: to the register.
        county: its names and standard.
        query: which records.
        atlas: what each page behind the first is about.
        look: how the records are shown on all of them; a page of a township that it would colour whole has symbols.
        extent: what the pages show, in degrees, but for those of townships.

    Raises:
        OriginMapError: as for :func:`.filtered.count`.
    """
    makers = {Atlas.TOWNSHIP: _townships, Atlas.VARIETY: _varieties, Atlas.MONTH: _months}
    whole = first_page(county, query, look, extent)
    more = makers[atlas](connection, county, whole) if atlas in makers else []
    return [whole, *more]


def _townships(connection: sqlite3.Connection, county: County, whole: Page) -> list[Page]:
    query = whole.query
    found = ask(
        connection,
        f'SELECT DISTINCT substr("division_code", 1, {_TOWNSHIP}) FROM record WHERE {{}} ORDER BY 1',
        query,
        county.standard,
    )
    codes = [code for (code,) in found if code and len(code) == _TOWNSHIP and code in county.names]
    # One township in one colour would tell nothing.
    look = _SYMBOLS if whole.look.style is Style.DIVISIONS and whole.look.level <= _TOWNSHIP else whole.look
    pages = []
    for code in codes:
        narrower = tuple(asked for asked in query.divisions if asked.startswith(code))
        about = replace(query, divisions=narrower or (code,))
        title = page_title(county, about, code, look)
        pages.append(Page(about, code, title, county.names[code], look))
    return pages


def _varieties(connection: sqlite3.Connection, county: County, whole: Page) -> list[Page]:
    query = whole.query
    found = ask(connection, 'SELECT DISTINCT "variety" FROM record WHERE {}', query, county.standard)
    present = {code for (code,) in found}
    pages = []
    for variety in county.standard.varieties:
        if variety.code in present:
            about = replace(query, varieties=(variety.code,))
            title = page_title(county, about, whole.division, whole.look)
            pages.append(replace(whole, query=about, title=title, name=variety.title))
    return pages


def _months(connection: sqlite3.Connection, county: County, whole: Page) -> list[Page]:
    query = whole.query
    pages = []
    for month in range(1, 13):
        (season,) = seasons_of_months([month])
        if query.on_market and not any(_within(season.first, asked.first, asked.last) for asked in query.on_market):
            continue
        about = replace(query, on_market=(season,))
        if ask(connection, "SELECT 1 FROM record WHERE {} LIMIT 1", about, county.standard).fetchone():
            title = page_title(county, about, whole.division, whole.look, f"{month}月在市")
            pages.append(replace(whole, query=about, title=title, name=f"{month:02d}月"))
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
    *,
    only_clean: bool = False,
) -> Printed:
    """Compose the pages, look them over, and write them; in any thread.

    Args:
        pages: at least one.
        paper: the sheet.
        county: the register.
        imprint: the words around the maps.
        targets: the files, all of them written or none; a folder is made where it is not there.
        dpi: dots per inch.
        progress: told how far it is, asked whether to stop.
        only_clean: write nothing when the checks find something.

    Raises:
        OriginMapError: ``MAP_EMPTY`` when there is nothing on the first page, ``MAP_NOT_WRITTEN``, or those of
            :func:`core.sheets.safe_target.together`.
        Cancelled: the person stopped it.
    """
    for target in filter(None, (targets.pdf, targets.png)):
        require_place(target)
    with new_book(pages[0].title) as (project, book):
        records, composed = 0, []
        for number, page in enumerate(pages):
            stop_if_cancelled(progress)
            try:
                drawn = compose(book, project, paper, county, page, _imprint(imprint, page))
            except OriginMapError as error:
                if error.code != "MAP_EMPTY" or not number:
                    raise
                continue
            records = records or drawn.total
            composed.append(page)
            progress.set_fraction(_COMPOSED * (number + 1) / len(pages))
        number_pages(book, paper)
        findings = tuple(check(book))
        written = not (findings and only_clean)
        if written:
            _write(book, composed, paper, county, imprint, targets, dpi, progress)
    empty = tuple(page.name for page in pages if page not in composed)
    return Printed(records, len(composed), empty, findings, written)


def _write(
    book: QgsPrintLayout,
    pages: Sequence[Page],
    paper: Paper,
    county: County,
    imprint: Imprint,
    targets: Targets,
    dpi: float,
    progress: Progress,
) -> None:
    with together() as files:
        if targets.folder is not None:
            files.folder(targets.folder)
            for number, page in enumerate(pages):
                stop_if_cancelled(progress)
                _single(targets.folder, number, page, paper, county, _imprint(imprint, page), dpi, files)
                progress.set_fraction(_COMPOSED + (_SINGLE - _COMPOSED) * (number + 1) / len(pages))
        for target in filter(None, (targets.pdf, targets.png)):
            stop_if_cancelled(progress)
            export_layout(book, target, dpi, files)
        stop_if_cancelled(progress)


def _imprint(imprint: Imprint, page: Page) -> Imprint:
    """A title that the person gave says on the pages of an atlas also what each is about."""
    return replace(imprint, title=f"{imprint.title}：{page.name}") if imprint.title and page.name else imprint


def _single(
    folder: Path,
    number: int,
    page: Page,
    paper: Paper,
    county: County,
    imprint: Imprint,
    dpi: float,
    files: Together,
) -> None:
    with new_book(page.title) as (project, layout):
        compose(layout, project, paper, county, page, imprint)
        name = _UNSAFE.sub("_", page.name or "全图")
        export_layout(layout, folder / f"{number:02d}_{name}.pdf", dpi, files)


def number_pages(layout: QgsPrintLayout, paper: Paper, before: int = 0, total: int = 0) -> None:
    """Write 第 2 页，共 13 页 into the foot of every page, where there are several.

    Args:
        layout: with the pages.
        paper: of all of them.
        before: pages that stand in front of this layout's in the file.
        total: pages of the file; 0 where the layout has all of them.
    """
    here = layout.pageCollection().pageCount()
    total = total or here
    f, m = paper.factor, paper.margin
    for number in range(here if total > 1 else 0):
        box = QRectF(paper.width - m - 60 * f, paper.height - m - 5 * f, 60 * f, 5 * f)
        text = f"第 {before + number + 1} 页，共 {total} 页"
        Sheet(layout, paper, number).label("page_number", text, box, 7 * f, "#555555", across="right", bottom=True)
