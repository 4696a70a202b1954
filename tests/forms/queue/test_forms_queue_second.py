"""Two people at one record of the queue: who comes second is told, and overwrites nothing unasked."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtWidgets import QLabel, QWidget

from originmap.core.register.changing import change
from originmap.core.register.register import Register
from originmap.core.review.person import Person

from .conftest import click_map, near, place_of, stored


@pytest.mark.parametrize("mine", [True, False])
def test_who_comes_second_is_told_and_overwrites_nothing_unasked(open_page, rough, path, qtbot, workbench, mine):
    first, second = rough
    page = open_page()
    page.next()
    wanted, theirs = near(page, 25.0), near(page, -40.0)
    with Register.open(path) as register:
        change(register, first, {"point_quality": "exact", "point_method": "gps"}, Person("赵审核"), point=theirs)
    click_map(page, qtbot, wanted)
    row = stored(path, first)
    assert (place_of(row), row["point_method"]) == (pytest.approx(theirs), "gps")
    assert page.ask.asking and "赵审核" in page.ask.findChild(QLabel).text()
    # What the other one did is at hand now.
    assert page.work.item.uid == first and page.work.item.guess == pytest.approx(theirs)
    page.findChild(QWidget, "originmap_ask_0" if mine else "originmap_ask_1").click()
    row = stored(path, first)
    assert (row["point_method"] == "gps") is not mine and not page.ask.asking
    assert place_of(row) == pytest.approx(wanted if mine else theirs, abs=2e-5)
    assert page.work.item.uid == second


def test_what_others_put_aside_or_verified_meanwhile_stays(open_page, rough, path, qtbot):
    first, _ = rough
    page = open_page()
    page.next()
    with Register.open(path) as register:
        change(register, first, {"aside_reason": "已搬走", "verified_by": "赵审核"}, Person("赵审核"))
    page.work.put_aside("电话打不通")
    assert stored(path, first)["aside_reason"] == "已搬走" and page.ask.asking
    page.findChild(QWidget, "originmap_ask_1").click()
    page.work.choose(first)
    with Register.open(path) as register:
        change(register, first, {"verified_by": "钱审核"}, Person("钱审核"))
    page.work.verify(page.work.item, ("site_visit",), "2026-05-01", "王示例")
    assert stored(path, first)["verified_by"] == "钱审核" and page.ask.asking
