"""Sheets with much on them: a table longer than its place, names of townships among pies and symbols."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from qgis.core import QgsMapRendererSequentialJob, QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QRectF, QSizeF

from originmap.core.onemap.drawn import Drawn
from originmap.core.onemap.layout import add_table
from originmap.core.onemap.look import Look, Style
from originmap.core.onemap.mapsheet import Imprint, compose, first_page
from originmap.core.onemap.paper import PAPERS
from originmap.core.onemap.query import Query
from originmap.core.onemap.sheet import Sheet, new_layout
from originmap.core.register.printing import county_of
from originmap.core.register.register import Register


@pytest.fixture
def layout(qgis_app):
    """The project has to live as long as its layout."""
    project = QgsProject()
    made = new_layout(project, "test")
    yield made
    sip.delete(made)
    sip.delete(project)


def table_of(layout, townships: int) -> tuple[list[list[str]], list[QRectF]]:
    """Rows of the table on A4 landscape under a legend of usual height, and where its parts stand."""
    codes = [f"999901{number:03d}" for number in range(101, 101 + townships)]
    records = Counter({code: place + 1 for place, code in enumerate(codes)})
    producers = defaultdict(set, {code: {"全县都有的公司", f"{code}户"} for code in codes})
    sheet = Sheet.add(layout, PAPERS[0])
    drawn = Drawn(divisions=records, producers=producers, varieties=Counter({"cowpea": sum(records.values())}))
    add_table(sheet, 88.0, drawn, {code: f"第{code[-3:]}镇" for code in codes})
    tables = layout.multiFrames()
    rows = [[cell.content() for cell in row] for table in tables for row in table.tableContents()[1:]]
    return rows, [QRectF(table.frame(0).pagePos(), table.frame(0).rect().size()) for table in tables]


def numbers(rows: list[list[str]]) -> list[int]:
    return [int(row[1].replace(",", "")) for row in rows]


@pytest.mark.parametrize("townships", (3, 12, 13))
def test_the_table_of_a_usual_county_names_all_its_townships(layout, townships):
    rows, parts = table_of(layout, townships)
    assert [row[0] for row in rows] == [f"第{number}镇" for number in range(100 + townships, 100, -1)] + ["合计"]
    assert len(parts) == (1 if townships < 12 else 2)
    assert rows[-1][1:] == [str(townships * (townships + 1) // 2), str(townships + 1)]


def test_what_finds_no_room_in_the_table_is_summed_and_adds_up(layout):
    rows, parts = table_of(layout, 40)
    named, (rest, total) = rows[:-2], rows[-2:]
    assert rest[0] == f"其余 {40 - len(named)} 个"
    assert sum(numbers([*named, rest])) == numbers([total])[0] == 820
    assert int(rest[2]) == 41 - len(named) and total[2] == "41"
    box = PAPERS[0].table_box(88.0)
    assert not parts[0].intersects(parts[1])
    assert all(box.adjusted(-0.1, 0, 0.1, 0.1).contains(part) for part in parts)


def test_a_long_name_is_set_smaller_before_it_is_cut(layout):
    sheet = Sheet.add(layout, PAPERS[0])
    names = ["云溪镇", "国营示例农场", "示例经济技术开发区管委会"]
    rows = [["乡镇", "记录数"], *([name, "1"] for name in names)]
    sheet.table("table", rows, QRectF(0, 0, 20, 20), (0.66, 0.34), 6.5, total=False)
    cells = [row[0] for row in layout.multiFrames()[0].tableContents()[1:]]
    assert [cell.content() for cell in cells[:2]] == names[:2] and cells[2].content().endswith("…")
    sizes = [cell.textFormat().size() for cell in cells]
    assert sizes[0] == 6.5 and sizes[1] == sizes[2] < 6.5


@pytest.mark.parametrize("style", (Style.PIES, Style.SYMBOLS))
def test_no_pie_or_symbol_covers_the_name_of_a_township(layout, printed, style):
    """Its points stand in the middle of the townships, where names would be."""
    with Register.open(printed, read_only=True) as register:
        county = county_of(register)
    compose(layout, layout.project(), PAPERS[0], county, first_page(county, Query(), Look(style, size=0)), Imprint())
    shown = layout.itemById("map")
    settings = shown.mapSettings(
        shown.extent(), QSizeF(1000, 1000 * shown.rect().height() / shown.rect().width()), 96, True
    )
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    labels = job.takeLabelingResults().allLabels()
    names = [label for label in labels if label.labelText.endswith(("镇", "乡"))]
    assert len(names) == 12
    pies = [label.labelRect for label in labels if label.isDiagram]
    assert bool(pies) is (style is Style.PIES)
    points = [] if pies else [f.geometry().asPoint() for f in shown.layers()[0].getFeatures()]
    for name in names:
        assert not [pie for pie in pies if pie.intersects(name.labelRect)], name.labelText
        assert not [point for point in points if name.labelRect.contains(point)], name.labelText
