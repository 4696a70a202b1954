"""Queries kept in the register under a name."""

from __future__ import annotations

import pytest

from originmap.core.onemap.query import Query, Scale
from originmap.core.register.queries import drop_query, save_query, saved_queries, saved_query
from originmap.core.standard.errors import OriginMapError

COWPEA = Query(varieties=("cowpea",), scales=(Scale(10, unit="mu"),), text="O'Neil")


def test_a_query_is_kept_with_who_and_when(register):
    save_query(register, " 豇豆  大户 ", COWPEA, "李示例")
    found = saved_query(register, "豇豆 大户")
    assert (found.query, found.by) == (COWPEA, "李示例") and found.at
    save_query(register, "豇豆 大户", Query())
    assert [(saved.name, saved.query) for saved in saved_queries(register)] == [("豇豆 大户", Query())]
    drop_query(register, "豇豆 大户")
    assert saved_queries(register) == []


def test_one_that_a_newer_version_wrote_is_not_guessed(register):
    save_query(register, "好", COWPEA)
    register.set_setting("query/新", '{"query": {"altitude": ["high"]}, "by": "", "at": ""}')
    assert [saved.name for saved in saved_queries(register)] == ["好"]
    with pytest.raises(OriginMapError) as caught:
        saved_query(register, "新")
    assert caught.value.code == "QUERY_UNREADABLE"


@pytest.mark.parametrize("name", ["", "  ", "长" * 61])
def test_a_name_is_needed(register, name):
    with pytest.raises(OriginMapError) as caught:
        save_query(register, name, COWPEA)
    assert caught.value.code == "QUERY_NAME"


def test_there_is_none_of_that_name(register):
    with pytest.raises(OriginMapError) as caught:
        saved_query(register, "无")
    assert caught.value.code == "QUERY_GONE"
