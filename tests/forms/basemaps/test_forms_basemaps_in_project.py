"""Basemaps in the project: their order, which of them lies under a point, a datum that is corrected."""

from __future__ import annotations

from qgis.core import (
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox

from originmap.core.coordinates.datum_names import Datum
from originmap.core.onemap import basemaps, tianditu
from originmap.forms.basemaps.adding import add_tianditu
from originmap.forms.placing.basemap_under import basemap_under

from .conftest import MERCATOR, image


def show(workbench, *layers):
    canvas = workbench.canvas
    canvas.setDestinationCrs(MERCATOR)
    canvas.setLayers(list(layers))


def test_topmost_basemap_that_shows_the_place(workbench, tmp_path):
    project = QgsProject.instance()
    picture, names = add_tianditu(project, tianditu.TiandituMap.IMAGERY)
    own = QgsRasterLayer(str(image(tmp_path / "航拍.tif", 4490, nodata=True)), "航拍", "gdal")
    project.addMapLayer(own)
    way = workbench.map_point_of
    show(workbench, own, names, picture)
    east, west, outside = way((110.335, 19.52)), way((110.305, 19.52)), way((109.0, 19.0))
    assert basemap_under(project, workbench.canvas, east).title == "航拍"
    assert basemap_under(project, workbench.canvas, west).title == "天地图影像"
    assert basemap_under(project, workbench.canvas, outside).datum is Datum.CGCS2000
    show(workbench, own)
    assert basemap_under(project, workbench.canvas, west) is None
    show(workbench, names)
    assert basemap_under(project, workbench.canvas, QgsPointXY(outside)).title == "天地图影像注记"


def test_new_basemap_lies_over_the_old_ones_and_under_the_register(opened, tmp_path):
    project = QgsProject.instance()
    add_tianditu(project, tianditu.TiandituMap.VECTOR)
    add_tianditu(project, tianditu.TiandituMap.IMAGERY)
    add_tianditu(project, tianditu.TiandituMap.IMAGERY)
    children = [child.name() for child in project.layerTreeRoot().children()]
    assert children[1:] == ["天地图影像注记", "天地图影像", "天地图矢量注记", "天地图矢量"]


def test_the_datum_of_a_basemap_can_be_corrected(dialog, qtbot):
    layer = QgsRasterLayer(basemaps.tile_source("https://maps.example.com/{z}/{x}/{y}.png"), "某图", "wms")
    QgsProject.instance().addMapLayer(layer)
    dialog.show_tab(3)
    (choice,) = dialog.here.findChildren(QComboBox)
    assert choice.datum is None
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_End)
    choice.activated.emit(choice.currentIndex())
    assert layer.name() == "某图 [BD-09]" and basemaps.basemap_of(layer).shifted
