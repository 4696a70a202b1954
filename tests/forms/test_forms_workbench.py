"""A register opens with its layers and project, closes without a trace, and the map is left as it was found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsPointXY, QgsProject, QgsVectorLayer
from qgis.gui import QgsGui, QgsMapToolPan
from qgis.PyQt.QtWidgets import QWidget

from originmap.core.register.create import create_register
from originmap.core.register.errors import RegisterError
from originmap.core.register.layers import ROLE
from originmap.forms.layer_group import project_beside
from originmap.forms.pages import Page
from originmap.forms.session import on_network_share


def _roles() -> list[str]:
    return sorted(layer.customProperty(ROLE) for layer in QgsProject.instance().mapLayers().values())


def test_opening_brings_the_layers_once_and_closing_takes_them_away(opened, register_path):
    assert opened.session.path == register_path
    opened.open(register_path)
    assert _roles() == ["choice", "division", "record"]
    opened.close()
    assert opened.session is None
    assert _roles() == []
    register_path.rename(register_path.with_name("moved.gpkg"))


def test_a_blank_project_is_kept_beside_the_register_and_comes_back_with_it(opened, register_path):
    assert project_beside(register_path).is_file()
    opened.close()
    QgsProject.instance().clear()
    opened.open(register_path)
    assert QgsProject.instance().fileName() == str(project_beside(register_path))
    assert _roles() == ["choice", "division", "record"]


def test_a_project_of_the_person_gets_the_group_and_is_not_saved(workbench, register_path):
    own = QgsVectorLayer("Point?crs=EPSG:4326", "own", "memory")
    QgsProject.instance().addMapLayer(own)
    workbench.open(register_path)
    assert not project_beside(register_path).exists()
    workbench.close()
    assert list(QgsProject.instance().mapLayers().values()) == [own]


def test_what_cannot_be_opened_leaves_the_open_one(opened, register_path, tmp_path):
    with pytest.raises(RegisterError) as failed:
        opened.open(tmp_path / "nothing.gpkg")
    assert failed.value.code == "REGISTER_NOT_FOUND"
    assert opened.session.path == register_path


def test_removing_the_layer_closes_the_register(opened, qtbot):
    with qtbot.waitSignal(opened.register_closed):
        QgsProject.instance().removeMapLayer(opened.session.layer.id())
    assert opened.session is None


def test_the_last_register_opens_by_itself(opened, register_path):
    opened.close()
    QgsProject.instance().clear()
    opened.resume()
    assert opened.session.path == register_path
    assert opened.recent_registers() == [register_path]


def test_a_register_that_is_gone_is_no_trouble(opened, register_path):
    opened.close()
    QgsProject.instance().clear()
    register_path.unlink()
    opened.resume()
    assert opened.session is None
    assert opened.recent_registers() == []


def test_a_read_only_register_says_so(workbench, register_path):
    folder = register_path.parent / "read only"
    folder.mkdir()
    copy = shutil.copy(register_path, folder)
    register_path.with_name("read only").chmod(0o555)
    try:
        workbench.open(Path(copy))
        said = workbench.session.read_only
    finally:
        folder.chmod(0o755)
    # Root may write everywhere, so that only other people see the sentence.
    assert said is None or "只读" in said.sentence("zh")


@pytest.mark.parametrize("path", [r"\\server\share\register.gpkg", "//server/share/register.gpkg"])
def test_a_share_is_recognised_by_its_name(path):
    assert on_network_share(Path(path))


def test_a_folder_of_this_computer_is_no_share(tmp_path):
    assert not on_network_share(tmp_path / "register.gpkg")


def test_the_map_tool_comes_back(workbench):
    pan, ours = QgsMapToolPan(workbench.canvas), QgsMapToolPan(workbench.canvas)
    workbench.canvas.setMapTool(pan)
    workbench.use_tool(ours)
    workbench.use_tool(ours)
    workbench.give_tool_back()
    assert workbench.canvas.mapTool() is pan
    workbench.use_tool(ours)
    workbench.canvas.setMapTool(pan)
    workbench.give_tool_back()
    assert workbench.canvas.mapTool() is pan
    workbench.canvas.unsetMapTool(pan)


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:4490", "EPSG:4526"])
def test_a_place_goes_to_the_map_and_back(workbench, crs):
    workbench.canvas.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
    place = (114.123456, 21.654321)
    assert workbench.position_of(workbench.map_point_of(place)) == pytest.approx(place, abs=1e-9)
    workbench.go_to(place, 500.0)
    centre = workbench.position_of(workbench.canvas.center())
    assert centre == pytest.approx(place, abs=1e-4)
    assert isinstance(workbench.map_point_of(place), QgsPointXY)


def test_messages_lead_on_and_leave_with_the_plugin(workbench, qtbot):
    done = []
    workbench.tell("五条记录等待补点", action="去补点", on_action=lambda: done.append(1))
    (item,) = workbench.iface.messageBar().items()
    from qgis.PyQt.QtWidgets import QPushButton

    item.findChild(QPushButton).click()
    assert done == [1] and workbench.iface.messageBar().items() == []


def test_a_warning_that_leads_to_a_page_is_old_news_there(workbench):
    workbench.tell("三行没有导入", Qgis.MessageLevel.Warning, "打开", print, Page.QUEUE)
    workbench.tell("已保存")
    workbench.entered(Page.COLLECT)
    assert len(workbench.iface.messageBar().items()) == 2
    workbench.entered(Page.QUEUE)
    assert [item.text() for item in workbench.iface.messageBar().items()] == ["已保存"]


def test_keys_are_known_to_qgis_and_forgotten_again(iface, qtbot):
    from originmap.forms.workbench import Workbench

    made, owner = Workbench(iface), QWidget()
    qtbot.addWidget(owner)
    made.add_action("try", "试", "Ctrl+Alt+9", lambda: None, owner)
    assert QgsGui.shortcutsManager().actionByName("试") is not None or "originmap_try" in [
        action.objectName() for action in QgsGui.shortcutsManager().listActions()
    ]
    window = iface.mainWindow()
    assert "originmap_try" not in [action.objectName() for action in window.actions()]
    # In a window of its own, as in a dock that floats: QGIS's window has the keys as long as it can be seen.
    owner.show()
    assert "originmap_try" in [action.objectName() for action in window.actions()]
    owner.hide()
    assert "originmap_try" not in [action.objectName() for action in window.actions()]
    owner.show()
    made.release()
    assert "originmap_try" not in [action.objectName() for action in QgsGui.shortcutsManager().listActions()]
    assert owner.actions() == [] and "originmap_try" not in [action.objectName() for action in window.actions()]


def test_a_new_register_shows_its_county_as_imagery_is_drawn(workbench, tmp_path, qtbot):
    path = tmp_path / "澄迈.gpkg"
    create_register(path, "469023", "澄迈县").close()
    workbench.open(path)
    qtbot.waitUntil(lambda: QgsProject.instance().crs().authid() == "EPSG:3857")
    centre = workbench.position_of(workbench.canvas.center())
    assert centre == pytest.approx((110.0, 19.7), abs=0.3)


def test_another_register_comes_with_a_project_of_its_own(opened, register_path, tmp_path, qtbot):
    folder = tmp_path / "另一个"
    folder.mkdir()
    other = Path(shutil.copy(register_path, folder / "其他.gpkg"))
    opened.open(other)
    qtbot.waitUntil(lambda: QgsProject.instance().fileName() == str(project_beside(other)))
    assert _roles() == ["choice", "division", "record"]
    opened.open(register_path)
    assert QgsProject.instance().fileName() == str(project_beside(register_path))
