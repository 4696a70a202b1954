"""The one way in for every spreadsheet: what the file is, and the reader for it."""

from __future__ import annotations

from pathlib import Path
from typing import Union

from .errors import SheetError
from .signature import Kind, kind_of, require_fitting_ending
from .spreadsheet import Workbook


def open_workbook(path: Union[str, Path]) -> Workbook:
    """Open a spreadsheet of any kind that is read: XLSX, XLSM, XLS, ODS, CSV, TXT.

    What it is, is decided by its content. Nothing is unpacked to disk and nothing in it is run.

    Raises:
        SheetError: why it is not read, with a finding code: ``EMPTY_FILE``, ``NOT_A_SPREADSHEET``, ``EXT_MISMATCH``,
            ``ENCRYPTED``, ``CORRUPT``, ``TOO_LARGE``, ``XML_FORBIDDEN``, ``ENC_UNKNOWN``,
            ``FILE_MISSING``, ``FILE_IS_FOLDER``, ``FILE_LOCKED``.
        OriginMapError: ``MISSING_DEPENDENCY``.
    """
    path = Path(path)
    kind = kind_of(path)
    require_fitting_ending(path, kind)
    workbook = _reader_of(kind, path)
    try:
        _refuse_empty(workbook)
    except SheetError:
        workbook.close()
        raise
    return workbook


def _reader_of(kind: Kind, path: Path) -> Workbook:
    # Imported here, so that OGR and xlrd are only when such a file comes.
    if kind is Kind.XLSX:
        from .xlsx.reader import XlsxWorkbook

        return XlsxWorkbook(path)
    if kind is Kind.XLS:
        from .xls import XlsWorkbook

        return XlsWorkbook(path)
    if kind is Kind.ODS:
        from .ods import OdsWorkbook

        return OdsWorkbook(path)
    from .delimited import DelimitedWorkbook

    return DelimitedWorkbook(path)


def _refuse_empty(workbook: Workbook) -> None:
    for sheet in workbook.sheets:
        rows = workbook.rows(sheet.name)
        first = next(rows, None)
        rows.close()  # type: ignore[attr-defined]  # every reader's rows() is a generator
        if first is not None:
            return
    raise SheetError("EMPTY_FILE", file=workbook.path.name)
