"""The gate, the history and what may be deleted, for everyone who writes: SQL, edit buffer, field calculator."""

from __future__ import annotations

import json
import sqlite3

import pytest
from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionContextUtils, QgsFeature, QgsGeometry

from originmap.core.register.layers import open_layer


def history(register):
    query = "SELECT uid, action, status, by, before FROM history ORDER BY id"
    return [(*row[:4], json.loads(row[4])) for row in register.connection.execute(query)]


def test_draft_may_be_incomplete(register, insert):
    insert(status="draft", producer_name=None, certification=None, geom=None, scale=None)


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"producer_name": None}, "种养殖主体名称"),
        ({"contact_phone": "12345"}, "主体联系方式"),
        ({"certification": "[]"}, "产品认证类型"),
        ({"certification": "[ ]"}, "产品认证类型"),
        ({"geom": None}, "点位"),
        ({"market_end": "2026-05-01"}, "下市时间"),
        ({"unit": "head"}, "单位"),
    ],
)
def test_sql_is_refused_with_the_field(insert, changes, said):
    with pytest.raises(sqlite3.IntegrityError, match=said):
        insert(**changes)


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"uid": "not-a-uid"}, "编号"),
        ({"status": "done"}, "状态"),
        ({"certification": "green"}, "产品认证类型"),
        ({"market_start": "2026/5/1"}, "上市时间"),
        ({"scale": "十亩"}, "种养规模"),
    ],
)
def test_what_no_draft_may_hold(insert, changes, said):
    with pytest.raises(sqlite3.IntegrityError, match=said):
        insert(**{"status": "draft", **changes})


def test_uid_is_unique_and_fixed(register, insert):
    fid = insert()
    with pytest.raises(sqlite3.IntegrityError):
        insert()
    with pytest.raises(sqlite3.IntegrityError, match="编号"):
        register.connection.execute(
            "UPDATE record SET uid = '0b0f1f6e-3a51-4f0e-9d5e-00000000000f' WHERE fid = ?", (fid,)
        )


def test_edit_buffer_is_refused_then_taken(register, insert):
    fid = insert(status="draft", contact_name=None)
    layer = open_layer(register.path)
    status, contact = (layer.fields().indexOf(name) for name in ("status", "contact_name"))
    assert layer.startEditing()
    layer.changeAttributeValue(fid, status, "submitted")
    assert not layer.commitChanges()
    assert "主体联系人" in "".join(layer.commitErrors())
    layer.changeAttributeValue(fid, contact, "张示例")
    assert layer.commitChanges(), layer.commitErrors()
    assert register.connection.execute("SELECT status FROM record").fetchone() == ("submitted",)


def test_field_calculator_is_refused(register, insert):
    insert(status="draft", geom=None)
    layer = open_layer(register.path)
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    expression = QgsExpression("'submitted'")
    layer.startEditing()
    for feature in layer.getFeatures():
        context.setFeature(feature)
        layer.changeAttributeValue(feature.id(), layer.fields().indexOf("status"), expression.evaluate(context))
    assert not layer.commitChanges()
    assert "点位" in "".join(layer.commitErrors())
    layer.rollBack()


def test_new_feature_is_refused_then_taken(register, valid):
    layer = open_layer(register.path)
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt("POINT(110.5 19.5)"))
    for name, value in valid.items():
        if name != "geom":
            feature[name] = json.loads(value) if str(value).startswith("[") else value
    feature["officer_name"] = None
    layer.startEditing()
    layer.addFeature(feature)
    assert not layer.commitChanges()
    assert "网格员姓名" in "".join(layer.commitErrors())
    (added,) = layer.editBuffer().addedFeatures().values()
    layer.changeAttributeValue(added.id(), layer.fields().indexOf("officer_name"), "李示例")
    assert layer.commitChanges(), layer.commitErrors()
    row = register.connection.execute("SELECT certification, created_at, updated_at FROM record").fetchone()
    assert row[0] == '["green"]'
    assert row[1] == row[2] and row[1].endswith("+08:00")
    (count,) = register.connection.execute("SELECT count(*) FROM rtree_record_geom").fetchone()
    assert count == 1
    assert not history(register)


