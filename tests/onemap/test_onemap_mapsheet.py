"""The printed sheet as QGIS composes it: every item on the page, counts that agree, nothing off the paper."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayoutItem,
    QgsLayoutItemMap,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QRectF

from originmap.core.onemap.checks import NEWEST
from originmap.core.onemap.look import PRINTABLE, Look, Style
from originmap.core.onemap.mapsheet import Imprint, compose, first_page
from originmap.core.onemap.paper import PAPERS
from originmap.core.onemap.query import Query
from originmap.core.onemap.sheet import new_layout, wrapped
from originmap.core.onemap.spreading import MOST
from originmap.core.register.geometry import point_blobs
from originmap.core.register.printing import county_of
from originmap.core.register.register import Register

ALL, SYMBOLS = Query(), Look()
PRINTED_TOWNSHIPS = ("999901101", "999901106")


@pytest.fixture
def sheet(printed: Path):
    """Composes a page; the project has to live as long as its layout."""
    with Register.open(printed, read_only=True) as register:
        county = county_of(register)
    project, layouts = QgsProject(), []

    def made(paper=PAPERS[0], query=ALL, look=SYMBOLS, extent=None):
        layout = new_layout(project, "test")
        layouts.append(layout)
        page = first_page(county, query, look, extent)
        return layout, compose(layout, project, paper, county, page, Imprint(source="来源"))

    yield made
    for layout in layouts:
        sip.delete(layout)
    sip.delete(project)


@pytest.mark.parametrize("number", range(6))
def test_everything_stands_on_the_paper(sheet, number):
    paper = PAPERS[number]
    layout, drawn = sheet(paper)
    whole = QRectF(0, 0, paper.width, paper.height)
    names = set()
    for item in layout.items():
        if isinstance(item, QgsLayoutItem) and item.id():
            box = QRectF(item.pagePos(), item.rect().size())
            assert whole.adjusted(-0.5, -0.5, 0.5, 0.5).contains(box), item.id()
            names.add(item.id())
    wanted = {"title", "subtitle", "map", "north", "scalebar", "overview", "legend", "legend_scale", "table"}
    assert wanted | {"chart_title", "notes", "footer"} <= names
    assert drawn.total == 40
    bar = layout.itemById("scalebar")
    assert f"{bar.unitsPerSegment():g}".strip("0.") in ("1", "2", "5")
    assert bar.rect().width() < 64 * paper.factor and bar.numberOfSegments() == 2


@pytest.mark.parametrize("style", PRINTABLE)
def test_every_style_is_printed_with_its_own_legend(sheet, style):
    paper = PAPERS[1]
    layout, drawn = sheet(paper, look=Look(style, size=0))
    assert drawn.total == 40
    legend, entries = layout.itemById("legend"), _entries(layout)
    assert entries and all(entries)
    if style in (Style.SYMBOLS, Style.PIES):
        assert any("豇豆" in entry for entry in entries)
    elif style is Style.STATES:
        assert len(entries) == 1 and "逾期" in entries[0] and "40" in entries[0]
    box = QRectF(legend.pagePos(), legend.rect().size())
    assert QRectF(0, 0, paper.width, paper.height).contains(box)
    assert layout.itemById("title").text() == f"示例县农产品{Look(style).map_name}"
    assert layout.customProperty(NEWEST) == "2026-05-06"


def _entries(layout) -> list[str]:
    model = layout.itemById("legend").model()
    return [node.data(0) for layer in model.rootGroup().findLayers() for node in model.layerLegendNodes(layer)]


def test_a_map_shows_what_a_person_chose_to_see(sheet):
    wanted = QgsRectangle(111.60, 20.85, 111.66, 20.90)
    layout, drawn = sheet(extent=wanted)
    shown = layout.itemById("map")
    degrees = QgsCoordinateReferenceSystem("EPSG:4490")
    there = QgsCoordinateTransform(shown.crs(), degrees, QgsProject())
    extent = there.transformBoundingBox(shown.extent())
    assert extent.contains(wanted) and extent.height() < 1.1 * wanted.height()
    assert drawn.total + drawn.outside == 40
    assert layout.itemById("overview").overview().linkedMap() is shown


def test_panel_parts_do_not_cover_each_other(sheet):
    for paper in PAPERS:
        layout, _ = sheet(paper)
        parts = [layout.itemById(name) for name in ("legend", "legend_scale", "table", "chart_title", "notes")]
        boxes = [QRectF(part.pagePos(), part.rect().size()).adjusted(0.1, 0.1, -0.1, -0.1) for part in parts]
        for place, box in enumerate(boxes):
            assert not [other for other in boxes[place + 1 :] if box.intersects(other)], paper


def test_table_counts_what_the_map_shows(sheet):
    layout, drawn = sheet()
    rows = [[cell.content() for cell in row] for row in layout.multiFrames()[0].tableContents()]
    assert rows[-1][:2] == ["合计", "40"]
    assert sum(int(row[1]) for row in rows[1:-1]) == drawn.total


def test_symbols_at_a_border_stay_in_their_township(printed, tmp_path):
    path = tmp_path / "county.gpkg"
    shutil.copy(printed, path)
    with Register.open(path) as register:
        county = county_of(register)
        divisions = county.open_layer("division")
        (outline,) = (f.geometry() for f in divisions.getFeatures("\"code\" = '999901101'"))
        border = outline.buffer(-0.001, 8).vertexAt(0)  # a hundred metres inside, half a millimetre on paper
        place = point_blobs(np.array([border.x()]), np.array([border.y()]))[0]
        moved = "UPDATE record SET geom = ? WHERE division_code GLOB '999901101*'"
        register.connection.execute(moved, (place,))
        register.connection.commit()
    project = QgsProject()
    layout = new_layout(project, "test")
    drawn = compose(layout, project, PAPERS[0], county, first_page(county, ALL), Imprint())
    records = layout.itemById("map").layers()[0]
    there = QgsCoordinateTransform(records.crs(), divisions.crs(), project)
    standing = [feature.geometry() for feature in records.getFeatures()]
    for geometry in standing:
        geometry.transform(there)
    assert drawn.moved > 1 and sum(map(outline.contains, standing)) == drawn.townships()["999901101"] == 20
    sip.delete(layout)
    sip.delete(project)


def test_divisions_and_their_table_count_the_same(printed, tmp_path):
    """A record without a point is in the colour of its division, so it is in the table beside it, too."""
    path = tmp_path / "county.gpkg"
    shutil.copy(printed, path)
    with Register.open(path) as register:
        register.connection.execute("UPDATE record SET geom = NULL WHERE fid IN (1, 3)")
        register.connection.execute("UPDATE record SET division_code = '460105100002' WHERE fid = 2")
        register.connection.commit()
        county = county_of(register)
    project = QgsProject()
    layout = new_layout(project, "test")
    page = first_page(county, ALL, Look(Style.DIVISIONS))
    drawn = compose(layout, project, PAPERS[1], county, page, Imprint())
    shown = layout.itemById("map").layers()
    (coloured,) = (layer for layer in shown if layer.fields().indexOf("records") >= 0)
    colours = {feature["code"]: feature["records"] for feature in coloured.getFeatures() if feature["records"]}
    assert colours == drawn.townships() and drawn.total == 39 and drawn.outside == 1
    assert "图上 39 条记录" in layout.itemById("subtitle").text()
    assert "无记录" in _entries(layout)
    sip.delete(layout)
    sip.delete(project)


def test_a_legend_names_no_class_that_is_not_there(sheet):
    layout, _ = sheet(query=Query(divisions=PRINTED_TOWNSHIPS), look=Look(Style.DIVISIONS))
    assert _entries(layout) and "无记录" not in _entries(layout)


def test_a_legend_of_states_counts_what_the_map_shows(sheet):
    layout, drawn = sheet(query=ALL, look=Look(Style.STATES), extent=QgsRectangle(111.60, 20.85, 111.66, 20.90))
    assert 0 < drawn.total < 40 and [entry.split()[-1] for entry in _entries(layout)] == [str(drawn.total)]


def test_overview_frames_a_part_only(sheet):
    def framed(query: Query) -> bool:
        layout, _ = sheet(query=query)
        item = layout.itemById("overview")
        assert isinstance(item, QgsLayoutItemMap)
        return item.overview().linkedMap() is not None

    assert not framed(Query())
    assert framed(Query(divisions=("999901101",)))


def test_thousands_stay_where_they_are(printed, tmp_path):
    """Where no room is left to move symbols to, the sheet is made all the same, and says that they cover each other."""
    path = tmp_path / "many.gpkg"
    shutil.copy(printed, path)
    with Register.open(path) as register:
        columns = "geom, status, variety, scale, unit, division_code"
        uid = "substr(uid, 1, 24) || printf('%012x', fid + ?)"
        statement = f"INSERT INTO record ({columns}, uid) SELECT {columns}, {uid} FROM record WHERE fid <= 40"
        for number in range(MOST // 40 + 1):
            register.connection.execute(statement, (1000 * (number + 1),))
        county = county_of(register)
    project = QgsProject()
    layout = new_layout(project, "many")
    drawn = compose(layout, project, PAPERS[0], county, first_page(county, ALL), Imprint())
    assert drawn.total > MOST
    assert drawn.moved == 0
    assert "错开" not in layout.itemById("notes").text()
    assert "互相遮盖" in layout.itemById("notes").text()
    assert layout.itemById("overview") is not None


def test_lines_are_broken_by_width():
    assert wrapped("甲乙丙丁戊", 4 * 10 * 25.4 / 72 + 0.3, 10) == "甲乙丙丁\n戊"
    assert wrapped("甲乙丙丁，戊", 4 * 10 * 25.4 / 72 + 0.3, 10) == "甲乙丙\n丁，戊"
    assert wrapped("甲乙丙 2026-05", 5 * 10 * 25.4 / 72 + 0.3, 10) == "甲乙丙\n2026-05"
    assert wrapped("", 10, 10) == ""


@pytest.mark.parametrize("number", [0, 1])
def test_long_words_leave_the_review_number(printed, number):
    """However long title, source and maker are, the last line of small print stands whole in its box."""
    with Register.open(printed, read_only=True) as register:
        county = county_of(register)
    project = QgsProject()
    layout = new_layout(project, "long")
    imprint = Imprint("图" * 90, "来源，" * 80, "示例县农业农村局" * 6, "琼S（2026）012号")
    compose(layout, project, PAPERS[number], county, first_page(county, ALL), imprint)
    lines = layout.itemById("notes").text().split("\n")
    assert lines[-1] == "审图号：琼S（2026）012号"
    assert any(line.startswith("制图日期：") for line in lines) and any("…" in line for line in lines)
    notes = layout.itemById("notes")
    assert notes.sizeForText().height() <= notes.rect().height() + 0.5
    title = layout.itemById("title")
    assert title.sizeForText().height() <= title.rect().height() + 0.5
