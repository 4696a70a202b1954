"""The register's file goes or becomes another while people work: each page says so, and nothing typed is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsRectangle

from originmap.core.register.errors import RegisterError
from originmap.core.register.geometry import point_blobs
from originmap.core.register.register import Register
from originmap.core.register.rows import read_record
from originmap.forms.pages import Page
from originmap.forms.panel import Panel

UID = "00000000-0000-4000-8000-000000000001"
WAITING = {
    "uid": UID, "status": "draft", "county": "示例县", "township": "石湾镇", "village": "青塘村", "variety": "cowpea",
    "cycle": "2026-春茬", "producer_name": "甲", "point_quality": "approximate", "origin": "workbook",
}  # fmt: skip


def _deleted(path: Path) -> None:
    path.unlink()


def _overwritten(path: Path) -> None:
    path.write_bytes(b"no register" * 100_000)


def _another(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (b)")


@pytest.fixture
def panel(opened, register_path, qtbot, tmp_path, monkeypatch):
    """All pages were looked at, something is typed on the one, and a record is at hand on the other."""
    monkeypatch.setattr("originmap.forms.collect.keeping._FOLDER", str(tmp_path / "drafts"))
    with Register.open(register_path) as register:
        row = {**WAITING, "geom": point_blobs(np.array([110.5]), np.array([19.5]))[0]}
        marks = ", ".join("?" * len(row))
        register.connection.execute(f"INSERT INTO record ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    opened.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    opened.canvas.setExtent(QgsRectangle(110.5, 19.5, 110.501, 19.501))
    panel = Panel(opened)
    panel.resize(360, 800)
    panel.show()
    for page in Page:
        panel.show_page(page)
        qtbot.wait(50)
    panel.show_page(Page.COLLECT)
    collect = panel.page_widget(Page.COLLECT)
    collect.picker.choose("cowpea")
    collect.place.place(QgsPointXY(110.6, 19.6))
    collect.desk.sheet.form.set_value("producer_name", "没有丢")
    panel.show_page(Page.QUEUE)
    panel.page_widget(Page.QUEUE).next()
    yield panel
    panel.release()
    panel.deleteLater()


@pytest.mark.parametrize("fault", [_deleted, _overwritten, _another])
def test_every_page_says_so_and_what_is_typed_is_kept(panel, opened, register_path, qtbot, tmp_path, fault):
    told = []
    opened.tell_error = lambda error: told.append(error.code)
    collect, queue, review = (panel.page_widget(page) for page in (Page.COLLECT, Page.QUEUE, Page.REVIEW))
    fault(register_path)
    # What a page's methods raise fails the test: pytest-qt hears of it.
    for page in Page:
        panel.show_page(page)
        qtbot.wait(50)
    panel.show_page(Page.COLLECT)
    told.clear()
    collect.desk.save()
    assert told and set(told) <= {"REGISTER_NOT_FOUND", "REGISTER_NOT_ONE"}
    panel.show_page(Page.QUEUE)
    queue.next()
    queue.place_bar.place(QgsPointXY(110.5, 19.5))
    queue.ask.dismiss()
    queue.work.put_aside("无法联系")
    queue.ask.dismiss()
    queue._ask_verify()
    review.work.choose(UID)
    review.lists.count()
    opened.show_history(UID)
    panel.page_widget(Page.ONE_MAP).apply()
    qtbot.wait(50)
    (kept,) = (tmp_path / "drafts").rglob("*.json")
    assert "没有丢" in kept.read_text(encoding="utf-8")
    opened.refresh()
    assert opened.session is None and panel.page is Page.START


@pytest.mark.parametrize("content", [None, b""])
def test_an_empty_file_is_no_register(tmp_path, content):
    """QGIS leaves an empty file where a register was that it had open."""
    path = tmp_path / "档案库.gpkg"
    if content is not None:
        path.write_bytes(content)
    for look in (lambda: Register.open(path, read_only=True), lambda: read_record(path, UID)):
        with pytest.raises(RegisterError) as error:
            look()
        assert error.value.code == "REGISTER_NOT_FOUND"
