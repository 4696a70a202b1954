"""Outlines and the village list: found in any file, seen on the map first, then in the register, or told why not."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from osgeo import gdal, ogr, osr
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer
from qgis.gui import QgsFieldComboBox, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QPushButton, QTabWidget

from originmap.core.register.division_fields import guess_fields
from originmap.core.register.division_sources import LayerSource, TableSource, head_of, sheets_of
from originmap.core.register.divisions import DivisionFields
from originmap.core.register.errors import RegisterError
from originmap.core.register.register import Register
from originmap.core.register.shapefile_text import mend_encoding
from originmap.forms.boundaries.dialog import BoundariesDialog

EAST = ("999901101", "东镇", "POLYGON((110.5 19, 111 19, 111 19.5, 110.5 19.5, 110.5 19))")
WEST = ("999901102", "西镇", "POLYGON((110 19, 110.5 19, 110.5 19.5, 110 19.5, 110 19))")


def shapefile(path: Path, rows, encoding: str, *, says_encoding: bool, epsg: int = 0) -> Path:
    """A shapefile as offices hand it on."""
    reference = None
    if epsg:
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(epsg)
    # QGIS tells GDAL to leave texts alone, once it has opened a shapefile.
    gdal.SetConfigOption("SHAPE_ENCODING", None)
    driver = ogr.GetDriverByName("ESRI Shapefile")
    source = driver.CreateDataSource(str(path))
    layer = source.CreateLayer(path.stem, reference, ogr.wkbPolygon, [f"ENCODING={encoding}"])
    for name in ("XZQDM", "XZQMC", "备注"):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for code, name, wkt in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField(0, code)
        feature.SetField(1, name)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    del layer, source
    if not says_encoding:
        path.with_suffix(".cpg").unlink()
        table = bytearray(path.with_suffix(".dbf").read_bytes())
        table[29] = 0
        path.with_suffix(".dbf").write_bytes(table)
    return path


def project_layer(rows, crs: str = "EPSG:4490", name: str = "乡镇界") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Polygon?crs={crs}&field=DM:string&field=MC:string", name, "memory")
    features = []
    for code, title, wkt in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([code, title])
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def village_book(path: Path) -> Path:
    """A list as a county has it: a title, codes as numbers, an empty row, a sheet before it."""
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["填表说明", "略"])
    sheet = book.create_sheet("村名录")
    for row in (
        ["示例县村（社区）名录"],
        ["序号", "乡镇", "统计用区划代码", "村（社区）名称", "经度", "纬度", "别名"],
        [1, "东镇", 999901101001, "甲村", 110.6, 19.1, "老甲、甲家庄"],
        [],
        [2, "东镇", "999901101002", "乙村", None, None, None],
        [3, "东镇", 9999, "丙村", "东经", 19.2, None],
        [4, "他镇", 440105101001, "丁村", None, None, None],
    ):
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def dialog(opened, qtbot):
    """The dialog over an empty register."""
    before = len(opened.canvas.scene().items())
    made = BoundariesDialog(opened)
    made.show()
    yield made
    if opened.session is not None:
        made.reject()
    assert len(opened.canvas.scene().items()) == before


def judged(qtbot, tab) -> None:
    qtbot.waitUntil(lambda: tab._judged is not None, timeout=20000)


def summary(tab) -> str:
    return tab.findChild(QLabel, "originmap_divisions_summary").text()


def rows(tab) -> list[list[str]]:
    found = tab._list
    return [[found.topLevelItem(n).text(c) for c in range(3)] for n in range(found.topLevelItemCount())]


def load(qtbot, tab) -> None:
    button = tab.findChild(QPushButton, "originmap_load_divisions")
    with qtbot.waitSignal(tab.loaded, timeout=20000):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    "names, sample, expected",
    [
        (["FID", "XZQDM", "XZQMC"], [], ("XZQDM", "XZQMC")),
        (["行政区划代码", "乡镇", "村(社区)"], [], ("行政区划代码", "村(社区)")),
        (["序号", "村 委 会 代码*", "村委会"], [], ("村 委 会 代码*", "村委会")),
        (["PAC", "NAME"], [], ("PAC", "NAME")),
        (["A", "B", "C"], [["1", "999901101", "东镇"], ["2", "999901102", "西镇"]], ("B", "C")),
        (["A", "B"], [["1", "x"]], ("", "")),
    ],
)
def test_code_and_name_are_guessed(names, sample, expected):
    guessed = guess_fields(names, sample)
    assert (guessed.code, guessed.name) == expected


@pytest.mark.parametrize("encoding", ["GB18030", "UTF-8"])
@pytest.mark.parametrize("says_encoding", [True, False])
def test_texts_of_a_shapefile_are_readable(qgis_app, tmp_path, encoding, says_encoding):
    path = shapefile(tmp_path / "乡镇.shp", [EAST, WEST], encoding, says_encoding=says_encoding)
    layer = QgsVectorLayer(str(path), "乡镇", "ogr")
    mend_encoding(layer)
    assert layer.fields().names() == ["XZQDM", "XZQMC", "备注"]
    assert [feature["XZQMC"] for feature in LayerSource(layer).getFeatures()] == ["东镇", "西镇"]


def test_a_wrong_word_about_the_encoding_is_not_believed(qgis_app, tmp_path):
    path = shapefile(tmp_path / "x.shp", [EAST], "GB18030", says_encoding=True)
    path.with_suffix(".cpg").write_text("UTF-8")
    layer = QgsVectorLayer(str(path), "x", "ogr")
    mend_encoding(layer)
    assert [feature["XZQMC"] for feature in layer.getFeatures()] == ["东镇"]


def test_heading_is_found_below_a_title(tmp_path):
    path = village_book(tmp_path / "名录.xlsx")
    assert sheets_of(path) == ("说明", "村名录")
    head = head_of(path, "村名录")
    assert head.row == 2 and head.headings[3] == "村（社区）名称"
    features = list(TableSource(path, head).getFeatures())
    assert [feature.id() for feature in features] == [3, 5, 6, 7]
    assert features[0]["统计用区划代码"] == "999901101001"


def test_a_sheet_with_nothing_in_it(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["x"])
    book.create_sheet("空")
    book.save(tmp_path / "b.xlsx")
    assert head_of(tmp_path / "b.xlsx", "空").headings == ()


def test_outlines_of_a_file_are_seen_then_loaded(dialog, qtbot, tmp_path, opened):
    path = shapefile(tmp_path / "乡镇.shp", [EAST, WEST], "GB18030", says_encoding=False)
    tab = dialog.outlines
    empty_map = len(opened.canvas.scene().items())
    tab.choose_file(path)
    qtbot.waitUntil(lambda: tab.findChild(QComboBox, "originmap_outlines_layer").count() == 1, timeout=20000)
    assert tab.findChild(QgsFieldComboBox, "originmap_outlines_code").currentField() == "XZQDM"
    crs = tab.findChild(QgsProjectionSelectionWidget, "originmap_outlines_crs")
    assert crs.isEnabled() and not crs.crs().isValid()
    assert not tab.findChild(QPushButton, "originmap_load_divisions").isEnabled()
    crs.setCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    judged(qtbot, tab)
    assert [row[:2] for row in rows(tab)] == [["999901101", "东镇"], ["999901102", "西镇"]]
    assert len(opened.canvas.scene().items()) > empty_map
    assert opened.position_of(opened.canvas.extent().center()) == pytest.approx((110.5, 19.25), abs=0.01)
    assert not opened.session.register.divisions()
    load(qtbot, tab)
    assert [d.name for d in opened.session.register.divisions()] == ["东镇", "西镇"]
    assert opened.session.areas.finest == 9
    assert opened.iface.messageBar().currentItem() is not None
    assert dialog.isVisible() and rows(tab) == []
    assert len(opened.canvas.scene().items()) == empty_map


def test_what_has_a_crs_is_not_asked_for_it(dialog, qtbot, tmp_path):
    path = shapefile(tmp_path / "a.shp", [EAST], "UTF-8", says_encoding=True, epsg=4490)
    dialog.outlines.choose_file(path)
    judged(qtbot, dialog.outlines)
    assert not dialog.outlines.findChild(QgsProjectionSelectionWidget, "originmap_outlines_crs").isEnabled()


def test_secret_datum_is_refused_in_words(dialog, qtbot, tmp_path, opened):
    path = shapefile(tmp_path / "a.shp", [EAST], "UTF-8", says_encoding=True, epsg=4610)
    dialog.outlines.choose_file(path)
    expected = RegisterError("DATUM_REFUSED").sentence(opened.language)
    qtbot.waitUntil(lambda: summary(dialog.outlines) == expected, timeout=20000)
    assert not dialog.outlines.findChild(QPushButton, "originmap_load_divisions").isEnabled()


def test_layers_of_the_project_come_and_go(dialog, qtbot, opened):
    choice = dialog.outlines.findChild(QComboBox, "originmap_outlines_layer")
    assert choice.count() == 0
    layer = project_layer([EAST, ("440105101", "他镇", WEST[2]), ("12", "", WEST[2])])
    QgsProject.instance().addMapLayer(layer)
    assert choice.count() == 1
    judged(qtbot, dialog.outlines)
    found = rows(dialog.outlines)
    assert [row[1] for row in found] == ["", "东镇"]
    assert "440105101" not in str(found)
    assert "1" in summary(dialog.outlines)
    QgsProject.instance().removeMapLayer(layer.id())
    assert choice.count() == 0
    qtbot.waitUntil(lambda: not rows(dialog.outlines), timeout=5000)


def test_a_line_of_the_list_is_shown_on_the_map(dialog, qtbot, opened):
    layer = project_layer([EAST, WEST])
    QgsProject.instance().addMapLayer(layer)
    judged(qtbot, dialog.outlines)
    before = len(opened.canvas.scene().items())
    dialog.outlines._list.setCurrentItem(dialog.outlines._list.topLevelItem(1))
    assert len(opened.canvas.scene().items()) == before + 1
    opened.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4547"))
    box = dialog._marks._bands[0].asGeometry().boundingBox()
    assert box.width() > 1000


def test_a_file_without_outlines(dialog, qtbot, tmp_path):
    (tmp_path / "notes.txt").write_text("nothing")
    dialog.outlines.choose_file(tmp_path / "notes.txt")
    qtbot.waitUntil(lambda: "notes.txt" in summary(dialog.outlines), timeout=20000)


def test_village_list_from_a_workbook(dialog, qtbot, tmp_path, opened):
    tab = dialog.villages
    dialog.findChild(QTabWidget, "originmap_boundaries_tabs").setCurrentIndex(1)
    tab.choose_file(village_book(tmp_path / "名录.xlsx"))
    sheet = tab.findChild(QComboBox, "originmap_villages_sheet")
    qtbot.waitUntil(lambda: sheet.count() == 2, timeout=20000)
    assert sheet.isVisible()
    sheet.setFocus()
    qtbot.keyClick(sheet, Qt.Key.Key_Down)
    judged(qtbot, tab)
    names = {role: tab.findChild(QComboBox, f"originmap_villages_{role}").currentText() for role in ("code", "name")}
    assert names == {"code": "统计用区划代码", "name": "村（社区）名称"}
    found = rows(tab)
    assert [row[1] for row in found] == ["丙村", "甲村", "乙村"]
    assert "6" in found[0][2]
    load(qtbot, tab)
    assert [row[1] for row in rows(tab)] == ["丙村"]
    villages = {d.name: d for d in opened.session.register.divisions()}
    assert villages["甲村"].aliases == ("老甲", "甲家庄")
    assert (villages["甲村"].longitude, villages["乙村"].longitude) == (110.6, None)
    assert opened.session.gazetteer.division("999901101001").aliases == ("老甲", "甲家庄")


def village_layers(path: Path) -> Path:
    """Points in metres with columns of the same metres, beside polygons that are no list."""
    target = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    target.CreateLayer("乡镇界", reference, ogr.wkbPolygon)
    layer = target.CreateLayer("村委会", reference, ogr.wkbPoint)
    for name in ("村代码", "村名", "X", "Y"):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for code, name, x, y in (("999901101001", "甲村", 252400, 2102000), ("999901101002", "乙村", 252900, 2102000)):
        feature = ogr.Feature(layer.GetLayerDefn())
        for number, value in enumerate((code, name, str(x), str(y))):
            feature.SetField(number, value)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT({x} {y})"))
        layer.CreateFeature(feature)
    del layer, target
    return path


def test_village_list_from_a_layer_of_points(dialog, qtbot, tmp_path, opened):
    tab = dialog.villages
    tab.choose_file(village_layers(tmp_path / "村.gpkg"))
    judged(qtbot, tab)
    assert not tab.findChild(QComboBox, "originmap_villages_sheet").isVisible()
    assert tab.findChild(QComboBox, "originmap_villages_longitude").currentData() == ""
    load(qtbot, tab)
    villages = {d.name: d for d in opened.session.register.divisions()}
    assert set(villages) == {"甲村", "乙村"}
    assert (villages["甲村"].longitude, villages["甲村"].latitude) == pytest.approx((111.66, 19.0), abs=0.05)


def test_a_file_of_outlines_alone_is_no_village_list(dialog, qtbot, tmp_path):
    dialog.villages.choose_file(shapefile(tmp_path / "乡镇.shp", [EAST], "UTF-8", says_encoding=True, epsg=4490))
    qtbot.waitUntil(lambda: "乡镇.shp" in summary(dialog.villages), timeout=20000)


def test_columns_can_be_chosen_otherwise(dialog, qtbot, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("编号,区划,地名,曾叫\n1,999901101001,甲村,老甲\n2,999901101002,乙村,\n", encoding="gb18030")
    tab = dialog.villages
    tab.choose_file(path)
    code = tab.findChild(QComboBox, "originmap_villages_code")
    qtbot.waitUntil(lambda: code.count() == 5, timeout=20000)
    assert code.currentText() == "区划"
    judged(qtbot, tab)
    aliases = tab.findChild(QComboBox, "originmap_villages_aliases")
    aliases.setCurrentIndex(aliases.findText("曾叫"))
    qtbot.waitUntil(lambda: tab._judged is None, timeout=5000)
    judged(qtbot, tab)
    assert tab._judged.divisions["999901101001"].aliases == ("老甲",)
    code.setCurrentIndex(0)
    qtbot.waitUntil(lambda: not rows(tab), timeout=5000)
    assert not tab.findChild(QPushButton, "originmap_load_divisions").isEnabled()


def test_a_damaged_workbook_is_told(dialog, qtbot, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    dialog.villages.choose_file(tmp_path / "坏.xlsx")
    qtbot.waitUntil(lambda: "坏.xlsx" in summary(dialog.villages), timeout=20000)


def test_a_locked_register_is_as_it_was_and_loads_later(dialog, qtbot, opened):
    QgsProject.instance().addMapLayer(project_layer([EAST]))
    judged(qtbot, dialog.outlines)
    button = dialog.outlines.findChild(QPushButton, "originmap_load_divisions")
    with Register.open(opened.session.path) as other:
        other.connection.execute("BEGIN IMMEDIATE")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: opened.session.path.name in summary(dialog.outlines), timeout=20000)
        other.connection.execute("ROLLBACK")
    assert not opened.session.register.divisions()
    assert button.isEnabled()
    load(qtbot, dialog.outlines)
    assert len(opened.session.register.divisions()) == 1


def test_stop_leaves_the_register_alone(dialog, qtbot, opened):
    many = [(f"999901101{n:03d}", f"村{n}", EAST[2]) for n in range(1, 900)]
    QgsProject.instance().addMapLayer(project_layer(many))
    tab = dialog.outlines
    qtbot.waitUntil(lambda: tab.works.running("look") is not None, timeout=20000)
    tab._stop.click()
    qtbot.waitUntil(lambda: tab.works.running("look") is None, timeout=20000)
    assert tab._judged is None and not tab._stop.isVisible()
    assert summary(tab) and not tab.findChild(QPushButton, "originmap_load_divisions").isEnabled()


def test_read_only_register(opened, qtbot):
    opened.session.read_only = RegisterError("REGISTER_READ_ONLY", file="x.gpkg")
    dialog = BoundariesDialog(opened)
    dialog.show()
    QgsProject.instance().addMapLayer(project_layer([EAST]))
    judged(qtbot, dialog.outlines)
    assert "x.gpkg" in summary(dialog.outlines)
    assert not dialog.outlines.findChild(QPushButton, "originmap_load_divisions").isEnabled()
    dialog.reject()


def test_dialog_goes_with_its_register(opened, qtbot):
    signals = (opened.register_closed, opened.register_opened)
    before = [opened.receivers(signal) for signal in signals]
    dialog = BoundariesDialog(opened)
    dialog.show()
    QgsProject.instance().addMapLayer(project_layer([EAST]))
    opened.close()
    assert not dialog.isVisible()
    assert [opened.receivers(signal) for signal in signals] == before
    QgsProject.instance().addMapLayer(project_layer([WEST]))
    assert opened.canvas.scene() is not None


def test_fields_of_a_person_are_kept_while_layers_change(dialog, qtbot):
    layer = project_layer([EAST])
    QgsProject.instance().addMapLayer(layer)
    name = dialog.outlines.findChild(QgsFieldComboBox, "originmap_outlines_name")
    name.setField("DM")
    QgsProject.instance().addMapLayer(project_layer([WEST], name="另一层"))
    assert name.currentField() == "DM"
    assert DivisionFields("DM", "DM") == DivisionFields(dialog.outlines._code.currentField(), name.currentField())
