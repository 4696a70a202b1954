"""Changing a county's own standard: looked at first, so that no record loses its product or its grade."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Iterable

from ..standard.errors import OriginMapError
from ..standard.model import LocalStandard, Standard, load_standard
from .register import Register
from .schema import RECORD

UNRATED = "unrated"


def change_local_standard(path: Path, local: LocalStandard, by: str = "") -> Standard:
    """Replace the county's own values in the register at ``path``; safe in any thread.

    Raises:
        OriginMapError: ``LOCAL_THRESHOLD``, ``LOCAL_NO_NAME``, ``LOCAL_NAME_TWICE``, ``LOCAL_IN_USE``, or what
            :meth:`Register.apply_local_standard` says; the register is as it was.
    """
    check_local(local)
    with Register.open(path) as register:
        _refuse_gone(register, local)
        return register.apply_local_standard(local, by)


def check_local(local: LocalStandard) -> None:
    """Refuse values that no standard can have.

    Raises:
        OriginMapError: ``LOCAL_THRESHOLD``, ``LOCAL_NO_NAME`` or ``LOCAL_NAME_TWICE``.
    """
    national = load_standard()
    titles = {variety.code: variety.title for variety in (*national.varieties, *local.varieties)}
    thresholds = [*local.thresholds.items(), *local.thresholds_engineered.items()]
    thresholds += [(v.code, v.threshold) for v in local.varieties]
    thresholds += [(v.code, v.threshold_engineered) for v in local.varieties if v.threshold_engineered is not None]
    for code, threshold in thresholds:
        if not threshold > 0:
            raise OriginMapError("LOCAL_THRESHOLD", name=titles.get(code, code), value=f"{threshold:g}")
    _refuse_unclear(
        [(v.title, *v.aliases) for v in local.varieties], {n for v in national.varieties for n in (v.title, *v.aliases)}
    )
    _refuse_unclear([(grade.title, *grade.aliases) for grade in local.credit_grades], set())


def _refuse_unclear(entries: Iterable[tuple[str, ...]], taken: set[str]) -> None:
    """A name must say one thing only: the import understands products and grades by it."""
    taken = {name.casefold() for name in taken}
    for title, *aliases in entries:
        if not title.strip():
            raise OriginMapError("LOCAL_NO_NAME")
        names = {name.casefold() for name in (title, *aliases)}
        for name in (title, *aliases):
            if name.casefold() in taken:
                raise OriginMapError("LOCAL_NAME_TWICE", name=name)
        taken |= names


def _refuse_gone(register: Register, local: LocalStandard) -> None:
    before, after = register.standard(), load_standard().with_local(local)
    kept = {variety.code for variety in after.varieties}
    _refuse_used(register.connection, "variety", {v.code: v.title for v in before.varieties if v.code not in kept})
    kept = {grade.code for grade in after.choices("credit_grade")}
    gone = {grade.code: grade.title for grade in before.choices("credit_grade") if grade.code not in kept}
    _refuse_used(register.connection, "credit_grade", gone)


def _refuse_used(connection: sqlite3.Connection, column: str, gone: dict[str, str]) -> None:
    for code, title in gone.items():
        query = f'SELECT count(*) FROM "{RECORD}" WHERE "{column}" = ?'
        (count,) = connection.execute(query, (code,)).fetchone()
        if count:
            raise OriginMapError("LOCAL_IN_USE", name=title, count=count)
