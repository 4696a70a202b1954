"""How layers that only read open a register, so that none of them loses records while another one is opened."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QStorageInfo

_NETWORK_FILE_SYSTEMS = frozenset(
    ("nfs", "nfs4", "cifs", "smbfs", "smb2", "smb3", "9p", "fuse.sshfs", "afpfs", "webdav")
)
_SHARE_PREFIXES = ("\\\\", "//")
_LOCAL_VOLUME = "\\\\?\\"
_WAIT_SECONDS = 0.5


def only_reading(path: Path, *, styled: bool = False) -> QgsVectorLayer.LayerOptions:
    """The options with which a layer of the register is opened that nobody edits.

    Args:
        path: of the register.
        styled: with the style and form that are stored with it.
    """
    make_readable(path)
    options = QgsVectorLayer.LayerOptions(styled)
    options.forceReadOnly = True
    return options


def make_readable(path: Path) -> None:
    """Let a register that is about to be opened keep its journal in the way that QGIS changes to anyway (WAL).

    QGIS does so when it opens the second layer of a file on a local disk; layers that were opened before then cannot be
    read any more, and lose records without a word. Where the file cannot be changed, QGIS does not change it either.
    """
    if not os.access(path, os.W_OK) or on_network_share(path):
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=_WAIT_SECONDS)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def named_as_share(path: Path) -> bool:
    """Whether a path names another computer; the file is not looked at."""
    return str(path).startswith(_SHARE_PREFIXES)


def on_network_share(path: Path) -> bool:
    """Whether a file lies on another computer: by its name, or by the file system it is mounted from."""
    if named_as_share(path):
        return True
    storage = QStorageInfo(str(path.parent))
    device = bytes(storage.device()).decode("utf-8", "replace")
    shared = device.startswith(_SHARE_PREFIXES) and not device.startswith(_LOCAL_VOLUME)
    return shared or bytes(storage.fileSystemType()).decode("ascii", "replace").lower() in _NETWORK_FILE_SYSTEMS
