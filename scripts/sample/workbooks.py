"""The four workbooks of the sample and the table of what must become of each of their rows."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .addresses import address_rows
from .annex import FIRST_ROW, SHEET, write_annex
from .dirt import leave_points_out, oddities, plant, repeat
from .ground import SEED
from .offices import ADDRESS_SHEET, PHONE_SHEET, write_addresses, write_livestock, write_phone
from .people import People
from .producers import Site, make_sites
from .rows import Row, clean_row
from .shipped import read_sample
from .trades import CROP

_TRUTH = (
    "file", "sheet", "row", "outcome", "code", "planted", "producer", "variety", "scale", "market_start",
    "market_end", "longitude", "latitude", "division_code",
)  # fmt: skip


_FILES = (
    "种植业采集表_示例县.xlsx",
    "畜牧水产采集表_示例县_GBK.csv",
    "手机采集导出_高德坐标.xlsx",
    "试点省份地址样例.xlsx",
)


@dataclass(frozen=True)
class Written:
    """A workbook that was written: its file, sheet, and how its coordinates are to be read."""

    path: Path
    sheet: str
    datum: str
    first_row: int
    rows: list[Row]


def write_workbooks(sample: Path, folder: Path) -> list[Written]:
    """Write the workbooks and ``truth.csv`` into the folder; the same bytes on every call."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(SEED + 20)
    sites = make_sites(read_sample(sample))
    crops = [site for site in sites if site.trade.industry == CROP]
    by_phone = {id(site) for site in crops if rng.random() < 0.36}
    annex = _rows(_in_order([site for site in crops if id(site) not in by_phone]), rng, 0.28, each=1)
    livestock = _rows(_in_order([site for site in sites if site.trade.industry != CROP]), rng, 0.22, each=1)
    phone = _rows([site for site in crops if id(site) in by_phone], rng, 0.06, each=1)
    paths = [folder / name for name in _FILES]
    addresses = address_rows(_StrangersFrom(rng))
    write_annex(annex, paths[0], rng)
    write_livestock(livestock, paths[1], rng)
    write_phone(phone, paths[2], rng)
    write_addresses(addresses, paths[3])
    written = [
        Written(paths[0], SHEET, "cgcs2000", FIRST_ROW, annex),
        Written(paths[1], "", "cgcs2000", 2, livestock),
        Written(paths[2], PHONE_SHEET, "gcj02", 2, phone),
        Written(paths[3], ADDRESS_SHEET, "cgcs2000", 2, addresses),
    ]
    _write_truth(written, folder / "truth.csv")
    return written


class _StrangersFrom(People):
    """People whose phones do not meet those of the county."""

    def __init__(self, rng: np.random.Generator) -> None:
        super().__init__(rng)
        self._phone = 8_000


def _rows(sites: list[Site], rng: np.random.Generator, without: float, each: int) -> list[Row]:
    rows = [clean_row(site) for site in sites]
    leave_points_out(rows, rng, without)
    plant(rows, rng, each)
    oddities(rows, rng)
    return repeat(rows, rng, 3)


def _in_order(sites: list[Site]) -> list[Site]:
    """By township and village, as a sheet that was put together from the townships' sheets."""
    return sorted(sites, key=lambda site: site.place.code)


def _write_truth(written: list[Written], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_TRUTH)
        for book in written:
            for number, row in enumerate(book.rows, start=book.first_row):
                point = ("", "") if row.longitude is None else (f"{row.longitude:.6f}", f"{row.latitude:.6f}")
                writer.writerow([
                    book.path.name, book.sheet, number, row.outcome.value, row.code, row.planted, row.producer,
                    row.variety, f"{row.scale:g}", row.market_start, row.market_end, *point,
                    row.extra.get("division_code", ""),
                ])  # fmt: skip
