"""The import wizard as a person uses it: by its buttons, over real workbooks and a real register."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from pathlib import Path

import openpyxl
import pytest
from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QWheelEvent
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QLabel, QListWidget, QPushButton, QTableView, QTreeWidget

from originmap.core.register.editing import PointHow
from originmap.forms.importing import leading_on, run
from originmap.forms.importing.frame import Step
from originmap.forms.importing.wizard import ImportWizard
from originmap.forms.pages import Page
from originmap.forms.profile import Profile

WORKBOOKS = Path(__file__).parents[1] / "data" / "workbooks"
LEFT = Qt.MouseButton.LeftButton
PATIENCE = 30_000
LONG = 12_000


@pytest.fixture
def workbook(tmp_path):
    """A copy of one of the example workbooks, so that what is written beside it goes with the test."""
    return lambda name: Path(shutil.copy(WORKBOOKS / name, tmp_path))


@pytest.fixture
def long_file(workbook, tmp_path) -> Path:
    """Enough rows for an import to be met under way."""
    sheet = openpyxl.load_workbook(workbook("000_good.xlsx")).active
    heading, good = ([cell.value for cell in row] for row in sheet.iter_rows(max_row=2))
    name = next(n for n, title in enumerate(heading) if "主体名称" in str(title))
    path = tmp_path / "长.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows([*good[:name], f"示例合作社{n}", *good[name + 1 :]] for n in range(LONG))
    return path


@pytest.fixture
def opened_files(monkeypatch) -> list[Path]:
    """Files that were handed to other programs; none is started."""
    found: list[Path] = []
    for module in (leading_on, run):
        monkeypatch.setattr(module, "open_file", found.append)
    monkeypatch.setattr("originmap.forms.importing.wizard.open_file", found.append)
    return found


@pytest.fixture
def open_wizard(opened, qtbot, opened_files):
    """Opens the wizard over a file and waits until it was read."""
    made: list[ImportWizard] = []

    def do(path: Path) -> ImportWizard:
        wizard = ImportWizard(opened, path)
        made.append(wizard)
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        wizard.show()
        qtbot.waitUntil(lambda: wizard._works.running("look") is None, timeout=PATIENCE)
        return wizard

    yield do
    for wizard in made:
        wizard.release()
        wizard.close()
        wizard.deleteLater()


@pytest.fixture
def at_check(open_wizard, qtbot):
    """Leads the wizard to the counts of the dry run by its own button."""

    def do(path: Path) -> ImportWizard:
        wizard = open_wizard(path)
        for step in (Step.COLUMNS, Step.PREVIEW, Step.RUN):
            qtbot.mouseClick(wizard.next_button, LEFT)
            assert wizard.step is step
        qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
        return wizard

    return do


@pytest.fixture
def imported(at_check, qtbot):
    def do(path: Path) -> ImportWizard:
        wizard = at_check(path)
        qtbot.mouseClick(wizard.next_button, LEFT)
        qtbot.waitUntil(lambda: wizard.step is Step.SUMMARY, timeout=PATIENCE)
        return wizard

    return do


def child(wizard: ImportWizard, kind: type, name: str):
    found = wizard.findChild(kind, f"originmap_import_{name}")
    assert found is not None, name
    return found


def stored(path: Path, query: str = "SELECT count(*) FROM record") -> int:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchone()[0]
    finally:
        connection.close()


def is_held(path: Path) -> bool:
    """Whether an import or a check has the register in its transaction."""
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    finally:
        other.close()
    return False


def messages(workbench) -> list[str]:
    return [item.text() for item in workbench.iface.messageBar().items()]


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


def test_refused_rows_come_back_beside_the_file_and_nothing_is_overwritten(
    imported, workbook, opened, register_path, opened_files, qtbot
):
    path = workbook("092_enums.xlsx")
    before = path.read_bytes()
    earlier = path.with_name("092_enums_问题.xlsx")
    earlier.write_text("mine", encoding="utf-8")
    wizard = imported(path)
    written = path.with_name("092_enums_问题2.xlsx")
    assert "问题清单" in openpyxl.load_workbook(written).sheetnames
    assert path.read_bytes() == before and earlier.read_text(encoding="utf-8") == "mine"
    qtbot.mouseClick(child(wizard, QPushButton, "open_findings"), LEFT)
    assert opened_files == [written]
    assert stored(register_path) == 10


def test_a_file_without_findings_gets_no_findings_workbook(imported, workbook):
    path = workbook("000_good.xlsx")
    wizard = imported(path)
    assert child(wizard, QPushButton, "open_findings").isHidden()
    assert not list(path.parent.glob("*问题*"))


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


def test_a_register_that_is_locked_says_so_and_can_be_tried_again(open_wizard, workbook, register_path, qtbot):
    other = sqlite3.connect(register_path)
    other.execute("BEGIN IMMEDIATE")
    wizard = open_wizard(workbook("000_good.xlsx"))
    wizard.go(Step.RUN)
    qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
    notice = wizard._run_page.notice
    assert register_path.name in notice.text and not wizard.next_button.isEnabled()
    other.close()
    qtbot.mouseClick(notice.findChild(QPushButton), LEFT)
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=PATIENCE)


def test_nobody_writes_behind_an_open_edit_session(at_check, opened, workbook, register_path, qtbot):
    wizard = at_check(workbook("000_good.xlsx"))
    opened.session.layer.startEditing()
    qtbot.mouseClick(wizard.next_button, LEFT)
    assert wizard._run_page.notice.text and not wizard._run.busy
    opened.session.layer.rollBack()
    assert stored(register_path) == 0


def test_stopping_leaves_the_register_as_it_was(at_check, long_file, register_path, opened, qtbot):
    wizard = at_check(long_file)
    qtbot.mouseClick(wizard.next_button, LEFT)
    qtbot.waitUntil(lambda: is_held(register_path), timeout=PATIENCE)
    qtbot.mouseClick(child(wizard, QPushButton, "stop"), LEFT)
    qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
    assert wizard.step is Step.RUN and wizard._run_page.notice.text
    assert stored(register_path) == 0 and not messages(opened)


def test_going_back_from_a_check_stops_it(open_wizard, long_file, register_path, qtbot):
    wizard = open_wizard(long_file)
    wizard.go(Step.RUN)
    qtbot.waitUntil(lambda: is_held(register_path), timeout=PATIENCE)
    wizard.go(Step.COLUMNS)
    qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
    wizard.go(Step.RUN)
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=PATIENCE)
    assert wizard._run_page.counts.number("new") == LONG


def test_closing_asks_while_it_imports_and_it_goes_on_behind(at_check, long_file, register_path, opened, qtbot):
    wizard = at_check(long_file)
    said: list[str] = []
    wizard._run.reached.connect(lambda stage, rows: said.append(child(wizard, QLabel, "stage").text()))
    qtbot.mouseClick(wizard.next_button, LEFT)
    assert not wizard.close() and wizard.ask_bar.asking
    qtbot.keyClick(wizard.ask_bar.findChild(QPushButton, "originmap_ask_0"), Qt.Key.Key_Escape)
    assert wizard.isVisible() and wizard._run.busy
    wizard.close()
    qtbot.mouseClick(wizard.ask_bar.findChild(QPushButton, "originmap_ask_0"), LEFT)
    assert wizard.isHidden() and wizard._run.busy
    assert not wizard.close() and wizard.isVisible() and wizard.ask_bar.asking
    qtbot.mouseClick(wizard.ask_bar.findChild(QPushButton, "originmap_ask_0"), LEFT)
    qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
    assert len(messages(opened)) == 1 and stored(register_path) == LONG
    counted = [text for text in said if f"of {LONG:,} rows" in text]
    assert len(said) > len(counted) > 1 and len(set(counted)) == len(counted)
    assert any(f"{LONG:,} rows are through" in text for text in said)


def test_stopping_and_closing_leaves_the_register_as_it_was(at_check, long_file, register_path, qtbot):
    wizard = at_check(long_file)
    qtbot.mouseClick(wizard.next_button, LEFT)
    qtbot.waitUntil(lambda: is_held(register_path), timeout=PATIENCE)
    wizard.close()
    qtbot.mouseClick(wizard.ask_bar.findChild(QPushButton, "originmap_ask_1"), LEFT)
    qtbot.waitUntil(wizard.isHidden, timeout=PATIENCE)
    assert stored(register_path) == 0


def test_unloading_waits_until_the_register_is_free(at_check, long_file, register_path, opened, qtbot):
    wizard = at_check(long_file)
    qtbot.mouseClick(wizard.next_button, LEFT)
    qtbot.waitUntil(lambda: is_held(register_path), timeout=PATIENCE)
    wizard.release()
    other = sqlite3.connect(register_path, timeout=0, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert other.execute("SELECT count(*) FROM record").fetchone() == (0,)
    other.close()
    qtbot.wait(50)
    assert not messages(opened)


def test_the_findings_can_be_had_without_the_import(
    at_check, workbook, register_path, opened_files, monkeypatch, qtbot
):
    path = workbook("092_enums.xlsx")
    wizard = at_check(path)
    target = path.with_name("mine.xlsx")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(child(wizard, QPushButton, "findings_only"), LEFT)
    qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
    assert opened_files == [target] and "问题清单" in openpyxl.load_workbook(target).sheetnames
    assert stored(register_path) == 0 and wizard.next_button.isEnabled()


def test_closing_while_the_findings_are_written_lets_them_be_written(
    at_check, workbook, opened_files, monkeypatch, qtbot
):
    path = workbook("092_enums.xlsx")
    wizard = at_check(path)
    target = path.with_name("mine.xlsx")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(child(wizard, QPushButton, "findings_only"), LEFT)
    assert wizard._run.writing and not wizard.next_button.isEnabled()
    assert not wizard.close() and wizard.isHidden()
    qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
    assert opened_files == [target] and target.is_file() and wizard.isHidden()


def test_a_findings_workbook_that_could_not_be_written_is_told_and_the_import_stands(
    at_check, workbook, register_path, opened, monkeypatch, qtbot
):
    path = workbook("092_enums.xlsx")
    wizard = at_check(path)
    folder = path.with_name("092_enums_问题.xlsx")
    # The name is free when it is asked for and taken by a folder when it is written.
    monkeypatch.setattr("originmap.forms.importing.jobs.free_target", lambda _: folder)
    folder.mkdir()
    qtbot.mouseClick(wizard.next_button, LEFT)
    qtbot.waitUntil(lambda: wizard.step is Step.SUMMARY, timeout=PATIENCE)
    assert folder.name in wizard._summary_page.notice.text and folder.name in messages(opened)[0]
    assert stored(register_path) == 10
    assert not child(wizard, QPushButton, "open_findings").isHidden()


def test_the_findings_never_go_over_the_file_itself(at_check, workbook, monkeypatch, qtbot):
    path = workbook("092_enums.xlsx")
    before = path.read_bytes()
    wizard = at_check(path)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(child(wizard, QPushButton, "findings_only"), LEFT)
    qtbot.waitUntil(lambda: not wizard._run.busy, timeout=PATIENCE)
    assert path.read_bytes() == before and wizard._run_page.notice.text


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
