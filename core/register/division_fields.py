"""Which column of a layer or a list holds a division's code, its name, its centre: guessed, for a person to correct."""

from __future__ import annotations

import re
from typing import Mapping, Optional, Sequence

from ..places.divisions import CODE_LENGTHS
from ..sheets.headings import normal, notes_of
from .divisions import DivisionFields

_LENGTHS = frozenset(CODE_LENGTHS.values())
# As the national databases of land and of statistics, map services and county lists call them; the surest first.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "code": (
        *("xzqdm", "行政区划代码", "区划代码", "统计用区划代码", "行政区代码", "行政编码", "村代码", "村编码"),
        *("乡镇代码", "县代码", "xzqhdm", "xzdm", "qhdm", "zldwdm", "adcode", "pac", "code", "代码", "编码", "dm"),
    ),
    "name": (
        *("xzqmc", "行政区划名称", "行政区名称", "村名称", "村名", "村", "行政村", "村委会", "社区", "区划名称"),
        *("乡镇名称", "乡镇", "县名称", "xzqhmc", "xzmc", "qhmc", "zldwmc", "adname", "name", "名称", "mc"),
    ),
    "longitude": ("经度", "东经", "中心经度", "longitude", "lon", "lng", "jd", "x", "x坐标"),
    "latitude": ("纬度", "北纬", "中心纬度", "latitude", "lat", "wd", "y", "y坐标"),
    "aliases": ("别名", "俗称", "曾用名", "又名", "俗名", "alias", "aliases", "bm"),
}
_PARTS = {"code": re.compile(r"代码|编码|code$|dm$"), "name": re.compile(r"名称|name$|mc$|村名")}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MOST = 0.8


def guess_fields(names: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> DivisionFields:
    """The fields as far as their names, or for code and name their values, tell; empty where nothing does.

    Args:
        names: of the columns.
        rows: a sample of the values, one text per column.
    """
    plain = [notes_of(normal(name))[0] for name in names]
    found = {role: _by_name(role, plain) for role in _NAMES}
    if found["code"] is None:
        found["code"] = _by_values(rows, len(names), looks_like_code)
    if found["name"] is None:
        found["name"] = _by_values(rows, len(names), lambda text: bool(_CHINESE.search(text)))
    return DivisionFields(**{role: "" if at is None else names[at] for role, at in found.items()})


def looks_like_code(text: str) -> bool:
    """Whether a value has the form of a division code."""
    return text.isascii() and text.isdigit() and len(text) in _LENGTHS


def _by_name(role: str, plain: Sequence[str]) -> Optional[int]:
    for wanted in _NAMES[role]:
        if wanted in plain:
            return plain.index(wanted)
    pattern = _PARTS.get(role)
    return next((at for at, name in enumerate(plain) if pattern and pattern.search(name)), None)


def _by_values(rows: Sequence[Sequence[str]], count: int, fits) -> Optional[int]:  # type: ignore[no-untyped-def]
    for at in range(count):
        values = [row[at] for row in rows if at < len(row) and row[at]]
        if values and sum(map(fits, values)) >= _MOST * len(values):
            return at
    return None
