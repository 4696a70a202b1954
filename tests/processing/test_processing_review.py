"""The algorithms of the review as Processing, the modeler and scripts run them, on a real register."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Iterator

import openpyxl
import pytest
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from originmap.core.register.create import create_register
from originmap.core.review.transitions import today_in_china
from originmap.processing.overduereturns import OverdueReturns
from originmap.processing.provider import OriginMapProvider
from originmap.processing.reviewrecords import ReviewRecords
from originmap.processing.submitrecords import SubmitRecords
from originmap.processing.undostep import UndoStep
from originmap.processing.verifyhistory import VerifyHistory

from ..records import WHOLE, insert_record, point

COLLECTORS = {"石湾镇": ("王示例", "13800003456"), "大岭镇": ("孙示例", "13800003457")}
REVIEWER = {"BY": "赵示例", "PHONE": "13800009999"}
BY_COLLECTOR = {"BY": "王示例", "PHONE": "13800003456"}


@pytest.fixture
def register(qgis_app, qgis_processing, tmp_path: Path) -> Path:
    """Three good drafts in each of two townships, one of them a household's, and one without a scale."""
    path = tmp_path / "county.gpkg"
    with create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省") as made:
        for number in range(7):
            township = "石湾镇" if number % 2 else "大岭镇"
            name, phone = COLLECTORS[township]
            record = {
                **WHOLE,
                "geom": point(),
                "producer_name": f"示例合作社{number}",
                "township": township,
                "division_code": f"9999011{1 + number % 2:02d}001",
                "collector_name": name,
                "collector_phone": phone,
            }
            if number == 5:
                record.update(producer_type="household", producer_name="周示例")
            if number == 6:
                record["scale"] = None
            insert_record(made.connection, record)
    return path


@pytest.fixture
def provider(qgis_app, qgis_processing) -> Iterator[OriginMapProvider]:
    """Our provider among those of Processing."""
    added = OriginMapProvider()
    QgsApplication.processingRegistry().addProvider(added)
    yield added
    QgsApplication.processingRegistry().removeProvider(added)


def run(algorithm, register: Path, **parameters) -> tuple[dict[str, object], QgsProcessingContext, str]:
    """The results, the context that holds their layers, and the log as a person reads it."""
    feedback, context = QgsProcessingFeedback(), QgsProcessingContext()
    results, ok = algorithm().create().run({"REGISTER": str(register), **parameters}, context, feedback)
    assert ok, feedback.textLog()
    return results, context, feedback.textLog()


def rows_of(name: str, results, context) -> list[dict[str, object]]:
    layer = QgsProcessingUtils.mapLayerFromString(results[name], context)
    return [feature.attributeMap() for feature in layer.getFeatures()]


def states(register: Path) -> dict[str, int]:
    with closing(sqlite3.connect(register)) as connection:
        return dict(connection.execute("SELECT status, count(*) FROM record GROUP BY 1"))


def test_submitting_takes_what_is_whole_and_tells_why_the_rest_stays(register, tmp_path):
    listed = tmp_path / "未办理.xlsx"
    outputs = {"RECORDS": "memory:", "LEFT_OUT": "memory:", "WORKBOOK": str(listed)}
    tried, _, log = run(SubmitRecords, register, DRY_RUN=True, **BY_COLLECTOR)
    assert (tried["COUNT"], tried["GONE"], tried["STAYED"], tried["STEP"]) == (7, 6, 1, "") and "示例合作社6" in log
    assert states(register) == {"draft": 7}
    done, context, _ = run(SubmitRecords, register, **BY_COLLECTOR, **outputs)
    assert (done["COUNT"], done["GONE"], done["STAYED"]) == (7, 6, 1) and done["STEP"]
    assert states(register) == {"draft": 1, "submitted": 6}
    gone, (left,) = rows_of("RECORDS", done, context), rows_of("LEFT_OUT", done, context)
    assert len(gone) == 6 and {row["status"] for row in gone} == {"submitted"}
    assert (left["producer_name"], left["code"]) == ("示例合作社6", "REVIEW_INCOMPLETE") and "Scale" in left["reason"]
    book = openpyxl.load_workbook(listed)
    line = [cell.value for cell in book["逐条"][5]]
    assert line[1:4] == ["大岭镇", "青塘村", "示例合作社6"] and "种养规模" in line[5] and book["逐条"].max_row == 5
    assert [[cell.value for cell in row] for row in book["按原因"].iter_rows(min_row=5)] == [[line[5], 1], ["合计", 1]]
    again, _, _ = run(SubmitRecords, register, **BY_COLLECTOR)
    assert (again["COUNT"], again["GONE"], again["STAYED"]) == (1, 0, 1)


