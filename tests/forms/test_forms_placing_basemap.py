"""What a click means on a basemap: which one, in which datum, converted where it is shifted."""

from __future__ import annotations

import gc

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsProject, QgsRasterLayer

from originmap.core.coordinates.datums import Datum, wgs84_to_bd09, wgs84_to_gcj02
from originmap.core.onemap.basemaps import declare
from originmap.core.register.nearby import metres_between
from originmap.forms.placing.by_click import placed_by_click

SITE = (110.512345, 19.523456)


@pytest.fixture
def picture(tmp_path):
    """An aerial picture of the surroundings on this computer."""
    path = tmp_path / "影像.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 100, 100, 3, gdal.GDT_Byte)
    dataset.SetGeoTransform((110.5, 0.0005, 0, 19.55, 0, -0.0005))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4490)
    dataset.SetProjection(crs.ExportToWkt())
    for band in (1, 2, 3):
        dataset.GetRasterBand(band).WriteArray(np.full((100, 100), 90, np.uint8))
    del dataset
    return path


@pytest.fixture
def shown(workbench, picture, qtbot):
    """Puts the picture on the canvas, declared to be in a datum."""

    def show(title, datum=None, crs="EPSG:4490", source=None):
        layer = QgsRasterLayer(*(source or (str(picture), title, "gdal")))
        assert layer.isValid()
        if datum is not None:
            declare(layer, datum)
        QgsProject.instance().addMapLayer(layer)
        canvas = workbench.canvas
        canvas.setLayers([layer])
        canvas.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
        workbench.go_to(SITE, 20.0)
        return layer

    workbench.canvas.window().show()
    workbench.canvas.resize(700, 500)
    qtbot.waitUntil(lambda: workbench.canvas.mapSettings().outputSize().width() > 600)
    yield show
    workbench.canvas.setLayers([])
    gc.collect()


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:3857", "EPSG:4549"])
def test_imagery_gives_an_exact_point(shown, workbench, crs):
    shown("无人机正射影像", Datum.CGCS2000, crs)
    placed = placed_by_click(workbench, workbench.map_point_of(SITE))
    assert placed.position == pytest.approx(SITE, abs=1e-9)
    assert (placed.how.method, placed.how.quality, placed.how.source) == ("imagery", "exact", "无人机正射影像")
    assert placed.how.radius < 2.0
    assert placed.warning == ""


@pytest.mark.parametrize(
    ("datum", "shift", "name"), [(Datum.GCJ02, wgs84_to_gcj02, "GCJ-02"), (Datum.BD09, wgs84_to_bd09, "BD-09")]
)
@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:3857"])
def test_a_shifted_basemap_is_converted_and_said(shown, workbench, crs, datum, shift, name):
    """On such a map the site is drawn at its shifted coordinates; that is where a person clicks."""
    shown("街道图", datum, crs)
    drawn = tuple(float(value) for value in shift(*SITE))
    assert metres_between(drawn, SITE) > 300
    placed = placed_by_click(workbench, workbench.map_point_of(drawn))
    assert placed.position == pytest.approx(SITE, abs=1e-8)
    assert (placed.how.method, placed.how.quality, placed.how.radius) == ("imagery", "approximate", 20.0)
    assert placed.how.source == f"街道图 ({name})"
    assert name in placed.warning and "街道图" in placed.warning
    assert (placed.how.text, placed.how.datum) == ("", "")


def test_beside_the_picture_there_is_no_imagery(shown, workbench):
    shown("影像", Datum.CGCS2000)
    beside = QgsPointXY(110.49, 19.523456)
    placed = placed_by_click(workbench, beside)
    assert placed.how.method == "typed" and placed.how.source == ""
    assert placed.warning


def test_a_picture_on_this_computer_needs_no_word_about_its_datum(shown, workbench):
    shown("影像")
    assert placed_by_click(workbench, workbench.map_point_of(SITE)).warning == ""


def test_tiles_of_an_unknown_host_are_asked_about(shown, workbench):
    source = ("type=xyz&url=http://localhost:9/{z}/{x}/{y}.png&zmax=18&zmin=0", "某平台影像", "wms")
    shown("某平台影像", crs="EPSG:3857", source=source)
    placed = placed_by_click(workbench, workbench.map_point_of(SITE))
    assert "某平台影像" in placed.warning
    assert placed.how.quality == "exact"
    assert placed.position == pytest.approx(SITE, abs=1e-9)


def test_long_titles_fit_the_record(shown, workbench, register_path):
    shown("影" * 400, Datum.GCJ02)
    workbench.open(register_path)
    source = placed_by_click(workbench, workbench.map_point_of(SITE)).how.source
    assert len(source) <= workbench.session.standard.field("point_source").max_length
