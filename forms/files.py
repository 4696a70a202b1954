"""Where files that a page makes go, and what is said when they are there."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, QStandardPaths, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from .workbench import Workbench

_UNSAFE = re.compile(r'[\\/:*?"<>|]')


def ask_file(workbench: Workbench, window: QWidget, title: str, kinds: str, ending: str) -> Optional[Path]:
    """Where a file shall stand; the name proposed says the county and what it is."""
    proposed = _proposed(workbench, title)
    if proposed is None:
        return None
    chosen, kind = QFileDialog.getSaveFileName(window, title, f"{proposed}{ending}", kinds)
    if not chosen:
        return None
    known = re.findall(r"\*(\.\w+)", kinds)
    wanted = (re.findall(r"\*(\.\w+)", kind) or [ending])[0]
    target = Path(chosen)
    return target if target.suffix.lower() in known else target.with_name(target.name + wanted)


def ask_folder(workbench: Workbench, window: QWidget, title: str) -> Optional[Path]:
    """In which folder a new folder of files shall stand; its name says the county and what it is."""
    proposed = _proposed(workbench, title)
    if proposed is None:
        return None
    chosen = QFileDialog.getExistingDirectory(window, title, str(proposed.parent))
    return Path(chosen) / proposed.name if chosen else None


def tell_written(workbench: Workbench, target: Path, text: str, level: Qgis.MessageLevel) -> None:
    """Say that a file or folder is there, with a button that opens it."""
    workbench.tell(text, level, QCoreApplication.translate("originmap", "Open"), partial(_open, target))


def _proposed(workbench: Workbench, title: str) -> Optional[Path]:
    if workbench.session is None:
        return None
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = _UNSAFE.sub("", f"{workbench.session.register.county_name}{title}")
    return Path(workbench.profile.folder or documents) / name


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
