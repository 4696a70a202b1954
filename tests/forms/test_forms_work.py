"""Work that QGIS's task manager loses is done all the same, once, and one that was given up is not told of."""

from __future__ import annotations

from threading import Event

from qgis.core import QgsApplication

from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.progress import Cancelled, stop_if_cancelled
from originmap.forms import work
from originmap.forms.work import Works


class Forgetful:
    """A task manager that takes a task and never runs it, as QGIS's does when two tasks share an address."""

    @staticmethod
    def taskManager():
        return Forgetful

    @staticmethod
    def addTask(task) -> None:
        """Nothing comes of it."""


def test_lost_work_is_done_once(qtbot, monkeypatch):
    monkeypatch.setattr(work, "QgsApplication", Forgetful)
    ran, told = [], []
    works = Works()
    works.start("some", "some", lambda progress: ran.append(1) or "done", told.append, told.append)
    qtbot.waitUntil(lambda: told == ["done"])
    qtbot.wait(600)
    assert (ran, told) == ([1], ["done"])
    assert works.running("some") is None


def test_what_went_wrong_in_lost_work_is_told(qtbot, monkeypatch):
    monkeypatch.setattr(work, "QgsApplication", Forgetful)

    def fail(progress):
        raise OriginMapError("MAP_EMPTY")

    failed = []
    Works().start("some", "some", fail, failed.append, failed.append)
    qtbot.waitUntil(lambda: [error.code for error in failed] == ["MAP_EMPTY"])


def test_lost_work_that_was_given_up_never_runs(qtbot, monkeypatch):
    monkeypatch.setattr(work, "QgsApplication", Forgetful)
    ran, works = [], Works()
    works.start("some", "some", ran.append, ran.append, ran.append)
    works.abandon()
    qtbot.wait(600)
    assert ran == []


def test_work_that_qgis_finds_again_while_it_is_done_aside_is_done_once(qtbot, monkeypatch):
    monkeypatch.setattr(work, "QgsApplication", Forgetful)
    ran, told, go_on, works = [], [], Event(), Works()

    def job(progress):
        ran.append(1)
        go_on.wait(10)
        progress.set_fraction(0.5)
        return "done"

    works.start("some", "some", job, told.append, told.append)
    qtbot.waitUntil(lambda: ran == [1])
    QgsApplication.taskManager().addTask(works.running("some"))
    qtbot.wait(300)
    assert told == []
    go_on.set()
    qtbot.waitUntil(lambda: told == ["done"])
    qtbot.wait(300)
    assert (ran, told) == ([1], ["done"])


def test_lost_work_that_is_cancelled_while_it_is_done_aside_says_so_and_stops(qtbot, monkeypatch):
    monkeypatch.setattr(work, "QgsApplication", Forgetful)
    began, stopped, told, works = Event(), Event(), [], Works()

    def job(progress):
        began.set()
        while not progress.is_cancelled():
            progress.set_fraction(0.5)
        stopped.set()
        stop_if_cancelled(progress)

    works.start("some", "some", job, told.append, told.append)
    qtbot.waitUntil(began.is_set)
    works.running("some").cancel()
    qtbot.waitUntil(lambda: [type(one) for one in told] == [Cancelled])
    assert stopped.wait(10)


def test_many_given_up_in_a_row_leave_the_last_one_running(qtbot):
    told, works = [], Works()
    for number in range(60):
        works.start("some", "some", lambda progress, n=number: n, told.append, told.append, instead=True)
        QgsApplication.processEvents()
    qtbot.waitUntil(lambda: 59 in told)
    assert works.running("some") is None
