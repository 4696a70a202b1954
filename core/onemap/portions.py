"""A long list on paper, made and written some pages at a time: a layout of hundreds of pages would fill the memory."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Callable, Iterator, Optional

from osgeo import gdal
from qgis.core import QgsAbstractLayoutIterator, QgsLayoutExporter, QgsPrintLayout

from ..sheets.safe_target import replacing
from ..standard.errors import OriginMapError
from .book import Book, new_book
from .sheet import complete, pdf_settings

Portion = Callable[[Book], None]


def export_portions(title: str, portions: Iterator[Portion], target: Path, dpi: float) -> None:
    """Write one PDF of the pages that each portion puts on a book of its own; one book is there at a time.

    Args:
        title: of the PDF.
        portions: at least one; what is raised in making them comes out of here, and nothing is written.
        target: the PDF; what stood there stays until the new one is whole.
        dpi: dots per inch.

    Raises:
        OriginMapError: ``MAP_NOT_WRITTEN``, or those of :func:`core.sheets.safe_target.replacing`.
    """
    books = _Books(title, portions)
    try:
        with replacing(target) as part:
            result, said = QgsLayoutExporter.exportToPdf(books, str(part), pdf_settings(dpi))
            if books.kept.error is not None:
                raise books.kept.error
            if result != QgsLayoutExporter.ExportResult.Success:
                raise OriginMapError("MAP_NOT_WRITTEN", said or str(result), file=target.name)
            _entitle(part, title)
            complete(part, target.name)
    finally:
        books.close()


def _entitle(pdf: Path, title: str) -> None:
    """QGIS gives a title to the PDF of a single layout only; a PDF without one is none the worse."""
    with suppress(RuntimeError):
        file = gdal.OpenEx(str(pdf), gdal.OF_UPDATE | gdal.OF_RASTER)
        if file is not None:
            file.SetMetadataItem("TITLE", title)


class _Kept:
    """Keeps what is raised inside, to be raised again behind QGIS, through which no exception finds its way."""

    def __init__(self) -> None:
        self.error: Optional[BaseException] = None

    def __enter__(self) -> None:
        """What follows may raise."""

    def __exit__(self, kind: object, error: Optional[BaseException], trace: object) -> bool:
        self.error = error or self.error
        return error is not None


class _Books(QgsAbstractLayoutIterator):
    """Hands QGIS one layout after the other, each gone before the next is made."""

    def __init__(self, title: str, portions: Iterator[Portion]) -> None:
        super().__init__()
        self.kept = _Kept()
        self._title = title
        self._portions = portions
        self._open = ExitStack()
        self._layout: Optional[QgsPrintLayout] = None

    def close(self) -> None:
        """Take down the book that is there."""
        self._layout = None
        self._open.close()

    def beginRender(self) -> bool:
        return True

    def next(self) -> bool:
        with self.kept:
            self.close()
            for portion in self._portions:
                book = self._open.enter_context(new_book(self._title))
                portion(book)
                self._layout = book.layout
                return True
        return False

    def layout(self) -> Optional[QgsPrintLayout]:
        return self._layout

    def endRender(self) -> bool:
        return True

    def count(self) -> int:
        return -1

    def filePath(self, base: str, extension: str) -> str:
        return f"{base}.{extension}"
