"""What is printed is there whole or not at all: stopped half way, on a full disk, over a read-only file."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from originmap.core.onemap.atlas import Atlas, Targets, atlas_pages, print_pages
from originmap.core.onemap.mapsheet import Imprint
from originmap.core.onemap.paper import PAPERS
from originmap.core.onemap.query import Query
from originmap.core.register.paper_lists import PaperList, print_list
from originmap.core.register.printing import county_of
from originmap.core.register.register import Register
from originmap.core.register.reports import export_table
from originmap.core.sheets.safe_target import Together
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.progress import Cancelled, Silent
from originmap.processing.statistics import Statistics

PIGS = Query(varieties=("pig",))
TOO_SMALL = 3_000  # bytes; every file is larger


class StopAt(Silent):
    """Asks to stop once the work is so far."""

    def __init__(self, share: float) -> None:
        self.share, self.reached = share, 0.0

    def set_fraction(self, fraction: float) -> None:
        self.reached = fraction

    def is_cancelled(self) -> bool:
        return self.reached >= self.share


@pytest.fixture
def full_disk(monkeypatch):
    """The system itself refuses to write further once a file is begun."""
    begin, end = Together.part, Together.tidy
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def part(self: Together, target: Path) -> Path:
        found = begin(self, target)
        resource.setrlimit(resource.RLIMIT_FSIZE, (TOO_SMALL, hard))
        return found

    def tidy(self: Together) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        end(self)

    monkeypatch.setattr(Together, "part", part)
    monkeypatch.setattr(Together, "tidy", tidy)


def print_atlas(register: Path, targets: Targets, progress=None) -> None:
    with Register.open(register, read_only=True) as opened:
        county = county_of(opened)
        pages = atlas_pages(opened.connection, county, PIGS, Atlas.VARIETY)
    print_pages(pages, PAPERS[0], county, Imprint(), targets, 72, progress or Silent())


def test_a_stopped_atlas_leaves_no_page(printed, tmp_path):
    target, stopping = tmp_path / "图集.pdf", StopAt(0.7)
    target.write_bytes(b"old")
    with pytest.raises(Cancelled):
        print_atlas(printed, Targets(pdf=target, folder=tmp_path / "单页"), stopping)
    assert 0.7 <= stopping.reached < 0.9  # behind the first of two single pages
    assert target.read_bytes() == b"old" and list(tmp_path.iterdir()) == [target]


def to_folder(register: Path, target: Path) -> None:
    print_atlas(register, Targets(folder=target))


def to_picture(register: Path, target: Path) -> None:
    print_atlas(register, Targets(png=target.with_suffix(".png")))


def to_pdf(register: Path, target: Path) -> None:
    print_atlas(register, Targets(pdf=target.with_suffix(".pdf")))


def to_cards(register: Path, target: Path) -> None:
    print_list(PaperList.CARDS, register, Query(), target.with_suffix(".pdf"), most=2)


def to_field_sheet(register: Path, target: Path) -> None:
    print_list(PaperList.FIELD_SHEET, register, Query(), target.with_suffix(".pdf"))


def to_workbook(register: Path, target: Path) -> None:
    export_table(register, Query(), target.with_suffix(".xlsx"))


def to_csv(register: Path, target: Path) -> None:
    export_table(register, Query(), target.with_suffix(".csv"))


def to_statistics(register: Path, target: Path, ending: str = ".xlsx", name: str = "OUTPUT") -> None:
    asked = {"REGISTER": str(register), name: str(target.with_suffix(ending))}
    Statistics().create().carry_out(asked, QgsProcessingContext(), QgsProcessingFeedback())


def to_statistics_page(register: Path, target: Path) -> None:
    to_statistics(register, target, ".pdf", "PDF")


ALL = (to_folder, to_picture, to_pdf, to_cards, to_field_sheet, to_workbook, to_csv, to_statistics, to_statistics_page)


@pytest.mark.parametrize("write", ALL)
def test_a_full_disk_is_told_and_leaves_nothing(printed, tmp_path, full_disk, write):
    with pytest.raises(OriginMapError, match="TARGET_FULL|MAP_NOT_WRITTEN") as told:
        write(printed, tmp_path / "结果")
    assert "磁盘" in told.value.sentence("zh")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("write", ALL[1:])
def test_a_file_somebody_made_read_only_stays(printed, tmp_path, write):
    for ending in (".pdf", ".png", ".xlsx", ".csv"):
        target = tmp_path / f"结果{ending}"
        target.write_bytes(b"old")
        target.chmod(0o444)
    with pytest.raises(OriginMapError, match="TARGET_LOCKED"):
        write(printed, tmp_path / "结果")
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"old"} and len(list(tmp_path.iterdir())) == 4
