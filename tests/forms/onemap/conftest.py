"""The one map's page in front, over four drafts in three villages; what a person ticks and reads on it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QToolButton

from originmap.core.places.divisions import DivisionLevel
from originmap.core.register.geometry import point_blobs
from originmap.core.register.register import Register
from originmap.forms.onemap.page import OneMapPage
from originmap.forms.onemap.tick_tree import TickTree
from originmap.forms.workbench import Workbench

SHIWAN, QINGTANG, TAIPING = "999901101", "999901101001", "999901101002"
RECORDS = (
    ("甲农场", "cowpea", QINGTANG, 12.0, "mu", "2026-04-01", "2026-06-30"),
    ("乙农场", "cowpea", TAIPING, 3.0, "mu", "2026-11-20", "2027-02-10"),
    ("丙猪场", "pig", QINGTANG, 600.0, "head", "2026-01-01", "2026-12-31"),
    ("丁合作社", "celery", "999901102001", 40.0, "mu", None, None),
)


@pytest.fixture
def filled(opened, register_path):
    """Four drafts in three villages; the layer knows of them."""
    with Register.open(register_path) as register:
        for code, name, level in (
            (SHIWAN, "石湾镇", DivisionLevel.TOWNSHIP),
            (QINGTANG, "青塘村", DivisionLevel.VILLAGE),
            (TAIPING, "太平村", DivisionLevel.VILLAGE),
            ("999901102", "河口镇", DivisionLevel.TOWNSHIP),
        ):
            division = "INSERT INTO division (code, name, level) VALUES (?, ?, ?)"
            register.connection.execute(division, (code, name, level.value))
        for place, record in enumerate(RECORDS):
            blob = point_blobs(np.array([110.2 + place / 100]), np.array([19.5]))[0]
            register.connection.execute(
                "INSERT INTO record (uid, status, cycle, point_quality, origin, geom, producer_name, variety, "
                "division_code, scale, unit, market_start, market_end) "
                "VALUES (?, 'draft', '2026-春茬', 'exact', 'workbook', ?, ?, ?, ?, ?, ?, ?, ?)",
                (str(uuid.UUID(int=place)), blob, *record),
            )
    opened.refresh()
    return opened


@contextmanager
def in_front(workbench: Workbench, qtbot) -> Iterator[OneMapPage]:
    """The page over an open register, in a window of its usual size."""
    made = OneMapPage(workbench)
    made.resize(360, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.enter()
    yield made
    made.release()
    made.close()
    made.deleteLater()


@pytest.fixture
def page(filled, qtbot, monkeypatch):
    """In front, everything counted."""
    monkeypatch.setattr("originmap.core.locale.locale_name", lambda: "zh-Hans")
    with in_front(filled, qtbot) as made:
        qtbot.waitUntil(lambda: not made.counting)
        yield made


def tree(page: OneMapPage, name: str) -> TickTree:
    found = page.findChild(TickTree, f"originmap_onemap_{name}")
    section = page.findChild(QToolButton, f"originmap_onemap_section_{name}")
    if not found.isVisible():
        section.click()
    return found


def line(ticks: TickTree, title: str):
    return ticks.findItems(title, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 0)[0]


def click(qtbot, ticks: TickTree, title: str) -> None:
    item = line(ticks, title)
    ticks.scrollToItem(item)
    where = ticks.visualItemRect(item).center()
    qtbot.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=where)


def counts(ticks: TickTree) -> dict[str, str]:
    return {item.text(0): item.text(1) for item in ticks.findItems("*", WILD, 0)}


WILD = Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive


def press(page, name: str) -> None:
    page.findChild((QPushButton, QToolButton), f"originmap_onemap_{name}").click()


def text_of(page, name: str) -> str:
    return page.findChild(QLabel, f"originmap_onemap_{name}").text()


def names(layer) -> list[str]:
    return sorted(feature["producer_name"] for feature in layer.getFeatures())


def said(workbench) -> list[str]:
    return [item.text() for item in workbench.iface.messageBar().items()]
