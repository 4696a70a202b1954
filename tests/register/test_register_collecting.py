"""The services around collecting: queue, search, what is missing, what is prefilled, neighbours, kept drafts."""

from __future__ import annotations

import uuid
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from originmap.core.places.divisions import Division, DivisionLevel
from originmap.core.places.gazetteer import Gazetteer
from originmap.core.register import pending
from originmap.core.register.completeness import missing, prefill
from originmap.core.register.geometry import point_blobs
from originmap.core.register.nearby import conflicts
from originmap.core.register.queue import Queue
from originmap.core.register.rows import reading
from originmap.core.register.search import search
from originmap.core.standard.model import load_standard

VILLAGE = "999901101001"


@pytest.fixture
def put(insert):
    """Insert a draft under a new uid; gives the uid."""

    def put_record(**changes: object) -> str:
        uid = str(changes.pop("uid", "") or uuid.uuid4())
        insert(**{"uid": uid, "status": "draft", "point_quality": "none", "geom": None, **changes})
        return uid

    return put_record


def blob(longitude: float, latitude: float) -> bytes:
    return point_blobs(np.array([longitude]), np.array([latitude]))[0]


def gazetteer() -> Gazetteer:
    own = [
        Division("99", "示例省", DivisionLevel.PROVINCE),
        Division("9999", "示例市", DivisionLevel.CITY),
        Division("999901", "示例县", DivisionLevel.COUNTY, 110.0, 19.0),
        Division("999901101", "石湾镇", DivisionLevel.TOWNSHIP, 110.4, 19.4),
        Division(VILLAGE, "青塘村委会", DivisionLevel.VILLAGE, 110.45, 19.45, radius=900.0),
    ]
    return Gazetteer.open().with_divisions(own)


def test_queue_counts_and_order(register, put):
    a = put(producer_name="甲")
    b = put(producer_name="乙", village=None)
    c = put(producer_name="丙", village="白水村", aside_reason="找不到")
    put(producer_name="丁", point_quality="exact", geom=blob(110.5, 19.5))
    put(producer_name="戊", status="ended", ended_on="2026-01-01", point_quality="exact", geom=blob(110, 19))
    queue = Queue(register)
    found = {(g.village): (g.done, g.total, g.aside, g.waiting) for g in queue.groups()}
    assert found == {"": (0, 1, 0, 1), "白水村": (0, 1, 1, 0), "青塘村": (1, 2, 0, 1)}
    assert [item.uid for item in queue.waiting()] == [b, a] and queue.count() == 2
    village = next(g for g in queue.groups() if g.village == "青塘村")
    assert [item.uid for item in queue.waiting(village)] == [a]
    assert [(item.uid, reason) for item, reason in queue.aside()] == [(c, "找不到")]
    assert queue.next_after().uid == b and queue.next_after(b).uid == a and queue.next_after(a).uid == b
    register.connection.execute("UPDATE record SET point_quality = 'exact' WHERE uid = ?", (b,))
    assert queue.next_after(b).uid == a and queue.next_after(a) is None


def test_queue_counts_one_village_as_it_counts_all(register, put):
    for village in ("青塘村", "青塘村", "", None, "白水村"):
        put(village=village)
    put(village=None, township=None, aside_reason="找不到")
    put(point_quality="exact", geom=blob(110.5, 19.5))
    queue = Queue(register)
    groups = queue.groups()
    assert [queue.group_of(group.township, group.village) for group in groups] == groups
    assert [(group.village, group.waiting) for group in groups if group.waiting] == [
        ("", 2),
        ("白水村", 1),
        ("青塘村", 2),
    ]
    assert queue.group_of("没有", "此村").total == 0


def test_queue_goes_on_behind_an_entry(register, put):
    for producer in ("乙", "甲", None, "乙"):
        put(producer_name=producer)
    put(village="白水村")
    queue = Queue(register)
    village = next(group for group in queue.groups() if group.village == "青塘村")
    whole = queue.waiting(village)
    assert len(whole) == 4
    found = queue.waiting(village, 2)
    while len(found) < 4:
        found += queue.waiting(village, 1, found[-1])
    assert found == whole and queue.waiting(village, 1, found[-1]) == []
    assert queue.waits(whole[0].uid)
    register.connection.execute("UPDATE record SET aside_reason = '找不到' WHERE uid = ?", (whole[0].uid,))
    assert not queue.waits(whole[0].uid) and not queue.waits("gone")


def test_queue_guesses(register, put):
    placed = put(
        point_quality="approximate", geom=blob(110.5, 19.5), point_radius=120, findings='[{"code": "COORD_LOWPREC"}]'
    )
    unplaced = put(producer_name="乙")
    queue = Queue(register, gazetteer())
    item = queue.item(placed)
    assert item.guess == (110.5, 19.5) and item.radius == 120 and item.findings == ("COORD_LOWPREC",)
    item = queue.item(unplaced)
    assert item.guess == (110.45, 19.45) and item.radius == 900
    assert Queue(register).item(unplaced).guess is None


