"""The wizard from step to step: sheets, columns, preview, check and summary, over every example workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QWheelEvent
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QLabel, QListWidget, QPushButton, QTableView, QTreeWidget

from originmap.core.register.editing import PointHow
from originmap.forms.importing.frame import Step
from originmap.forms.importing.wizard import ImportWizard
from originmap.forms.pages import Page
from originmap.forms.profile import Profile

from .conftest import LEFT, PATIENCE, WORKBOOKS, child, messages, stored


def test_a_workbook_goes_in_by_pressing_next(imported, opened, register_path, workbook, qtbot):
    changed: list[str] = []
    opened.records_changed.connect(changed.append)
    wizard = imported(workbook("000_good.xlsx"))
    assert stored(register_path) == 20 and opened.session.layer.featureCount() == 20
    counts = wizard._summary_page.counts
    assert [counts.number(n) for n in ("rows", "new", "updated", "unchanged", "refused")] == [20, 20, 0, 0, 0]
    assert changed == [""]
    assert len(messages(opened)) == 1 and "20" in messages(opened)[0]
    assert stored(register_path, "SELECT DISTINCT created_by FROM record") == "张示例"


def test_enter_alone_leads_through(open_wizard, workbook, register_path, qtbot):
    wizard = open_wizard(workbook("000_good.xlsx"))
    for step in (Step.COLUMNS, Step.PREVIEW, Step.RUN):
        qtbot.keyClick(wizard, Qt.Key.Key_Return)
        assert wizard.step is step
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=PATIENCE)
    assert stored(register_path) == 0
    qtbot.keyClick(wizard, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.step is Step.SUMMARY, timeout=PATIENCE)
    assert stored(register_path) == 20


def test_the_editor_finds_the_file_unlocked(imported, opened, workbook):
    imported(workbook("000_good.xlsx"))
    uid = next(opened.session.layer.getFeatures())["uid"]
    saved = opened.session.editor.move(uid, QgsPointXY(110.5, 19.5), PointHow("imagery"), "move")
    assert saved.ok, saved.error


def test_the_summary_leads_to_the_queue_and_the_map(imported, workbook, opened, qtbot):
    pages: list[Page] = []
    opened.page_wanted.connect(pages.append)
    wizard = imported(workbook("000_good.xlsx"))
    qtbot.mouseClick(child(wizard, QPushButton, "show_on_map"), LEFT)
    centre = opened.position_of(opened.canvas.extent().center())
    extent = wizard._report.extent
    assert extent[0] - 0.01 <= centre[0] <= extent[2] + 0.01 and extent[1] - 0.01 <= centre[1] <= extent[3] + 0.01
    assert child(wizard, QPushButton, "go_to_queue").isHidden()
    wizard._go_to_queue()
    assert pages == [Page.QUEUE] and wizard.isHidden()


def test_the_same_file_again_has_nothing_to_import(imported, at_check, workbook):
    path = workbook("000_good.xlsx")
    imported(path)
    wizard = at_check(path)
    assert wizard._run_page.counts.number("unchanged") == 20
    assert not wizard.next_button.isEnabled() and wizard._run_page.notice.text


def test_sheets_are_listed_hidden_ones_marked(open_wizard, workbook, qtbot):
    wizard = open_wizard(workbook("017_hidden_and_several_sheets.xlsx"))
    sheets = child(wizard, QTreeWidget, "sheets")
    items = [sheets.topLevelItem(n) for n in range(sheets.topLevelItemCount())]
    checked = [item.text(0) for item in items if item.checkState(0) == Qt.CheckState.Checked]
    assert checked == ["豇豆", "韭菜"]
    assert [item.text(0) for item in items if "旧数据" in item.text(0)] != ["旧数据"]
    assert not items[0].flags() & Qt.ItemFlag.ItemIsUserCheckable
    items[1].setCheckState(0, Qt.CheckState.Unchecked)
    items[2].setCheckState(0, Qt.CheckState.Unchecked)
    assert not wizard.next_button.isEnabled()


def test_names_and_phones_are_masked_where_the_profile_says_so(open_wizard, opened, workbook, qtbot):
    def shown(wizard: ImportWizard) -> str:
        model = child(wizard, QTableView, "rows").model()
        return "|".join(
            str(model.index(row, column).data()) for row in range(1, 3) for column in range(model.columnCount())
        )

    wizard = open_wizard(workbook("092_enums.xlsx"))
    assert "****" in shown(wizard)
    wizard.go(Step.PREVIEW)
    qtbot.waitUntil(lambda: wizard._works.running("preview") is None, timeout=PATIENCE)
    opened.set_profile(Profile(name="张示例", masked=False))
    assert "****" not in shown(wizard) and child(wizard, QListWidget, "findings").count()
    opened.set_profile(Profile(name="张示例", masked=True))
    assert "****" in shown(wizard)


def test_a_preview_colours_cells_and_lists_findings(open_wizard, workbook, qtbot):
    wizard = open_wizard(workbook("092_enums.xlsx"))
    wizard.go(Step.PREVIEW)
    qtbot.waitUntil(lambda: wizard._works.running("preview") is None, timeout=PATIENCE)
    found = child(wizard, QListWidget, "findings")
    table = child(wizard, QTableView, "preview")
    model = table.model()
    found.setCurrentRow(0)
    index = table.currentIndex()
    assert model.headerData(index.row(), Qt.Orientation.Vertical) in found.item(0).text()
    assert model.data(index, Qt.ItemDataRole.BackgroundRole) is not None
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) in found.item(0).text()
    fates = {model.index(row, 0).data() for row in range(model.rowCount())}
    assert len(fates) == 2


def _strange(folder: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (["Spring"], ["Who", "What", "Person"], ["示例社", "豇豆", "张示例"]):
        book.active.append(row)
    book.save(folder / "strange.xlsx")
    return folder / "strange.xlsx"


def test_columns_are_chosen_by_hand_and_remembered(open_wizard, opened, tmp_path, register_path, qtbot):
    path = _strange(tmp_path)
    wizard = open_wizard(path)
    assert wizard._file_page.notice.text
    header = child(wizard, QTableView, "rows").verticalHeader()
    centre = QPoint(4, header.sectionViewportPosition(1) + header.sectionSize(1) // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=centre)
    qtbot.mouseClick(wizard.next_button, LEFT)
    assert not wizard.next_button.isEnabled() and wizard._columns_page.notice.text
    page = wizard._columns_page
    for name, row in (("producer_name", 1), ("variety", 2)):
        page.box(name).setCurrentIndex(row)
    assert not wizard.next_button.isEnabled()
    page._errors.setCurrentIndex(1)
    assert wizard.next_button.isEnabled()
    wizard.go(Step.RUN)
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=PATIENCE)
    qtbot.mouseClick(wizard.next_button, LEFT)
    qtbot.waitUntil(lambda: wizard.step is Step.SUMMARY, timeout=PATIENCE)
    assert stored(register_path, "SELECT producer_name FROM record WHERE status = 'draft'") == "示例社"
    again = open_wizard(path)
    again.go(Step.COLUMNS)
    assert again._columns_page.recalled.text and again._columns_page.box("variety").currentData() == 1
    qtbot.mouseClick(again._columns_page.recalled.findChild(QPushButton), LEFT)
    assert again._columns_page.box("variety").currentData() is None


def test_a_wheel_over_a_choice_changes_nothing(open_wizard, workbook, qtbot):
    wizard = open_wizard(workbook("000_good.xlsx"))
    wizard.go(Step.COLUMNS)
    box = wizard._columns_page.box("variety")
    before = box.currentIndex()
    box.setFocus()
    middle = QPointF(box.rect().center())
    wheel = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert box.currentIndex() == before and not wheel.isAccepted()


def test_a_meridian_that_cannot_be_is_said(open_wizard, workbook):
    wizard = open_wizard(workbook("000_good.xlsx"))
    wizard.go(Step.COLUMNS)
    wizard._columns_page._meridian.setCurrentText("11")
    assert wizard._columns_page.notice.text and not wizard.next_button.isEnabled()
    wizard._columns_page._meridian.setCurrentText("111")
    assert wizard.next_button.isEnabled() and wizard._options(True).central_meridian == 111.0


@pytest.mark.parametrize("name", ["100_truncated.xlsx", "110_password.xlsx", "082_empty.csv", "080_unclosed_quote.csv"])
def test_what_cannot_be_read_is_said(open_wizard, workbook, name):
    wizard = open_wizard(workbook(name))
    assert name in wizard._file_page.notice.text and not wizard.next_button.isEnabled()


def test_another_workbook_begins_anew(imported, workbook, monkeypatch, qtbot):
    wizard = imported(workbook("000_good.xlsx"))
    other = workbook("070_gbk.csv")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    qtbot.mouseClick(child(wizard, QPushButton, "another"), LEFT)
    assert wizard.step is Step.FILE and other.name in wizard.windowTitle()
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=PATIENCE)


@pytest.mark.parametrize(
    "name", sorted(path.name for path in WORKBOOKS.iterdir() if path.suffix in (".xlsx", ".xls", ".csv", ".txt"))
)
def test_every_workbook_is_taken_or_told(open_wizard, workbook, name, qtbot):
    wizard = open_wizard(workbook(name))
    if not wizard.next_button.isEnabled():
        assert wizard._file_page.notice.text
        return
    wizard.go(Step.COLUMNS)
    if not wizard.next_button.isEnabled():
        assert wizard._columns_page.notice.text
        return
    wizard.go(Step.RUN)
    qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
    counts = wizard._run_page.counts
    told = wizard._run_page.notice.text or counts.isVisible()
    rows = [counts.number(part) for part in ("new", "updated", "unchanged", "refused")]
    assert told and counts.number("rows") == sum(rows)
    assert child(wizard, QLabel, "what").text() or wizard._run_page.notice.text
