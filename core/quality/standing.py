"""The records as they stood when all were checked, so that a few of them can be judged again beside what concerns them.

A record is judged beside those of its producer, however the name is written, those that share its phone, credit code or
village, those around its point, and those entered before and after it. What is usual among all records (scales, how
exact points are, which imports are shifted) is what it was when all were checked.
"""

from __future__ import annotations

from typing import Callable, Iterator, Sequence

import numpy as np

from ..coordinates.distance import METRES_PER_DEGREE
from ..standard.masking import PHONE_SEPARATOR
from .columns import TEXT_FIELDS, Coded, Columns, Flags, Ints, Rows
from .findings import QualityFinding
from .naming import plain_producer
from .people import joined
from .registry import Check
from .running import run_checks
from .work import Work

_BESIDE = 6  # records entered before and after one, to begin with
_EVEN = 1e-5  # degrees: steps that differ by so much are even to no check
_FEW = 16  # texts are looked for one by one
_ARRAYS = ("fids", "uids", "imports", "scale", "longitude", "latitude")


class Standing:
    """Keeps the columns of all records (some 250 bytes for each); changed ones are put in their place."""

    def __init__(self, work: Work) -> None:
        self.work = work.kept(work.columns)
        self._plain = np.array([hash(name) for name in work.plain_names], np.int64)
        self._phones = 0
        self._several: dict[int, str] = {}
        self._look_for_several()

    def put(self, changed: Columns, gone: Sequence[int] | Rows = ()) -> None:
        """Take over records as they are now, new ones too, and leave out those that are gone (fids)."""
        columns = self.work.columns
        texts = {name: _both(columns.text(name), changed.text(name)) for name in TEXT_FIELDS}
        place = _place(columns.fids, changed.fids, np.array(gone, np.int64))
        self.work = self.work.kept(
            Columns(
                *(place(getattr(columns, name), getattr(changed, name)) for name in _ARRAYS),
                {name: Coded(place(columns.text(name).codes, new), values) for name, (values, new) in texts.items()},
                {name: place(column, changed.day(name)) for name, column in columns.days.items()},
            )
        )
        names = self.work.columns.text("producer_name").values[len(self._plain) :]
        self._plain = np.append(self._plain, [hash(plain_producer(name)) for name in names]).astype(np.int64)
        self._look_for_several()

    def _look_for_several(self) -> None:
        """Note the new texts that hold several phone numbers, by their own number."""
        values = self.work.columns.text("contact_phone").values
        more = enumerate(values[self._phones :], self._phones)
        self._several.update((code, text) for code, text in more if PHONE_SEPARATOR in text)
        self._phones = len(values)

    def judge(self, fids: Sequence[int], checks: Sequence[Check]) -> Iterator[QualityFinding]:
        """What the checks find in these records, as if all were checked."""
        chosen = np.isin(self.work.columns.fids, np.array(fids, np.int64))
        rows = self._concerned(chosen)
        return run_checks(self.work.part(rows), checks, chosen[rows])

    def _concerned(self, chosen: Flags) -> Rows:
        """The chosen records and all that may have a say in what is found in them."""
        columns = self.work.columns
        names = columns.text("producer_name")
        beside = self._around(chosen) | self._mates(chosen)
        for row in np.flatnonzero(chosen & self.work.exact).tolist():
            beside[self._in_turn(row)] = True
        looked_at = chosen
        while True:
            # What a name's credit code is, and how often it is written so, all of its records tell.
            beside |= _among(names, np.unique(names.codes[beside]))
            rows = np.flatnonzero(beside)
            part = self.work.part(rows)
            own = {*part.columns.text("producer_name").codes[chosen[rows]].tolist()} - {0}
            linked = [*set().union(*(group for group in joined(part) if group & own), own)]
            reached = np.zeros(len(chosen), bool)
            reached[rows[np.isin(part.columns.text("producer_name").codes, linked)]] = True
            if not (reached & ~looked_at).any():
                return rows
            looked_at = looked_at | reached
            beside |= self._mates(reached)

    def _mates(self, some: Flags) -> Flags:
        """The records that share the producer, a phone, the credit code or the village with one of these."""
        columns = self.work.columns
        names, phones, credit = (columns.text(name) for name in ("producer_name", "contact_phone", "credit_code"))
        found = np.isin(self._plain, self._plain[np.unique(names.codes[some])])[names.codes] & (names.codes > 0)
        found |= _among(phones, self._with_numbers(np.unique(phones.codes[some])))
        found |= _among(credit, np.unique(credit.codes[some]))
        townships, villages = columns.text("township").codes, columns.text("village").codes
        for township, village in {*zip(townships[some].tolist(), villages[some].tolist())}:
            if village:
                found |= (townships == township) & (villages == village)
        return found | some

    def _with_numbers(self, codes: Rows) -> Rows:
        """The texts that hold one of the phone numbers in these texts."""
        values = self.work.columns.text("contact_phone").values
        numbers = {number for code in codes.tolist() for number in values[code].split(PHONE_SEPARATOR)} - {""}
        apart = (_found(values, number) for code in codes.tolist() if code in self._several for number in numbers)
        holding = (code for code, text in self._several.items() if not numbers.isdisjoint(text.split(PHONE_SEPARATOR)))
        return np.array([*codes.tolist(), *(code for code in apart if code > 0), *holding], np.int64)

    def _around(self, chosen: Flags) -> Flags:
        """The records around the points of these, as far away as any check compares points."""
        columns = self.work.columns
        found = np.zeros(len(chosen), bool)
        north = self.work.context.limits.duplicate_metres / METRES_PER_DEGREE * 1.01
        for row in np.flatnonzero(chosen & columns.placed).tolist():
            x, y = columns.longitude[row], columns.latitude[row]
            east = north / max(np.cos(np.radians(min(abs(y) + north, 89.0))), 0.01)
            found |= (np.abs(columns.latitude - y) <= north) & (np.abs(columns.longitude - x) <= east)
        return found

    def _in_turn(self, row: int) -> Rows:
        """The records entered around one, until no run of even steps goes on at the ends."""
        columns, who = self.work.columns, self.work.enterers
        rows, _ = self.work.entered
        first, last = np.searchsorted(who[rows], (who[row], who[row] + 1))
        place, reach = first + int(np.searchsorted(columns.fids[rows[first:last]], columns.fids[row])), _BESIDE
        while True:
            low, high = max(place - reach, first), min(place + reach + 1, last)
            window = rows[low:high]
            x, y = np.diff(columns.longitude[window]), np.diff(columns.latitude[window])
            uneven = (np.abs(np.diff(x)) > _EVEN) | (np.abs(np.diff(y)) > _EVEN)
            before, behind = uneven[: max(place - low - 1, 0)].any(), uneven[place - low :].any()
            if (before or low == first) and (behind or high == last):
                return window
            reach *= 4


