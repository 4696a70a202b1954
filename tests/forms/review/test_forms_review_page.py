"""Who may review, what other pages tell a reviewer, old registers, the page's width and what it leaves behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QPushButton

from originmap.core.register.errors import RegisterError
from originmap.core.review.process import Event
from originmap.forms.profile import Profile
from originmap.forms.start.page import StartPage

from ...records import point
from .conftest import REVIEWER, key, settle, status_of


def test_nobody_reviews_without_the_role_nor_what_they_collected(register, put, open_page, qtbot, workbench):
    uid = put("甲农场", 5)
    page = open_page(replace(REVIEWER, review_role="collector"))
    notice = page.findChild(QLabel, "originmap_review_notice")
    page.next()
    assert notice.isVisible() and "审核员" in notice.text()
    key(page, qtbot, Qt.Key.Key_F9)
    settle(page, qtbot)
    assert status_of(register, uid) == "submitted"
    page.ask_bulk()
    assert page.bulk.event_wanted is Event.SUBMIT
    page.choose(uid)
    workbench.set_profile(Profile(name="王示例", phone="13800003456", review_role="reviewer"))
    assert not page.findChild(QPushButton, "originmap_review_approve").isEnabled() and notice.text()
    workbench.set_profile(REVIEWER)
    assert page.findChild(QPushButton, "originmap_review_approve").isEnabled()


def test_a_register_of_the_first_version_that_can_only_be_read_shows_what_waits(register, put, open_page, monkeypatch):
    put("甲农场", 5)
    for kind, name in register.connection.execute("SELECT type, name FROM sqlite_master").fetchall():
        if kind in ("trigger", "view") and "review" in name:
            register.connection.execute(f'DROP {kind} "{name}"')
    for statement in ("DROP INDEX record_review", "DROP TABLE review_comment", "DROP TABLE review_event"):
        register.connection.execute(statement)
    refusal = RegisterError("REGISTER_READ_ONLY", file="档案库.gpkg")
    monkeypatch.setattr("originmap.forms.session._try_writing", lambda path: (refusal, None))
    page = open_page()
    page.next()
    assert page.work.looked.item.producer == "甲农场" and page.lists.model.totals.waiting == 1
    assert "只读" in page.findChild(QLabel, "originmap_review_notice").text()
    assert not page.findChild(QPushButton, "originmap_review_approve").isEnabled()


def test_it_fits_a_narrow_dock_and_leaves_nothing_on_the_map(put, open_page, qtbot, iface):
    put("甲农场", 5)
    put("近邻", 1, geom=point(110.5, 19.5027))
    before = len(iface.mapCanvas().scene().items())
    page = open_page()
    page.next()
    page._ask_return()
    assert page.minimumSizeHint().width() <= 340
    page.ask_bulk()
    assert page.minimumSizeHint().width() <= 340
    page.leave()
    assert page._map._moved._shown == (None, None)
    page.release()
    assert len(iface.mapCanvas().scene().items()) == before
    page.release = lambda: None


def test_the_options_keep_what_a_person_is_in_the_review(workbench, register_path):
    from originmap.plugin.options import OptionsPage

    workbench.open(Path(register_path))
    page = OptionsPage(workbench)
    page._review_role.setCurrentIndex(page._review_role.findData("reviewer"))
    page.apply()
    assert Profile.load().review_role == "reviewer"
    page.deleteLater()


def test_the_start_page_tells_a_reviewer_what_waits_and_leads_there(workbench, put, register_path, qtbot):
    put("本镇农场")
    put("外镇农场", township="河口镇", division_code="999901103001")
    page = StartPage(workbench)
    page.show()
    waiting = page.findChild(QPushButton, "originmap_start_review")
    workbench.set_profile(REVIEWER)
    workbench.open(register_path)
    qtbot.waitUntil(lambda: waiting.isVisible() and "2" in waiting.text())
    workbench.set_profile(replace(REVIEWER, area_code="999901101"))
    qtbot.waitUntil(lambda: "1" in waiting.text())
    with qtbot.waitSignal(workbench.page_wanted):
        waiting.click()
    workbench.set_profile(replace(REVIEWER, review_role="collector"))
    qtbot.waitUntil(lambda: not waiting.isVisible())
    page.release()
