"""The options page: shows the profile, takes it over, finds areas by typing, changes keys and refuses taken ones."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject, QgsSettings
from qgis.gui import QgsFileWidget, QgsGui, QgsMessageBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QInputMethodEvent, QKeySequence
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QCheckBox,
    QComboBox,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from originmap.core.register.create import create_register
from originmap.forms.area_picker import AreaPicker
from originmap.forms.profile import Profile
from originmap.forms.workbench import Workbench
from originmap.plugin.options import OriginMapOptionsFactory
from originmap.plugin.shortcuts import ShortcutsBox

PROFILE = Profile(
    name="张示例",
    phone="13800000001",
    officer_role="village_assistant",
    officer_name="李示例",
    officer_phone="0898-12345678",
    area_code="469002",
    area_name="海南省琼海市",
    folder="/somewhere",
    masked=False,
)


@pytest.fixture
def workbench(qgis_iface, qgis_new_project, monkeypatch):
    bar = QgsMessageBar()
    monkeypatch.setattr(qgis_iface, "messageBar", lambda: bar)
    QgsGui.editorWidgetRegistry().initEditors()
    QgsSettings().remove("originmap")
    made = Workbench(qgis_iface)
    yield made
    made.release()
    QgsProject.instance().clear()
    QgsSettings().remove("originmap")


@pytest.fixture
def open_page(workbench, qtbot):
    factory = OriginMapOptionsFactory(workbench)

    def make() -> QWidget:
        page = factory.createWidget(None)
        qtbot.addWidget(page)
        page.show()
        return page

    assert factory.title() == "Origin Map" and not factory.icon().isNull()
    return make


def write(line: QLineEdit, text: str) -> None:
    """As a Chinese input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def part(page, kind, name):
    found = page.findChild(kind, f"originmap_options_{name}")
    assert found is not None
    return found


def test_page_shows_the_profile_and_keeps_it(workbench, open_page, qtbot):
    workbench.set_profile(PROFILE)
    page = open_page()
    with qtbot.assertNotEmitted(workbench.profile_changed):
        page.apply()
    assert workbench.profile == PROFILE == Profile.load()


def test_everything_can_be_changed(workbench, open_page, qtbot):
    page = open_page()
    for name, text in (("name", " 王示例 "), ("phone", "+86 138 0000 0003"), ("officer_phone", "不是号码")):
        part(page, QLineEdit, name).setText(text)
    role = part(page, QComboBox, "role")
    role.setCurrentIndex(role.findData("township_officer"))
    part(page, QgsFileWidget, "folder").setFilePath("/elsewhere")
    part(page, QCheckBox, "masked").setChecked(False)
    with qtbot.waitSignal(workbench.profile_changed):
        page.apply()
    assert workbench.profile == Profile.load()
    assert workbench.profile == Profile(
        name="王示例",
        phone="13800000003",
        officer_role="township_officer",
        officer_phone="不是号码",
        folder="/elsewhere",
        masked=False,
    )


def test_a_wrong_phone_is_said_while_typing(open_page, qtbot):
    page = open_page()
    phone = part(page, QLineEdit, "phone")
    qtbot.keyClicks(phone, "1380000")
    notes = [label for label in page.findChildren(QLabel) if "11" in label.text() and label.isVisible()]
    assert len(notes) == 1
    qtbot.keyClicks(phone, "0001")
    assert not notes[0].isVisible()


def test_officer_and_collector_are_often_one(open_page, qtbot):
    page = open_page()
    part(page, QLineEdit, "name").setText("张示例")
    part(page, QLineEdit, "phone").setText("13800000001")
    qtbot.mouseClick(part(page, QPushButton, "same"), Qt.MouseButton.LeftButton)
    assert part(page, QLineEdit, "officer_name").text() == "张示例"
    assert part(page, QLineEdit, "officer_phone").text() == "13800000001"


def test_area_without_a_register(workbench, open_page, qtbot):
    page = open_page()
    area = part(page, AreaPicker, "area")
    write(area, "琼海")
    qtbot.keyClick(area, Qt.Key.Key_Return)
    page.apply()
    assert (workbench.profile.area_code, workbench.profile.area_name) == ("469002", "海南省琼海市")