def _among(column: Coded, codes: Rows) -> Flags:
    flags = np.zeros(len(column.values), bool)
    flags[codes] = True
    flags[0] = False
    return flags[column.codes]


def _place(fids: Rows, changed: Rows, gone: Rows) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """Puts what changed records hold among what all hold: in their places where they all have one already."""
    rows = np.searchsorted(fids, changed)
    if not len(gone) and (rows < len(fids)).all() and (fids[rows] == changed).all():

        def put(old: np.ndarray, new: np.ndarray) -> np.ndarray:
            old[rows] = new
            return old

        return put
    stay = np.flatnonzero(~np.isin(fids, np.concatenate((changed, gone))))
    order = np.argsort(np.concatenate((fids[stay], changed)), kind="stable")
    return lambda old, new: np.concatenate((old[stay], new))[order]


def _both(old: Coded, new: Coded) -> tuple[tuple[str, ...], Ints]:
    """The texts of a column with those that are new to it, and the codes that the new records have there."""
    code_of = {text: code for code, text in enumerate(old.values)} if len(new.values) > _FEW else None
    more: list[str] = []
    table = []
    for text in new.values:
        code = _found(old.values, text) if code_of is None else code_of.get(text, -1)
        if code < 0:
            code = len(old.values) + len(more)
            more.append(text)
        table.append(code)
    return (*old.values, *more) if more else old.values, np.array(table, np.int32)[new.codes]


def _found(values: tuple[str, ...], text: str) -> int:
    try:
        return values.index(text)
    except ValueError:
        return -1