def test_a_step_of_many_is_taken_back_as_one(register):
    done, _, log = run(SubmitRecords, register, **BY_COLLECTOR)
    assert done["STEP"] in log
    run(ReviewRecords, register, ACTION=0, DIVISION="999901101", **REVIEWER)
    as_collector = {**BY_COLLECTOR, "ROLE": 1}
    nothing, _, _ = run(UndoStep, register, STEP_ID=done["STEP"], **REVIEWER)
    assert (nothing["COUNT"], nothing["GONE"]) == (6, 0)
    tried, _, _ = run(UndoStep, register, STEP_ID=done["STEP"], DRY_RUN=True, **as_collector)
    assert (tried["GONE"], tried["STAYED"], states(register)["submitted"]) == (3, 3, 3)
    back, context, _ = run(UndoStep, register, LEFT_OUT="memory:", RECORDS="memory:", **as_collector)
    assert (back["COUNT"], back["GONE"], back["STAYED"]) == (6, 3, 3)
    assert {row["code"] for row in rows_of("LEFT_OUT", back, context)} == {"REVIEW_LAST"}
    assert {row["status"] for row in rows_of("RECORDS", back, context)} == {"draft"}
    assert states(register) == {"draft": 4, "approved": 3}
    # The reviewer's own last step needs no number; then the rest of the collector's can go.
    assert run(UndoStep, register, **REVIEWER)[0]["GONE"] == 3
    assert run(UndoStep, register, **as_collector)[0]["GONE"] == 3 and states(register) == {"draft": 7}
    with closing(sqlite3.connect(register)) as connection:
        told = connection.execute("SELECT event, count(*) FROM review_event GROUP BY event").fetchall()
    assert dict(told) == {"submit": 6, "approve": 3, "undo": 9}
    for wrong in ({"STEP_ID": "x"}, {}):
        feedback = QgsProcessingFeedback()
        given = {"REGISTER": str(register), **as_collector, **wrong}
        _, ok = UndoStep().create().run(given, QgsProcessingContext(), feedback)
        assert not ok and ("x" if wrong else "王示例") in feedback.textLog()


def test_a_layer_says_which_records_and_a_query_narrows_them(register):
    layer = QgsVectorLayer(f"{register}|layername=record", "采集记录", "ogr")
    layer.setSubsetString("\"township\" = '石湾镇'")
    done, _, _ = run(SubmitRecords, register, INPUT=layer, FILTER="producer_name <> '示例合作社1'", **BY_COLLECTOR)
    assert (done["COUNT"], done["GONE"]) == (2, 2)
    again, context, _ = run(SubmitRecords, register, INPUT=layer, LEFT_OUT="memory:", **BY_COLLECTOR)
    assert (again["COUNT"], again["GONE"], again["STAYED"]) == (3, 1, 2)
    assert {row["code"] for row in rows_of("LEFT_OUT", again, context)} == {"REVIEW_STATE"}
    strange = QgsVectorLayer("NoGeometry?field=name:string", "别的表", "memory")
    strange.dataProvider().addFeatures([QgsFeature(strange.fields())])
    feedback = QgsProcessingFeedback()
    given = {"REGISTER": str(register), "INPUT": strange, **BY_COLLECTOR}
    _, ok = SubmitRecords().create().run(given, QgsProcessingContext(), feedback)
    assert not ok and "别的表" in feedback.textLog()


