"""The next morning: QGIS starts with the panel as it was left, and the register of yesterday opens by itself."""

from __future__ import annotations

import pytest

from originmap.scripts.desktop.scenario import Day
from originmap.scripts.desktop.session import Desktop

pytestmark = pytest.mark.slow


def test_the_last_register_opens_by_itself_with_its_project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("again")
    with Desktop(folder) as desktop:
        day = Day(desktop)
        day.open_dock()
        day.make_register()
        desktop.close()
        assert desktop.exit_code == 0
    with Desktop(folder) as desktop:
        desktop.until("enabled", "originmap_start_boundaries")
        desktop.settle()
        assert "采集记录" in desktop.ask("layers")
        assert desktop.ask("run", "QgsProject.instance().fileName()") == str(day.register.with_suffix(".qgz"))
        assert desktop.ask("run", "QgsProject.instance().crs().authid()") == "EPSG:3857"
        assert not desktop.ask("run", "QgsProject.instance().isDirty()")
        desktop.ask("unload")
        desktop.pause(0.5)
        desktop.close()
        assert desktop.exit_code == 0
