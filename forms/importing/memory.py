"""What an office said of a heading once is offered again whenever a workbook has the same headings."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Iterable, Mapping, Optional

from qgis.core import QgsSettings

from ...core.coordinates.datums import Datum
from ...core.sheets.headings import normal

_PREFIX = "originmap/importing/mapping/"


@dataclass(frozen=True)
class Remembered:
    """Columns that were chosen by hand: field → the heading's text, ``None`` for a field without a column.

    Datum and central meridian (degrees east) were chosen for the coordinates of such workbooks.
    """

    columns: Mapping[str, Optional[str]] = field(default_factory=dict)
    datum: Optional[Datum] = None
    central_meridian: Optional[float] = None

    def __bool__(self) -> bool:
        return bool(self.columns) or self.datum is not None or self.central_meridian is not None


def remember(headings: Iterable[str], said: Remembered) -> None:
    """Keep what was said of these headings; nothing said forgets what was kept."""
    key, settings = _key(headings), QgsSettings()
    if said:
        settings.setValue(key, json.dumps(asdict(said), ensure_ascii=False))
    else:
        settings.remove(key)


def recall(headings: Iterable[str]) -> Remembered:
    """What was said of these headings, in whatever order they stand; nothing when they are new."""
    kept = QgsSettings().value(_key(headings), "", type=str)
    try:
        found = json.loads(kept or "{}")
        datum = found.get("datum")
        return Remembered(found.get("columns", {}), Datum(datum) if datum else None, found.get("central_meridian"))
    except (ValueError, AttributeError):  # written by a hand or a later version: as good as nothing
        return Remembered()


def _key(headings: Iterable[str]) -> str:
    texts = sorted({normal(text) for text in headings} - {""})
    return _PREFIX + hashlib.blake2b("\x1f".join(texts).encode("utf-8"), digest_size=8).hexdigest()
