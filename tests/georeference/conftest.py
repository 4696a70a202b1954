"""A register, and workbooks of one good row each that tests make bad in one place."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from pathlib import Path
from typing import Callable

import openpyxl
import pytest

from originmap.core.georeference.options import Options, Outcome
from originmap.core.georeference.pipeline import georeference
from originmap.core.register.create import create_register

GOOD = {
    "主体名称": "示例合作社",
    "主体类型": "农民专业合作社",
    "产品名称": "豇豆",
    "产品认证类型": "绿色食品",
    "基地地址": "广西南宁市横州市百合镇示例村1组",
    "经度": "109.20135",
    "纬度": "22.68135",
    "联系人": "张示例",
    "联系方式": "13800000001",
    "种养规模": "3.5",
    "规模单位": "亩",
    "上市时间": "2026-05-10",
    "下市时间": "2026-07-20",
    "生产方式": "露地",
    "追溯方式": "承诺达标合格证",
    "网格员姓名": "李示例",
    "网格员电话": "13800000002",
    "采集员姓名": "王示例",
    "采集员电话": "13800000003",
}


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty register of a real county, made once; tests take copies."""
    path = tmp_path_factory.mktemp("empty") / "register.gpkg"
    create_register(path, "450181", "横州市").close()
    return path


@pytest.fixture
def register(empty: Path, tmp_path: Path) -> Path:
    """A copy of the empty register."""
    return Path(shutil.copy(empty, tmp_path))


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows, each the good one with some cells changed or added, as XLSX or CSV; returns the file."""

    def write(*changes: dict[str, object], name: str = "表.xlsx") -> Path:
        path = tmp_path / name
        titles = list(dict.fromkeys([*GOOD, *(title for change in changes for title in change)]))
        rows = [titles, *([{**GOOD, **change}.get(title, "") for title in titles] for change in changes)]
        if path.suffix == ".csv":
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows(rows)
        else:
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append(row)
            book.save(path)
        return path

    return write


@pytest.fixture
def run(register: Path) -> Callable[..., Outcome]:
    """Imports a file into the register."""

    def do(path: Path, **options: object) -> Outcome:
        return georeference(path, register, Options(**options))  # type: ignore[arg-type]

    return do


@pytest.fixture
def stored(register: Path) -> Callable[..., list[tuple]]:
    """Asks the register's records."""

    def ask(columns: str, condition: str = "1") -> list[tuple]:
        connection = sqlite3.connect(register)
        rows = connection.execute(f"SELECT {columns} FROM record WHERE {condition} ORDER BY source_row").fetchall()
        connection.close()
        return rows

    return ask