def test_nobody_reviews_what_they_collected(register):
    run(SubmitRecords, register, **BY_COLLECTOR)
    under_another_name = {"BY": "小王", "PHONE": "138 0000 3456"}
    done, context, _ = run(ReviewRecords, register, ACTION=0, LEFT_OUT="memory:", **under_another_name)
    assert (done["COUNT"], done["GONE"], done["STAYED"]) == (6, 3, 3)
    assert {row["code"] for row in rows_of("LEFT_OUT", done, context)} == {"REVIEW_OWN"}
    assert states(register) == {"draft": 1, "submitted": 3, "approved": 3}
    _, ok = (
        ReviewRecords()
        .create()
        .run({"REGISTER": str(register), "BY": "小王", "PHONE": "138"}, QgsProcessingContext(), QgsProcessingFeedback())
    )
    assert not ok and states(register)["submitted"] == 3


def test_a_return_needs_its_terms_and_is_listed_once_it_is_overdue(register, tmp_path):
    run(SubmitRecords, register, **BY_COLLECTOR)
    nothing, _, _ = run(ReviewRecords, register, ACTION=1, REASON="规模与台账不符", **REVIEWER)
    assert (nothing["GONE"], nothing["STAYED"]) == (0, 6)
    terms = {
        "ACTION": 1,
        "REASON": "规模与台账不符",
        "DEADLINE": "3",
        "COMMENTS": ["种养规模", "台账为 10 亩", "点位", "偏出地块"],
    }
    back, _, _ = run(ReviewRecords, register, **terms, **REVIEWER)
    assert (back["GONE"], back["STAYED"]) == (6, 0)
    mended, _, _ = run(SubmitRecords, register, DIVISION="999901101", **BY_COLLECTOR)
    assert mended["GONE"] == 3
    target, later = tmp_path / "逾期.xlsx", today_in_china() + timedelta(days=5)
    outputs = {"WORKBOOK": str(target), "LAYER": "memory:", "TOWNSHIPS": "memory:"}
    found, context, _ = run(OverdueReturns, register, ON=later.isoformat(), **outputs)
    counts = [found[name] for name in ("RETURNED", "IN_TIME", "WAITING", "LATE", "OVERDUE", "LONGEST")]
    assert counts == [6, 3, 0, 0, 3, 2]
    listed = rows_of("LAYER", found, context)
    assert {(row["township"], row["collector_name"], row["outcome"], row["days"]) for row in listed} == {
        ("石湾镇", "王*", "overdue", 2)
    }
    assert {row["producer_name"] for row in listed} == {"示例合作社1", "示例合作社3", "周*"}
    towns = {row["township"]: (row["in_time"], row["overdue"]) for row in rows_of("TOWNSHIPS", found, context)}
    assert towns == {"石湾镇": (0, 3), "大岭镇": (3, 0)}
    details = openpyxl.load_workbook(target)["逾期清单"]
    first = dict(zip((cell.value for cell in details[4]), (cell.value for cell in details[5])))
    assert (first["情况"], first["信息采集员"], first["退回原因"]) == ("逾期未改", "王*", "规模与台账不符")
    assert set(first["需改正的栏目"].split("、")) == {"种养规模", "点位"}
    assert details.max_row == 4 + 3
    # The list carries the mark that a later look at the history is held against.
    kept = re.search("封存印记 ([0-9a-f]{16})", details["A2"].value)
    known, _, _ = run(VerifyHistory, register, KNOWN_HEAD=kept.group(1), SEAL=True)
    assert (known["BROKEN"], known["UNSEALED"]) == (0, 0)
    assert "周示例" not in str([cell.value for row in details for cell in row])
    now, _, _ = run(OverdueReturns, register)
    assert (now["OVERDUE"], now["WAITING"]) == (0, 3)


def test_a_list_in_full_needs_its_purpose(register, tmp_path):
    feedback, target = QgsProcessingFeedback(), tmp_path / "逾期.xlsx"
    given = {"REGISTER": str(register), "MASK": False, "WORKBOOK": str(target)}
    _, ok = OverdueReturns().create().run(given, QgsProcessingContext(), feedback)
    assert not ok and not target.exists()
    run(OverdueReturns, register, MASK=False, PURPOSE="季度绩效评价", WORKBOOK=str(target))
    with closing(sqlite3.connect(register)) as connection:
        (note,) = connection.execute("SELECT value FROM setting WHERE name LIKE 'export/%'").fetchone()
    assert "季度绩效评价" in note and target.exists()


