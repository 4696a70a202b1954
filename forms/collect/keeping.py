"""Everything typed and not saved yet, one small file for each record, until it is saved or thrown away."""

from __future__ import annotations

from pathlib import Path
from typing import Mapping, Optional

from qgis.core import QgsApplication

from ...core.register import pending
from ...core.register.pending import Pending
from ...core.register.rows import Position

_FOLDER = "originmap/drafts"


class Keeping:
    """What is kept for one register.

    Args:
        register: its file.
        folder: of the drafts; one in the QGIS profile when left out.
    """

    def __init__(self, register: Path, folder: Optional[Path] = None) -> None:
        self._register = register
        self._folder = folder or Path(QgsApplication.qgisSettingsDirPath()) / _FOLDER

    def keep(self, uid: str, new: bool, values: Mapping[str, object], point: Optional[Position]) -> None:
        """Keep a form's content under the record's uid; ``new`` when the register does not hold it yet."""
        pending.keep(self._file(uid), Pending({**values, "uid": uid}, point, "" if new else uid))

    def forget(self, uid: str) -> None:
        """Drop what was kept of a record."""
        path = self._file(uid)
        pending.forget(path)
        if path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()

    def of(self, uid: str) -> Optional[Pending]:
        """What is kept of a record."""
        return pending.kept(self._file(uid))

    def all(self) -> list[Pending]:
        """What is kept for this register, the latest first."""
        name = self._file("any").name
        found = [pending.kept(path) for path in self._folder.glob(f"*/{name}")]
        return sorted((entry for entry in found if entry is not None), key=lambda entry: entry.at, reverse=True)

    def _file(self, uid: str) -> Path:
        safe = "".join(character for character in uid if character.isalnum() or character == "-")
        return pending.draft_file(self._folder / (safe or "record"), self._register)


def uid_of(entry: Pending) -> str:
    """Of the record that was being filled in, also where the register does not hold it yet."""
    return entry.uid or str(entry.values.get("uid") or "")
