"""What waits for the reviewer: its order, its next one, its townships at once, and that no question reads too much."""

from __future__ import annotations

import uuid

import pytest

from originmap.core.onemap.query import Query
from originmap.core.register.nearby import neighbours
from originmap.core.register.review_list import ReviewList

from ..records import point


@pytest.fixture
def put(insert):
    """Insert a submitted record under a new uid; gives the uid."""

    def put_record(**changes: object) -> str:
        uid = str(uuid.uuid4())
        insert(**{"uid": uid, **changes})
        return uid

    return put_record


def test_next_goes_by_township_and_age_and_round_to_the_beginning(register, put):
    moments = {"甲": ("乙镇", 3), "乙": ("乙镇", 1), "丙": ("甲镇", 2), "丁": (None, 4)}
    uids = {
        n: put(producer_name=n, township=t, updated_at=f"2026-05-0{day}T08:00:00+08:00")
        for n, (t, day) in moments.items()
    }
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


def test_neighbours_are_of_the_product_and_the_nearest_first(register, put):
    made = {
        name: put(producer_name=name, geom=point(latitude=19.5 + metres / 111_320), **more)
        for name, metres, more in (
            ("远", 400, {}), ("近", 50, {}), ("太远", 600, {}), ("别的", 20, {"variety": "celery"}),
            ("终止", 30, {"status": "ended", "ended_on": "2026-05-01", "ended_reason": "改种"}),
        )
    }  # fmt: skip
    found = neighbours(register, made["近"], "cowpea", (110.5, 19.5))
    assert [one.producer for one in found] == ["远"] and abs(found[0].metres - 400) < 2
    assert [one.producer for one in neighbours(register, "", "cowpea", (110.5, 19.5))] == ["近", "远"]


def test_a_glance_names_the_townships_that_are_counted_behind(register, put):
    listed = ReviewList(register)
    assert listed.glance() == [] == listed.groups()
    moments = iter(range(10, 60))
    for township, status in (
        *(("石湾镇", "submitted"), ("石湾镇", "submitted"), ("大岭镇", "submitted"), ("河口街道", "draft")),
        *((None, "submitted"), ("", "submitted"), ("云溪镇", "submitted")),
    ):
        at = f"2026-05-01T09:{next(moments)}:00+08:00"
        put(township=township, status=status, created_at=at, updated_at=at)
    glance, groups = listed.glance(), listed.groups()
    assert [(one.township, one.since) for one in glance] == [(one.township, one.since) for one in groups]
    assert [one.township for one in glance] == ["", "云溪镇", "大岭镇", "石湾镇"]
    assert not any(one.counted or one.waiting for one in glance)
    assert [one.waiting for one in groups] == [2, 1, 1, 2]
    assert ReviewList(register, Query(varieties=("cowpea",))).glance() == []
