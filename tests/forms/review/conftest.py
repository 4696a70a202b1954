"""The reviewer's page beside a real map, over a register of whole records; what a person reads and presses on it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QTreeWidget

from originmap.core.register.moments import CHINA
from originmap.core.register.register import Register
from originmap.core.review.person import Person
from originmap.core.review.process import Role
from originmap.core.review.transitions import Terms
from originmap.forms.profile import Profile
from originmap.forms.review.page import ReviewPage
from originmap.forms.review.row_delegate import RowRole

from ...records import WHOLE, insert_record, point
from ..conftest import put_beside_the_map

REVIEWER = Profile(name="赵审核", phone="13900000001", review_role="reviewer")
PERSON = Person("赵审核", "13900000001", Role.REVIEWER)
TERMS = Terms("见各项批注", "2099-12-31")


def ago(days: int) -> str:
    return (datetime.now(CHINA) - timedelta(days=days)).isoformat(timespec="seconds")


@pytest.fixture
def register(register_path):
    """The register of the tests, open for writing beside the window."""
    with Register.open(register_path) as opened:
        opened.connection.execute("PRAGMA synchronous = OFF")
        yield opened


@pytest.fixture
def put(register):
    """Insert a whole record that was submitted so many days ago (``None``: a draft); gives its uid."""

    def put_record(producer: str, days: int | None = 0, **changes: object) -> str:
        by = {"producer_name": producer, "updated_by": "王示例"}
        uid = insert_record(register.connection, {**WHOLE, "geom": point(), **by, **changes})
        if days is not None:
            submit = "UPDATE record SET status = 'submitted', updated_at = ? WHERE uid = ?"
            register.connection.execute(submit, (ago(days), uid))
        return uid

    return put_record


@pytest.fixture
def open_page(workbench, window, register_path, qtbot, monkeypatch):
    """Open the register and the page in front of it, when all records have been put into the file."""
    pages = []
    monkeypatch.setattr("originmap.core.locale.locale_name", lambda: "zh-Hans")

    def opened(profile: Profile = REVIEWER) -> ReviewPage:
        workbench.set_profile(profile)
        workbench.open(register_path)
        page = ReviewPage(workbench)
        put_beside_the_map(page, window, qtbot)
        pages.append(page)
        page.enter()
        qtbot.waitUntil(lambda: not page.lists.counting)
        return page

    yield opened
    for page in pages:
        page.release()


def status_of(register: Register, uid: str) -> str:
    return register.connection.execute("SELECT status FROM record WHERE uid = ?", (uid,)).fetchone()[0]


def events_of(register: Register, uid: str) -> list[str]:
    query = "SELECT event FROM review_event WHERE uid = ? ORDER BY id"
    return [event for (event,) in register.connection.execute(query, (uid,))]


def rows_of(page: ReviewPage) -> dict[str, object]:
    """The lines of the record at hand by field or caption; what changed first."""
    tree: QTreeWidget = page.view.lines
    heads = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    rows = [head.child(number).data(0, RowRole) for head in heads for number in range(head.childCount())]
    return {row.field or row.caption: row for row in reversed(rows)}


def line_of(page: ReviewPage, field: str):
    tree: QTreeWidget = page.view.lines
    heads = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    lines = [head.child(number) for head in heads for number in range(head.childCount())]
    return next(line for line in lines if line.data(0, RowRole).field == field)


def click_line(page: ReviewPage, qtbot, field: str) -> None:
    line = line_of(page, field)
    page.view.lines.scrollToItem(line)
    spot = page.view.lines.visualItemRect(line).center()
    qtbot.mouseClick(page.view.lines.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def key(page: ReviewPage, qtbot, name: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(page.window().focusWidget() or page, name, modifier)


def settle(page: ReviewPage, qtbot) -> None:
    qtbot.waitUntil(lambda: not page.work.busy and not page.lists.counting)
