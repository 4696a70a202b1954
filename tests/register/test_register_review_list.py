"""What waits for the reviewer: its order, its next one, and that no question reads more than it needs."""

from __future__ import annotations

from numpy import array

from originmap.core.onemap.query import Query
from originmap.core.register.geometry import point_blobs
from originmap.core.register.nearby import neighbours
from originmap.core.register.review_list import ReviewList


def _waits(register, insert, producer: str, township: str, at: str) -> str:
    import uuid

    uid = str(uuid.uuid4())
    insert(uid=uid, producer_name=producer, township=township, updated_at=at)
    return uid


def test_next_goes_by_township_and_age_and_round_to_the_beginning(register, insert):
    moments = {"甲": ("乙镇", 3), "乙": ("乙镇", 1), "丙": ("甲镇", 2), "丁": (None, 4)}
    uids = {n: _waits(register, insert, n, t, f"2026-05-0{day}T08:00:00+08:00") for n, (t, day) in moments.items()}
    listed = ReviewList(register)
    seen, item = [], listed.next_after()
    for _ in range(5):
        seen.append(item.producer)
        item = listed.next_after(item)
    assert seen == ["丁", "乙", "甲", "丙", "丁"]
    assert [(g.township, g.waiting, g.since[:10]) for g in listed.groups()] == [
        ("", 1, "2026-05-04"), ("乙镇", 2, "2026-05-01"), ("甲镇", 1, "2026-05-02")
    ]  # fmt: skip
    only = ReviewList(register, Query(condition="producer_name = '甲'"))
    assert [only.next_after().uid] == [uids["甲"]] and only.next_after(only.item(uids["甲"])) is None
    assert not ReviewList(register, Query(states=("approved",))).groups()


def test_no_question_sorts_or_goes_through_all_records(register):
    listed = ReviewList(register)
    asked = []
    register.connection.set_trace_callback(asked.append)
    item = listed.item("x")
    assert item is None
    listed.groups()
    listed.waiting("甲镇", 10)
    listed.next_after()
    register.connection.set_trace_callback(None)
    plans = [register.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in asked if "record" in sql]
    steps = [row[3] for plan in plans for row in plan]
    assert len(plans) == 4 and not [step for step in steps if "TEMP B-TREE" in step]
    assert [step for step in steps if "record_review" in step] and not [s for s in steps if s == "SCAN record"]


def test_neighbours_are_of_the_product_and_the_nearest_first(register, insert):
    def at(metres: float) -> bytes:
        return point_blobs(array([110.5]), array([19.5 + metres / 111_320]))[0]

    made = {
        name: _uid_at(insert, name, at(metres), **more)
        for name, metres, more in (
            ("远", 400, {}), ("近", 50, {}), ("太远", 600, {}), ("别的", 20, {"variety": "celery"}),
            ("终止", 30, {"status": "ended", "ended_on": "2026-05-01", "ended_reason": "改种"}),
        )
    }  # fmt: skip
    found = neighbours(register, made["近"], "cowpea", (110.5, 19.5))
    assert [one.producer for one in found] == ["远"] and abs(found[0].metres - 400) < 2
    assert [one.producer for one in neighbours(register, "", "cowpea", (110.5, 19.5))] == ["近", "远"]


def _uid_at(insert, name: str, geom: bytes, **more: object) -> str:
    import uuid

    uid = str(uuid.uuid4())
    insert(uid=uid, producer_name=name, geom=geom, **more)
    return uid
