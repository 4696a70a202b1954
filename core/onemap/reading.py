"""How layers that only read open a register, so that none of them loses records while another one is opened."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Iterator

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QStorageInfo

_NETWORK_FILE_SYSTEMS = frozenset(
    ("nfs", "nfs4", "cifs", "smbfs", "smb2", "smb3", "9p", "fuse.sshfs", "afpfs", "webdav")
)
_SHARE_PREFIXES = ("\\\\", "//")
_LOCAL_VOLUME = "\\\\?\\"
_WAIT_SECONDS = 0.5


def reading_layer(path: Path, source: str, name: str) -> QgsVectorLayer:
    """A layer of the register that nobody edits, without the style and form that are stored with it.

    Args:
        path: of the register.
        source: of the layer, as QGIS's provider ``ogr`` takes it.
        name: of the layer.
    """
    options = QgsVectorLayer.LayerOptions(False)
    options.forceReadOnly = True
    with journal_held(path):
        return QgsVectorLayer(source, name, "ogr", options)


@contextmanager
def journal_held(path: Path) -> Iterator[None]:
    """Let a register keep its journal in one way (WAL) while a layer of it is opened.

    QGIS changes to it when it opens a layer of a file on a local disk, and back when it has looked whether it may
    write. A layer that it opened in between cannot be read any more as soon as the next one is opened, and loses
    records without a word. Where the file cannot be changed, QGIS does not change it either.
    """
    with ExitStack() as held:
        if os.access(path, os.W_OK) and not on_network_share(path):
            with suppress(sqlite3.Error):
                connection = held.enter_context(closing(sqlite3.connect(path, timeout=_WAIT_SECONDS)))
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield


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
