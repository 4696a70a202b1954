"""The findings workbook of an import: beside the file, never over anything, with the import or without it."""

from __future__ import annotations

import openpyxl
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton

from originmap.forms.importing.frame import Step

from .conftest import LEFT, PATIENCE, child, messages, stored


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
