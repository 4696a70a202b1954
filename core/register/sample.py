"""The invented sample county as a register to try things on: its outlines and village list, and no records."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path
from typing import Optional

from qgis.core import QgsVectorLayer

from ..standard.paths import RESOURCES
from ..standard.progress import Progress, Silent
from .county import County
from .create import create_register
from .division_sources import TableSource, head_of
from .divisions import DivisionFields, load_boundaries, load_villages
from .errors import RegisterError

_LOG = logging.getLogger(__name__)

COUNTY = County("999901", "示例县", "示例市", "示例省")
_FOLDER = RESOURCES / "sample"
_OUTLINES = _FOLDER / "county.gpkg"
_VILLAGES = _FOLDER / "villages.csv"
_AERIAL = _FOLDER / "aerial.tif"
_FIELDS = DivisionFields("XZQDM", "XZQMC")
_VILLAGE_FIELDS = DivisionFields("行政区划代码", "村(社区)", longitude="经度", latitude="纬度")


def make_sample(path: Path, by: str = "", progress: Optional[Progress] = None) -> None:
    """Make the register of the sample county; it is there when it is whole, and not before.

    Args:
        path: where it shall stand; nothing may stand there yet, and its folder must be there.
        by: who makes it.
        progress: told how far it is, asked whether to stop.

    Raises:
        RegisterError: as :func:`.create.create_register`.
        Cancelled: nothing is left behind.
    """
    progress = progress or Silent()
    if path.exists():
        raise RegisterError("REGISTER_EXISTS", str(path), file=path.name)
    temporary = path.with_name(f".{path.stem}.{os.getpid()}.sample")
    try:
        temporary.mkdir()
    except OSError as error:
        raise RegisterError("REGISTER_FOLDER", str(error), folder=path.parent) from error
    try:
        # Made under its own name, because the form of the records names the file.
        _fill(temporary / path.name, by, progress)
        (temporary / path.name).rename(path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def copy_aerial(folder: Path) -> Optional[Path]:
    """The sample county's aerial picture beside its register; ``None`` where the plugin carries none or it finds no
    room, since the sample is useful without it.
    """
    target = folder / _AERIAL.name
    if not _AERIAL.is_file():
        return None
    try:
        if not target.is_file() or target.stat().st_size != _AERIAL.stat().st_size:
            shutil.copyfile(_AERIAL, target)
    except OSError as error:
        _LOG.warning("the aerial picture of the sample was not copied: %s", error)
        return None
    return target


def _fill(path: Path, by: str, progress: Progress) -> None:
    register = create_register(
        path, COUNTY.code, COUNTY.name, city_name=COUNTY.city, province_name=COUNTY.province, by=by
    )
    with register:
        for share, name in ((0.3, "county"), (0.5, "townships")):
            progress.set_fraction(share)
            layer = QgsVectorLayer(f"{_OUTLINES}|layername={name}", name, "ogr")
            load_boundaries(register, layer, _FIELDS, Silent())
        progress.set_fraction(0.8)
        head = head_of(_VILLAGES, _VILLAGES.stem)
        load_villages(register, TableSource(_VILLAGES, head), _VILLAGE_FIELDS, Silent())