def test_lists_keep_one_spelling(register, insert):
    fid = insert(status="draft")
    layer = open_layer(register.path)
    index = layer.fields().indexOf("certification")
    for value, stored in (
        (["green", "gap"], '["green","gap"]'),
        ([], None),
        ('[ "other" ]', '["other"]'),
        (None, None),
    ):
        layer.startEditing()
        layer.changeAttributeValue(fid, index, value)
        assert layer.commitChanges(), layer.commitErrors()
        assert register.connection.execute("SELECT certification FROM record").fetchone() == (stored,)


def test_history_holds_what_was(register, insert):
    fid = insert()
    register.connection.execute("UPDATE record SET scale = 20, updated_by = '李四' WHERE fid = ?", (fid,))
    ((uid, action, status, by, before),) = history(register)
    assert (action, status, by) == ("update", "submitted", "李四")
    assert before["scale"] == 12.5
    assert before["geom"].startswith("4750")
    assert before["uid"] == uid
    assert set(before) == {"fid", "geom", *(field.name for field in register.standard().fields)}


def test_no_history_without_a_change(register, insert):
    fid = insert()
    register.connection.execute(
        "UPDATE record SET scale = scale, certification = '[ \"green\" ]' WHERE fid = ?", (fid,)
    )
    assert not history(register)
    assert register.connection.execute("SELECT certification FROM record").fetchone() == ('["green"]',)


def test_updated_at_is_set_for_who_forgot_it(register, insert):
    fid = insert(updated_at="2020-01-01T00:00:00+08:00", created_at="2020-01-01T00:00:00+08:00")
    register.connection.execute("UPDATE record SET remark = 'x' WHERE fid = ?", (fid,))
    (stamp,) = register.connection.execute("SELECT updated_at FROM record").fetchone()
    assert stamp > "2026"
    register.connection.execute("UPDATE record SET remark = 'y', updated_at = '2030-01-01T00:00:00+08:00'")
    assert register.connection.execute("SELECT updated_at FROM record").fetchone() == ("2030-01-01T00:00:00+08:00",)
    assert len(history(register)) == 2


def test_nothing_submitted_is_deleted(register, insert):
    fid = insert()
    with pytest.raises(sqlite3.IntegrityError, match="不能删除"):
        register.connection.execute("DELETE FROM record WHERE fid = ?", (fid,))
    register.connection.execute("UPDATE record SET status = 'draft' WHERE fid = ?", (fid,))
    with pytest.raises(sqlite3.IntegrityError, match="不能删除"):
        register.connection.execute("DELETE FROM record WHERE fid = ?", (fid,))


def test_a_draft_goes_into_the_history(register, insert):
    fid = insert(status="draft")
    layer = open_layer(register.path)
    layer.startEditing()
    layer.deleteFeature(fid)
    assert layer.commitChanges(), layer.commitErrors()
    ((_, action, status, _, before),) = history(register)
    assert (action, status, before["producer_name"]) == ("delete", "draft", "示例种植合作社")
    assert register.connection.execute("SELECT count(*) FROM rtree_record_geom").fetchone() == (0,)


def test_deleting_in_qgis_says_why(register, insert):
    fid = insert()
    layer = open_layer(register.path)
    layer.startEditing()
    layer.deleteFeature(fid)
    assert not layer.commitChanges()
    assert "不能删除" in "".join(layer.commitErrors())
    layer.rollBack()


def test_history_is_fixed(register, insert):
    fid = insert()
    register.connection.execute("UPDATE record SET scale = 20 WHERE fid = ?", (fid,))
    for statement in ("DELETE FROM history", "UPDATE history SET uid = 'x'"):
        with pytest.raises(sqlite3.IntegrityError):
            register.connection.execute(statement)
