"""The townships of the reviewer's list come at once, and are those that are counted behind."""

from __future__ import annotations

import uuid

from originmap.core.onemap.query import Query
from originmap.core.register.review_list import ReviewList


def test_a_glance_names_the_townships_that_are_counted_behind(register, insert):
    listed = ReviewList(register)
    assert listed.glance() == [] == listed.groups()
    moments = iter(range(10, 60))
    for township, status in (
        *(("石湾镇", "submitted"), ("石湾镇", "submitted"), ("大岭镇", "submitted"), ("河口街道", "draft")),
        *((None, "submitted"), ("", "submitted"), ("云溪镇", "submitted")),
    ):
        at = f"2026-05-01T09:{next(moments)}:00+08:00"
        insert(uid=str(uuid.uuid4()), township=township, status=status, created_at=at, updated_at=at)
    glance, groups = listed.glance(), listed.groups()
    assert [(one.township, one.since) for one in glance] == [(one.township, one.since) for one in groups]
    assert [one.township for one in glance] == ["", "云溪镇", "大岭镇", "石湾镇"]
    assert not any(one.counted or one.waiting for one in glance)
    assert [one.waiting for one in groups] == [2, 1, 1, 2]
    assert ReviewList(register, Query(varieties=("cowpea",))).glance() == []
