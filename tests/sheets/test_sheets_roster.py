"""Rosters of other offices: the producer's column is found however it is headed, and no other one is taken for it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from originmap.core.sheets.roster import read_roster
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.model import load_standard


def roster(folder: Path, *rows: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(folder / "roster.xlsx")
    return list(read_roster(folder / "roster.xlsx", load_standard()))


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (("养殖户名称", "养殖地址"), ("producer_name", "site_address")),
        (("开证主体", "产地"), ("producer_name", "site_address")),
        (("被保险人姓名", "标的地点"), ("producer_name", "site_address")),
        (("家庭农场名称", "所属街道", "所在村"), ("producer_name", "township", "village")),
        (("姓名", "镇", "村委会"), ("producer_name", "township", "village")),
        (("联系人姓名", "单位", "合作社名称"), ("", "", "producer_name")),
        (("法人姓名", "企业全称", "产品名称"), ("", "producer_name", "")),
    ],
)
def test_columns_are_known_by_how_their_headings_end(tmp_path, headings, fields):
    values = tuple(f"值{number}" for number in range(len(headings)))
    (read,) = roster(tmp_path, ("二〇二六年名册",), headings, values)
    assert read == (3, {field: value for field, value in zip(fields, values) if field})


def test_a_list_without_producers_is_refused(tmp_path):
    with pytest.raises(OriginMapError, match="roster.xlsx"):
        roster(tmp_path, ("联系人姓名", "联系电话", "产品名称"), ("张三", "13800000001", "豇豆"))
