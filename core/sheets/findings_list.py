"""The findings sheet (问题清单): one line for each finding, in words, with a link to its cell."""

from __future__ import annotations

from typing import Iterable, Mapping, NamedTuple, Sequence

from ..standard.findings import Finding, Level
from .xlsx_parts import column_letters

LEVEL_WORDS: Mapping[Level, Mapping[str, str]] = {
    Level.ERROR: {"zh": "错误", "en": "Error"},
    Level.WARNING: {"zh": "提醒", "en": "Warning"},
    Level.NOTE: {"zh": "提示", "en": "Note"},
}
ORDER = {level: index for index, level in enumerate(Level)}

_TITLES = {
    "zh": ("级别", "工作表", "行", "列", "所填内容", "代码", "问题", "怎么办", "建议值"),
    "en": ("Level", "Sheet", "Row", "Column", "As written", "Code", "What", "What to do", "Proposal"),
}
WIDTHS = (8, 16, 8, 20, 26, 18, 52, 46, 20)
LINK_COLUMN = 2  # the row number leads to the cell

_INTRODUCTION = {
    "zh": "共 {all} 处：错误 {error}，提醒 {warning}，提示 {note}。请改正表中有颜色的单元格，保存后重新导入。",
    "en": "{all} in all: {error} errors, {warning} warnings, {note} notes. Correct the coloured cells, import again.",
}
_HEADINGS = {"zh": "问题清单", "en": "Findings"}
_PROPOSAL = {"zh": "建议值：{value}", "en": "Proposal: {value}"}
_LEVEL_IN_COMMENT = {"zh": "【{level}】{code}", "en": "[{level}] {code}"}


class Line(NamedTuple):
    """One line of the findings sheet, in the order of its columns."""

    level: str
    sheet: str
    row: object
    column: str
    value: str
    code: str
    what: str
    advice: str
    proposal: str


def titles(language: str) -> tuple[str, ...]:
    """The column titles of the findings sheet."""
    return _TITLES[language]


def heading(language: str) -> str:
    """The title over the list."""
    return _HEADINGS[language]


def introduction(findings: Sequence[Finding], language: str) -> str:
    """How many findings of each level there are, and what to do with the file."""
    counts = {level.value: sum(f.level is level for f in findings) for level in Level}
    return _INTRODUCTION[language].format(all=len(findings), **counts)


def line_of(finding: Finding, column: str, value: str, language: str) -> Line:
    """The finding in words; ``column`` is the header as the file has it, ``value`` what the cell holds."""
    message = finding.message(language)
    return Line(
        LEVEL_WORDS[finding.level][language],
        finding.sheet,
        finding.row or None,
        column,
        value or str(finding.params.get("value", "")),
        finding.code,
        message.text,
        message.advice,
        finding.proposal,
    )


def comment_of(findings: Iterable[Finding], language: str) -> str:
    """What a cell's comment says: code, what is wrong, what to do, the proposal; the worst first."""
    blocks = []
    for finding in sorted(findings, key=lambda f: ORDER[f.level]):
        message = finding.message(language)
        level = LEVEL_WORDS[finding.level][language]
        lines = [_LEVEL_IN_COMMENT[language].format(level=level, code=finding.code), message.text, message.advice]
        if finding.proposal:
            lines.append(_PROPOSAL[language].format(value=finding.proposal))
        blocks.append("\n".join(line for line in lines if line))
    return "\n\n".join(blocks)


def worst(findings: Iterable[Finding]) -> Level:
    """The level that weighs most."""
    return min((f.level for f in findings), key=ORDER.__getitem__)


def place_of(sheet: str, row: int, column: int) -> str:
    """A cell as a link within the workbook names it."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{column_letters(column)}{row}"
