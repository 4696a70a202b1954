"""The first page: a register is made, opened, tried out and closed, by mouse and by keyboard."""

from __future__ import annotations

import sys

import openpyxl
import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QInputMethodEvent
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QListWidget, QPushButton

from originmap.core.onemap.basemaps import DATUM
from originmap.core.register.counts import count_records
from originmap.core.register.errors import RegisterError
from originmap.core.register.register import Register
from originmap.forms.boundaries.dialog import BoundariesDialog
from originmap.forms.pages import Page
from originmap.forms.profile import Profile
from originmap.forms.settings.local_standard import LocalStandardDialog
from originmap.forms.start.new_register import NewRegisterDialog
from originmap.forms.start.page import StartPage


@pytest.fixture
def page(workbench, qtbot, tmp_path):
    """The page as it stands in a narrow dock; the person keeps registers in a folder of their own."""
    workbench.set_profile(Profile(name="张示例", folder=str(tmp_path / "台账")))
    (tmp_path / "台账").mkdir()
    made = StartPage(workbench)
    qtbot.addWidget(made)
    made.resize(360, 640)
    made.show()
    made.enter()
    yield made
    made.release()


def press(qtbot, page, name: str) -> None:
    qtbot.mouseClick(page.findChild(QPushButton, f"originmap_start_{name}"), Qt.MouseButton.LeftButton)


def shown(page, name: str) -> str:
    return page.findChild(QLabel, name).text()


def enter(line: QLineEdit, text: str) -> None:
    """As an input method does it: keys of a keyboard cannot say Chinese."""
    line.setFocus()
    line.setText("")
    QApplication.sendEvent(line, committed(text))


