"""Check of what is out of date: sites of which a newer cycle should be there by now."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from math import isnan
from typing import Iterator, Mapping, NamedTuple, Sequence

import numpy as np

from .cadence import CadenceRule, Due, rules_of, run_duties
from .columns import NO_DAY, Coded, Rows, numbered
from .findings import Hit
from .kept import Kept
from .thresholds import plain_name
from .work import Work

_EPOCH = date(1970, 1, 1)
_TEXTS = ("township", "village", "division_code", "producer_name", "site_name", "variety", "cycle", "status")
_UNSAID = ("",) * 6


class _Overdue(NamedTuple):
    """Of which record of a run the next cycle is overdue (by its place in the run), and what is told of it."""

    place: int
    params: Mapping[str, object]


def overdue(work: Work) -> Iterator[Hit]:
    """One finding for the latest record of each site whose next cycle is overdue.

    The records of most producers look like those of many others (cycle, days, and which of them are of one site): such
    runs are judged once, and not once a producer.
    """
    varieties, rules = work.columns.text("variety"), rules_of(work.context.standard)
    order = np.lexsort((work.columns.fids, varieties.codes, work.producers))
    edges = _edges(work.producers[order], varieties.codes[order])
    counted = work.producers > 0
    alike, sites, known = _alike(work).tolist(), _sites(work).tolist(), {}
    listed, starts = order.tolist(), edges.tolist()
    for start, end in zip(starts, starts[1:]):
        rows = listed[start:end]
        rule = rules.get(varieties.values[varieties.codes[rows[0]]])
        if rule is None or not counted[rows[0]]:
            continue
        shape = alike[rows[0]] if len(rows) == 1 else _shape(rows, alike, sites)
        if shape not in known:
            known[shape] = _judged(work, np.array(rows, np.int64), rule)
        for found in known[shape]:
            yield Hit(rows[found.place], found.params)


def _edges(*keys: Rows) -> Rows:
    """Where runs of records begin that have the same keys, and behind the last."""
    changed = [np.flatnonzero(np.diff(key)) + 1 for key in keys]
    return np.unique(np.concatenate(([0], *changed, [len(keys[0])])))


def _alike(work: Work) -> Rows:
    """The same number for records of which everything is the same that decides when their next cycle is due."""
    columns = work.columns
    texts = (columns.text(name).codes for name in ("variety", "cycle", "status"))
    days = (columns.day(name) for name in ("transplanted_on", "collected_on"))
    return numbered(*texts, *days, np.isnan(columns.scale).astype(np.int8))[1]


def _sites(work: Work) -> Rows:
    """The same number for records of a product that :func:`.cadence.site_key` takes for one site."""
    producers, names = (_plain(work.columns.text(field)) for field in ("producer_name", "site_name"))
    divisions = work.columns.text("division_code").codes
    # Where no site was named, the division stands for it.
    place = np.where(work.columns.text("site_name").codes > 0, names, -1 - divisions)
    return producers * (place.max(initial=0) - place.min(initial=0) + 1) + place - place.min(initial=0)


def _plain(names: Coded) -> Rows:
    numbers: dict[str, int] = {}
    of_name = [numbers.setdefault(plain_name(name), len(numbers)) for name in names.values]
    return np.array(of_name, np.int64)[names.codes]


def _shape(rows: Sequence[int], alike: Sequence[int], sites: Sequence[int]) -> tuple[int, ...]:
    local: dict[int, int] = {}
    return tuple(n for row in rows for n in (alike[row], local.setdefault(sites[row], len(local))))


def _judged(work: Work, rows: Rows, rule: CadenceRule) -> tuple[_Overdue, ...]:
    places = {str(row): place for place, row in enumerate(rows.tolist())}
    return tuple(
        _Overdue(
            places[duty.last.uid],
            {"cycle": duty.last.cycle, "next": duty.cycle, "deadline": str(duty.deadline), "days": duty.days},
        )
        for duty in run_duties(_kept(work, rows), rule, work.context.today)
        if duty.state is Due.OVERDUE and duty.last.asked
    )


def _kept(work: Work, rows: Rows) -> list[Kept]:
    """The records as the cadence knows them; their place in the columns stands for the uid."""
    columns = work.columns
    texts = [_texts(columns.text(name), rows) for name in _TEXTS]
    planted, collected = (map(_said, columns.day(name)[rows].tolist()) for name in ("transplanted_on", "collected_on"))
    scales = (None if isnan(scale) else scale for scale in columns.scale[rows].tolist())
    return [
        Kept(fid, str(row), None, *place, producer, "", site, "", *said, scale, "", plant, "", "", day, *_UNSAID, 0)
        for row, fid, scale, plant, day, place, producer, site, said in zip(
            *(rows.tolist(), columns.fids[rows].tolist(), scales, planted, collected),
            *(zip(*texts[:3]), texts[3], texts[4], zip(*texts[5:])),
        )
    ]


def _texts(column: Coded, rows: Rows) -> list[str]:
    return [column.values[code] for code in column.codes[rows].tolist()]


@lru_cache(maxsize=1 << 14)
def _said(day: int) -> str:
    return "" if day == NO_DAY else (_EPOCH + timedelta(int(day))).isoformat()
