"""A real QGIS on a screen of its own, and the day's work that is done in it; its pictures go to ``build/screens``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from originmap.scripts.desktop.scenario import Day
from originmap.scripts.desktop.session import Desktop


@pytest.fixture(scope="module")
def desktop(tmp_path_factory):
    """QGIS with the plugin and a new profile, in Chinese."""
    with Desktop(tmp_path_factory.mktemp("desktop")) as started:
        yield started


@pytest.fixture(scope="module")
def day(desktop: Desktop, root: Path) -> Day:
    """The steps of the day; each test goes on where the one before it stopped."""
    pictures = root / "build" / "screens"
    shutil.rmtree(pictures, ignore_errors=True)
    return Day(desktop, pictures)


def pytest_runtest_makereport(item, call):
    """Remember the first test of a day that failed: what comes after it has nothing to stand on."""
    if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
        item.parent.failed_at = item.name


def pytest_runtest_setup(item):
    """Leave out what comes after a failure of the same day."""
    failed = getattr(item.parent, "failed_at", None)
    if failed:
        pytest.skip(f"{failed} failed before")
