"""The styles part of the workbooks that we stream: every look has one number, fixed at import."""

from __future__ import annotations

from enum import Enum
from itertools import product
from typing import Optional

from ..standard.findings import Level
from . import workbook_style as style


class Look(Enum):
    """How a data cell shows its value, by number format."""

    GENERAL = 0
    TEXT = 49
    DATE = 164
    MOMENT = 165
    COORDINATE = 166


_CUSTOM_FORMATS = {164: style.DATE_FORMAT, 165: style.MOMENT_FORMAT, 166: style.COORDINATE_FORMAT}
_LEVELS: tuple[Optional[Level], ...] = (None, *Level)
_LEFT = '<alignment horizontal="left" vertical="center"/>'
_CENTRE = '<alignment horizontal="center" vertical="center" wrapText="1"/>'

DEFAULT, TITLE, NOTE, HEADER_REQUIRED, HEADER_OPTIONAL = range(5)
_FIXED_XFS = (
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    f'<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyAlignment="1">{_LEFT}</xf>',
    f'<xf numFmtId="0" fontId="4" fillId="0" borderId="0" xfId="0" applyAlignment="1">{_LEFT}</xf>',
    f'<xf numFmtId="49" fontId="2" fillId="2" borderId="1" xfId="0" applyAlignment="1">{_CENTRE}</xf>',
    f'<xf numFmtId="49" fontId="3" fillId="3" borderId="1" xfId="0" applyAlignment="1">{_CENTRE}</xf>',
)
_DATA_XFS = tuple(product(Look, _LEVELS, (False, True)))
_NUMBER_OF = {key: len(_FIXED_XFS) + index for index, key in enumerate(_DATA_XFS)}


def data_style(look: Look, level: Optional[Level] = None, quoted: bool = False) -> int:
    """Number of the style of a data cell; ``quoted`` keeps risky text from becoming a formula when it is edited."""
    return _NUMBER_OF[look, level, quoted]


def _data_xf(look: Look, level: Optional[Level], quoted: bool) -> str:
    fill = 0 if level is None else 4 + list(Level).index(level)
    prefix = ' quotePrefix="1"' if quoted else ""
    return (
        f'<xf numFmtId="{look.value}" fontId="0" fillId="{fill}" borderId="1" xfId="0" applyNumberFormat="1"{prefix}/>'
    )


def _font(name: str, size: int, colour: str = "000000", extra: str = "") -> str:
    return f'<font>{extra}<sz val="{size}"/><color rgb="FF{colour}"/><name val="{name}"/><charset val="134"/></font>'


def _fill(colour: str) -> str:
    colours = f'<fgColor rgb="FF{colour}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{colours}</patternFill></fill>'


def _counted(tag: str, items: list[str]) -> str:
    return f'<{tag} count="{len(items)}">{"".join(items)}</{tag}>'


def _border_line(side: str) -> str:
    return f'<{side} style="thin"><color rgb="FF{style.LINE}"/></{side}>'


def styles_part() -> str:
    """The XML of ``xl/styles.xml``."""
    formats = [f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in _CUSTOM_FORMATS.items()]
    fonts = [
        _font(style.BODY_FONT, style.BODY_SIZE),
        _font(style.HEADING_FONT, style.TITLE_SIZE, extra="<b/>"),
        _font(style.HEADING_FONT, style.BODY_SIZE, style.REQUIRED_HEADER_TEXT),
        _font(style.HEADING_FONT, style.BODY_SIZE, style.OPTIONAL_HEADER_TEXT),
        _font(style.BODY_FONT, style.NOTE_SIZE, style.NOTE_TEXT),
    ]
    fills = ['<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>']
    fills += [_fill(style.REQUIRED_HEADER), _fill(style.OPTIONAL_HEADER)]
    fills += [_fill(style.LEVEL_COLOURS[level]) for level in Level]
    lines = "".join(_border_line(side) for side in ("left", "right", "top", "bottom"))
    borders = ["<border><left/><right/><top/><bottom/><diagonal/></border>", f"<border>{lines}<diagonal/></border>"]
    xfs = [*_FIXED_XFS, *(_data_xf(*key) for key in _DATA_XFS)]
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + _counted("numFmts", formats)
        + _counted("fonts", fonts)
        + _counted("fills", fills)
        + _counted("borders", borders)
        + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        + _counted("cellXfs", xfs)
        + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
