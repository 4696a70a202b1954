"""A batch of rows on its way through the pipeline: column by column, with what was found about each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping, Sequence

from ..standard.findings import Finding, Level
from ..standard.values.reading import Problem


@dataclass
class Batch:
    """Some thousand rows of one sheet.

    Attributes:
        sheet: the sheet's name.
        rows: the file's own row numbers.
        values: field name → one value per row; ``None`` where there is none.
        findings: row index (not number) → its findings.
        refused: indexes of the rows that have an error.
    """

    sheet: str
    rows: Sequence[int]
    values: dict[str, list[object]] = field(default_factory=dict)
    findings: dict[int, list[Finding]] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> list[object]:
        """A field's values; all ``None`` when the sheet does not have it."""
        if name not in self.values:
            self.values[name] = [None] * len(self.rows)
        return self.values[name]

    def add(
        self, index: int, level: Level, code: str, field_name: str, params: Mapping[str, object], proposal: str = ""
    ) -> None:
        """Note a finding about a row; an error refuses it."""
        finding = Finding(level, code, field_name, self.rows[index], self.sheet, params, proposal)
        self.findings.setdefault(index, []).append(finding)
        if level is Level.ERROR:
            self.refused.add(index)

    def can_be_draft(self, index: int) -> bool:
        """Whether a row with errors says enough to be kept as a draft: whose it is and what is grown or kept."""
        return bool(self.column("producer_name")[index] and self.column("variety")[index])

    def add_problem(self, index: int, problem: Problem, field_name: str) -> None:
        """Note what reading a cell found."""
        self.add(index, problem.level, problem.code, problem.field or field_name, problem.params, problem.proposal)
