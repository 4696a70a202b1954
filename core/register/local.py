"""A county's own thresholds, grades, varieties and settings, as rows of its register."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from enum import Enum
from typing import Iterator

from ..standard.model import Cadence, Choice, LocalStandard, Variety
from .moments import now


class _Kind(str, Enum):
    """What a row of ``local_standard`` is about; ``code`` is the variety's, the grade's or the setting's name."""

    THRESHOLD = "threshold"
    THRESHOLD_ENGINEERED = "threshold_engineered"
    GRADE = "credit_grade"
    VARIETY = "variety"
    SETTING = "setting"


def read_local(connection: sqlite3.Connection) -> LocalStandard:
    """The county's own values; all empty where it set none."""
    rows: dict[_Kind, dict[str, object]] = {kind: {} for kind in _Kind}
    for kind, code, value in connection.execute("SELECT kind, code, value FROM local_standard ORDER BY fid"):
        rows[_Kind(kind)][code] = json.loads(value)
    return LocalStandard(
        thresholds=rows[_Kind.THRESHOLD],  # type: ignore[arg-type]
        thresholds_engineered=rows[_Kind.THRESHOLD_ENGINEERED],  # type: ignore[arg-type]
        credit_grades=tuple(_choice(value) for value in rows[_Kind.GRADE].values()),
        varieties=tuple(_variety(value) for value in rows[_Kind.VARIETY].values()),
        settings=rows[_Kind.SETTING],  # type: ignore[arg-type]
    )


def write_local(connection: sqlite3.Connection, local: LocalStandard, by: str) -> None:
    """Replace the county's own values."""
    moment = now()
    connection.execute("DELETE FROM local_standard")
    connection.executemany(
        "INSERT INTO local_standard (kind, code, value, set_at, set_by) VALUES (?, ?, ?, ?, ?)",
        [(kind.value, code, json.dumps(value, ensure_ascii=False), moment, by) for kind, code, value in _rows(local)],
    )


def _rows(local: LocalStandard) -> Iterator[tuple[_Kind, str, object]]:
    for code, threshold in local.thresholds.items():
        yield _Kind.THRESHOLD, code, threshold
    for code, threshold in local.thresholds_engineered.items():
        yield _Kind.THRESHOLD_ENGINEERED, code, threshold
    for grade in local.credit_grades:
        yield _Kind.GRADE, grade.code, asdict(grade)
    for variety in local.varieties:
        yield _Kind.VARIETY, variety.code, {**asdict(variety), "cadence": variety.cadence.value}
    for name, value in local.settings.items():
        yield _Kind.SETTING, name, value


def _choice(entry) -> Choice:  # type: ignore[no-untyped-def]  # what write_local wrote
    tuples = {key: tuple(entry[key]) for key in ("aliases", "industries", "varieties")}
    return Choice(**{**entry, **tuples})


def _variety(entry) -> Variety:  # type: ignore[no-untyped-def]  # what write_local wrote
    return Variety(**{**entry, "aliases": tuple(entry["aliases"]), "cadence": Cadence(entry["cadence"])})
