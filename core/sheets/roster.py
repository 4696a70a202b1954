"""Another office's list of producers: certificates, insurance, subsidies; read from whatever workbook it stands in."""

from __future__ import annotations

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
_NEEDED = "producer_name"
_READ = (_NEEDED, "township", "village", "credit_code", "site_address")
_SEARCHED = 20


def read_roster(path: Path, standard: Standard) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of all visible sheets that name producers: the file's row number, and what it says by field name.

    Args:
        path: any spreadsheet that :func:`.workbook.open_workbook` reads.
        standard: its titles and aliases are what headings are matched with.

    Raises:
        OriginMapError: ``ROSTER_NO_NAMES`` when no sheet has a column with producers, or the file cannot be read.
    """
    headings, found = Headings(standard), False
    with open_workbook(path) as workbook:
        for sheet in workbook.sheets:
            columns: Optional[Mapping[int, str]] = None
            for number, cells in () if sheet.hidden else workbook.rows(sheet.name):
                if columns is None:
                    columns = _columns((number, cells), headings) if number <= _SEARCHED else None
                    found = found or columns is not None
                    continue
                said = {name: text_of(cells[at]).strip() for at, name in columns.items() if at < len(cells)}
                if said.get(_NEEDED):
                    yield number, said
    if not found:
        raise OriginMapError("ROSTER_NO_NAMES", file=path.name)


def _columns(row: Row, headings: Headings) -> Optional[dict[int, str]]:
    """The fields of a row's headings by column; ``None`` when it does not name producers beside something else."""
    columns: dict[int, str] = {}
    filled = 0
    for at, cell in enumerate(row[1]):
        text = text_of(cell).strip()
        filled += bool(text)
        field = _field(text, headings)
        if field in _READ and field not in columns.values():
            columns[at] = field
    return columns if _NEEDED in columns.values() and filled > 1 else None


def _field(text: str, headings: Headings) -> str:
    plain = normal(text)
    if plain in _PRODUCERS:
        return _NEEDED
    if plain in _PLACES:
        return "site_address"
    known = headings.read(text)
    return known.field if known is not None else ""
