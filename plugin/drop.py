"""A workbook dropped on the window of QGIS opens the import; whatever is no collection sheet stays QGIS's own."""

from __future__ import annotations

from pathlib import Path

from qgis.gui import QgsCustomDropHandler
from qgis.PyQt.QtCore import QCoreApplication

from ..core.sheets.errors import SheetError
from ..core.sheets.glance import holds_records
from ..core.standard.errors import OriginMapError
from ..core.standard.model import load_standard
from ..forms.pages import Page
from ..forms.workbench import Workbench

# A comma is a map's too: such files are ours only when their heading says so.
_TABLES = frozenset((".csv", ".txt"))
_WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xls", ".ods"))
# What is looked into while the window waits, measured at under 200 ms. A longer workbook is taken, since QGIS can do
# little with it, and the wizard looks at it in the background; a longer text file is left to QGIS.
_QUICK_BYTES = 1_500_000
_QUICK_TEXT_BYTES = 15_000_000


class WorkbookDropHandler(QgsCustomDropHandler):
    """Asked by QGIS for each file dropped, before its own way with it."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench

    def handleFileDrop(self, file: str) -> bool:
        """Whether the file is ours; if so the wizard opens, or a word says what has to be done first."""
        path = Path(file)
        if not _is_ours(path):
            return False
        if self._workbench.session is None:
            self._workbench.page_wanted.emit(Page.START)
        # The start page opens the register that was open last; only without one there is nothing to import into.
        if self._workbench.session is None:
            text = QCoreApplication.translate(
                "originmap", "“{file}” is a collection sheet. Open or make a register first, then drop it again."
            )
            self._workbench.tell(text.format(file=path.name))
        else:
            self._workbench.import_wanted.emit(str(path))
        return True


def _is_ours(path: Path) -> bool:
    ending = path.suffix.lower()
    if ending not in _TABLES | _WORKBOOKS or not path.is_file():
        return False
    if path.stat().st_size > (_QUICK_TEXT_BYTES if ending in _TABLES else _QUICK_BYTES):
        return ending in _WORKBOOKS
    try:
        return holds_records(path, load_standard())
    except SheetError:
        # Damaged, locked or behind a password: QGIS says little about it, the wizard says what to do.
        return ending in _WORKBOOKS
    except OriginMapError:
        return False
