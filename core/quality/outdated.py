"""Check of what is out of date: sites of which a newer cycle should be there by now."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from math import isnan
from typing import Iterator

import numpy as np

from .cadence import Due, rules_of, run_duties
from .columns import NO_DAY, Coded, Rows
from .findings import Hit
from .kept import Kept
from .work import Work

_EPOCH = date(1970, 1, 1)
_TEXTS = ("township", "village", "division_code", "producer_name", "site_name", "variety", "cycle", "status")
_UNSAID = ("",) * 6


def overdue(work: Work) -> Iterator[Hit]:
    """One finding for the latest record of each site whose next cycle is overdue."""
    varieties = work.columns.text("variety")
    rules = rules_of(work.context.standard)
    order = np.lexsort((work.columns.fids, varieties.codes, work.producers))
    keys = zip(work.producers[order].tolist(), varieties.codes[order].tolist())
    for (producer, variety), run in groupby(zip(keys, order.tolist()), key=lambda pair: pair[0]):
        rule = rules.get(varieties.values[variety])
        if rule is None or not producer:
            continue
        places = np.array([row for _, row in run], np.int64)
        for duty in run_duties(_kept(work, places), rule, work.context.today):
            if duty.state is Due.OVERDUE and duty.last.asked:
                params = {"cycle": duty.last.cycle, "next": duty.cycle, "deadline": str(duty.deadline)}
                yield Hit(int(duty.last.uid), {**params, "days": duty.days})


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
