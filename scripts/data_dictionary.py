#!/usr/bin/env python3
"""Writes docs/data-dictionary.md and docs/findings.md from the standard, so that they are never out of date."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[1]
TYPES = {"string": "文字", "number": "数值", "integer": "整数", "date": "日期"}
STAGES = {"import": "导入时", "submit": "提交时", "register": "全库"}
LEVELS = {"error": "错误", "warning": "提醒", "note": "提示"}
# Codes whose texts stand inside other sentences and that nobody meets by themselves.
PARTS_OF_SENTENCES = (
    *("KIND_", "REASON_", "IN_SHEET", "OTHER_SHEET"),
    *("LOST_CHARTS", "LOST_EXTENSIONS", "LOST_IMAGES", "LOST_MACROS", "LOST_SHAPES"),
)
NOTE = "本页由 `make docs` 按数据标准生成，请勿手改。"


def main() -> None:
    """Write both pages."""
    for name, text in pages().items():
        (ROOT / "docs" / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """The pages' texts by file name."""
    return {"data-dictionary.md": "\n".join(_dictionary()) + "\n", "findings.md": "\n".join(_findings()) + "\n"}


def _dictionary() -> Iterator[str]:
    standard = _package().load_standard()
    yield from ("# 数据字典", "", NOTE, "", "## 数据项", "")
    rows = [
        (f"`{f.name}`", f.title, TYPES[f.type.value], _required(f), _values(f), "是" if f.personal else "", f.example)
        for f in standard.fields
    ]
    yield from _table(("列名", "名称", "类型", "必填", "取值", "个人信息", "示例"), rows)
    yield from ("", "## 产品", "")
    yield from _table(("代码", "产品", "行业", "单位", "采集标准", "工程化养殖", "采集频次"), _varieties(standard))
    yield from ("", "采集标准为参考标准，各县可在档案库里设定本地执行标准。", "", "## 选项", "")
    for name, choices in standard.lists.items():
        titles = "、".join(f"{choice.title}（`{choice.code}`）" for choice in choices)
        yield f"- **`{name}`**：{titles}"
    yield from ("", "## 规则", "")
    rules = [
        (f"`{r.id}`", LEVELS[r.level.value], STAGES[r.stage.value], r.text_in("zh"), r.text_in("en"))
        for r in _package("rules").rules_of(standard)
    ]
    yield from _table(("规则", "级别", "何时起效", "说明", "English"), rules)


def _findings() -> Iterator[str]:
    yield from ("# 问题代码", "", NOTE, "", "大括号里的内容导入时换成实际的值。", "")
    catalogue = json.loads((ROOT / "resources/standard/messages.json").read_text(encoding="utf-8"))
    parts = ("title", "text", "advice")
    rows = [
        (f"`{code}`", *(entry[part]["zh"] for part in parts))
        for code, entry in catalogue.items()
        if not code.startswith(PARTS_OF_SENTENCES)
    ]
    yield from _table(("代码", "问题", "说明", "怎么办"), rows)


def _required(field) -> str:  # type: ignore[no-untyped-def]  # the package is loaded at run time
    if field.required_at is None:
        return ""
    industries = {"crop": "种植业", "livestock": "畜牧业", "aquatic": "渔业"}
    return STAGES[field.required_at.value] + "".join(f"（{industries[i]}）" for i in field.industries)


def _values(field) -> str:  # type: ignore[no-untyped-def]
    several = "，可多选" if field.several else ""
    if field.list:
        return f"选项 `{field.list}`{several}"
    return f"最多 {field.max_length} 字" if field.max_length else ""


def _varieties(standard) -> list[tuple[object, ...]]:  # type: ignore[no-untyped-def]
    industries = {choice.code: choice.title for choice in standard.lists["industry"]}
    units = {choice.code: choice.title for choice in standard.lists["unit"]}
    cadences = {"crop": "每茬", "month": "每月"}
    return [
        (
            f"`{v.code}`",
            v.title,
            industries[v.industry],
            units[v.unit],
            f"{v.threshold:g}",
            "" if v.threshold_engineered is None else f"{v.threshold_engineered:g}",
            cadences[v.cadence.value],
        )
        for v in standard.varieties
    ]


def _table(titles: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    titles = tuple(titles)
    yield "| " + " | ".join(titles) + " |"
    yield "|" + "---|" * len(titles)
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) + " |"


def _package(module: str = "model"):  # type: ignore[no-untyped-def]
    """A module of the standard, with the root registered as the package it is."""
    if "originmap" not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            "originmap", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
        )
        sys.modules["originmap"] = package = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(package)
    return importlib.import_module(f"originmap.core.standard.{module}")


if __name__ == "__main__":
    main()
