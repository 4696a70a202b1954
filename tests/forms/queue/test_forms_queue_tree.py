"""The tree of townships and villages: what it counts, when it reads, and what a change elsewhere does to it."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication

from ...records import point
from .conftest import RECORD, progress


def test_the_tree_counts_villages_and_reads_records_only_when_opened(open_page, put, qtmodeltester):
    for number in range(230):
        put(f"农场{number:03}")
    put("已定位", point_quality="exact", geom=point(110.2, 19.5))
    put("别村", village="白水村")
    put("做完了", village="完工村", point_quality="exact", geom=point(110.2, 19.5))
    page = open_page()
    model = page.lists.model
    assert progress(model) == [("白水村", "0/1"), ("青塘村", "1/231")]
    village = model.index(1, 0, model.index(0, 0))
    assert village.data(Qt.ItemDataRole.AccessibleTextRole) == "青塘村 1/231"
    assert model.rowCount(village) == 0 and model.hasChildren(village) and model.canFetchMore(village)
    tree, counts = page.lists.tree, []
    tree.expand(model.index(0, 0))
    tree.expand(village)
    # What is open is not read to its end before a person comes near it, whatever happens to its lines.
    model.recount("石湾镇", "青塘村")
    model.forget(model.item_at(village).uid)
    QApplication.processEvents()
    while model.begun():
        counts.append(model.rowCount(village))
        tree.scrollTo(model.index(counts[-1] - 1, 0, village))
    assert counts == [99, 199] and model.rowCount(village) == 229
    names = [model.index(row, 0, village).data() for row in range(229)]
    assert names == sorted(names) and names[7].startswith("农场008")
    assert not model.index(0, 0, village).data(Qt.ItemDataRole.DecorationRole).isNull()
    qtmodeltester.check(model)


def test_a_record_far_down_is_found_by_reading_on(open_page, put):
    uids = [put(f"农场{number:03}") for number in range(130)]
    page = open_page()
    item = page._workbench.session.queue.item(uids[120])
    assert page.lists.model.find(item).data().startswith("农场120")
    assert page.lists.model.village_of(uids[120]) == ("石湾镇", "青塘村")


def test_names_that_are_missing_are_said(open_page, put):
    put("甲农场", township=None, village=None)
    page = open_page()
    (line,) = progress(page.lists.model)
    assert line == ("(village not stated)", "0/1")


def test_what_happens_elsewhere_is_counted_for_its_village_alone(open_page, put, rough, workbench, qtbot):
    put("别村", village="白水村")
    page = open_page()
    model, resets = page.lists.model, []
    model.modelReset.connect(lambda: resets.append(1))
    done = workbench.session.editor.add({**RECORD, "producer_name": "新农场", "village": "新村"}, None, "新增")
    assert done.ok
    assert progress(model) == [("新村", "0/1"), ("白水村", "0/1"), ("青塘村", "1/3")]
    assert workbench.session.editor.change(done.uid, {"village": "白水村"}, "改村").ok
    assert ("白水村", "0/2") in progress(model)
    qtbot.waitUntil(lambda: model.totals.waiting == 4)
    assert ("新村", "0/0") in progress(model) and not resets


def test_coming_back_to_the_page_keeps_what_was_opened(open_page, rough, put, qtbot):
    page = open_page()
    page.lists.tree.expandAll()
    resets = []
    page.lists.model.modelReset.connect(lambda: resets.append(1))
    page.leave()
    put("丁农场")
    page.enter()
    qtbot.waitUntil(lambda: not page.lists.counting)
    village = page.lists.model.index(0, 0, page.lists.model.index(0, 0))
    assert page.lists.model.rowCount(village) == 3 and not resets


def test_enter_in_the_tree_takes_the_record_to_hand(open_page, rough, qtbot):
    page = open_page()
    tree = page.lists.tree
    tree.setFocus()
    tree.setCurrentIndex(page.lists.model.index(0, 0))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(tree, key)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert page.work.item.uid == rough[1]
