"""What became of a return follows from the chain of steps: in time, late, still open, overdue, or taken back."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import Callable, Iterator, Optional

import pytest

from originmap.core.register.geometry import register_functions
from originmap.core.register.schema import create_tables
from originmap.core.review.counts import TownshipCounts, township_counts, whole_county
from originmap.core.review.overdue import Outcome, Returned, by_collector, by_township, read_returns, whole
from originmap.core.standard.model import load_standard

Steps = Callable[..., None]
STATUS = {"submit": "submitted", "return": "returned", "approve": "approved", "withdraw": "draft", "end": "ended"}


@pytest.fixture
def connection(qgis_app) -> Iterator[sqlite3.Connection]:
    """The tables of a register without its triggers, so that steps can lie in the past."""
    made = sqlite3.connect(":memory:")
    register_functions(made)
    create_tables(made, load_standard())
    yield made
    made.close()


@pytest.fixture
def steps(connection: sqlite3.Connection) -> Steps:
    """Put a record with its steps into the register: ``return:03-10@03-15`` is a return of 10 March until the 15th."""

    def put(
        number: int, *told: str, township: Optional[str] = "石湾镇", collector: str = "王示例", now: str = ""
    ) -> None:
        uid = f"00000000-0000-4000-8000-{number:012d}"
        status, standing = "draft", []
        for text in told:
            event, _, days = text.partition(":")
            day, _, deadline = days.partition("@")
            undone, target = standing.pop() if event == "undo" else (None, STATUS.get(event, ""))
            row = (uid, event, status, target, f"2026-{day}T09:00:00+08:00", f"2026-{deadline}" if deadline else None)
            cursor = connection.execute(
                "INSERT INTO review_event (uid, event, from_status, to_status, at, deadline, undoes, by_name, reason, "
                "history_id) VALUES (?, ?, ?, ?, ?, ?, ?, '赵示例', '规模不符', 0)",
                (*row, undone),
            )
            if event != "undo":
                standing.append((cursor.lastrowid, status))
            status = target
        connection.execute(
            "INSERT INTO record (uid, status, township, collector_name, collector_phone) VALUES (?, ?, ?, ?, ?)",
            (uid, status, township, now or collector, "13800003456"),
        )

    return put


def _outcomes(connection: sqlite3.Connection, on: str, where: str = "1") -> list[tuple[Outcome, int, str]]:
    found = read_returns(connection, date.fromisoformat(f"2026-{on}"), where)
    return [(returned.outcome, returned.days, returned.mended[5:]) for returned in found]


@pytest.mark.parametrize(
    "told, on, outcome, days, mended",
    [
        (("submit:03-01", "return:03-10@03-15"), "03-15", Outcome.WAITING, 0, ""),
        (("submit:03-01", "return:03-10@03-15"), "03-16", Outcome.OVERDUE, 1, ""),
        (("submit:03-01", "return:03-10@03-15", "submit:03-15"), "04-01", Outcome.IN_TIME, 0, "03-15"),
        (("submit:03-01", "return:03-10@03-15", "submit:03-18"), "04-01", Outcome.LATE, 3, "03-18"),
        # as it stood on a day between
        (("submit:03-01", "return:03-10@03-15", "submit:03-18"), "03-17", Outcome.OVERDUE, 2, ""),
        # handing in and taking it out again mends nothing
        (("submit:03-01", "return:03-10@03-15", "submit:03-14", "withdraw:03-14"), "03-20", Outcome.OVERDUE, 5, ""),
        (
            ("submit:03-01", "return:03-10@03-15", "submit:03-14", "withdraw:03-14", "submit:03-19"),
            *("03-20", Outcome.LATE, 4, "03-19"),
        ),
        (("submit:03-01", "return:03-10@03-15", "submit:03-14", "undo:03-15"), "03-20", Outcome.OVERDUE, 5, ""),
        # a site that is no more needs no mending
        (("submit:03-01", "return:03-10@03-15", "end:03-12"), "03-20", Outcome.IN_TIME, 0, "03-12"),
        # an approval behind it moves the day of mending not
        (("submit:03-01", "return:03-10@03-15", "submit:03-12", "approve:03-30"), "04-01", Outcome.IN_TIME, 0, "03-12"),
    ],
)
def test_one_return(connection, steps, told, on, outcome, days, mended):
    steps(1, *told)
    assert _outcomes(connection, on) == [(outcome, days, mended)]


def test_a_return_taken_back_is_none_and_leaves_the_one_before_as_it_was(connection, steps):
    steps(1, "submit:03-01", "return:03-02@03-05", "undo:03-02")
    assert _outcomes(connection, "04-01") == []
    first = ("submit:03-01", "return:03-02@03-05", "submit:03-04")
    steps(2, *first, "return:03-10@03-12", "undo:03-11", "return:03-20@03-25")
    assert _outcomes(connection, "04-01") == [(Outcome.IN_TIME, 0, "03-04"), (Outcome.OVERDUE, 7, "")]


def test_counts_add_up_per_collector_and_township(connection, steps):
    steps(1, "submit:03-01", "return:03-10@03-15")
    steps(2, "submit:03-01", "return:03-10@03-15", "submit:03-18", township=None)
    steps(3, "submit:03-01", "return:03-10@03-15", "submit:03-12", collector="李示例", township="大岭镇")
    steps(4, "submit:03-01", "return:03-10@03-30", township="大岭镇")
    steps(5, "submit:03-01", "approve:03-02")
    found = read_returns(connection, date(2026, 3, 20))
    for tally in (whole(found), *by_collector(found), *by_township(found)):
        assert tally.returned == tally.in_time + tally.late + tally.waiting + tally.overdue
    for group in (by_collector, by_township):
        assert sum(tally.returned for tally in group(found)) == 4
    first = by_collector(found)[0]
    assert (first.name, first.overdue, first.late, first.waiting, first.longest) == ("王示例", 1, 1, 1, 5)
    assert first.townships == ("大岭镇", "石湾镇") and first.rate == 0
    assert whole(found).rate == pytest.approx(1 / 3)
    assert [r.deadline for r in read_returns(connection, date(2026, 3, 20), first="2026-03-16")] == ["2026-03-30"]
    assert len(read_returns(connection, date(2026, 3, 20), "township = '大岭镇'", last="2026-03-29")) == 1


def test_the_collector_is_who_had_collected_it_when_it_was_returned(connection, steps):
    steps(1, "submit:03-01", "return:03-10@03-15", now="别人")
    before = json.dumps({"collector_name": "王示例", "collector_phone": "13800003456"})
    connection.execute("INSERT INTO history (id, uid, at, action, before) VALUES (7, 'x', '', 'update', ?)", (before,))
    connection.execute("UPDATE review_event SET history_id = 7 WHERE event = 'return'")
    connection.executemany(
        "INSERT INTO review_comment (event_id, uid, field, comment) "
        "SELECT id, uid, ?, '不符' FROM review_event WHERE event = 'return'",
        [("scale",), ("geom",), ("",)],
    )
    (returned,) = read_returns(connection, date(2026, 3, 20))
    assert isinstance(returned, Returned)
    assert (returned.collector, returned.by, returned.reason) == ("王示例", "赵示例", "规模不符")
    assert sorted(returned.fields) == ["geom", "scale"]


def test_the_view_counts_each_state_and_what_is_overdue(connection, steps):
    steps(1, "submit:03-01", "return:03-10@03-15")
    steps(2, "submit:03-01", "return:03-10@03-15", "submit:03-18")
    steps(3, township=None)
    steps(4, "submit:03-01", "return:03-02@03-03", "submit:03-04", "return:03-05@03-06", "undo:03-05", "undo:03-05")
    connection.execute("UPDATE review_event SET deadline = '2999-01-01' WHERE uid LIKE '%4' AND deadline LIKE '%03-03'")
    rows = township_counts(connection)
    assert rows == [
        TownshipCounts("", 1, 0, 0, 0, 0, 1, 0),
        TownshipCounts("石湾镇", 0, 1, 0, 2, 0, 3, 1),
    ]
    assert whole_county(rows) == TownshipCounts("", 1, 1, 0, 2, 0, 4, 1)
    connection.execute("UPDATE record SET status = 'ended' WHERE status = 'draft'")
    assert township_counts(connection)[0].ended == 1


def test_a_register_without_reviews_has_none():
    empty = sqlite3.connect(":memory:")
    assert read_returns(empty, date(2026, 3, 20)) == [] == township_counts(empty)
    empty.close()
