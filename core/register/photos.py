"""Photos that prove where a site is: kept in a folder beside the register, each only once, and named relative to it."""

from __future__ import annotations

import filecmp
import os
import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Iterable, Optional

from ..standard.errors import OriginMapError
from ..standard.progress import Progress, stop_if_cancelled
from .errors import told_plainly
from .pending import kept
from .rows import reading
from .schema import RECORD

_CHUNK = 1 << 20
_PART = ".part"
# Long names of messengers are cut, since the path has to fit into the record's field.
_NAME_LENGTH = 80
# From the latest backwards: that is where a photo of today is found.
_USES = (
    f'SELECT 1 FROM "{RECORD}" WHERE evidence = ? ORDER BY fid DESC LIMIT 1',
    "SELECT 1 FROM history WHERE json_extract(before, '$.evidence') = ? ORDER BY id DESC LIMIT 1",
)


@dataclass(frozen=True)
class KeptPhoto:
    """A photo beside its register.

    Attributes:
        evidence: its path relative to the register's folder, parted by ``/`` on every system.
        new: whether it was copied now; a photo that was there already is not.
    """

    evidence: str
    new: bool


def photo_folder(register: Path) -> Path:
    """Where the photos of a register are kept."""
    return register.with_name(f"{register.stem}_photos")


def keep_photo(register: Path, photo: Path, progress: Progress) -> KeptPhoto:
    """Copy a photo beside the register under a name that is free; the same picture is there only once.

    Raises:
        OriginMapError: ``PHOTO_NOT_KEPT``, or ``CANCELLED``; no file is left behind either way.
    """
    folder = photo_folder(register)
    try:
        folder.mkdir(exist_ok=True)
        twin = _twin(folder, photo)
        target = twin or _copied(folder, photo, progress)
    except OSError as error:
        raise OriginMapError("PHOTO_NOT_KEPT", str(error), file=photo.name, folder=folder.name) from error
    return KeptPhoto(f"{folder.name}/{target.name}", twin is None)


def drop_unused(register: Path, evidence: str, drafts: Iterable[Path]) -> bool:
    """Remove a copied photo that no record, no history and no kept draft knows; whether it is settled now.

    Args:
        register: its register.
        evidence: as :func:`keep_photo` gave it.
        drafts: the files of forms that were not saved (:mod:`.pending`).

    Raises:
        RegisterError: the register cannot be read; the photo stays.
    """
    with told_plainly(register), closing(reading(register)) as connection:
        if any(connection.execute(query, (evidence,)).fetchone() for query in _USES):
            return True
    waiting = (kept(draft) for draft in drafts)
    if any(draft is not None and draft.values.get("evidence") == evidence for draft in waiting):
        return False
    (register.parent / evidence).unlink(missing_ok=True)
    return True


def _twin(folder: Path, photo: Path) -> Optional[Path]:
    """The very same picture, where it is kept already."""
    size = photo.stat().st_size
    alike = (Path(entry.path) for entry in os.scandir(folder) if entry.is_file() and entry.stat().st_size == size)
    return next((other for other in alike if filecmp.cmp(photo, other, shallow=False)), None)


def _copied(folder: Path, photo: Path, progress: Progress) -> Path:
    handle, name = tempfile.mkstemp(_PART, dir=folder)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as target, photo.open("rb") as source:
            _copy(source, target, photo.stat().st_size, progress)
        shutil.copystat(photo, part)
        return part.replace(_reserved(folder, photo))
    finally:
        # Gone already when all went well; a copy broken off must not stay.
        part.unlink(missing_ok=True)


def _copy(source: BinaryIO, target: BinaryIO, size: int, progress: Progress) -> None:
    """Piece by piece, since a network share is slow and a person may not want to wait."""
    done = 0
    while True:
        piece = source.read(_CHUNK)
        stop_if_cancelled(progress)
        if not piece:
            return
        target.write(piece)
        done += len(piece)
        progress.set_fraction(done / max(size, 1))


def _reserved(folder: Path, photo: Path) -> Path:
    """A name that nobody had, taken at once so that nobody else gets it."""
    stem, number = photo.stem[:_NAME_LENGTH], 1
    while True:
        free = folder / (f"{stem}{photo.suffix}" if number == 1 else f"{stem}_{number}{photo.suffix}")
        try:
            free.touch(exist_ok=False)
            return free
        except FileExistsError:
            number += 1
