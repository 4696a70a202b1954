"""Saves a workbook of openpyxl so that a full disk is told as everywhere else."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook


def save_book(workbook: Workbook, path: Path) -> None:
    """Write it.

    Raises:
        OSError: it cannot be written, or the temporary files of openpyxl cannot: with lxml, openpyxl
            raises an error of its own.
    """
    lxml = sys.modules.get("lxml.etree")
    refused = (lxml.SerialisationError,) if lxml is not None else ()
    try:
        workbook.save(path)
    except refused as error:
        raise OSError(errno.ENOSPC, str(error), str(path)) from error