def test_a_wrong_condition_is_said(register):
    for algorithm in (OverdueReturns, SubmitRecords):
        feedback, given = QgsProcessingFeedback(), {"REGISTER": str(register), "FILTER": "nonsense = 1", "BY": "王示例"}
        _, ok = algorithm().create().run(given, QgsProcessingContext(), feedback)
        assert not ok and "nonsense" in feedback.textLog()


def test_a_comment_on_no_field_is_refused(register):
    feedback = QgsProcessingFeedback()
    given = {"REGISTER": str(register), "ACTION": 1, "COMMENTS": ["没有的栏目", "改"], **REVIEWER}
    _, ok = ReviewRecords().create().run(given, QgsProcessingContext(), feedback)
    assert not ok and "没有的栏目" in feedback.textLog()


def test_a_model_submits_and_reviews_what_was_submitted(register, provider):
    model = QgsProcessingModelAlgorithm("提交并审核", "测试")
    fixed = QgsProcessingModelChildParameterSource.fromStaticValue
    for name, algorithm, values in (
        ("submit", "submitrecords", {**BY_COLLECTOR, "DIVISION": "999901101"}),
        ("review", "reviewrecords", {**REVIEWER, "ACTION": 0}),
    ):
        child = QgsProcessingModelChildAlgorithm(f"originmap:{algorithm}")
        child.setChildId(name)
        for key, value in {"REGISTER": str(register), **values}.items():
            child.addParameterSources(key, [fixed(value)])
        model.addChildAlgorithm(child)
    review = model.childAlgorithm("review")
    review.addParameterSources("INPUT", [QgsProcessingModelChildParameterSource.fromChildOutput("submit", "RECORDS")])
    model.setChildAlgorithm(review)
    feedback = QgsProcessingFeedback()
    _, ok = model.run({}, QgsProcessingContext(), feedback)
    assert ok, feedback.textLog()
    assert states(register) == {"draft": 4, "approved": 3}


def test_what_was_changed_behind_the_register_is_named(register):
    run(SubmitRecords, register, **BY_COLLECTOR)
    whole, _, _ = run(VerifyHistory, register, SEAL=True)
    assert (whole["BROKEN"], whole["UNSEALED"], whole["FIRST"]) == (0, 0, "") and whole["CHECKED"] == 7 + 6 + 6
    with closing(sqlite3.connect(register, isolation_level=None)) as connection:
        (guard,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'keep_history_update'").fetchone()
        connection.execute("DROP TRIGGER keep_history_update")
        connection.execute("UPDATE history SET by = '别人' WHERE id = 3")
        connection.execute(guard)
    found, context, log = run(VerifyHistory, register, KNOWN_HEAD=whole["HEAD"], LINKS="memory:")
    (link,) = rows_of("LINKS", found, context)
    assert (found["BROKEN"], link["subject"], link["row"], link["kind"]) == (1, "history", 3, "SEAL_CHANGED")
    assert found["FIRST"] == link["what"] and found["FIRST"] in log and found["HEAD"] == whole["HEAD"]
    strange, _, _ = run(VerifyHistory, register, KNOWN_HEAD="0" * 16)
    assert strange["BROKEN"] == 2
    with closing(sqlite3.connect(register, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER keep_history_update")
    gone, _, log = run(VerifyHistory, register)
    assert (gone["BROKEN"], gone["REPAIRED"]) == (2, 0) and "keep_history_update" in gone["FIRST"]
    # Whoever writes next puts it back, which is told from then on.
    run(SubmitRecords, register, **BY_COLLECTOR)
    again, _, log = run(VerifyHistory, register)
    assert (again["BROKEN"], again["REPAIRED"]) == (1, 1) and "keep_history_update" in log
