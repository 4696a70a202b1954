"""Spreadsheet files that are the same bytes for the same cells: no clock in them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Sequence

from openpyxl import Workbook

_MOMENT = datetime(2026, 6, 30, 17, 0, 0)


def save_workbook(book: Workbook, path: Path) -> None:
    """Save as XLSX with fixed times inside."""
    book.properties.creator = "示例县农业农村局"
    book.properties.created = _MOMENT
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as written, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in written.namelist():
            part = written.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-06-30T17:00:00Z", part)
            entry = zipfile.ZipInfo(name, _MOMENT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, part)


def save_text(rows: Sequence[Sequence[object]], path: Path, encoding: str) -> None:
    """Save as comma-separated text with the line ends of Windows."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)
