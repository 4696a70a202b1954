"""Check of what is out of date: sites of which a newer cycle should be there by now."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Iterator

import numpy as np

from .cadence import Due, rules_of, run_duties
from .columns import NO_DAY, Rows
from .findings import Hit
from .kept import Kept
from .work import Work

_EPOCH = date(1970, 1, 1)


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
    texts = [
        columns.text(name)
        for name in ("township", "village", "division_code", "producer_name", "site_name", "variety", "cycle", "status")
    ]
    days = [columns.day(name) for name in ("transplanted_on", "market_start", "market_end", "collected_on")]
    found = []
    for row in rows.tolist():
        township, village, division, producer, site, variety, cycle, status = (text.at(row) for text in texts)
        planted, start, end, collected = (_said(day[row]) for day in days)
        scale = None if np.isnan(columns.scale[row]) else float(columns.scale[row])
        place = int(columns.fids[row]), str(row), None, township, village, division, producer, "", site, ""
        found.append(
            Kept(*place, variety, cycle, status, scale, "", planted, start, end, collected, *[""] * 6, 0)  # type: ignore[arg-type]
        )
    return found


def _said(day: int) -> str:
    return "" if day == NO_DAY else (_EPOCH + timedelta(int(day))).isoformat()
