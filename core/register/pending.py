"""What a person typed and has not saved yet, kept in a small file so that a crash loses nothing."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Mapping, Optional

from .moments import now
from .rows import Position

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pending:
    """A form that was filled in but not saved.

    Attributes:
        values: by field name, as the form has them.
        point: longitude and latitude (CGCS2000 degrees) where one was set.
        uid: of the record that was being changed; empty for a new one.
        at: when it was kept.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    point: Optional[Position] = None
    uid: str = ""
    at: str = ""


def draft_file(folder: Path, register: Path) -> Path:
    """Where the form's content for a register is kept: in ``folder``, such as one of the QGIS profile."""
    return folder / f"{register.stem}.{_short(str(register.resolve()))}.draft.json"


def keep(path: Path, pending: Pending) -> None:
    """Write the form's content, in the place of what was kept before; cheap enough for every pause in typing.

    A folder that cannot be written to is told in the log only: typing goes on.
    """
    entry = {**asdict(pending), "at": pending.at or now()}
    temporary = path.with_suffix(".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        _LOG.warning("what was typed could not be kept: %s", error)


def kept(path: Path) -> Optional[Pending]:
    """What was kept, to be offered again; ``None`` when there is nothing or it cannot be read."""
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
        point = entry["point"]
        place = None if point is None else (float(point[0]), float(point[1]))
        return Pending(dict(entry["values"]), place, str(entry["uid"]), str(entry["at"]))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def forget(path: Path) -> None:
    """Drop what was kept, once it is saved or thrown away by the person."""
    path.unlink(missing_ok=True)


def _short(text: str) -> str:
    """Eight characters that tell registers of one name in different folders apart."""
    total = 0
    for character in text:
        total = (total * 131 + ord(character)) % (1 << 32)
    return f"{total:08x}"
