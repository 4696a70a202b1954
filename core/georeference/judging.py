"""The standard's rules over a batch: each rule is asked once for each different combination of what it reads."""

from __future__ import annotations

from typing import Callable, Mapping

from ..standard.model import Stage, Standard
from ..standard.rules import CompiledRule, compile_rules
from .batch import Batch
from .memo import Memo

# What a rule says is written for the gate; at import the finding code's own sentence shows the value.
_READ_ALREADY = ("required:", "list:", "pattern:", "length:", "date:", "range:")


class Judge:
    """Judges batches by the rules that hold at import and look at more than one cell.

    What concerns one cell alone was judged when the cell was read.
    """

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        groups: dict[tuple[str, ...], list[CompiledRule]] = {}
        for rule in compile_rules(standard):
            if rule.rule.stage is Stage.IMPORT and _needs_judging(rule):
                groups.setdefault(rule.fields, []).append(rule)
        self._groups = [(fields, Memo(_verdict(fields, rules))) for fields, rules in groups.items()]

    def judge(self, batch: Batch) -> None:
        """Add a finding for each rule that a row breaks."""
        for fields, memo in self._groups:
            columns = [batch.column(name) for name in fields]
            for index, broken in enumerate(map(memo.__getitem__, zip(*columns))):
                if broken:
                    self._note(batch, index, broken)

    def _note(self, batch: Batch, index: int, broken: tuple[CompiledRule, ...]) -> None:
        told = {finding.field for finding in batch.findings.get(index, ())}
        for compiled in broken:
            rule = compiled.rule
            if rule.field in told and rule.id.startswith("required:"):
                continue
            batch.add(index, rule.level, rule.code, rule.field, self._params(batch, index, rule.field))

    def _params(self, batch: Batch, index: int, name: str) -> Mapping[str, object]:
        field = self._standard.field(name)
        variety = batch.values.get("variety", [None] * len(batch))[index]
        return {
            "title": field.title,
            "value": _shown(self._standard, name, batch.column(name)[index]),
            "variety": _shown(self._standard, "variety", variety),
            "start": batch.column("market_start")[index],
            "end": batch.column("market_end")[index],
        }


def _needs_judging(compiled: CompiledRule) -> bool:
    if compiled.rule.id == "identity_card.absent":
        return False
    return len(compiled.fields) > 1 or not compiled.rule.id.startswith(_READ_ALREADY)


def _verdict(
    fields: tuple[str, ...], rules: list[CompiledRule]
) -> Callable[[tuple[object, ...]], tuple[CompiledRule, ...]]:
    def broken(values: tuple[object, ...]) -> tuple[CompiledRule, ...]:
        record = dict(zip(fields, values))
        return tuple(compiled for compiled in rules if not compiled.holds(record))

    return broken


def _shown(standard: Standard, name: str, value: object) -> str:
    titles = {choice.code: choice.title for choice in standard.choices(name)}
    return titles.get(str(value), "" if value is None else str(value))


