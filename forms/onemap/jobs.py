"""What the page has counted in another thread; each piece opens the register for itself and can be stopped midway."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Iterator, Mapping, Optional

from ...core.onemap.facets import Facets, facets
from ...core.onemap.filtered import count
from ...core.onemap.query import Query
from ...core.places.divisions import CODE_LENGTHS, DivisionLevel
from ...core.places.gazetteer import Gazetteer
from ...core.register.errors import told_plainly
from ...core.register.register import Register
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress, stop_if_cancelled
from ..work import Job

# So many steps of SQLite's machine between two questions whether to go on: some milliseconds.
_STEPS = 200_000
_COUNTY = CODE_LENGTHS[DivisionLevel.COUNTY]


@dataclass(frozen=True)
class Counted:
    """How many records a query finds; what else could be ticked, with numbers; names of divisions elsewhere."""

    query: Query
    records: int
    facets: Optional[Facets] = None
    elsewhere: Mapping[str, str] = field(default_factory=dict)


def count_job(path: Path, query: Query) -> Job:
    """Only the number of records."""

    def job(progress: Progress) -> Counted:
        with _reading(path, progress) as register:
            return Counted(query, count(register.connection, query, register.standard()))

    return job


def facets_job(path: Path, counted: Counted) -> Job:
    """The numbers behind every value that can be ticked, and names for divisions that the register does not know."""

    def job(progress: Progress) -> Counted:
        with _reading(path, progress) as register:
            found = facets(register.connection, counted.query, register.standard())
            known = {division.code for division in register.known_divisions()}
        return Counted(counted.query, counted.records, found, _elsewhere(found, known))

    return job


@contextmanager
def _reading(path: Path, progress: Progress) -> Iterator[Register]:
    """The register, whose connection stops as soon as the work is cancelled.

    Raises:
        Cancelled: it was; or what :func:`.errors.told_plainly` says.
    """
    with Register.open(path, read_only=True) as register:
        register.connection.set_progress_handler(partial(_stopped, progress), _STEPS)
        try:
            with told_plainly(path):
                yield register
        except OriginMapError:
            stop_if_cancelled(progress)
            raise


def _stopped(progress: Progress) -> int:
    return int(progress.is_cancelled())


def _elsewhere(found: Facets, known: set[str]) -> dict[str, str]:
    unknown = {code for code in found.divisions if len(code) >= _COUNTY} - known
    if not unknown:
        return {}
    names = {code: _name(_national(), code) for code in unknown}
    return {code: name for code, name in names.items() if name}


@lru_cache(maxsize=1)
def _national() -> Gazetteer:
    """Kept, since making it takes Python from the window for a while, and every tick would do so."""
    return Gazetteer.open()


def _name(gazetteer: Gazetteer, code: str) -> str:
    """A county written out, since it stands at the top of its tree; what lies in it by its own name."""
    if len(code) == _COUNTY:
        return gazetteer.full_name(code)
    division = gazetteer.division(code)
    return division.name if division is not None else ""
