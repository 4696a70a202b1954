"""The register: one GeoPackage opened, with its standard, settings, divisions and the one way to write in bulk."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Iterator, Optional

from ..places.divisions import CODE_LENGTHS, Division, DivisionLevel, chain, level_of
from ..standard.model import LocalStandard, Standard, load_standard
from .errors import RegisterError, look_for, told_plainly
from .form import FORM_VERSION
from .geometry import register_functions
from .gpkg import looks_like_geopackage
from .guards import Repair, put_right
from .layers import renewed_form, styles, write_styles
from .local import read_local, write_local
from .moments import now
from .renewal import REGISTER_VERSION, form_is_behind, renew_form, renew_rules, rules_are_behind
from .schema import fill_lists
from .sealing import seal_some
from .writing import ImportInfo, ImportSession

_WAIT_SECONDS = 5.0
# What only helps people is not waited for: they would see the window stand still.
_WAIT_FOR_FORM_MILLISECONDS = 200

logger = logging.getLogger(__name__)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection on which the triggers of a spatial index work; transactions are begun and ended by us."""
    uri = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"
    # The spatial index of an import is filled from a second thread, never while the first uses the connection.
    connection = sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    register_functions(connection)
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All or nothing: committed at the end, rolled back on any exception; SQLite's errors become sentences."""
    with told_plainly(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


class Register:
    """An open register; use it in a ``with`` statement, or close it.

    Attributes:
        repaired: what somebody had done to the triggers, and opening it for writing put right; ``None`` for nothing.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool = False) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only
        self.repaired: Optional[Repair] = None

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False) -> Register:
        """Open a register that is there; one of an earlier version is brought up to date when opened for writing.

        Args:
            path: the GeoPackage.
            read_only: only to look at it; a file or folder that cannot be written to is then no obstacle.

        Raises:
            RegisterError: ``REGISTER_NOT_FOUND``, ``REGISTER_NOT_ONE``, ``REGISTER_NEWER``, ``REGISTER_READ_ONLY``,
                ``REGISTER_LOCKED`` or ``REGISTER_DAMAGED``.
        """
        path = Path(path)
        _look_at(path, read_only)
        with told_plainly(path), ExitStack() as unless_kept:
            connection = connect(path, read_only=read_only)
            unless_kept.callback(connection.close)
            version = _version(connection, path)
            register = cls(path, connection, read_only=read_only)
            if not read_only:
                if rules_are_behind(connection, register.standard(), version):
                    register.bring_up_to_date()
                seal_some(connection, path)
            unless_kept.pop_all()
        return register

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self, kind: Optional[type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def close(self) -> None:
        """Seal what was written and let go of the file; Windows cannot move or delete it before."""
        if not self.read_only:
            seal_some(self.connection, self.path)
        self.connection.close()

    def bring_up_to_date(self) -> None:
        """Make what the rules need and the register lacks; of two that open it at once, one does it."""
        with transaction(self.connection, self.path):
            version = _version(self.connection, self.path)
            if rules_are_behind(self.connection, self.standard(), version):
                wrong = renew_rules(self.connection, self.standard(), version)
                self.repaired = Repair(now(), wrong) if wrong else None
        if self.repaired is not None:
            logger.warning("%s: %s", self.path.name, self.repaired.sentence())

    @property
    def form_is_behind(self) -> bool:
        """Whether an earlier version made the form."""
        return form_is_behind(self.setting("form_version"))

    def renew_form(self) -> None:
        """Give a register of an earlier version the form, code lists and bookkeeping of this one.

        Raises:
            RegisterError: it is locked just now, and as it was.
        """
        standard = self.standard()
        form = renewed_form(self.path, standard, self.settings())
        self.connection.execute(f"PRAGMA busy_timeout = {_WAIT_FOR_FORM_MILLISECONDS}")
        with transaction(self.connection, self.path):
            renew_form(self.connection, standard, form)

    def setting(self, name: str, default: str = "") -> str:
        """A setting such as ``county_code`` or ``county_name``."""
        row = self.connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return default if row is None else row[0]

    def settings(self) -> dict[str, str]:
        """All settings by name."""
        return dict(self.connection.execute("SELECT name, value FROM setting"))

    def set_setting(self, name: str, value: str) -> None:
        """Write a setting."""
        with transaction(self.connection, self.path):
            self._set(name, value)

    def _set(self, name: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))

    @property
    def county_code(self) -> str:
        """Six digits."""
        return self.setting("county_code")

    @property
    def county_name(self) -> str:
        """The county's name, as in 示例县."""
        return self.setting("county_name")

    def year_assumed(self, sha256: str) -> Optional[int]:
        """The year that the first import of this very file took for its dates without one; ``None`` for a new file."""
        query = "SELECT json_extract(options, '$.year') FROM import WHERE sha256 = ? ORDER BY id LIMIT 1"
        row = self.connection.execute(query, (sha256,)).fetchone()
        return None if row is None else row[0]

    def local_standard(self) -> LocalStandard:
        """What the county set for itself."""
        return read_local(self.connection)

    def standard(self) -> Standard:
        """The national standard with the county's own values laid over it."""
        return load_standard().with_local(self.local_standard())

    def apply_local_standard(self, local: LocalStandard, by: str = "") -> Standard:
        """Replace the county's own values; code lists, the gate and the form follow in the same transaction."""
        standard = load_standard().with_local(local)
        made = styles(self.path, self.path.name, standard, self.settings())
        with transaction(self.connection, self.path):
            write_local(self.connection, local, by)
            fill_lists(self.connection, standard)
            put_right(self.connection, standard)
            write_styles(self.connection, made)
            self._set("form_version", str(FORM_VERSION))
        return standard

    def divisions(self) -> list[Division]:
        """The divisions that were loaded into the register, by code."""
        query = "SELECT code, name, level, longitude, latitude, aliases FROM division ORDER BY code"
        return [
            Division(code, name, DivisionLevel(level), longitude, latitude, tuple(json.loads(aliases or "[]")))
            for code, name, level, longitude, latitude, aliases in self.connection.execute(query)
        ]

    def known_divisions(self) -> list[Division]:
        """What the address matcher must know beside the gazetteer: divisions loaded, and the county's own chain."""
        loaded = self.divisions()
        codes = {division.code for division in loaded}
        return [division for division in self._own_chain().values() if division.code not in codes] + loaded

    def division_names(self) -> dict[str, str]:
        """How people call the known divisions, by code; a village with its township, since villages share names."""
        names = {division.code: division.name for division in self.known_divisions()}
        township, village = CODE_LENGTHS[DivisionLevel.TOWNSHIP], CODE_LENGTHS[DivisionLevel.VILLAGE]
        return {
            code: f"{names.get(code[:township], '')}{name}" if len(code) == village else name
            for code, name in names.items()
        }

    def _own_chain(self) -> dict[str, Division]:
        """Province, city and county as the register was made for them; an invented county's stand in no gazetteer."""
        names = ("province_name", "city_name", "county_name")
        codes = chain(self.county_code) if self.county_code else ()
        pairs = ((code, self.setting(name)) for code, name in zip(codes, names))
        return {code: Division(code, name, level_of(code)) for code, name in pairs if name}

    @contextmanager
    def importing(self, info: ImportInfo) -> Iterator[ImportSession]:
        """One transaction in which an import writes its chunks; whatever goes wrong, the register is as it was.

        Raises:
            RegisterError: the file is locked or read-only, the disk is full, or a rule refused a record.
        """
        with told_plainly(self.path):
            # KiB; a larger cache was measured to save no time in an import of a million rows.
            self.connection.execute("PRAGMA cache_size = -32768")
        with transaction(self.connection, self.path):
            session = ImportSession(self.connection, self.standard(), info)
            try:
                yield session
                session.finish()
            finally:
                session.close()


def _look_at(path: Path, read_only: bool) -> None:
    look_for(path)
    try:
        known = looks_like_geopackage(path)
    except OSError as error:
        raise RegisterError("REGISTER_READ_ONLY", str(error), file=path.name) from error
    if not known:
        raise RegisterError("REGISTER_NOT_ONE", str(path), file=path.name)
    if not read_only and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise RegisterError("REGISTER_READ_ONLY", str(path), file=path.name)


def _version(connection: sqlite3.Connection, path: Path) -> int:
    row = connection.execute("SELECT value FROM setting WHERE name = 'register_version'").fetchone()
    if row is None:
        raise RegisterError("REGISTER_NOT_ONE", str(path), file=path.name)
    if int(row[0]) > REGISTER_VERSION:
        raise RegisterError("REGISTER_NEWER", row[0], file=path.name)
    return int(row[0])
