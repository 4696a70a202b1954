"""Tianditu's key: in QGIS's authentication database only, with every tile, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsLayerDefinition,
    QgsNetworkAccessManager,
    QgsProject,
    QgsSettings,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QPushButton

from originmap.core.onemap import tianditu
from originmap.forms.basemaps import key_store
from originmap.forms.basemaps.adding import add_tianditu
from originmap.forms.basemaps.basemaps import Basemaps

from .conftest import KEY, PASSWORD, add_by_dialog, draw, press, told


def test_tiles_are_asked_for_with_the_key_and_nothing_else_knows_it(
    server, unlocked, log, dialog, workbench, qtbot, tmp_path
):
    add_by_dialog(qtbot, dialog, f" 密钥：{KEY}\n")
    project = QgsProject.instance()
    names, picture = (node.layer() for node in project.layerTreeRoot().findLayers())
    assert (names.name(), picture.name()) == ("天地图影像注记", "天地图影像")

    assert draw([names, picture]).pixelColor(150, 150).name() == "#3366aa"
    assert {path.split("/")[1] for path, _ in server.asked} == {"img_w", "cia_w"}
    assert all(f"&tk={KEY}" in path for path, _ in server.asked)
    assert all(headers["referer"] == tianditu.REFERER for _, headers in server.asked)

    saved = tmp_path / "p.qgs"
    assert project.write(str(saved))
    assert project.write(str(tmp_path / "p.qgz"))
    definition = tmp_path / "layers.qlr"
    QgsLayerDefinition.exportLayerDefinition(str(definition), project.layerTreeRoot().findLayers())
    copy = picture.clone()
    texts = {
        "project": saved.read_text("utf-8"),
        "layer definition": definition.read_text("utf-8"),
        "settings": _settings_text(),
        "log": str(log),
        "source": picture.source() + picture.publicSource() + picture.htmlMetadata(),
        "copy": copy.dataProvider().dataSourceUri(),
    }
    assert server.address in texts["project"]
    assert not [place for place, text in texts.items() if KEY in text]


def _settings_text() -> str:
    settings = QgsSettings()
    settings.setValue("originmap/tests", "written")
    settings.sync()
    text = Path(settings.fileName()).read_text("utf-8")
    assert "written" in text
    return text


def test_refused_tiles_are_told_once_and_not_logged(server, unlocked, log, dialog, workbench, qtbot):
    server.answer = (418, b"", "text/html")
    add_by_dialog(qtbot, dialog)
    layers = [node.layer() for node in QgsProject.instance().layerTreeRoot().findLayers()]
    draw(layers)
    qtbot.waitUntil(lambda: "418" in told(workbench))
    count = len(workbench.iface.messageBar().items())
    draw(layers)
    assert len(workbench.iface.messageBar().items()) == count
    assert KEY not in told(workbench)
    # QGIS itself may log the address of a tile that it asked for in vain; what we write never has the key.
    ours = [text for tag, text in log if tag == "Origin Map"]
    assert ours and not [text for text in ours if KEY in text]


def test_a_tile_that_never_comes_leaves_no_key_in_the_log(server, unlocked, log, dialog, qtbot):
    patience = QgsNetworkAccessManager.timeout()
    QgsNetworkAccessManager.setTimeout(1000)
    try:
        add_by_dialog(qtbot, dialog)
        layers = [node.layer() for node in QgsProject.instance().layerTreeRoot().findLayers()]
        server.delay = 2.5
        draw(layers)
        qtbot.wait(200)
    finally:
        QgsNetworkAccessManager.setTimeout(patience)
    assert any(KEY in path for path, _ in server.asked)
    assert not [text for _, text in log if KEY in text]


def test_project_opens_with_the_key_of_whoever_opens_it(server, unlocked, dialog, maps, qtbot, tmp_path):
    add_by_dialog(qtbot, dialog)
    saved = str(tmp_path / "p.qgz")
    project = QgsProject.instance()
    assert project.write(saved)
    project.clear()
    key_store.keep(KEY[::-1])
    maps._keyed.use("")
    assert project.read(saved)
    server.asked.clear()
    draw(list(project.mapLayers().values()))
    assert server.asked and all(f"&tk={KEY[::-1]}" in path for path, _ in server.asked)


def test_unload_takes_the_key_away(server, unlocked, workbench, qtbot):
    maps = Basemaps(workbench)
    maps.show()
    add_by_dialog(qtbot, maps.dialog)
    maps.release()
    layers = list(QgsProject.instance().mapLayers().values())
    draw(layers)
    assert layers and server.asked and not [path for path, _ in server.asked if "tk=" in path]


def test_without_a_key_the_person_is_led_to_the_dialog(server, unlocked, maps, workbench, qtbot):
    add_tianditu(QgsProject.instance(), tianditu.TiandituMap.VECTOR)
    qtbot.waitUntil(lambda: bool(workbench.iface.messageBar().items()))
    (item,) = workbench.iface.messageBar().items()
    qtbot.mouseClick(item.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert maps.dialog is not None and maps.dialog.isVisible()


def test_locked_key_is_unlocked_by_the_button(server, unlocked, maps, workbench, qtbot, monkeypatch):
    key_store.keep(KEY)
    monkeypatch.setattr(key_store, "opens_by_itself", lambda: False)
    unlocked.clearMasterPassword()
    add_tianditu(QgsProject.instance(), tianditu.TiandituMap.IMAGERY)
    qtbot.waitUntil(lambda: bool(workbench.iface.messageBar().items()))
    assert unlocked.setMasterPassword(PASSWORD, True)
    (item,) = workbench.iface.messageBar().items()
    qtbot.mouseClick(item.findChild(QPushButton), Qt.MouseButton.LeftButton)
    draw(list(QgsProject.instance().mapLayers().values()))
    assert server.asked and all(f"&tk={KEY}" in path for path, _ in server.asked)


def test_forgetting_removes_the_key_and_the_fetched_pictures(server, unlocked, dialog, maps, qtbot):
    add_by_dialog(qtbot, dialog)
    draw(list(QgsProject.instance().mapLayers().values()))
    maps.show()
    press(qtbot, maps.dialog, "forget")
    assert not key_store.is_kept() and key_store.read() == ""
    cache = QgsNetworkAccessManager.instance().cache()
    assert cache is None or cache.cacheSize() == 0
    server.asked.clear()
    draw(list(QgsProject.instance().mapLayers().values()))
    assert not [path for path, _ in server.asked if "tk=" in path]


def test_the_dialog_says_beforehand_what_qgis_will_ask(unlocked):
    opened = key_store.what_is_asked()
    unlocked.clearMasterPassword()
    asked = key_store.what_is_asked()
    assert unlocked.setMasterPassword(PASSWORD, True)
    assert asked.startswith(opened) and "master password" in asked[len(opened) :]