def committed(text: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


def is_near(page, longitude: float, latitude: float) -> bool:
    """Whether the map shows a place (degrees) about its middle."""
    x, y = page._workbench.position_of(page._workbench.canvas.extent().center())
    return abs(x - longitude) < 0.3 and abs(y - latitude) < 0.3


def open_dialog(page, kind):
    (found,) = [dialog for dialog in page._dialogs.values() if isinstance(dialog, kind)]
    return found


def part(dialog, kind, name: str):
    return dialog.findChild(kind, name)


def test_three_choices_without_a_register(page):
    names = [button.objectName() for button in page.findChildren(QPushButton) if button.isVisible()]
    assert names == ["originmap_start_new", "originmap_start_open", "originmap_start_sample"]
    assert not part(page, QListWidget, "originmap_recent").isVisible()


def test_everything_fits_into_the_width(page, qtbot, register_path):
    for view in (page._welcome, page._overview):
        assert view.minimumSizeHint().width() <= 340
    page._workbench.open(register_path)
    assert page._overview.width() <= 360


@pytest.mark.parametrize(
    "typed, keys, code, name",
    [
        ("469002", [Qt.Key.Key_Return], "469002", "琼海市"),
        ("琼海", [Qt.Key.Key_Return], "469002", "琼海市"),
        ("海", [Qt.Key.Key_Down, Qt.Key.Key_Return], "130302", "海港区"),
    ],
)
def test_new_register_by_keyboard(page, qtbot, tmp_path, typed, keys, code, name):
    press(qtbot, page, "new")
    dialog = open_dialog(page, NewRegisterDialog)
    picker = part(dialog, QLineEdit, "originmap_county")
    enter(picker, typed)
    for key in keys:
        popup = picker._completer.popup()
        qtbot.keyClick(popup if popup.isVisible() else picker, key)
    assert picker.text().endswith(code)
    place = part(dialog, QLineEdit, "originmap_register_place").text()
    assert place.startswith(str(tmp_path / "台账")) and name in place
    with qtbot.waitSignal(page._workbench.register_opened, timeout=20000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    register = page._workbench.session.register
    assert (register.county_code, register.county_name, register.setting("created_by")) == (code, name, "张示例")
    assert shown(page, "originmap_start_county") == name
    qtbot.waitUntil(lambda: not page._dialogs)


def test_new_register_shows_its_county_on_the_map(page, qtbot):
    press(qtbot, page, "new")
    dialog = open_dialog(page, NewRegisterDialog)
    picker = part(dialog, QLineEdit, "originmap_county")
    enter(picker, "琼海")
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    with qtbot.waitSignal(page._workbench.register_opened, timeout=20000):
        qtbot.mouseClick(part(dialog, QPushButton, "originmap_create_register"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: is_near(page, 110.47, 19.26), timeout=5000)


def test_a_file_that_is_there_is_never_replaced(page, qtbot, tmp_path):
    press(qtbot, page, "new")
    dialog = open_dialog(page, NewRegisterDialog)
    picker = part(dialog, QLineEdit, "originmap_county")
    enter(picker, "琼海")
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    place = part(dialog, QLineEdit, "originmap_register_place")
    there = tmp_path / "台账" / "别人的.gpkg"
    there.write_bytes(b"precious")
    enter(place, str(there))
    create = part(dialog, QPushButton, "originmap_create_register")
    qtbot.mouseClick(create, Qt.MouseButton.LeftButton)
    note = part(dialog, QLabel, "originmap_new_register_note")
    qtbot.waitUntil(lambda: "别人的.gpkg" in note.text(), timeout=20000)
    assert there.read_bytes() == b"precious"
    assert dialog.isVisible() and create.isEnabled() and picker.county.code == "469002"
    assert page._workbench.session is None


def test_another_name_is_proposed_beside_a_register_of_the_county(page, qtbot, tmp_path):
    press(qtbot, page, "new")
    dialog = open_dialog(page, NewRegisterDialog)
    picker = part(dialog, QLineEdit, "originmap_county")
    enter(picker, "琼海")
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    with qtbot.waitSignal(page._workbench.register_opened, timeout=20000):
        qtbot.mouseClick(part(dialog, QPushButton, "originmap_create_register"), Qt.MouseButton.LeftButton)
    first = page._workbench.session.path
    press(qtbot, page, "close")
    qtbot.waitUntil(lambda: not page._dialogs)
    press(qtbot, page, "new")
    dialog = open_dialog(page, NewRegisterDialog)
    picker = part(dialog, QLineEdit, "originmap_county")
    enter(picker, "琼海")
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    place = part(dialog, QLineEdit, "originmap_register_place").text()
    assert place != str(first) and first.name in part(dialog, QLabel, "originmap_new_register_note").text()
    qtbot.mouseClick(dialog._open_there, Qt.MouseButton.LeftButton)
    assert page._workbench.session.path == first


def test_a_county_that_no_list_knows(page, qtbot):
    press(qtbot, page, "new")
    dialog = open_dialog(page, NewRegisterDialog)
    create = part(dialog, QPushButton, "originmap_create_register")
    dialog._unlisted.click()
    qtbot.keyClicks(part(dialog, QLineEdit, "originmap_county_code"), "99990")
    enter(part(dialog, QLineEdit, "originmap_county_name"), "新县")
    assert not create.isEnabled()
    qtbot.keyClicks(part(dialog, QLineEdit, "originmap_county_code"), "2")
    assert create.isEnabled()
    with qtbot.waitSignal(page._workbench.register_opened, timeout=20000):
        qtbot.mouseClick(create, Qt.MouseButton.LeftButton)
    register = page._workbench.session.register
    assert (register.county_code, register.county_name) == ("999902", "新县")


def test_a_folder_that_cannot_be_is_told_and_nothing_typed_is_lost(page, qtbot, tmp_path):
    (tmp_path / "a file").write_text("")
    page._workbench.set_profile(Profile(folder=str(tmp_path / "a file" / "below")))
    press(qtbot, page, "new")
    dialog = open_dialog(page, NewRegisterDialog)
    picker = part(dialog, QLineEdit, "originmap_county")
    enter(picker, "琼海")
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    qtbot.mouseClick(part(dialog, QPushButton, "originmap_create_register"), Qt.MouseButton.LeftButton)
    note = part(dialog, QLabel, "originmap_new_register_note")
    qtbot.waitUntil(lambda: "below" in note.text(), timeout=20000)
    assert dialog.isVisible() and picker.county is not None


def test_cancel_leaves_nothing(page, qtbot, tmp_path):
    press(qtbot, page, "new")
    dialog = open_dialog(page, NewRegisterDialog)
    buttons = dialog.findChild(QDialogButtonBox)
    (cancel,) = [b for b in buttons.buttons() if buttons.buttonRole(b) == QDialogButtonBox.ButtonRole.RejectRole]
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert page._workbench.session is None
    assert not list((tmp_path / "台账").iterdir())


def test_sample_is_made_then_goes_on(page, qtbot):
    with qtbot.waitSignal(page._workbench.register_opened, timeout=60000):
        press(qtbot, page, "sample")
    session = page._workbench.session
    levels = {level.value: 0 for level in {d.level for d in session.register.divisions()}}
    for division in session.register.divisions():
        levels[division.level.value] += 1
    assert levels == {"county": 1, "township": 12, "village": 142}
    assert session.register.county_code == "999901"
    assert count_records(session.path).records == 0
    assert session.areas.finest == 9
    pictures = [layer for layer in QgsProject.instance().mapLayers().values() if layer.customProperty(DATUM)]
    assert [(p.customProperty(DATUM), p.isValid()) for p in pictures] == [("cgcs2000", True)]
    assert str(session.path.parent) in pictures[0].source()
    canvas = page._workbench.canvas

    def picture_fills_the_map() -> bool:
        whole = canvas.mapSettings().layerExtentToOutputExtent(pictures[0], pictures[0].extent())
        centred = canvas.extent().center().distance(whole.center()) < whole.height() / 100
        shown = canvas.extent()
        return centred and min(shown.height() / whole.height(), shown.width() / whole.width()) < 3

    qtbot.waitUntil(picture_fills_the_map, timeout=5000)

    first = session.path
    with Register.open(first) as register:
        register.set_setting("touched", "yes")
    press(qtbot, page, "close")
    press(qtbot, page, "sample")
    assert page._workbench.session.path == first
    assert page._workbench.session.register.setting("touched") == "yes"
    bar = page._workbench.iface.messageBar()
    with qtbot.waitSignal(page._workbench.register_opened, timeout=60000):
        qtbot.mouseClick(bar.currentItem().findChildren(QPushButton)[-1], Qt.MouseButton.LeftButton)
    assert page._workbench.session.path != first
    assert page._workbench.session.register.setting("touched") == ""


def test_open_by_dialog_and_by_the_list(page, qtbot, register_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: (str(register_path), ""))
    press(qtbot, page, "open")
    assert page._workbench.session.path == register_path
    press(qtbot, page, "close")
    assert page._workbench.session is None
    recent = part(page, QListWidget, "originmap_recent")
    tips = [recent.item(row).toolTip() for row in range(recent.count())]
    assert recent.isVisible() and str(register_path) in tips
    recent.setCurrentRow(tips.index(str(register_path)))
    qtbot.keyClick(recent, Qt.Key.Key_Return)
    assert page._workbench.session.path == register_path


def test_what_is_no_register_is_told(page, qtbot, tmp_path, monkeypatch):
    wrong = tmp_path / "照片.gpkg"
    wrong.write_bytes(b"no register")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: (str(wrong), ""))
    press(qtbot, page, "open")
    assert page._workbench.session is None
    assert "照片.gpkg" in page._workbench.iface.messageBar().currentItem().text()


def drafts(path, rows) -> None:
    with Register.open(path) as register:
        register.connection.executemany(
            "INSERT INTO record (uid, status, point_quality) VALUES (printf('00000000-0000-4000-8000-%012d', ?), ?, ?)",
            rows,
        )


def test_numbers_follow_the_register(page, qtbot, register_path):
    drafts(register_path, [(1, "draft", "none"), (2, "draft", "exact"), (3, "draft", "approximate")])
    page._workbench.open(register_path)
    number = part(page, QLabel, "originmap_count_records")
    qtbot.waitUntil(lambda: number.text() == "3", timeout=10000)
    assert shown(page, "originmap_count_drafts") == "3"
    assert shown(page, "originmap_count_submitted") == "0"
    drafts(register_path, [(4, "draft", "none")])
    page._workbench.records_changed.emit("")
    qtbot.waitUntil(lambda: number.text() == "4", timeout=10000)
    with qtbot.waitSignal(page._workbench.page_wanted) as caught:
        part(page, QLabel, "originmap_count_waiting").linkActivated.emit("queue")
    assert caught.args == [Page.QUEUE]
    assert ">3<" in shown(page, "originmap_count_waiting")


def test_next_step_is_said_until_there_are_records(page, qtbot, register_path):
    page._workbench.open(register_path)
    step = part(page, QLabel, "originmap_start_next")
    qtbot.waitUntil(step.isVisible, timeout=10000)
    drafts(register_path, [(1, "draft", "exact")])
    with Register.open(register_path) as register:
        register.connection.execute("INSERT INTO division (code, name, level) VALUES ('999901', '示例县', 'county')")
    page.enter()
    qtbot.waitUntil(lambda: not step.isVisible(), timeout=10000)


def test_read_only_and_network_are_said(page, qtbot, register_path):
    page._workbench.open(register_path)
    session = page._workbench.session
    session.read_only = RegisterError("REGISTER_READ_ONLY", file=register_path.name)
    session.on_network = True
    page.enter()
    notices = [part(page, object, f"originmap_start_{name}") for name in ("read_only", "network")]
    texts = [" ".join(label.text() for label in notice.findChildren(QLabel)) for notice in notices]
    assert register_path.name in texts[0] and len(texts[1]) > 20
    usable = {
        n: part(page, QPushButton, f"originmap_start_{n}").isEnabled() for n in ("import", "boundaries", "basemap")
    }
    assert usable == {"import": False, "boundaries": False, "basemap": True}


def test_a_package_that_outlines_need_is_missed_in_words(page, qtbot, register_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "shapely", None)
    page._workbench.open(register_path)
    number = part(page, QLabel, "originmap_count_records")
    qtbot.waitUntil(lambda: number.text() == "0", timeout=10000)
    assert part(page, object, "originmap_start_missing") is None
    with Register.open(register_path) as register:
        register.connection.execute("INSERT INTO division (code, name, level) VALUES ('999901', '示例县', 'county')")
    page.enter()
    qtbot.waitUntil(lambda: part(page, object, "originmap_start_missing") is not None, timeout=10000)
    notice = part(page, object, "originmap_start_missing")
    assert "shapely" in " ".join(label.text() for label in notice.findChildren(QLabel))


def test_buttons_lead_on(page, qtbot, register_path):
    page._workbench.open(register_path)
    for name, signal in (("import", "import_wanted"), ("basemap", "basemaps_wanted")):
        with qtbot.waitSignal(getattr(page._workbench, signal)):
            press(qtbot, page, name)
    for name, kind in (("boundaries", BoundariesDialog), ("standards", LocalStandardDialog)):
        press(qtbot, page, name)
        press(qtbot, page, name)
        assert open_dialog(page, kind).isVisible()
    press(qtbot, page, "close")
    assert not page._dialogs


def test_collection_sheet_of_this_county(page, qtbot, register_path, tmp_path, monkeypatch):
    with Register.open(register_path) as register:
        register.connection.execute(
            "INSERT INTO division (code, name, level) VALUES ('999901101', '石湾镇', 'township')"
        )
    page._workbench.open(register_path)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(tmp_path / "空表"), ""))
    press(qtbot, page, "template")
    bar = page._workbench.iface.messageBar()
    qtbot.waitUntil(lambda: bar.currentItem() is not None, timeout=20000)
    workbook = openpyxl.load_workbook(tmp_path / "空表.xlsx")
    cells = [cell.value for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert "石湾镇" in cells and "示例县" in cells


def test_nothing_is_left_behind(workbench, qtbot, register_path):
    signals = (workbench.register_opened, workbench.register_closed, workbench.records_changed)
    before = [workbench.receivers(signal) for signal in signals]
    for _ in range(3):
        made = StartPage(workbench)
        made.show()
        made._new()
        made.release()
        made.deleteLater()
    assert [workbench.receivers(signal) for signal in signals] == before
