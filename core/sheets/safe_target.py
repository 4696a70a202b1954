"""Puts finished files in place of the old ones, all of them or none, so that nobody ever sees half of one."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Iterator, Optional

from ..standard.errors import OriginMapError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def replacing(target: Path, source: Optional[Path] = None) -> Iterator[Path]:
    """Yield a path beside the target to write to; when all went well it becomes the target, else it is gone.

    Args:
        target: where the file shall stand.
        source: the file it is made from, which must not be overwritten.

    Raises:
        OriginMapError: ``TARGET_IS_SOURCE``, or those of :func:`together`.
    """
    if source is not None and _same_file(source, target):
        raise OriginMapError("TARGET_IS_SOURCE", file=target.name)
    with together() as files:
        yield files.part(target)


def require_place(target: Path) -> None:
    """Tell before long work that its file could not be written.

    Raises:
        OriginMapError: those of :func:`together`.
    """
    files = Together()
    try:
        files.part(target)
    except OSError as error:
        raise files.told(error) from error
    finally:
        files.tidy()


class Together:
    """Files that take their places at one time, see :func:`together`."""

    def __init__(self) -> None:
        self._parts: dict[Path, Path] = {}
        self._made: list[Path] = []
        self._at: Optional[Path] = None

    def part(self, target: Path) -> Path:
        """The path beside the target, of the same ending, to write to; whoever could not replace it is told now."""
        self._at = target
        part = target.with_name(f".{target.stem}.{os.getpid()}.part{target.suffix}")
        _require_writable(target)
        part.touch()
        self._parts[target] = part
        return part

    def folder(self, folder: Path) -> None:
        """Make the folder where it is not there; it is gone again if nothing is put into it."""
        self._at = folder
        new = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        self._made += new

    def finish(self) -> None:
        """Put all parts in their places; none of them when one cannot be."""
        for target in self._parts:
            self._at = target
            _require_writable(target)
        for target, part in self._parts.items():
            self._at = target
            part.replace(target)

    def tidy(self) -> None:
        """Take away what found no place."""
        for part in self._parts.values():
            with suppress(OSError):  # moved into place, or never written
                part.unlink()
        for folder in self._made:
            with suppress(OSError):  # has something in it
                folder.rmdir()

    def told(self, error: OSError) -> OriginMapError:
        """Why the file that is being written cannot be, for the person who waits for it."""
        target = self._at or Path(error.filename or "")
        name = target.name
        if error.errno in _FULL:
            return OriginMapError("TARGET_FULL", str(error), file=name)
        if isinstance(error, PermissionError):
            return OriginMapError("TARGET_LOCKED", str(error), file=name)
        if not target.parent.is_dir():
            return OriginMapError("TARGET_FOLDER", str(error), file=name, folder=str(target.parent))
        return OriginMapError("TARGET_FAILED", str(error), file=name, reason=error.strerror or "")


@contextmanager
def together() -> Iterator[Together]:
    """Give out paths to write to; when all went well every one becomes its target, else all are gone.

    Raises:
        OriginMapError: ``TARGET_LOCKED`` (open in another program, read-only, or no right to write there),
            ``TARGET_FOLDER`` (not there, or not there any more), ``TARGET_FULL`` (no room left), ``TARGET_FAILED``.
    """
    files = Together()
    try:
        yield files
        files.finish()
    except OSError as error:
        raise files.told(error) from error
    finally:
        files.tidy()


def _require_writable(target: Path) -> None:
    """Raise what replacing the target would; what a person has made read-only stays, whatever the system allows."""
    if not target.exists():
        return
    if not target.stat().st_mode & stat.S_IWUSR:
        raise PermissionError(errno.EACCES, "read-only", str(target))
    with target.open("r+b"):
        """A program that has it open may not share it."""


def _same_file(source: Path, target: Path) -> bool:
    try:
        return target.exists() and source.samefile(target)
    except OSError:
        return False
