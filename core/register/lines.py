"""What lists say of the records that something was found about, made of the columns when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Iterator, Mapping, Optional

import numpy as np

from ..quality.columns import Columns
from ..quality.findings import QualityFinding
from .rows import Position

_TEXTS = ("producer_name", "variety", "cycle", "township", "village", "site_name", "status")


@dataclass(frozen=True)
class RecordLine:
    """What a list says of a record that something was found about."""

    uid: str
    producer_name: str
    variety: str
    cycle: str
    township: str
    village: str
    site_name: str
    status: str
    import_id: int
    point: Optional[Position]


class Lines(Mapping[str, RecordLine]):
    """The lines of the records with findings, by uid; of a million records no more is kept than a few numbers each."""

    def __init__(self, columns: Columns, found: Iterable[QualityFinding]) -> None:
        fid_of = {finding.uid: finding.fid for finding in found}
        rows = np.searchsorted(columns.fids, np.fromiter(fid_of.values(), np.int64, len(fid_of)))
        self._rows = {uid: row for row, uid in enumerate(fid_of)}
        self._columns = columns.at(rows, _TEXTS, ())

    def __getitem__(self, uid: str) -> RecordLine:
        row, columns = self._rows[uid], self._columns
        texts = (columns.text(name).at(row) for name in _TEXTS)
        x, y = float(columns.longitude[row]), float(columns.latitude[row])
        return RecordLine(uid, *texts, int(columns.imports[row]), None if x != x or y != y else (x, y))

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