def test_queue_uses_its_indexes(register, put):
    uid = put()
    asked = []
    register.connection.set_trace_callback(asked.append)
    queue = Queue(register)
    queue.groups(), queue.count(), queue.waiting(), queue.next_after(uid)
    queue.group_of("石湾镇", "青塘村"), queue.waiting(queue.groups()[0], 5, queue.item(uid))
    put_aside = []
    register.connection.set_trace_callback(put_aside.append)
    queue.aside()
    register.connection.set_trace_callback(None)
    asked = [query for query in asked if "INDEXED BY" in query]
    assert len(asked) == 13
    asked += [query for query in put_aside if "ORDER BY" in query]
    assert len(asked) == 14
    for query in asked:
        plan = " ".join(row[3] for row in register.connection.execute(f"EXPLAIN QUERY PLAN {query}"))
        assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    "typed", ["示例种植", "种植合作", "青塘", "石湾", "三组", "1234", "800001234", VILLAGE, "999901101", "0b0f1f6e"]
)
def test_search_finds_by(register, insert, put, typed):
    insert()
    put(
        producer_name="另一家",
        township="别镇",
        village="他村",
        site_address="远处",
        contact_phone="0898-12345678",
        division_code="999901102001",
        uid="1b0f1f6e-3a51-4f0e-9d5e-000000000001",
    )
    connection = reading(register.path)
    (hit,) = search(connection, typed)
    connection.close()
    assert hit.title == "示例种植合作社" and hit.point == (110.5, 19.5) and "石湾镇青塘村三组" in hit.subtitle


def test_search_is_limited_and_stops(register, put):
    for _ in range(5):
        put()
    assert len(search(register.connection, "示例", 3)) == 3
    assert search(register.connection, "示例", cancelled=lambda: True) == []
    assert search(register.connection, "示") == [] and search(register.connection, "%") == []


def test_missing_names_each_field_once(valid):
    standard = load_standard()
    values = {name: value for name, value in valid.items() if name not in ("geom", "uid", "status")}
    assert missing(standard, values, True) == []
    found = missing(standard, {**values, "contact_name": None, "scale": None}, False)
    assert [m.field for m in found] == ["contact_name", "scale", "point_quality"]
    assert found[0].title == "主体联系人" and "主体联系人" in found[0].sentence()


def test_prefill_knows_place_product_and_people():
    standard, today = load_standard(), date(2026, 3, 5)
    profile = {"collector_name": "王示例", "collector_phone": "13800003456"}
    last = {
        "division_code": VILLAGE,
        "site_address": "青塘村三组",
        "officer_name": "李示例",
        "scale": 3,
        "village": "青塘村",
    }
    made = prefill(standard, "cowpea", VILLAGE, last, profile, today, gazetteer())
    assert (made["cycle"], made["unit"], made["industry"]) == ("2026-春茬", "mu", "crop")
    assert (made["village"], made["township"], made["county"]) == ("青塘村委会", "石湾镇", "示例县")
    assert made["site_address"] == "青塘村三组" and made["officer_name"] == "李示例" and "scale" not in made
    assert prefill(standard, "egg", None, last, profile, today)["cycle"] == "2026-03"
    assert prefill(standard, "egg", None, last, profile, today)["village"] == "青塘村"
    elsewhere = prefill(standard, "cowpea", "999901101", last, profile, today, gazetteer())
    assert "site_address" not in elsewhere and "village" not in elsewhere
    in_township = {**last, "division_code": "999901101"}
    assert "site_address" not in prefill(standard, "cowpea", "999901101", in_township, profile, today, gazetteer())


def test_neighbours_are_asked_about(register, insert, valid):
    insert()
    new = {**valid, "uid": None}
    near, far = (110.5 + 0.0001, 19.5), (110.5 + 0.0003, 19.5)
    assert [f.code for f in conflicts(register, new, near)] == ["SITE_NEAR"]
    assert conflicts(register, new, near)[0].params["metres"] == 11
    assert conflicts(register, new, far) == [] and conflicts(register, valid, near) == []
    assert conflicts(register, {**new, "variety": "celery"}, near) == []
    assert conflicts(register, {**new, "cycle": "2026-秋茬"}, near) == []


def test_outside_the_stated_division(register, valid):
    def at(code):
        return SimpleNamespace(any=True, division_of=lambda x, y: [code])

    new, point = {**valid, "producer_name": "乙"}, (110.5, 19.5)
    assert conflicts(register, new, point, at(VILLAGE)) == [] and conflicts(register, new, point, at("999901101")) == []
    for code in (None, "999901102001"):
        (finding,) = conflicts(register, new, point, at(code))
        assert finding.code == "COORD_ADMIN" and finding.proposal == (code or "")
        assert "青塘村" in finding.message().sentence


def test_what_was_typed_survives(tmp_path):
    path = pending.draft_file(tmp_path / "drafts", tmp_path / "county.gpkg")
    assert path != pending.draft_file(tmp_path / "drafts", tmp_path / "other" / "county.gpkg")
    assert pending.kept(path) is None
    pending.keep(path, pending.Pending({"producer_name": "甲", "scale": 2.5}, (110.5, 19.5), "u"))
    kept = pending.kept(path)
    assert kept.values == {"producer_name": "甲", "scale": 2.5} and kept.point == (110.5, 19.5) and kept.at
    path.write_text("{broken", encoding="utf-8")
    assert pending.kept(path) is None
    pending.forget(path)
    pending.forget(path)
    assert not path.exists()
