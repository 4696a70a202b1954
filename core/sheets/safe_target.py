"""Puts a finished file in place of the old one, so that nobody ever sees half of one."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Iterator, Optional

from ..standard.errors import OriginMapError


@contextmanager
def replacing(target: Path, source: Optional[Path] = None) -> Iterator[Path]:
    """Yield a path beside the target to write to; when all went well it becomes the target, else it is gone.

    Args:
        target: where the file shall stand.
        source: the file it is made from, which must not be overwritten.

    Raises:
        OriginMapError: ``TARGET_IS_SOURCE``, ``TARGET_LOCKED`` (open in another program, or no right to write there),
            ``TARGET_FAILED`` (no such folder, disk full …).
    """
    if source is not None and _same_file(source, target):
        raise OriginMapError("TARGET_IS_SOURCE", file=target.name)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    except PermissionError as error:
        raise OriginMapError("TARGET_LOCKED", str(error), file=target.name) from error
    except OSError as error:
        raise OriginMapError("TARGET_FAILED", str(error), file=target.name, reason=error.strerror or "") from error
    finally:
        _remove(part)


def _same_file(source: Path, target: Path) -> bool:
    try:
        return target.exists() and source.samefile(target)
    except OSError:
        return False


def _remove(part: Path) -> None:
    with suppress(OSError):  # moved into place, or never written
        part.unlink()
