#!/usr/bin/env python3
"""The main job on the invented sample county: dirty workbooks in, register, findings, one table, maps and reports out.

Everything goes through ``qgis_process``, the way an office would run it at night; results lie in ``build/demo``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Mapping

from osgeo import gdal
from sample.workbooks import Written, write_workbooks

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "resources" / "sample"
TARGET = ROOT / "build" / "demo"
REGISTER = TARGET / "register.gpkg"
COUNTS = (("new", "新增"), ("updated", "更新"), ("unchanged", "未变"), ("refused", "退回"), ("without_point", "待补点"))
COUNTY = "999901"
COUNTY_NAME = "示例省 示例市 示例县"
_TOWNSHIP = "999901101"
# The sample's records are of spring and June 2026.
_JULY = "2026-07-05"
_RETURN = {
    "ACTION": 1,
    "REASON": "规模与台账不符",
    "DEADLINE": 10,
    "COMMENTS": "种养规模,请与台账核对",
    "BY": "审核员示例",
}
_VILLAGE_LIST = {
    "VILLAGES": SAMPLE / "villages.csv",
    "VILLAGE_CODE": "行政区划代码",
    "VILLAGE_NAME": "村(社区)",
    "VILLAGE_LONGITUDE": "经度",
    "VILLAGE_LATITUDE": "纬度",
}


class Stopped(Exception):
    """An algorithm failed; the text is its own sentence."""


@dataclass(frozen=True)
class Imported:
    """What became of a workbook: rows of the file, counts by name, where the findings workbook lies."""

    name: str
    rows: int
    counts: Mapping[str, int]
    findings: Path


def main() -> int:
    """Run the whole; the exit code is 1 when a step failed."""
    try:
        _run_all()
    except Stopped as stop:
        print(f"\n演示中止：{stop}", file=sys.stderr)
        return 1
    return 0


def _run_all() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    print("生成示例采集表 …")
    workbooks = write_workbooks(SAMPLE, TARGET)
    print("新建档案库，载入县界、乡镇界和村名录 …")
    _run("createregister", REGISTER=REGISTER, COUNTY=COUNTY, COUNTY_NAME=COUNTY_NAME)
    _load_boundaries()
    imported = [_import(book) for book in workbooks]
    again = _import(workbooks[0], " 再次导入")
    _require(again.counts["new"] == again.counts["updated"] == 0, "同一张表再次导入，档案库却有变化。")
    print("导出一张表，统计，绘制一张图、图集和挂图 …")
    _run("exporttable", REGISTER=REGISTER, OUTPUT=TARGET / "一张表.xlsx")
    _run("statistics", REGISTER=REGISTER, OUTPUT=TARGET / "统计.xlsx", PDF=TARGET / "统计.pdf")
    _run("styledistribution", REGISTER=REGISTER, STYLE=1, OUTPUT=TARGET / "乡镇记录数.qlr")
    told = {"SOURCE": "示例县农产品产地档案库（虚构）", "AUTHOR": "产地一张图演示"}
    _run("distributionmap", REGISTER=REGISTER, PDF=TARGET / "分布图.pdf", PNG=TARGET / "分布图.png", **told)
    _run("distributionmap", REGISTER=REGISTER, PDF=TARGET / "乡镇图集.pdf", ATLAS=1, **told)
    _run("distributionmap", REGISTER=REGISTER, PDF=TARGET / "挂图_A3.pdf", PAPER=2, **told)
    _run("producercards", REGISTER=REGISTER, PDF=TARGET / "主体卡片.pdf", MOST=12, DIVISION=_TOWNSHIP)
    _run("fieldsheet", REGISTER=REGISTER, PDF=TARGET / "现场核实表.pdf", DIVISION=_TOWNSHIP)
    _review()
    _quality()
    _summary([*imported, again])


def _load_boundaries() -> None:
    for layer, more in (("county", {}), ("townships", _VILLAGE_LIST)):
        source = f"{SAMPLE / 'county.gpkg'}|layername={layer}"
        results = _run(
            "loadboundaries", REGISTER=REGISTER, BOUNDARIES=source, CODE_FIELD="XZQDM", NAME_FIELD="XZQMC", **more
        )
        _require(int(results["REFUSED"]) == 0, f"载入行政区划时有退回：{results['REASONS']}")


def _import(book: Written, suffix: str = "") -> Imported:
    print(f"导入 {book.path.name}{suffix} …")
    findings = TARGET / f"{book.path.stem}_问题{suffix.strip()}.xlsx"
    sheet = {"SHEET": book.sheet} if book.sheet else {}
    results = _run(
        "georeferencetable",
        REGISTER=REGISTER,
        WORKBOOK=book.path,
        FINDINGS_WORKBOOK=findings,
        **sheet,
    )
    counts = {name: int(results[name.upper()]) for name, _ in COUNTS}
    told = sum(counts[name] for name in ("new", "updated", "unchanged", "refused"))
    _require(told == len(book.rows), f"{book.path.name} 有 {len(book.rows)} 行，各类合计却是 {told} 行。")
    return Imported(book.path.name + suffix, len(book.rows), counts, findings)


def _review() -> None:
    """Two townships are visited; their records are submitted, some returned, the rest approved; what would be overdue
    in two weeks is listed, and the history verified."""
    print("现场核实（模拟），提交、退回、审核，列出逾期未改，核验历史 …")
    visited = "division_code GLOB '999901101*' OR division_code GLOB '999901103*'"
    gdal.UseExceptions()
    register = gdal.OpenEx(str(REGISTER), gdal.OF_UPDATE)
    register.ExecuteSQL(
        "UPDATE record SET verified_how = '[\"site_visit\"]', verified_on = date('now'), verified_by = collector_name, "
        f"updated_by = collector_name WHERE ({visited}) AND point_quality = 'exact'"
    )
    register = None  # closed
    steps = (
        ("submitrecords", "提交", {"BY": "采集员示例", "WORKBOOK": TARGET / "提交_未办理.xlsx"}),
        ("reviewrecords", "退回", {**_RETURN, "DIVISION": _TOWNSHIP, "VARIETIES": 0}),
        ("reviewrecords", "审核通过", {"ACTION": 0, "BY": "审核员示例"}),
        ("submitrecords", "改正后再提交", {"BY": "采集员示例", "STATUS": 3, "FILTER": "scale < 5"}),
    )
    for algorithm, title, values in steps:
        done = _run(algorithm, REGISTER=REGISTER, **values)
        _require(int(done["COUNT"]) == int(done["GONE"]) + int(done["STAYED"]), f"{title}的各类合计与总数不符。")
        print(f"  {title}：{done['COUNT']} 条，已办理 {done['GONE']}，未办理 {done['STAYED']}")
    later = date.today() + timedelta(days=14)
    late = _run("overduereturns", REGISTER=REGISTER, ON=later, WORKBOOK=TARGET / "逾期清单.xlsx")
    print(f"  两周后：退回 {late['RETURNED']} 次，按期已改 {late['IN_TIME']}，逾期未改 {late['OVERDUE']}")
    history = _run("verifyhistory", REGISTER=REGISTER, SEAL=True)
    _require(int(history["BROKEN"]) == 0, f"历史核验不符：{history['FIRST']}")
    print(f"  历史：核对 {history['CHECKED']} 条，全部相符，末环印记 {history['HEAD']}")


def _quality() -> None:
    """The records are checked; at the beginning of July it is told what is due, and how far the collection is."""
    print("检查数据质量，列出应采集清单，通报采集进度 …")
    files = {"REPORT": TARGET / "质量检查.html", "WORKBOOK": TARGET / "质量检查.xlsx"}
    found = _run("checkrecords", REGISTER=REGISTER, **files)
    kinds = {name: int(found[name]) for name in ("INCOMPLETE", "STANDARD", "OUTDATED", "WRONG")}
    _require(sum(kinds.values()) == int(found["FINDINGS"]), "各类问题的合计与总数不符。")
    told = "不完整 {INCOMPLETE}，不合标准 {STANDARD}，不及时 {OUTDATED}，明显有误 {WRONG}".format(**kinds)
    print(f"  质量：检查 {found['RECORDS']} 条，{found['FAULTY']} 条有问题，共 {found['FINDINGS']} 个（{told}）")
    due = _run("updatesdue", REGISTER=REGISTER, ON=_JULY, WORKBOOK=TARGET / "应采集清单.xlsx")
    files = {kind: TARGET / f"采集进度.{kind.lower()}" for kind in ("PDF", "HTML")}
    done = _run("progressreport", REGISTER=REGISTER, ON=_JULY, NOTICES=TARGET / "催办清单", **files)
    expected, collected, missing = (int(done[name]) for name in ("EXPECTED", "COLLECTED", "MISSING"))
    _require(expected == collected + missing, "应采集数与已采集、未采集之和不符。")
    _require(missing == int(due["OVERDUE"]) + int(due["DUE"]), "应采集清单与采集进度不符。")
    print(f"  截至 {_JULY}：应采集 {expected} 处，已采集 {collected}，未采集 {missing}，催办 {done['NOTIFIED']} 人")


def _run(algorithm: str, **parameters: object) -> Mapping[str, object]:
    """Run one algorithm and give back its results.

    Raises:
        Stopped: it failed; with the sentence it gave.
    """
    command = [str(ROOT / "scripts" / "qgis_process.sh"), "--json", "run", f"originmap:{algorithm}", "--"]
    command += [f"{name}={value}" for name, value in parameters.items()]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise Stopped(f"{algorithm}：{_last_words(done.stderr) or _last_words(done.stdout)}")
    return json.loads(done.stdout[done.stdout.index("{") :])["results"]


def _last_words(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Stopped(otherwise)


def _summary(imported: list[Imported]) -> None:
    print("\n示例县导入结果（“待补点”已含在新增、更新、未变之中）")
    for one in imported:
        figures = "，".join(f"{title} {one.counts[name]}" for name, title in COUNTS)
        print(f"  {one.name}：共 {one.rows} 行，{figures}")
    print(f"\n结果在 {TARGET.relative_to(ROOT)}/")
    for path in sorted(TARGET.iterdir()):
        if path.is_file():
            print(f"  {path.name}  {path.stat().st_size / 1024:,.0f} KB")
        else:
            print(f"  {path.name}/  {len(list(path.iterdir()))} 个文件")


if __name__ == "__main__":
    sys.exit(main())
