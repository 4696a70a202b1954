"""Checks of scale: impossible for the variety, far from what is usual there, or below the threshold of collection."""

from __future__ import annotations

from typing import Iterator

import numpy as np

from .columns import Floats, Ints, Rows
from .findings import Hit
from .work import Work

# So many records of a variety and type of producer give a usual size of their own.
_LEAST_GROUP = 20
# Records of one county are never so alike that the median absolute deviation of their logarithms tells nothing.
_LEAST_SPREAD = 0.35
_MAD_TO_SIGMA = 1.4826
_GROUPED_BY = (("variety", "facility"), ("variety", "facility", "producer_type"))


def implausible(work: Work) -> Iterator[Hit]:
    """Scales above the limit of the standard, or many times what is usual for the variety and type of producer."""
    columns = work.columns
    rows = np.flatnonzero(work.live & (columns.scale > 0) & (columns.text("variety").codes > 0))
    most = _most(work, rows)
    usual, deviates = _usual(work, rows)
    factor = np.maximum(columns.scale[rows] / usual, usual / columns.scale[rows])
    limits = work.context.limits
    # Small producers are common, large ones rare: what is too little has to be so by more.
    allowed = np.where(columns.scale[rows] < usual, 2.0, 1.0) * limits.scale_factor
    odd = (deviates > limits.scale_deviations) & (factor >= allowed)
    above = columns.scale[rows] > most
    for place in np.flatnonzero(odd | above).tolist():
        row = int(rows[place])
        params = {**_amount(work, row), "usual": _figure(usual[place]), "most": _figure(most[place])}
        yield Hit(row, params, code="" if odd[place] else "SCALE_IMPOSSIBLE")


def _most(work: Work, rows: Rows) -> Floats:
    varieties, types = (work.columns.text(name) for name in ("variety", "producer_type"))
    limits = work.context.limits.varieties
    table = np.full((len(varieties.values), len(types.values)), np.inf)
    for place, variety in enumerate(varieties.values):
        if variety in limits:
            most = limits[variety].scale_most
            table[place] = [most.get(kind, max(most.values())) for kind in types.values]
    return table[varieties.codes[rows], types.codes[rows]]


def _usual(work: Work, rows: Rows) -> tuple[Floats, Floats]:
    """The usual scale beside each record, and by how many standard deviations (robust, of logarithms) it differs."""
    logs, usual = np.log(work.columns.scale[rows]), work.overall(_usual_logs)
    middle, deviation = np.full(len(rows), np.nan), np.zeros(len(rows))
    for fields in _GROUPED_BY:
        for group in _groups(work, rows, fields):
            found = usual.get(_name_of(work, int(rows[group[0]]), fields)) if len(group) else None
            if found is not None:
                middle[group], deviation[group] = found[0], np.abs(logs[group] - found[0]) / found[1]
    return np.exp(middle), deviation


def _usual_logs(work: Work) -> dict[tuple[str, ...], tuple[float, float]]:
    """Median and spread of the logarithms of the scales in each group that is large enough."""
    rows = np.flatnonzero(work.live & (work.columns.scale > 0) & (work.columns.text("variety").codes > 0))
    logs, usual = np.log(work.columns.scale[rows]), {}
    for fields in _GROUPED_BY:
        for group in _groups(work, rows, fields):
            if len(group) >= _LEAST_GROUP:
                median = float(np.median(logs[group]))
                spread = max(_MAD_TO_SIGMA * float(np.median(np.abs(logs[group] - median))), _LEAST_SPREAD)
                usual[_name_of(work, int(rows[group[0]]), fields)] = median, spread
    return usual


def _name_of(work: Work, row: int, fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(work.columns.text(name).at(row) for name in fields)


def _groups(work: Work, rows: Rows, fields: tuple[str, ...]) -> Iterator[Rows]:
    keys = np.zeros(len(rows), np.int64)
    for name in fields:
        column = work.columns.text(name)
        keys = keys * len(column.values) + column.codes[rows]
    order = np.argsort(keys, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(keys[order])) + 1)


def below_threshold(work: Work) -> Iterator[Hit]:
    """Records of producers whose sum over all sites stays below the threshold in that cycle (R-077).

    Ponds and engineered facilities count apart, each against its own threshold.
    """
    columns = work.columns
    rows = np.flatnonzero(work.live & (columns.scale > 0) & (columns.text("variety").codes > 0))
    threshold = _thresholds(work)[columns.text("variety").codes[rows], columns.text("facility").codes[rows]]
    keys = work.producers[rows].astype(np.int64)
    for name in ("variety", "cycle", "facility"):
        column: tuple[Ints, tuple[str, ...]] = columns.text(name)
        keys = keys * len(column[1]) + column[0][rows]
    _, which = np.unique(keys, return_inverse=True)
    total = np.bincount(which, columns.scale[rows], minlength=len(rows))[which] if len(rows) else np.zeros(0)
    for place in np.flatnonzero(total < threshold).tolist():
        row = int(rows[place])
        yield Hit(row, {**_amount(work, row), "total": _figure(total[place]), "threshold": _figure(threshold[place])})


def _thresholds(work: Work) -> Floats:
    varieties, facilities = (work.columns.text(name) for name in ("variety", "facility"))
    known = {variety.code: variety for variety in work.context.standard.varieties}
    return np.array(
        [
            [known[code].threshold_of(facility) if code in known else 0.0 for facility in facilities.values]
            for code in varieties.values
        ]
    )


def _amount(work: Work, row: int) -> dict[str, object]:
    standard, columns = work.context.standard, work.columns
    code = columns.text("variety").at(row)
    variety = next((one for one in standard.varieties if one.code == code), None)
    unit = columns.text("unit").at(row) or (variety.unit if variety else "")
    titles = {choice.code: choice.title for choice in standard.choices("unit")}
    title = variety.title if variety else code
    return {"value": _figure(columns.scale[row]), "unit": titles.get(unit, unit), "variety": title}


def _figure(value: float) -> str:
    if not np.isfinite(value):
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}".rstrip("0").rstrip(".")
