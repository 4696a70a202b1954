"""The page itself: its keys, the card of the record at hand, its width, and what it leaves behind."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QApplication, QLabel, QListWidget, QWidget

from originmap.forms.profile import Profile

from .conftest import place_of, press, stored


def test_coming_back_from_the_form_shows_what_was_changed_there(open_page, rough, workbench):
    page = open_page()
    page.next()
    page.leave()
    assert workbench.session.editor.change(rough[0], {"site_address": "改正后的地址"}, "改地址").ok
    page.enter()
    assert "改正后的地址" in page.findChild(QLabel, "originmap_queue_about").text()


def test_arrows_and_ctrl_enter_place_without_a_mouse(open_page, rough, path, qtbot, workbench):
    page = open_page()
    press(page, qtbot, Qt.Key.Key_F8)
    canvas = workbench.canvas
    assert page.window().focusWidget() is canvas
    for _ in range(2):
        press(page, qtbot, Qt.Key.Key_Right, widget=canvas)
    middle = workbench.position_of(canvas.center())
    assert middle[0] > 110.2 + 1e-5
    press(page, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, widget=canvas)
    if page.ask.asking:
        press(page, qtbot, Qt.Key.Key_Space)
    assert place_of(stored(path, rough[0])) == pytest.approx(middle, abs=1e-7)
    assert page.work.item.uid == rough[1]


def test_digits_lead_to_the_places_an_address_can_mean(open_page, put, qtbot, workbench):
    put("甲农场", township=None, village=None, site_address="太平村")
    page = open_page()
    page.next()
    places = page.findChild(QListWidget, "originmap_queue_places")
    shown = [places.item(row).text()[0] for row in range(places.count())]
    assert shown[-2:] == ["1", "2"]
    for key, longitude in ((Qt.Key.Key_1, 110.2), (Qt.Key.Key_2, 110.8)):
        press(page, qtbot, key, widget=workbench.canvas)
        assert workbench.position_of(workbench.canvas.center())[0] == pytest.approx(longitude, abs=1e-3)
    qtbot.keyClick(page.lists.tree, Qt.Key.Key_1)
    assert workbench.position_of(workbench.canvas.center())[0] == pytest.approx(110.2, abs=1e-3)


def test_the_keys_are_named_as_they_are_set(open_page):
    page = open_page()
    button = page.findChild(QWidget, "originmap_queue_next")
    assert button.text() == "Next (F8)"
    action = next(action for action in page.actions() if action.objectName() == "originmap_queue_next")
    action.setShortcut("F12")
    assert button.text() == "Next (F12)" and "F12" in button.toolTip()


def test_the_form_opens(open_page, rough, qtbot, workbench):
    page = open_page()
    page.next()
    with qtbot.waitSignal(workbench.record_wanted) as wanted:
        page.findChild(QWidget, "originmap_queue_form").click()
    assert wanted.args == [rough[0]]


def test_the_card_masks_people_and_says_what_was_found(open_page, put, workbench):
    findings = (
        '[{"level":"warning","code":"COORD_LOWPREC","field":"","text":"坐标小数位太少"},'
        '{"level":"note","code":"PHONE_READ","field":"contact_phone","text":"13800001234"}]'
    )
    put("甲农场", findings=findings, place_text="110.5,19.5")
    page = open_page()
    page.next()
    shown = page.findChild(QLabel, "originmap_queue_about").text()
    assert "张*" in shown and "138****1234" in shown and "110.5,19.5" in shown
    assert "13800001234" not in shown and "张示例" not in shown
    assert "Other findings: 1" in shown and "Too few decimals" in shown
    workbench.set_profile(Profile(name="王示例", masked=False))
    assert "13800001234" in page.findChild(QLabel, "originmap_queue_about").text()


def test_an_empty_register_says_what_to_do(open_page, qtbot, workbench):
    page = open_page()
    assert "workbook" in page.findChild(QLabel, "originmap_queue_empty").text()
    with qtbot.waitSignal(workbench.import_wanted) as wanted:
        page.findChild(QWidget, "originmap_queue_import").click()
    assert wanted.args == [""]


def test_it_fits_a_narrow_dock(open_page, rough):
    page = open_page()
    page.next()
    for panel in (page.verify_panel, page.aside_panel, page.outcome):
        panel.show()
    # How wide the ways of placing are is theirs to prove.
    page.place_bar.hide()
    assert page.minimumSizeHint().width() <= 340


def test_nothing_is_left_behind(open_page, rough, workbench, qtbot):
    canvas, session = workbench.canvas, workbench.session
    tool = canvas.mapTool()
    signals = ("register_opened", "register_closed", "records_changed", "profile_changed")
    before = len(canvas.scene().items()), *(workbench.receivers(getattr(workbench, name)) for name in signals)
    for _ in range(20):
        page = open_page()
        session = workbench.session
        page.next()
        assert len(canvas.scene().items()) > before[0]
        page.leave()
        assert canvas.mapTool() is tool
        open_page.pages.remove(page)
        page.release()
        after = len(canvas.scene().items()), *(workbench.receivers(getattr(workbench, name)) for name in signals)
        assert after == before and session.editor.receivers(session.editor.refused) == 0
    QApplication.sendEvent(canvas, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier))
