"""The atlas: its pages by township, product and month, each counting just its own, in one PDF or in many."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from qgis.core import QgsProcessing, QgsProcessingContext, QgsProcessingFeedback, QgsProject

from originmap.core.onemap.atlas import Atlas, atlas_pages
from originmap.core.onemap.look import Look, Style
from originmap.core.onemap.mapsheet import Imprint, compose
from originmap.core.onemap.paper import PAPERS
from originmap.core.onemap.query import Query, Season
from originmap.core.onemap.sheet import new_layout
from originmap.core.register.printing import county_of
from originmap.core.register.register import Register
from originmap.processing.distributionmap import DistributionMap


def pages_of(path, atlas, **asked):
    with Register.open(path, read_only=True) as register:
        county = county_of(register)
        return county, atlas_pages(register.connection, county, Query(**asked), atlas)


@pytest.mark.parametrize(
    "atlas, names",
    [
        (Atlas.NONE, []),
        (Atlas.TOWNSHIP, ["999901101", "999901106"]),
        (Atlas.VARIETY, ["豇豆", "鸡蛋", "生猪"]),
        (Atlas.MONTH, [f"{month:02d}月" for month in range(1, 13)]),
    ],
)
def test_each_page_has_its_own_records(printed, atlas, names):
    county, (whole, *pages) = pages_of(printed, atlas)
    shown = [page.division if atlas is Atlas.TOWNSHIP else page.name for page in pages]
    assert sorted(shown) == sorted(names)
    project = QgsProject()
    layout = new_layout(project, "atlas")
    counts = [compose(layout, project, PAPERS[0], county, page, Imprint()).total for page in (whole, *pages)]
    assert counts[0] == 40
    assert layout.pageCollection().pageCount() == len(counts)
    if atlas in (Atlas.TOWNSHIP, Atlas.VARIETY):
        assert sum(counts[1:]) == 40
    if atlas is Atlas.MONTH:
        # cowpea, every third of 40, is on the market from November to February, the others all year
        assert counts[1:] == [40, 40, *[26] * 8, 40, 40]


def test_pages_stay_within_the_query(printed):
    _, pages = pages_of(printed, Atlas.TOWNSHIP, divisions=("999901101001",))
    assert [page.query.divisions for page in pages[1:]] == [("999901101001",)]
    _, pages = pages_of(printed, Atlas.MONTH, on_market=(Season("11-01", "01-31"),))
    assert [page.name for page in pages[1:]] == ["01月", "11月", "12月"]
    _, pages = pages_of(printed, Atlas.VARIETY, varieties=("pig",))
    assert [page.name for page in pages[1:]] == ["生猪"]


def test_a_township_is_not_coloured_whole(printed):
    with Register.open(printed, read_only=True) as register:
        county = county_of(register)
        pages = atlas_pages(register.connection, county, Query(), Atlas.TOWNSHIP, Look(Style.DIVISIONS))
    assert [page.look.style for page in pages] == [Style.DIVISIONS, Style.SYMBOLS, Style.SYMBOLS]
    assert ["分级图" in page.title for page in pages] == [True, False, False]


def run(**parameters):
    feedback = QgsProcessingFeedback()
    results, ok = DistributionMap().create().run(parameters, QgsProcessingContext(), feedback)
    assert ok, feedback.textLog()
    return results, feedback.textLog()


def test_one_pdf_says_on_each_page_what_it_is_about(printed, tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    target = tmp_path / "atlas.pdf"
    results, _ = run(REGISTER=str(printed), PDF=str(target), ATLAS=2, DPI=72, TITLE="示例图集")
    assert (results["PAGES"], results["COUNT"]) == (4, 40)
    done = subprocess.run(["pdftotext", "-layout", str(target), "-"], capture_output=True, check=True)
    pages = done.stdout.decode("utf-8").replace(" ", "").split("\f")[:4]
    assert ["示例图集：鸡蛋" in page for page in pages] == [False, False, True, False]
    assert "生猪" in pages[0] and "生猪" not in pages[1]
    assert [f"第{number}页，共4页" in page for number, page in enumerate(pages, 1)] == [True] * 4


def test_fonts_are_embedded(printed, tmp_path):
    if shutil.which("pdffonts") is None:
        pytest.skip("pdffonts is not installed")
    target = tmp_path / "map.pdf"
    run(REGISTER=str(printed), PDF=str(target), DPI=72)
    told = subprocess.run(["pdffonts", str(target)], capture_output=True, check=True, text=True).stdout
    fonts = told.splitlines()[2:]
    assert fonts
    assert all(" yes " in line[40:] for line in fonts), told


def test_a_temporary_folder_is_made(printed):
    results, _ = run(REGISTER=str(printed), FOLDER=QgsProcessing.TEMPORARY_OUTPUT, DPI=72)
    assert [path.name for path in Path(results["FOLDER"]).iterdir()] == ["00_全图.pdf"]


def test_many_files_and_one_picture(printed, tmp_path):
    folder, picture = tmp_path / "pages", tmp_path / "map.png"
    run(REGISTER=str(printed), FOLDER=str(folder), PNG=str(picture), ATLAS=2, DPI=72)
    assert [path.name for path in sorted(folder.iterdir())] == [
        "00_全图.pdf",
        "01_豇豆.pdf",
        "02_鸡蛋.pdf",
        "03_生猪.pdf",
    ]
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["map.png", "pages"]
