"""One step upon many records: what stays and why, words for all of them, and all of it taken back."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QComboBox, QLineEdit, QPushButton, QTreeWidget

from .conftest import settle, status_of


def test_many_at_once_tells_what_stays_and_why_and_is_taken_back_at_once(register, put, open_page, qtbot):
    good = [put(f"农场{number}", None) for number in range(4)]
    bad = put("缺规模农场", None, scale=None)
    page = open_page()
    page.findChild(QPushButton, "originmap_review_bulk").click()
    page.bulk._events.button(2).click()
    qtbot.waitUntil(lambda: not page.bulk.looking)
    stays = page.findChild(QTreeWidget, "originmap_bulk_stays")
    assert stays.topLevelItemCount() == 1 and "缺规模农场" in stays.topLevelItem(0).child(0).text(0)
    assert "规模" in stays.topLevelItem(0).text(0)
    page.findChild(QPushButton, "originmap_bulk_go").click()
    settle(page, qtbot)
    assert {status_of(register, uid) for uid in good} == {"submitted"} and status_of(register, bad) == "draft"
    assert page.lists.isVisible() and page.lists.model.totals.waiting == 4
    page.findChild(QPushButton, "originmap_review_outcome_undo").click()
    settle(page, qtbot)
    assert {status_of(register, uid) for uid in good} == {"draft"} and page.lists.model.totals.waiting == 0


def test_many_are_returned_with_words_at_a_field(register, put, open_page, qtbot):
    uids = [put(f"农场{number}", 1) for number in range(2)]
    page = open_page()
    page.ask_bulk()
    page.bulk._events.button(1).click()
    qtbot.waitUntil(lambda: not page.bulk.looking)
    fields = page.findChild(QComboBox, "originmap_bulk_field")
    titles = {fields.itemData(place)[0]: place for place in range(fields.count())}
    fields.setCurrentIndex(titles["scale"])
    title = fields.currentText()
    qtbot.keyClicks(page.findChild(QLineEdit, "originmap_bulk_comment"), "12")
    assert title in fields.currentText() and fields.currentText() != title
    page.findChild(QPushButton, "originmap_bulk_go").click()
    settle(page, qtbot)
    said = register.connection.execute("SELECT uid, field, comment FROM review_comment").fetchall()
    assert sorted(said) == sorted((uid, "scale", "12") for uid in uids)
    assert {status_of(register, uid) for uid in uids} == {"returned"}
