"""Matching of rosters, townships that stand out, and scale that halved: what is found, and what is left in peace."""

from __future__ import annotations

import openpyxl
import pytest

from originmap.core.quality.omissions import (
    KnownProducer,
    RosterEntry,
    Township,
    score_of,
    standing_out,
    unmatched,
)
from originmap.core.sheets.roster import read_roster
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.model import load_standard

KNOWN = [
    KnownProducer("石湾豇豆种植专业合作社", "石湾镇", "青塘村", "93460000MA5T000001"),
    KnownProducer("王大明", "石湾镇", "青塘村", ""),
    KnownProducer("王大明", "大岭镇", "山脚村", ""),
]


@pytest.mark.parametrize(
    ("entry", "matched"),
    [
        (RosterEntry(1, "任何名称", credit_code="93460000MA5T000001"), True),
        (RosterEntry(2, "石湾豇豆种植农民专业合作社", "石湾镇"), True),
        (RosterEntry(3, "石湾豇豆种植（专业合作社）"), True),
        (RosterEntry(4, "王大明", "大岭镇", "山脚村"), True),
        (RosterEntry(5, "王大明", "云溪镇"), False),  # a name alone is no producer, in another township
        (RosterEntry(6, "王小明", "石湾镇"), False),
        (RosterEntry(7, "云岭禽蛋有限公司", "石湾镇"), False),
    ],
)
def test_a_roster_is_matched_by_code_or_by_name_and_place(entry: RosterEntry, matched: bool):
    gaps = list(unmatched([entry], KNOWN))
    assert [gap.row for gap in gaps] == ([] if matched else [entry.row])
    assert all(gap.score == max(score_of(entry, known) for known in KNOWN) for gap in gaps if gap.candidate)


def test_a_township_stands_out_by_three_times_and_beyond_chance():
    def townships(*sites: int) -> list[Township]:
        codes = [f"99990110{number}" for number in range(len(sites))]
        around = {code: tuple(other for other in codes if other != code) for code in codes}
        return [Township(code, code[-1], count, 10.0, around[code]) for code, count in zip(codes, sites)]

    assert [(gap.township, gap.then, gap.now) for gap in standing_out(townships(40, 42, 38, 4), "egg")] == [
        ("3", 40, 4)
    ]
    assert [gap.township for gap in standing_out(townships(10, 11, 9, 60), "egg")] == ["3"]
    assert standing_out(townships(2, 2, 2, 0), "egg") == []  # too few to say anything
    assert standing_out(townships(40, 20), "egg") == []  # one neighbour is no measure


@pytest.mark.parametrize(
    "rows, code, said",
    [
        ([("序号", "证书编号"), ("1", "A-7")], "ROSTER_NO_NAMES", ("序号、证书编号", "单位名称")),
        ([("序号", "单位名称"), ("1", "")], "ROSTER_EMPTY", ("没有填名称", "表头下面")),
    ],
)
def test_a_list_that_cannot_be_read_says_what_to_do(tmp_path, rows, code, said):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    with pytest.raises(OriginMapError, match=code) as refused:
        list(read_roster(tmp_path / "名单.xlsx", load_standard()))
    assert all(part in refused.value.sentence("zh") for part in said)