def test_area_of_the_open_register(workbench, open_page, qtbot, tmp_path):
    path = tmp_path / "r.gpkg"
    with create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省") as register:
        register.connection.executemany(
            "INSERT INTO division (code, name, level) VALUES (?, ?, ?)",
            [("999901101", "石湾镇", "township"), ("999901101001", "青塘村", "village")],
        )
    workbench.open(path)
    page = open_page()
    area = part(page, AreaPicker, "area")
    write(area, "青塘")
    qtbot.keyClick(area, Qt.Key.Key_Return)
    page.apply()
    assert (workbench.profile.area_code, workbench.profile.area_name) == ("999901101001", "示例县石湾镇青塘村")
    area.setFocus()
    area.selectAll()
    write(area, "没有这个地方")
    area.clearFocus()
    page.apply()
    assert (workbench.profile.area_code, area.text()) == ("", "")


@pytest.fixture
def actions(workbench, qtbot):
    """Two actions of ours and one of somebody else's."""
    owner = QWidget()
    qtbot.addWidget(owner)
    ours = [
        workbench.add_action("submit", "&Submit", "Ctrl+Return", lambda: None, owner),
        workbench.add_action("next", "Next record", "F8", lambda: None, owner),
    ]
    other = QAction("Somebody else", owner)
    other.setObjectName("somebodys_action")
    QgsGui.shortcutsManager().registerAction(other, "Ctrl+Alt+J")
    yield ours
    for action in (*ours, other):
        QgsSettings().remove(f"shortcuts/{action.objectName()}")
        QgsSettings().remove(f"shortcuts/{action.text()}")
    QgsGui.shortcutsManager().unregisterAction(other)


def test_keys_can_be_changed_and_set_back(actions, open_page, qtbot):
    page = open_page()
    edit = part(page, QKeySequenceEdit, "key_originmap_submit")
    assert edit.keySequence() == QKeySequence("Ctrl+Return")
    edit.setKeySequence(QKeySequence("Ctrl+Alt+U"))
    page.apply()
    assert actions[0].shortcut() == QKeySequence("Ctrl+Alt+U") and actions[1].shortcut() == QKeySequence("F8")
    again = open_page()
    qtbot.mouseClick(part(again, QPushButton, "usual_keys"), Qt.MouseButton.LeftButton)
    again.apply()
    assert actions[0].shortcut() == QKeySequence("Ctrl+Return")


@pytest.mark.parametrize(("keys", "holder"), [("Ctrl+Alt+J", "Somebody else"), ("F8", "Next record")])
def test_taken_keys_are_said_and_not_taken(actions, open_page, keys, holder):
    page = open_page()
    part(page, QKeySequenceEdit, "key_originmap_submit").setKeySequence(QKeySequence(keys))
    assert [label for label in page.findChildren(QLabel) if f"“{holder}”" in label.text() and label.isVisible()]
    page.apply()
    assert actions[0].shortcut() == QKeySequence("Ctrl+Return")


def test_pages_of_which_one_is_in_front_may_share_a_key(actions, workbench, open_page, qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    for name in ("review_next", "due_next", "quality_next", "queue_next"):
        workbench.add_action(name, name, "F12", lambda: None, owner)
    page = open_page()
    # Those of a page together, in the order of the pages and the window's own last, however QGIS lists them.
    shown = [edit.objectName().rsplit("key_originmap_", 1)[1] for edit in page.findChildren(QKeySequenceEdit)]
    assert shown == ["queue_next", "review_next", "quality_next", "due_next", "next", "submit"]
    assert part(page, QKeySequenceEdit, "key_originmap_due_next").findChild(QLineEdit).placeholderText()
    part(page, QKeySequenceEdit, "key_originmap_queue_next").setKeySequence(QKeySequence("Ctrl+Alt+Y"))
    part(page, QKeySequenceEdit, "key_originmap_review_next").setKeySequence(QKeySequence("Ctrl+Alt+Y"))
    assert not page.findChild(ShortcutsBox)._taken()


def test_without_actions_there_is_nothing_about_keys(open_page):
    page = open_page()
    assert not page.findChildren(QKeySequenceEdit)
