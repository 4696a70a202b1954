"""Checks of scale: impossible for the variety, far from what is usual there, or below the threshold of collection."""

from __future__ import annotations

from typing import Iterator, NamedTuple

import numpy as np

from .columns import Flags, Floats, Ints, Rows
from .findings import Hit
from .work import Work

# So many records of a variety and type of producer give a usual size of their own.
_LEAST_GROUP = 20
# So many sites of a producer say what is usual with it.
_MANY_SITES = 4
# Of firms fewer will do: what is usual in households tells nothing about them.
_LEAST_FIRMS = 8
_SMALL = ("household", "")
# So many times as large a firm may be as what is usual where too few firms are known.
_FIRM_TIMES = 8.0
# Records of one county are never so alike that the median absolute deviation of their logarithms tells nothing.
_LEAST_SPREAD = 0.35
_SPREAD_OF_FEW = 0.9
_MAD_TO_SIGMA = 1.4826
# From how many records on all of them tell what is usual, firms and others apart, each kind of producer.
_STEPS = (_LEAST_GROUP, _LEAST_FIRMS, _LEAST_GROUP)


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
    odd &= ~_as_own(work, rows)
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


class _Usual(NamedTuple):
    """Median and spread of the logarithms of the scales in a group; ``firms`` is whether there are none but firms."""

    middle: float
    spread: float
    firms: bool


def _usual(work: Work, rows: Rows) -> tuple[Floats, Floats]:
    """The usual scale beside each record, and by how many standard deviations (robust, of logarithms) it differs."""
    logs, known = np.log(work.columns.scale[rows]), work.overall(_known_usual)
    middle, deviation = np.full(len(rows), np.nan), np.zeros(len(rows))
    firms = _firms(work)[rows]
    for step in range(len(_STEPS)):
        for group in _groups(work, rows, step):
            usual = known.get(_name_of(work, int(rows[group[0]]), step)) if len(group) else None
            if usual is None:
                continue
            # As long as nothing but all producers together are known, a firm may well be larger.
            larger = np.where(firms[group] & (not usual.firms), np.log(_FIRM_TIMES), 0.0)
            middle[group] = usual.middle + larger
            spread = np.where(larger > 0, max(usual.spread, 1.0), usual.spread)
            deviation[group] = np.abs(logs[group] - middle[group]) / spread
    return np.exp(middle), deviation


def _known_usual(work: Work) -> dict[tuple[str, ...], _Usual]:
    """What is usual in each group that is large enough."""
    rows = np.flatnonzero(work.live & (work.columns.scale > 0) & (work.columns.text("variety").codes > 0))
    logs, firms, known = np.log(work.columns.scale[rows]), _firms(work)[rows], {}
    for step, least in enumerate(_STEPS):
        for group in _groups(work, rows, step):
            alone = bool(firms[group].all())
            if len(group) < (least if alone else _LEAST_GROUP):
                continue
            # Each producer counts once: one with twenty sheds does not make sheds the usual size of a farm.
            own_logs = logs[group[np.unique(work.producers[rows[group]], return_index=True)[1]]]
            median = float(np.median(own_logs))
            least_spread = _LEAST_SPREAD if len(own_logs) >= _LEAST_GROUP else _SPREAD_OF_FEW
            spread = max(_MAD_TO_SIGMA * float(np.median(np.abs(own_logs - median))), least_spread)
            known[_name_of(work, int(rows[group[0]]), step)] = _Usual(median, spread, alone)
    return known


def _firms(work: Work) -> Flags:
    return ~work.columns.text("producer_type").among(_SMALL)


def _name_of(work: Work, row: int, step: int) -> tuple[str, ...]:
    variety, facility, kind = (work.columns.text(name).at(row) for name in ("variety", "facility", "producer_type"))
    return str(step), ("", str(kind in _SMALL), kind)[step], variety, facility


def _as_own(work: Work, rows: Rows) -> Flags:
    """Which records are as large as the producer's many others of that variety and cycle: sheds, ponds, small plots."""
    columns, result = work.columns, np.zeros(len(rows), bool)
    keys = work.producers[rows].astype(np.int64)
    for name in ("variety", "cycle"):
        column = columns.text(name)
        keys = keys * len(column.values) + column.codes[rows]
    _, which, counts = np.unique(keys, return_inverse=True, return_counts=True)
    many = np.flatnonzero((counts[which] >= _MANY_SITES) & (work.producers[rows] > 0))
    many = many[np.argsort(which[many], kind="stable")]
    for own in np.split(many, np.flatnonzero(np.diff(which[many])) + 1) if len(many) else ():
        logs = np.log(columns.scale[rows[own]])
        result[own] = np.abs(logs - np.median(logs)) < np.log(work.context.limits.scale_factor)
    return result


def _groups(work: Work, rows: Rows, step: int) -> Iterator[Rows]:
    """Places of the records of one variety and facility: all, firms and others, each kind of producer."""
    owns = np.zeros(len(work.columns), bool), _firms(work), work.columns.text("producer_type").codes
    keys = owns[step][rows].astype(np.int64)
    for name in ("variety", "facility"):
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
