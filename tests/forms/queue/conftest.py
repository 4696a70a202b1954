"""The queue beside a real map, over a register of records that wait; what a person clicks and presses."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QWidget

from originmap.core.places.divisions import DivisionLevel
from originmap.core.register.create import create_register
from originmap.core.register.divisions import DivisionFields, load_boundaries
from originmap.core.register.register import Register
from originmap.forms.profile import Profile
from originmap.forms.queue.page import QueuePage
from originmap.forms.queue.tree import ProgressRole, QueueModel

from ...records import insert_record, point
from ..conftest import put_beside_the_map

SHIWAN, QINGTANG = "999901101", "999901101001"
RECORD = {
    "status": "draft",
    "county": "示例县",
    "township": "石湾镇",
    "village": "青塘村",
    "variety": "cowpea",
    "cycle": "2026-春茬",
    "contact_name": "张示例",
    "contact_phone": "13800001234",
    "point_quality": "none",
    "origin": "workbook",
}

# Half a degree square around the place where the tests' records are; the neighbour lies east of it.
OUTLINES = {QINGTANG: (110.0, 110.5), "999901102001": (110.5, 111.0)}


@pytest.fixture(scope="session")
def _county(qgis_app, tmp_path_factory) -> Path:
    """With outlines of two villages, and two townships that have a village of the same name."""
    path = tmp_path_factory.mktemp("queue") / "register.gpkg"
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4490&field=code:string&field=name:string", "villages", "memory")
    for code, (west, east) in OUTLINES.items():
        feature = QgsFeature(layer.fields())
        feature.setAttributes([code, "青塘村" if code == QINGTANG else "白水村"])
        square = f"MultiPolygon((({west} 19, {east} 19, {east} 20, {west} 20, {west} 19)))"
        feature.setGeometry(QgsGeometry.fromWkt(square))
        layer.dataProvider().addFeature(feature)
    with create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省") as register:
        load_boundaries(register, layer, DivisionFields("code", "name"))
        for code, name, longitude in ((SHIWAN, "石湾镇", 110.2), ("999901103", "河口镇", 110.8)):
            _division(register, code, name, DivisionLevel.TOWNSHIP, longitude)
            _division(register, f"{code}009", "太平村", DivisionLevel.VILLAGE, longitude)
    del layer
    return path


def _division(register: Register, code: str, name: str, level: DivisionLevel, longitude: float) -> None:
    register.connection.execute(
        "INSERT INTO division (code, name, level, longitude, latitude) VALUES (?, ?, ?, ?, 19.6)",
        (code, name, level.value, longitude),
    )


@pytest.fixture
def path(_county, tmp_path) -> Path:
    return Path(shutil.copy(_county, tmp_path / "档案库.gpkg"))


@pytest.fixture
def put(path):
    """Insert a record that waits, at the west of 青塘村; gives its uid."""

    def put_record(producer: str, **changes: object) -> str:
        record = {**RECORD, "producer_name": producer, "site_address": producer, **changes}
        return insert_record(register.connection, record)

    with Register.open(path) as register:
        register.connection.execute("PRAGMA synchronous = OFF")
        yield put_record


@pytest.fixture
def rough(put):
    """Two records with a rough point each, and one that is done."""
    at = {"point_quality": "approximate", "point_radius": 80, "point_method": "workbook"}
    made = [put(name, geom=point(110.1 + number / 10, 19.5), **at) for number, name in enumerate(("甲农场", "乙农场"))]
    put("丙农场", geom=point(110.3, 19.5), point_quality="exact")
    # By producer: 乙 before 甲.
    return made[1], made[0]


@pytest.fixture
def open_page(workbench, window, path, qtbot):
    """Open the register and the page in front of it, when all records have been put into the file."""
    pages = []

    def opened() -> QueuePage:
        workbench.set_profile(Profile(name="王示例"))
        workbench.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
        workbench.open(path)
        page = QueuePage(workbench)
        put_beside_the_map(page, window, qtbot)
        page.enter()
        pages.append(page)
        qtbot.waitUntil(lambda: not page.lists.counting)
        return page

    opened.pages = pages
    yield opened
    for page in pages:
        page.release()


def stored(path: Path, uid: str) -> sqlite3.Row:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    found = connection.execute("SELECT * FROM record WHERE uid = ?", (uid,)).fetchone()
    connection.close()
    return found


def place_of(row: sqlite3.Row) -> tuple[float, float]:
    from originmap.core.register.rows import position_of

    return position_of(row["geom"])


def click_map(page, qtbot, position) -> None:
    """A real click on the map at a place that it shows."""
    canvas = page._workbench.canvas
    pixel = canvas.getCoordinateTransform().transform(page._workbench.map_point_of(position))
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=pixel.toQPointF().toPoint())


def press(page, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier, widget=None) -> None:
    qtbot.keyClick(widget or page.window().focusWidget() or page, key, modifier)


def near(page, metres_east: float = 0.0) -> tuple[float, float]:
    longitude, latitude = page.work.item.guess
    return longitude + metres_east / 105_000, latitude


def said(page) -> str:
    bar = page.findChild(QWidget, "originmap_queue_outcome")
    return bar.findChild(QLabel, "originmap_queue_outcome_text").text() if bar.isVisible() else ""


def progress(model: QueueModel) -> list[tuple[str, str]]:
    found = []
    for row in range(model.rowCount()):
        above = model.index(row, 0)
        for child in range(model.rowCount(above)):
            index = model.index(child, 0, above)
            done, total = index.data(ProgressRole)
            found.append((index.data(), f"{done}/{total}"))
    return found
