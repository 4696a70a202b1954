"""A register that is open in the window: its layers in the project, and everything that answers questions about it."""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path
from typing import Optional

from qgis.core import QgsVectorLayer

from ..core.onemap.reading import on_network_share
from ..core.places.gazetteer import Gazetteer
from ..core.register.boundaries import DivisionAreas
from ..core.register.editing import RecordEditor
from ..core.register.errors import RegisterError
from ..core.register.guards import Repair
from ..core.register.queue import Queue
from ..core.register.register import Register
from ..core.standard.model import Standard
from ..core.vendored import MissingDependency

logger = logging.getLogger(__name__)


class Session:
    """What the pages work with while a register is open.

    Attributes:
        path: the GeoPackage.
        register: open for reading only; writing goes through :attr:`editor` or a task's own connection.
        standard: with the county's own values.
        layer: the records, as they stand in the project.
        editor: every change of a single record.
        read_only: why nothing can be written, as an error with its sentence; ``None`` when it can.
        repaired: what somebody had done to the triggers, and opening it for writing put right; else ``None``.
        on_network: whether the file lies on a network share, where two people can lock each other out.
    """

    def __init__(self, path: Path, layer: QgsVectorLayer, person: str) -> None:
        self.path = path
        self.read_only, self.repaired = _try_writing(path)
        self.on_network = on_network_share(path)
        self.register = Register.open(path, read_only=True)
        self.standard: Standard = self.register.standard()
        self.layer = layer
        self.editor = RecordEditor(layer, person, self.standard)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The national divisions with the register's own."""
        return Gazetteer.open().with_divisions(self.register.known_divisions())

    @cached_property
    def areas(self) -> DivisionAreas:
        """The register's outlines; none when shapely is missing, which the start page says."""
        try:
            return DivisionAreas.of(self.register)
        except MissingDependency:
            return DivisionAreas.nowhere()

    @cached_property
    def queue(self) -> Queue:
        """The records that wait for their point."""
        return Queue(self.register, self.gazetteer)

    def close(self) -> None:
        """Let go of the file; the layers stay in the project."""
        self.editor.layer = None
        self.editor.deleteLater()
        self.register.close()


def renewed_form(path: Path) -> bool:
    """Whether the form of an earlier version was replaced; a register that cannot be written goes on with it."""
    try:
        with Register.open(path) as register:
            register.renew_form()
    except RegisterError as error:
        logger.info("%s keeps its earlier form: %s %s", path, error.code, error.details)
        return False
    return True


def _try_writing(path: Path) -> tuple[Optional[RegisterError], Optional[Repair]]:
    """Ask for writing once, so that a person hears of it before they have typed; and what that put right."""
    try:
        with Register.open(path) as register:
            return None, register.repaired
    except RegisterError as error:
        if error.code == "REGISTER_READ_ONLY":
            return error, None
        raise
