"""The quality page with a real register, map and keys: what it finds, what stands in the file after each step."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import numpy as np
import openpyxl
import pytest
from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QPushButton

from originmap.core.quality.cadence import Due
from originmap.core.register.editing import PointHow
from originmap.core.register.geometry import point_blobs
from originmap.core.register.register import Register
from originmap.core.register.rows import position_of
from originmap.forms.pages import Page
from originmap.forms.quality.grouped import Group, GroupedModel, Place, Words
from originmap.forms.quality.page import ASIDE, DUE, QualityPage

from .conftest import put_beside_the_map

HOME = (110.5, 19.5)
WHOLE = {
    "status": "submitted",
    "province": "示例省",
    "city": "示例市",
    "county": "示例县",
    "township": "石湾镇",
    "village": "青塘村",
    "division_code": "999901101001",
    "producer_type": "household",
    "industry": "livestock",
    "variety": "egg",
    "certification": '["none"]',
    "site_address": "石湾镇青塘村三组",
    "contact_name": "张示例",
    "scale": 1200.0,
    "unit": "bird",
    "scale_basis": "stock",
    "market_start": (date.today() - timedelta(200)).isoformat(),
    "market_end": (date.today() + timedelta(60)).isoformat(),
    "traceability": '["certificate"]',
    "officer_name": "李示例",
    "officer_phone": "13800002345",
    "collector_name": "王示例",
    "collector_phone": "13800003456",
    "point_quality": "exact",
    "verified_how": '["site_visit"]',
    "origin": "map",
}


def blob(longitude: float, latitude: float) -> bytes:
    return point_blobs(np.array([longitude]), np.array([latitude]))[0]


def month(back: int) -> str:
    today = date.today()
    number = today.year * 12 + today.month - 1 - back
    return f"{number // 12}-{number % 12 + 1:02d}"


@pytest.fixture
def register(register_path):
    """The register of the tests, open for writing beside the window, with the centre of one village."""
    with Register.open(register_path) as opened:
        opened.connection.execute("PRAGMA synchronous = OFF")
        opened.connection.execute(
            "INSERT INTO division (code, name, level, longitude, latitude) VALUES (?, ?, ?, ?, ?)",
            ("999901101001", "青塘村", "village", *HOME),
        )
        yield opened


@pytest.fixture
def put(register):
    """Insert a whole record at a place; gives its uid."""

    def put_record(producer: str, at: tuple[float, float] = HOME, **changes: object) -> str:
        record = {"uid": str(uuid.uuid4()), "geom": blob(*at), "producer_name": producer, "cycle": month(0), **WHOLE}
        record.update({"site_name": f"{producer}一号场", "contact_phone": f"138{abs(hash(producer)) % 10**8:08d}"})
        record.update(changes)
        query = f"INSERT INTO record ({', '.join(record)}) VALUES ({', '.join('?' * len(record))})"
        register.connection.execute(query, tuple(record.values()))
        return str(record["uid"])

    return put_record


@pytest.fixture
def page(opened, window, qtbot, monkeypatch):
    """The page beside the map, with everything checked that was put into the file before."""
    monkeypatch.setattr("originmap.core.locale.locale_name", lambda: "zh-Hans")
    page = QualityPage(opened)
    put_beside_the_map(page, window, qtbot)
    page.enter()
    yield page
    page.release()


def check(page: QualityPage, qtbot) -> None:
    page.findChild(QPushButton, "originmap_quality_check").click()
    settle(page, qtbot)


def settle(page: QualityPage, qtbot) -> None:
    qtbot.waitUntil(lambda: page.work.idle and not page.due.work.busy and not page.due.work.reading, timeout=20_000)


def found(page: QualityPage) -> set[tuple[str, str]]:
    return {(finding.uid, finding.check) for finding in page.findings.model.entries}


def key(page: QualityPage, qtbot, name: Qt.Key) -> None:
    qtbot.keyClick(page.window().focusWidget() or page, name)


def point_of(register: Register, uid: str) -> tuple[float, float]:
    return position_of(register.connection.execute("SELECT geom FROM record WHERE uid = ?", (uid,)).fetchone()[0])


def test_a_point_is_repaired_by_one_key_and_its_finding_goes(put, register, page, qtbot):
    wrong = put("错位农户", (100.5123456, 19.5112345))
    put("好农户", (110.5112345, 19.5073456))
    check(page, qtbot)
    assert (wrong, "point.digit") in found(page)
    finding = next(one for one in page.findings.model.entries if one.check == "point.digit")
    assert page.findings.tree.show_entry(finding.key)
    assert "建议" in page.findings.card.text.text() or "Proposed" in page.findings.card.text.text()
    key(page, qtbot, Qt.Key.Key_F9)
    settle(page, qtbot)
    assert point_of(register, wrong) == pytest.approx((110.5123456, 19.5112345), abs=1e-6)
    assert not {check_id for uid, check_id in found(page) if uid == wrong and check_id.startswith("point.")}
    assert page.findings.outcome.undo.isVisible()
    page.findings.outcome.undo.click()
    settle(page, qtbot)
    assert point_of(register, wrong) == (100.5123456, 19.5112345)
    assert (wrong, "point.digit") in found(page) and not page.findings.outcome.undo.isVisible()


def test_what_an_import_brought_is_repaired_at_once_and_undone_at_once(put, register, page, qtbot):
    register.connection.execute(
        "INSERT INTO import (id, file, sha256, started_at) VALUES (7, '六月.xlsx', 'x', '2026-06-02T08:00:00+08:00')"
    )
    swapped = [put(f"第{n}农户", (19.51 + n * 0.0011, 110.49 - n * 0.0013), import_id=7) for n in range(3)]
    other = put("别家", (19.5071, 110.5043))
    check(page, qtbot)
    more = page.findings.more
    more.fill()
    (action,) = more._imports.actions()
    assert action.text() == "六月.xlsx 2026-06-02: 3 records"
    action.trigger()
    key(page, qtbot, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert all(point_of(register, uid)[0] > 110 for uid in swapped) and point_of(register, other)[0] < 20
    assert "重新" not in page.findings._head.text() and "again" not in page.findings._head.text()
    assert "3" in page.findings.outcome.findChild(QLabel, "originmap_quality_outcome_text").text()
    page.findings.outcome.undo.click()
    settle(page, qtbot)
    assert all(point_of(register, uid)[0] < 20 for uid in swapped)
    assert {uid for uid, name in found(page) if name == "point.swapped"} == {*swapped, other}


@pytest.mark.parametrize("name", ["问题.xlsx", "问题.html"])
def test_the_findings_are_written_as_a_list(put, page, qtbot, monkeypatch, tmp_path, opened, name):
    put("错位农户", (19.51, 110.49))
    check(page, qtbot)
    target = tmp_path / name
    monkeypatch.setattr("originmap.forms.files.QFileDialog.getSaveFileName", lambda *_: (str(target), ""))
    more = page.findings.more
    more._list.trigger()
    key(page, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.iface.messageBar().currentItem() is not None and target.exists(), timeout=20_000)
    if target.suffix == ".html":
        assert "颠倒" in target.read_text("utf-8")
    else:
        assert openpyxl.load_workbook(target).sheetnames


def test_set_aside_by_key_undone_and_put_back(put, register, page, qtbot):
    near = (110.5123456, 19.5076543)
    first, second = put("甲农户", near), put("乙农户", near)
    check(page, qtbot)
    same = [one for one in page.findings.model.entries if one.check == "point.same"]
    assert {one.uid for one in same} == {first, second}
    page.findings.tree.show_entry(same[0].key)
    key(page, qtbot, Qt.Key.Key_F10)
    page.window().focusWidget().lineEdit().setText("同一院内两户")
    # What is asked about stays the same, whatever comes to hand meanwhile.
    page.findings.tree.show_entry(same[1].key)
    qtbot.keyClick(page.findings.panel, Qt.Key.Key_Return)
    settle(page, qtbot)
    kept = register.connection.execute('SELECT uid, "check", reason, by FROM finding_aside').fetchall()
    assert [tuple(row) for row in kept] == [(same[0].uid, "point.same", "同一院内两户", "张示例")]
    assert (same[0].uid, "point.same") not in found(page) and (same[1].uid, "point.same") in found(page)
    page._tabs.setCurrentIndex(ASIDE)
    assert page.aside.count == 1
    page.findChild(QPushButton, "originmap_quality_aside_back").click()
    settle(page, qtbot)
    assert page.aside.count == 0 and (same[0].uid, "point.same") in found(page)
    assert register.connection.execute("SELECT count(*) FROM finding_aside").fetchone()[0] == 0


def test_what_is_mended_elsewhere_goes_with_what_was_found_beside_it(put, page, opened, qtbot):
    near = (110.5123456, 19.5076543)
    first, second = put("甲农户", near), put("乙农户", near)
    check(page, qtbot)
    wanted = []
    opened.record_wanted.connect(wanted.append)
    key(page, qtbot, Qt.Key.Key_F8)
    key(page, qtbot, Qt.Key.Key_Return)
    assert wanted and wanted[0] in (first, second)
    opened.session.editor.move(first, QgsPointXY(110.5144321, 19.5098765), PointHow("imagery", "exact"), "甲农户")
    settle(page, qtbot)
    assert not {pair for pair in found(page) if pair[1] == "point.same"}


def test_due_sites_are_confirmed_and_begun_by_their_keys(put, register, page, qtbot):
    put("老户", cycle=month(1))
    crop = put("新户", cycle=month(1), market_end=(date.today() - timedelta(50)).isoformat())
    put("按时户", cycle=month(0))
    page._tabs.setCurrentIndex(DUE)
    settle(page, qtbot)
    listed = {duty.last.producer for duty in page.due.model.entries if duty.state in (Due.DUE, Due.OVERDUE)}
    assert listed == {"老户", "新户"}
    page.due.tree.show_entry(next(d.last.uid for d in page.due.model.entries if d.last.producer == "老户"))
    key(page, qtbot, Qt.Key.Key_F9)
    settle(page, qtbot)
    key(page, qtbot, Qt.Key.Key_Return)
    settle(page, qtbot)
    query = "SELECT status, scale, market_end, collector_name FROM record WHERE producer_name = ? AND cycle = ?"
    made = register.connection.execute(query, ("老户", month(0))).fetchall()
    assert [tuple(row) for row in made] == [("submitted", 1200.0, WHOLE["market_end"], "张示例")]
    page.due.tree.show_entry(crop)
    key(page, qtbot, Qt.Key.Key_F10)
    settle(page, qtbot)
    key(page, qtbot, Qt.Key.Key_Return)
    settle(page, qtbot)
    made = register.connection.execute(query, ("新户", month(0))).fetchall()
    assert [tuple(row)[:3] for row in made] == [("draft", None, None)]


def test_the_tree_reads_lines_when_they_are_seen_and_keeps_its_numbers(qtmodeltester):
    entries = [("甲", number) for number in range(450)]
    model = GroupedModel(lambda entry: Words(f"{entry}"), lambda entry: entry)
    model.fill([Group("组", [Place("村", list(entries)), Place("", [("乙", 0)])])], {})
    group = model.index(0, 0)
    village = model.index(0, 0, group)
    assert (model.rowCount(group), model.rowCount(village), model.count) == (2, 0, 451)
    last = model.index_of(("甲", 449))
    assert last.row() == 449 and model.entry_at(model.after(last)) == ("乙", 0)
    assert model.entry_at(model.after(model.after(last))) == ("甲", 0)
    model.take(lambda entry: entry[1] % 2 == 0)
    assert (model.count, model.rowCount(group), model.rowCount(model.index(0, 0, group))) == (225, 1, 225)
    model.put(Group("组", [Place("邻村", [("丙", 1)])]))
    model.put(Group("另一组", [Place("村", [("丁", 1)])]))
    assert model.count == 227 and model.rowCount() == 2
    qtmodeltester.check(model, force_py=True)


def test_the_form_says_what_looks_wrong_while_it_is_filled_in(put, register, collect, opened, qtbot):
    uid = put("错位农户", (100.5123456, 19.5112345))
    opened.show_record(uid)
    qtbot.waitUntil(lambda: collect.checks.ready and collect.checks.isVisible())
    assert "POINT_DIGIT" in {finding.code for finding in collect.checks._found}
    good = put("好农户", (110.5112345, 19.5073456))
    opened.show_record(good)
    qtbot.waitUntil(lambda: not collect.checks.isVisible())


def test_the_page_is_a_tab_and_fits(opened, qtbot):
    from originmap.forms.panel import Panel

    panel = Panel(opened)
    panel.resize(360, 760)
    panel.show()
    panel.enter()
    panel.show_page(Page.QUALITY)
    assert panel.page is Page.QUALITY
    assert panel.page_widget(Page.QUALITY).minimumSizeHint().width() <= 360
    panel.release()
    panel.deleteLater()
