"""Making a new register: under a temporary name beside its place, moved there when it is whole."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from ..places.divisions import DivisionLevel, level_of
from ..standard.errors import OriginMapError
from ..standard.model import LocalStandard, load_standard
from .errors import RegisterError, told_plainly
from .form import FORM_VERSION
from .geometry import register_functions
from .guards import put_right
from .layers import create_style_table, styles, write_styles
from .local import write_local
from .moments import now
from .register import Register, transaction
from .renewal import REGISTER_VERSION
from .schema import create_tables, fill_lists

_COMPANIONS = ("-wal", "-shm", "-journal")


def create_register(
    path: str | Path,
    county_code: str,
    county_name: str,
    *,
    local: LocalStandard | None = None,
    city_name: str = "",
    province_name: str = "",
    replace: bool = False,
    by: str = "",
) -> Register:
    """Make a register for a county and open it.

    Args:
        path: where it shall stand; its folder must be there.
        county_code: six digits.
        county_name: as in 示例县; ``city_name`` and ``province_name`` are what addresses begin with.
        local: the county's own thresholds, grades, varieties and settings.
        replace: whether a file that stands there may be replaced.
        by: who makes it.

    Raises:
        RegisterError: ``REGISTER_EXISTS``, ``REGISTER_COUNTY`` or ``REGISTER_FOLDER``; nothing is left behind.
    """
    path = Path(path)
    _check_place(path, replace)
    _check_county(county_code, county_name)
    names = {"county_code": county_code, "county_name": county_name, "city_name": city_name}
    temporary = path.with_name(f".{path.stem}.{os.getpid()}.gpkg")
    try:
        _build(temporary, path.name, {**names, "province_name": province_name, "created_by": by}, local, by)
        _move(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return Register.open(path)


def _build(path: Path, file_name: str, settings: dict[str, str], local: LocalStandard | None, by: str) -> None:
    local = local or LocalStandard()
    standard = load_standard().with_local(local)
    versions = {"register_version": str(REGISTER_VERSION), "standard_version": str(standard.version)}
    versions["form_version"] = str(FORM_VERSION)
    path.unlink(missing_ok=True)
    with told_plainly(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        register_functions(connection)
        with transaction(connection, path):
            create_tables(connection, standard)
            put_right(connection, standard)
            create_style_table(connection)
            fill_lists(connection, standard)
            write_local(connection, local, by)
            rows = {**versions, "created_at": now(), **settings}
            connection.executemany("INSERT INTO setting (name, value) VALUES (?, ?)", rows.items())
        # QGIS makes the styles from the tables themselves, so these are there first.
        made = styles(path, file_name, standard, settings)
        with transaction(connection, path):
            write_styles(connection, made)


def _check_place(path: Path, replace: bool) -> None:
    if path.exists() and not replace:
        raise RegisterError("REGISTER_EXISTS", str(path), file=path.name)
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise RegisterError("REGISTER_FOLDER", str(path), folder=path.parent)


def _check_county(code: str, name: str) -> None:
    try:
        county = level_of(code) is DivisionLevel.COUNTY
    except OriginMapError:
        county = False
    if not county or not name.strip():
        raise RegisterError("REGISTER_COUNTY", county=code, name=name)


def _move(temporary: Path, path: Path) -> None:
    try:
        for ending in _COMPANIONS:
            # What a crash left beside a file that is gone would be taken for the new file's latest changes.
            path.with_name(path.name + ending).unlink(missing_ok=True)
        temporary.replace(path)
    except OSError as error:
        raise RegisterError("REGISTER_LOCKED", str(error), file=path.name) from error
