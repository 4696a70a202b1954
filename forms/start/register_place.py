"""Where a new register may stand: the person's folder, a name that is free, and making it there."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication, QStandardPaths

from ...core.register.county import County
from ...core.register.create import create_register
from ...core.register.errors import RegisterError
from ..profile import Profile

ENDING = ".gpkg"


def folder_of(profile: Profile) -> Path:
    """The folder of the profile, else the person's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(profile.folder or documents)


def name_of(county: str) -> str:
    """The file name that is proposed for a county's register."""
    return QCoreApplication.translate("originmap", "{county} origin register").format(county=county) + ENDING


def free_place(path: Path) -> Path:
    """The path itself, or with a number where something stands there already."""
    place, number = path, 2
    while place.exists():
        place = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return place


def make_folder(folder: Path) -> None:
    """Make sure that a folder is there.

    Raises:
        RegisterError: ``REGISTER_FOLDER``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RegisterError("REGISTER_FOLDER", str(error), folder=folder) from error


def make_register(path: Path, county: County, by: str) -> Path:
    """An empty register of a county, its folder with it; safe in any thread.

    Raises:
        RegisterError: as :func:`create_register`.
    """
    make_folder(path.parent)
    names = {"city_name": county.city, "province_name": county.province}
    create_register(path, county.code, county.name, by=by, **names).close()
    return path
