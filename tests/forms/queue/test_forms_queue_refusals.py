"""What goes wrong: a locked file, a refused step, a register that can only be read or that closes."""

from __future__ import annotations

import sqlite3

import pytest
from qgis.PyQt.QtWidgets import QWidget

from originmap.core.register.errors import RegisterError

from .conftest import click_map, near, place_of, said, stored


def test_while_the_file_is_locked_the_click_is_kept_and_the_record_stays(open_page, rough, path, qtbot):
    first, second = rough
    page = open_page()
    page.next()
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    wanted = near(page, 20.0)
    click_map(page, qtbot, wanted)
    assert page.work.item.uid == first and "Somebody else" in said(page)
    click_map(page, qtbot, near(page, -20.0))
    page.next()
    assert page.work.item.uid == first
    writer.execute("COMMIT")
    writer.close()
    qtbot.waitUntil(lambda: page.work.item.uid == second)
    assert place_of(stored(path, first)) == pytest.approx(wanted, abs=2e-5)
    assert stored(path, second)["point_quality"] == "approximate" and "乙农场" in said(page)


def test_what_is_refused_stays_at_hand_and_can_be_tried_again(open_page, rough, path, qtbot, workbench):
    page = open_page()
    page.next()
    workbench.session.layer.startEditing()
    wanted = near(page, 25.0)
    click_map(page, qtbot, wanted)
    assert page.ask.asking and page.work.item.uid == rough[0]
    assert stored(path, rough[0])["point_quality"] == "approximate"
    workbench.session.layer.rollBack()
    page.findChild(QWidget, "originmap_ask_0").click()
    assert place_of(stored(path, rough[0])) == pytest.approx(wanted, abs=2e-5)
    assert page.work.item.uid == rough[1]


def test_a_register_that_cannot_be_written_can_be_looked_through(open_page, rough, workbench):
    page = open_page()
    workbench.session.read_only = RegisterError("REGISTER_READ_ONLY", file="档案库.gpkg")
    page.next()
    assert page.work.item.uid == rough[0] and not page.place_bar.armed
    enabled = {
        name: page.findChild(QWidget, f"originmap_queue_{name}").isEnabled() for name in ("verify", "aside", "form")
    }
    assert enabled == {"verify": False, "aside": False, "form": True}


def test_a_register_that_closes_takes_its_records_along(open_page, rough, workbench, qtbot):
    page = open_page()
    page.next()
    workbench.close()
    assert page.work.item is None and page.lists.model.rowCount() == 0 and not page.place_bar.armed
