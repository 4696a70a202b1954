"""What becomes of each row: a new record, a change to one, nothing, or a refusal."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Iterable, Mapping, Optional, Sequence

import numpy as np
import numpy.typing as npt

from ..register.geometry import coordinates_of, point_blobs
from ..register.record_key import normal, record_key, sites_of
from ..register.writing import ImportSession, KnownRecord, new_uids
from ..standard.findings import Finding, Level
from ..standard.model import FieldType, Standard
from .batch import Batch
from .cells import Masked, hides_people
from .keys import content_hashes, place_hashes
from .memo import Memo
from .options import Counts, ErrorPolicy
from .repeats import Repeats

# A record beyond these is in review; a workbook does not change it.
_OPEN = frozenset(("draft", "returned"))
# Tables carry seven decimals (1 cm); a difference below is none.
_SAME_DEGREES = 1.5e-7
_POINT = ("geom", "place_text", "place_datum", "point_method", "point_quality", "point_radius")
# Filled from other columns, so that they count even where the sheet has none of their own.
_FOLLOWING = frozenset(
    ("industry", "unit", "scale", "scale_text", "market_start", "market_end", "market_text", "cycle", "findings")
)
# The words behind a value; a table that gives the value alone does not take them back.
_WORDS = ("scale_text", "market_text")
_PLACE = ("province", "city", "county", "township", "village", "division_code")
# What a person did on site or on imagery is better than what a sheet says.
_PLACED_BY_PERSON = frozenset(("site_visit", "imagery", "gps", "typed", "photo"))


@dataclass
class Decider:
    """Decides over the batches of one import and writes them.

    Attributes:
        session: the import's half of the register.
        standard: the register's.
        columns: fields that the sheet has a column for, without those of the point.
        policy: what becomes of rows with errors.
        repeats: the rows that the import met so far, in this sheet and those before.
        uids: (sheet, row) → uid of each accepted row, when it is to be kept.
    """

    session: ImportSession
    standard: Standard
    columns: Sequence[str]
    policy: ErrorPolicy
    has_point: bool
    repeats: Repeats
    uids: Optional[dict[tuple[str, int], str]] = None
    _normal: Memo[object, str] = field(default_factory=lambda: Memo(normal))

    def __post_init__(self) -> None:
        fields = {f.name: f for f in self.standard.fields}
        names = [name for name in fields if name in self.columns or name in _FOLLOWING or name in _PLACE]
        self._content = [name for name in names if name not in ("uid", "status", "findings", *_POINT)]
        self._all = tuple(name for name in fields if name in {*self._content, *_POINT})
        self._no_grade = fields["credit_grade"].default
        self._numbers = {name for name, f in fields.items() if f.type is FieldType.NUMBER}

    def decide(self, batch: Batch) -> Counts:
        """Write the batch's rows into the session and say how many went where."""
        longitude = np.asarray(batch.values["longitude"], dtype=float)
        latitude = np.asarray(batch.values["latitude"], dtype=float)
        drafts = self._make_drafts(batch)
        said = content_hashes([batch.column(name) for name in (*self._content, "findings")])
        hashes = self._with_places(batch, said, longitude, latitude)
        keys = self._keys(batch)
        own = np.array(batch.column("point_method"), dtype=object) == "workbook"
        places = np.where(own, longitude, np.nan), np.where(own, latitude, np.nan)
        repeated = self.repeats.find(batch, keys, said, *places)
        masked = self._masked_rows(batch)
        known = self.session.known(keys, filter(None, batch.column("uid")))  # type: ignore[arg-type]
        batch.values["geom"] = point_blobs(longitude, latitude)  # type: ignore[assignment]
        new, changed, unchanged = self._sort(batch, keys, hashes, known, repeated, masked)
        self._insert(batch, new, keys, hashes)
        updated, same = self._update(batch, changed, keys, hashes)
        accepted = [*new, *(index for index, _ in changed), *unchanged]
        return Counts(
            new=len(new),
            updated=updated,
            unchanged=same + len(unchanged) + len(repeated),
            refused=len(batch.refused),
            without_point=self._waiting(batch, accepted),
            approximate=self._rough(batch, accepted),
            drafts=len(drafts - batch.refused),
        )

    def _make_drafts(self, batch: Batch) -> set[int]:
        """Under the draft policy a row with errors is kept: the bad cells are empty already, the findings go along."""
        if self.policy is ErrorPolicy.REFUSE:
            return set()
        kept = {index for index in batch.refused if batch.can_be_draft(index)}
        notes = batch.column("findings")
        for index in kept:
            notes[index] = _as_json(batch.findings[index])
            for finding in batch.findings[index]:
                if finding.level is Level.ERROR and finding.field in self._all:
                    batch.column(finding.field)[index] = None
        batch.refused -= kept
        return kept

    def _with_places(
        self, batch: Batch, said: list[str], longitude: npt.NDArray[np.float64], latitude: npt.NDArray[np.float64]
    ) -> list[str]:
        """The hashes of whole rows: of what they say, and behind it of where they say it is."""
        words, qualities = batch.column("place_text"), batch.column("point_quality")
        return place_hashes(said, words, qualities, longitude.tolist(), latitude.tolist())

    def _keys(self, batch: Batch) -> list[str]:
        producers = self._producers(batch)
        sites = sites_of(batch.column("site_name"), batch.column("site_address"))
        return [
            record_key(*parts)  # type: ignore[arg-type]
            for parts in zip(producers, batch.column("variety"), sites, batch.column("cycle"))
        ]

    def _producers(self, batch: Batch) -> list[str]:
        """Names as they are compared; 张* may be anybody, so that only its number says which record such a row is."""
        names, uids = batch.column("producer_name"), batch.column("uid")
        return [
            f"{name}{uids[index] or (batch.sheet, batch.rows[index])}" if type(name) is Masked else self._normal[name]
            for index, name in enumerate(names)
        ]

    def _masked_rows(self, batch: Batch) -> set[int]:
        personal = [name for name in hides_people(self.standard) if name in self.columns]
        columns = [column for column in map(batch.column, personal) if Masked in set(map(type, column))]
        return {index for column in columns for index, value in enumerate(column) if isinstance(value, Masked)}

    def _sort(
        self,
        batch: Batch,
        keys: Sequence[str],
        hashes: Sequence[str],
        known: Mapping[str, KnownRecord],
        repeated: set[int],
        masked: set[int],
    ) -> tuple[list[int], list[tuple[int, KnownRecord]], list[int]]:
        new, changed, unchanged = [], [], []
        uids = batch.column("uid")
        for index, key in enumerate(keys):
            if index in batch.refused or index in repeated:
                continue
            record = (known.get(str(uids[index])) if uids[index] else None) or known.get(key)
            if record is None and index in masked:
                self._refuse_masked(batch, index)
            elif record is None:
                new.append(index)
            elif record.content_hash == hashes[index]:
                unchanged.append(index)
                self._keep_uid(batch, index, record.uid)
            else:
                changed.append((index, record))
        return new, changed, unchanged

    def _refuse_masked(self, batch: Batch, index: int) -> None:
        for entry in self.standard.fields:
            value = batch.values.get(entry.name, ())[index : index + 1]
            if value and isinstance(value[0], Masked):
                code = "PHONE_BAD" if entry.pattern == "phones" else "MASKED_NEW"
                batch.add(index, Level.ERROR, code, entry.name, {"title": entry.title, "value": value[0]})

    def _insert(self, batch: Batch, indexes: Sequence[int], keys: Sequence[str], hashes: Sequence[str]) -> None:
        if not indexes:
            return
        uids = batch.column("uid")
        fresh = [uids[i] or uid for i, uid in zip(indexes, new_uids(len(indexes)))]
        columns = {name: batch.column(name) for name in ("geom", *self._all, "findings")}
        filled = {name: column for name, column in columns.items() if any(value is not None for value in column)}
        picked = [list(map(column.__getitem__, indexes)) for column in filled.values()]
        rows_of_file = [batch.rows[i] for i in indexes]
        constants = {"status": "draft", "origin": "workbook", "source_sheet": batch.sheet}
        if "credit_grade" not in filled:
            constants["credit_grade"] = self._no_grade
        own = {
            "uid": fresh,
            "record_key": [keys[i] for i in indexes],
            "content_hash": [hashes[i] for i in indexes],
            "source_row": rows_of_file,
        }
        self.session.insert((*filled, *own), list(zip(*picked, *own.values())), constants)
        for index, uid in zip(indexes, fresh):
            self._keep_uid(batch, index, str(uid))

    def _update(
        self, batch: Batch, changed: Sequence[tuple[int, KnownRecord]], keys: Sequence[str], hashes: Sequence[str]
    ) -> tuple[int, int]:
        """Write what truly differs, field by field; rows that only look different are unchanged."""
        names = ("geom", *self._all, "findings")
        stored = self.session.stored(names, [record.fid for _, record in changed])
        updated = same = 0
        for index, record in changed:
            differences = self._differences(batch, index, dict(zip(names, stored[record.fid])))
            if differences and record.status not in _OPEN:
                batch.add(index, Level.ERROR, "RECORD_IN_REVIEW", "producer_name", {})
                continue
            self._keep_uid(batch, index, record.uid)
            updated += bool(differences)
            same += not differences
            if differences or record.content_hash != hashes[index]:
                known_by = {"record_key": record.record_key or keys[index], "content_hash": hashes[index]}
                self._write(batch, index, record, differences, known_by)
        return updated, same

    def _write(
        self,
        batch: Batch,
        index: int,
        record: KnownRecord,
        differences: Mapping[str, object],
        known_by: Mapping[str, object],
    ) -> None:
        columns = {**differences, **known_by}
        if differences:
            columns.update(source_sheet=batch.sheet, source_row=batch.rows[index])
        self.session.update(tuple(columns), [(record.fid, *columns.values())])

    def _differences(self, batch: Batch, index: int, stored: Mapping[str, object]) -> dict[str, object]:
        names = [name for name in (*self._content, "findings") if self._says_something(name)]
        values = {name: batch.column(name)[index] for name in names}
        found = {
            name: value
            for name, value in values.items()
            if not isinstance(value, Masked) and not self._equal(name, value, stored[name])
        }
        if self._point_counts(batch, index, stored):
            found.update({name: batch.column(name)[index] for name in _POINT})
        return found

    def _says_something(self, name: str) -> bool:
        """A sheet without the column leaves the stored value alone."""
        if name in _PLACE:
            return any(column in self.columns for column in (*_PLACE, "site_address"))
        return name in self.columns or name in _FOLLOWING

    def _equal(self, name: str, value: object, stored: object) -> bool:
        if name in self._numbers and value is not None and stored is not None:
            return abs(float(value) - float(stored)) < 1e-9  # type: ignore[arg-type]
        if not value and (name in _PLACE or name in _WORDS):
            return True
        return (value or None) == (stored or None)

    def _point_counts(self, batch: Batch, index: int, stored: Mapping[str, object]) -> bool:
        """Whether the sheet's point replaces the stored one: it is another, and nobody placed the record by hand."""
        if batch.column("point_method")[index] != "workbook" or not self.has_point:
            return False
        mine, theirs = coordinates_of([batch.column("geom")[index], stored["geom"]])  # type: ignore[list-item]
        if np.all(np.abs(mine - theirs) < _SAME_DEGREES):
            return False
        if stored["point_method"] in _PLACED_BY_PERSON:
            batch.add(index, Level.WARNING, "POINT_KEPT", "longitude", {"value": batch.column("place_text")[index]})
            return False
        return True

    def _keep_uid(self, batch: Batch, index: int, uid: str) -> None:
        if self.uids is not None:
            self.uids[batch.sheet, batch.rows[index]] = uid

    def _waiting(self, batch: Batch, accepted: Iterable[int]) -> int:
        methods = batch.column("point_method")
        return sum(methods[i] != "workbook" for i in accepted if i not in batch.refused)

    def _rough(self, batch: Batch, accepted: Iterable[int]) -> int:
        methods, qualities = batch.column("point_method"), batch.column("point_quality")
        return sum(
            methods[i] == "workbook" and qualities[i] == "approximate" for i in accepted if i not in batch.refused
        )


def _as_json(findings: Iterable[Finding]) -> str:
    entries = [
        {"level": f.level.value, "code": f.code, "field": f.field, "text": f.message("zh").sentence} for f in findings
    ]
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
