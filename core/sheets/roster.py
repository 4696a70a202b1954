"""Another office's list of producers: certificates, insurance, subsidies; read from whatever workbook it stands in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator, Mapping, Optional

from ..standard.cells import text_of
from ..standard.errors import OriginMapError
from ..standard.model import Standard
from .headings import Headings, normal
from .spreadsheet import Row
from .workbook import open_workbook

# What such lists call the producer, beside the standard's own aliases.
_PRODUCERS = frozenset(
    (
        *("单位名称", "企业名称", "公司名称", "获证主体", "获证单位", "证书持有人", "持证人", "申请人", "被保险人"),
        *("投保人", "农户姓名", "户主", "户主姓名", "名称", "生产者", "生产主体", "经营主体", "开具主体"),
    )
)
_PLACES = ("地址", "住所", "注册地址", "通讯地址", "经营地址", "所在地", "保险标的地址")
# What is left over is read by how it ends, unless it is about somebody or something else.
_ELSE = re.compile(
    r"联系|填报|计量|制表|法人|法定|负责|采集|网格|产品|类型|类别|代码|证号|编号|数量|电话|经办|审核|单位地址"
)
_ENDINGS = (
    (
        "producer_name",
        re.compile(r"(?:企业|公司|合作社|农场|养殖场|种植场|基地|场|户|主体|单位|人|者)(?:名称|姓名|全称)?$|^姓名$"),
    ),
    ("township", re.compile(r"(?:乡镇|街道|镇|乡|苏木)(?:街道)?(?:名称?)?$")),
    ("village", re.compile(r"(?:村|社区|村委会|居委会|嘎查|村组)(?:社区)?(?:名称?)?$")),
    ("site_address", re.compile(r"(?:地址|住址|场址|产地|地点|住所|场所|位置|坐落)$")),
)
_NEEDED = "producer_name"
_READ = (_NEEDED, "township", "village", "credit_code", "site_address")
_SEARCHED, _SHOWN = 20, 8


def read_roster(path: Path, standard: Standard) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of all visible sheets that name producers: the file's row number, and what it says by field name.

    Args:
        path: any spreadsheet that :func:`.workbook.open_workbook` reads.
        standard: its titles and aliases are what headings are matched with.

    Raises:
        OriginMapError: ``ROSTER_NO_NAMES`` when no sheet has a column with producers, ``ROSTER_EMPTY`` when nothing
            stands below it, or the file cannot be read.
    """
    headings, found, rows = Headings(standard), False, 0
    seen: list[str] = []
    with open_workbook(path) as workbook:
        for sheet in workbook.sheets:
            columns: Optional[Mapping[int, str]] = None
            for number, cells in () if sheet.hidden else workbook.rows(sheet.name):
                if columns is None and number <= _SEARCHED:
                    columns = _columns((number, cells), headings)
                    found = found or columns is not None
                    seen = max(seen, list(filter(None, (text_of(cell).strip() for cell in cells))), key=len)
                    continue
                if columns is None:
                    break
                said = {name: text_of(cells[at]).strip() for at, name in columns.items() if at < len(cells)}
                if said.get(_NEEDED):
                    rows += 1
                    yield number, said
    if not found:
        shown = "、".join(seen[:_SHOWN]) or "—"
        raise OriginMapError("ROSTER_NO_NAMES", file=path.name, headings=shown, searched=_SEARCHED)
    if not rows:
        raise OriginMapError("ROSTER_EMPTY", file=path.name)


def _columns(row: Row, headings: Headings) -> Optional[dict[int, str]]:
    """The fields of a row's headings by column; ``None`` when it does not name producers beside something else."""
    texts = [text_of(cell).strip() for cell in row[1]]
    columns: dict[int, str] = {}
    known = [_field(text, headings) for text in texts]
    for fields in (known, ["" if field else _by_ending(text) for field, text in zip(known, texts)]):
        for at, field in enumerate(fields):
            if field in _READ and field not in columns.values():
                columns[at] = field
    return columns if _NEEDED in columns.values() and sum(map(bool, texts)) > 1 else None


def _by_ending(text: str) -> str:
    plain = normal(text)
    if _ELSE.search(plain):
        return ""
    return next((field for field, ending in _ENDINGS if ending.search(plain)), "")


def _field(text: str, headings: Headings) -> str:
    plain = normal(text)
    if plain in _PRODUCERS:
        return _NEEDED
    if plain in _PLACES:
        return "site_address"
    known = headings.read(text)
    return known.field if known is not None else ""
