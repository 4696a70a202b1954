"""The import wizard over real workbooks and a real register, led by its own buttons to any step."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from pathlib import Path

import openpyxl
import pytest
from qgis.PyQt.QtCore import Qt

from originmap.forms.importing import leading_on, run
from originmap.forms.importing.frame import Step
from originmap.forms.importing.wizard import ImportWizard

WORKBOOKS = Path(__file__).parents[2] / "data" / "workbooks"
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
