"""The on-market period from its cells: start, end, or both in one (``5月中旬-7月``, ``11月至次年4月``, ``全年``)."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple, Optional

from ..cells import Cell, Moment, text_of
from ..findings import Level
from ..model import Field, Standard
from .characters import narrow
from .dates import Span, is_iso_day, read_span, span_of_text
from .reading import LONGEST, Problem, Reading, broken_cell, empty_reading, error, problem

_BREAK = re.compile("--+|[-~至到]")
_BARE_NUMBER = re.compile("[0-9]{1,2}|[一二三四五六七八九十]{1,3}")
_YEAR_OF_CYCLE = re.compile("([12][0-9]{3})-")


class PeriodReading(NamedTuple):
    """First and last day (``YYYY-MM-DD``) and the words where they were more than two plain days."""

    market_start: Optional[str]
    market_end: Optional[str]
    market_text: Optional[str]
    problems: tuple[Problem, ...] = ()


class _Part(NamedTuple):
    """What one of the cells says: one span or two, of the field that it is said of."""

    field: Field
    cell: Cell
    first: Span
    last: Span

    @property
    def is_period(self) -> bool:
        """Whether the cell alone gives both start and end."""
        return self.first is not self.last or self.first.is_long


class PeriodReader:
    """Reads the period from its two or three cells together; made once for a standard, then pure.

    A month or ten-day period becomes its first day as start and its last day as end. A missing year comes from the
    other end, from the cycle, from the day of collection, from ``default_year``, in this order; an end that would lie
    before its start belongs to the next year when either was written without a year.
    """

    def __init__(self, standard: Standard) -> None:
        self._start = standard.field("market_start")
        self._end = standard.field("market_end")
        self._limit = standard.field("market_text").max_length

    def __call__(
        self,
        start_cell: Cell,
        end_cell: Cell,
        period_cell: Cell = None,
        cycle: Optional[str] = None,
        collected_on: Optional[str] = None,
        default_year: Optional[int] = None,
    ) -> PeriodReading:
        """The period.

        Args:
            start_cell: cell of ``market_start``; may hold a whole period when ``end_cell`` is empty.
            end_cell: cell of ``market_end``.
            period_cell: cell of a column that holds both, read where the other two are empty.
            cycle: ``2026-春茬`` or ``2026-06``.
            collected_on: ``YYYY-MM-DD``.
            default_year: year of the import.
        """
        if _is_day(start_cell) and _is_day(end_cell):
            return _ordered(self._end, start_cell, end_cell, None, ())  # type: ignore[arg-type]
        if _is_empty(start_cell) and _is_empty(end_cell) and not _is_empty(period_cell):
            start_cell = period_cell
        start, end = _complete(_part(self._start, start_cell), _part(self._end, end_cell), self._start, self._end)
        words = _words(start_cell, end_cell)[: self._limit]
        if isinstance(start, Reading) or isinstance(end, Reading):
            return _half(start, end, words)
        return _resolved(start, end, _base_year(cycle, collected_on, default_year), bool(cycle), words)


def _is_day(cell: Cell) -> bool:
    return cell.__class__ is str and is_iso_day(cell)  # type: ignore[arg-type]


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not narrow(cell))


def _part(field: Field, cell: Cell) -> _Part | Reading | None:
    if _is_empty(cell):
        return None
    broken = broken_cell(field, cell)
    if broken is not None:
        return broken
    span = read_span(cell)  # type: ignore[arg-type]  # formulas, errors and emptiness are gone
    if span is not None:
        return _Part(field, cell, span, span)
    both = _two_spans(narrow(text_of(cell))) if isinstance(cell, str) else None
    return error("DATE_BAD", field, cell) if both is None else _Part(field, cell, *both)


def _two_spans(text: str) -> Optional[tuple[Span, Span]]:
    """The spans on both sides of the one break at which both can be read; ``None`` when there is not exactly one."""
    found = []
    if len(text) > LONGEST:
        return None
    for match in _BREAK.finditer(text):
        left, right = text[: match.start()].strip(), text[match.end() :].strip()
        first, last = span_of_text(_left_of(left, right)), span_of_text(_right_of(left, right))
        if first is not None and last is not None:
            found.append((first, last))
    return found[0] if len(found) == 1 else None


def _left_of(left: str, right: str) -> str:
    """``5-7月``: the first month goes without its word; so does the year in ``2023年5-7月``."""
    number = re.split("年", left)[-1]
    return left + "月" if _BARE_NUMBER.fullmatch(number) and "月" in right else left


def _right_of(left: str, right: str) -> str:
    """``5月1日-20日`` and ``5月上旬-下旬``: the month goes without its name."""
    month = re.search("[0-9一二三四五六七八九十]+月", left)
    day_or_part = re.fullmatch("[0-9一二三四五六七八九十]{1,3}[日号]|[上中下]旬|[初中末底]", right)
    return month[0] + right if month and day_or_part else right


def _complete(
    start: _Part | Reading | None, end: _Part | Reading | None, start_field: Field, end_field: Field
) -> tuple[_Part | Reading, _Part | Reading]:
    """A missing side is taken from the other when that holds a whole period."""
    if start is None:
        start = end if isinstance(end, _Part) and end.is_period else empty_reading(start_field)
    if end is None:
        if isinstance(start, Reading) and start.problems and start.problems[0].code != "REQ_EMPTY":
            end = Reading(None)
        else:
            end = start if isinstance(start, _Part) and start.is_period else empty_reading(end_field)
    return start, end


def _half(start: _Part | Reading, end: _Part | Reading, words: str) -> PeriodReading:
    """The one side that is sure, so that a draft keeps it, with what is wrong about the other."""
    problems = tuple(p for part in (start, end) if isinstance(part, Reading) for p in part.problems)
    first = start.first if isinstance(start, _Part) else None
    last = end.last if isinstance(end, _Part) else None
    return PeriodReading(
        first.first(first.year).isoformat() if first and first.year else None,
        last.last(last.year).isoformat() if last and last.year else None,
        words or None,
        problems,
    )


def _base_year(cycle: Optional[str], collected_on: Optional[str], default_year: Optional[int]) -> Optional[int]:
    match = _YEAR_OF_CYCLE.match(cycle or "")
    if match:
        return int(match[1])
    return int(collected_on[:4]) if collected_on else default_year


def _resolved(start: _Part, end: _Part, base: Optional[int], from_cycle: bool, words: str) -> PeriodReading:
    years = _years(start.first, end.last, base)
    if years is None:
        return PeriodReading(None, None, words, error("DATE_BAD", start.field, start.cell).problems)
    try:
        first, last = start.first.first(years[0]), end.last.last(years[1])
    except ValueError:  # 29 February in a year without one
        return PeriodReading(None, None, words, error("DATE_BAD", start.field, words).problems)
    problems = _remarks(start, end, first, last, from_cycle)
    plain = start.first.is_day and end.last.is_day and not problems
    return _ordered(end.field, first.isoformat(), last.isoformat(), None if plain else words, problems)


def _years(first: Span, last: Span, base: Optional[int]) -> Optional[tuple[int, int]]:
    """The years of both ends; ``None`` when there is none to go by."""
    backwards = (last.last_month, last.last_day or 31) < (first.first_month, first.first_day)
    if first.year is not None and last.year is not None:
        return first.year, last.year
    if first.year is not None:
        return first.year, first.year + (1 if last.later or backwards else 0)
    if last.year is not None:
        return last.year - (1 if backwards else 0), last.year
    if base is None:
        return None
    start = base + first.later
    return start, max(base + last.later, start + 1 if backwards else start)


def _remarks(start: _Part, end: _Part, first: date, last: date, from_cycle: bool) -> tuple[Problem, ...]:
    """One remark per cell that was not an ordinary date: a year that was found, or a reading worth a look."""
    read = f"{first.isoformat()} 至 {last.isoformat()}"
    problems = []
    for part in (start,) if start is end else (start, end):
        if part.first.year is None or part.last.year is None:
            level = Level.NOTE if from_cycle else Level.WARNING
            problems.append(problem(level, "DATE_YEAR", part.field, part.cell, read=read, year=str(first.year)))
        elif not (part.first.plain and part.last.plain):
            problems.append(problem(Level.WARNING, "DATE_READ", part.field, part.cell, read=read))
    return tuple(problems)


def _ordered(
    end_field: Field, start: str, end: str, words: Optional[str], problems: tuple[Problem, ...]
) -> PeriodReading:
    if end < start:
        params = {"title": end_field.title, "value": end, "start": start, "end": end}
        backwards = Problem(Level.ERROR, "DATE_ORDER", params, field=end_field.name)
        return PeriodReading(start, None, words or f"{start} 至 {end}", (backwards,))
    return PeriodReading(start, end, words, problems)


def _words(start_cell: Cell, end_cell: Cell) -> str:
    """The words of both cells; of dates the day alone."""
    words = [w for w in (_word(start_cell), _word(end_cell)) if w]
    return " 至 ".join(dict.fromkeys(words))


def _word(cell: Cell) -> str:
    if isinstance(cell, Moment) and cell.moment is not None:
        return cell.moment.date().isoformat()
    return " ".join(text_of(cell).split())
