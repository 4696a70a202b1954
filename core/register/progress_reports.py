"""How far the collection in a register is: read for a query and a day, as a workbook, and as lists for each person."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Mapping, Optional, Sequence

from ..onemap.progress_page import NOTE, STAGE_TITLES, ProgressTitles, percent
from ..onemap.query import Query
from ..onemap.query_words import in_words
from ..quality.cadence import Duty, duties, rules_of
from ..quality.progress import Figures, Group, Stage, Unit, by_collector, by_township, figures_of, units_of
from ..review.transitions import today_in_china
from ..sheets.counted_table import CountedColumn, counted_table
from ..sheets.report_workbook import (
    ReportColumn,
    ReportKind,
    ReportTable,
    ReportValue,
    Shaded,
    save_report,
    write_report,
)
from ..sheets.safe_target import together
from ..standard.conditions import POINT
from ..standard.findings import Level
from ..standard.model import Standard
from ..standard.progress import Progress, Silent, stop_if_cancelled
from ..standard.rules import failed
from .checking import check_register
from .due import DUE_LEVELS, DUE_TITLES, in_cycles, read_kept
from .errors import told_plainly
from .register import Register
from .rows import find_record
from .shown import Shown, collector_columns, township_columns

_SILENT = Silent()
_YES, _NO = "是", "否"
_COUNT = ReportKind.COUNT
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s*]+')
_MARKED = {Stage.MISSING: Level.ERROR, Stage.LATE: Level.WARNING}


@dataclass(frozen=True)
class ProgressReport:
    """The units of a query on a day, and the words that go over them."""

    county: str
    query: str
    on: date
    standard: Standard
    units: tuple[Unit, ...]

    @cached_property
    def whole(self) -> Figures:
        """All units counted."""
        return figures_of(self.units)

    @cached_property
    def townships(self) -> list[Group]:
        """Per township, the furthest behind first."""
        return by_township(self.units)

    @cached_property
    def collectors(self) -> list[Group]:
        """Per collector, the same."""
        return by_collector(self.units)

    @property
    def heading(self) -> str:
        """The query in words, the day, and what was found."""
        whole = self.whole
        return (
            f"{self.query}；截至 {self.on}；应采集 {whole.expected} 处，已采集 {whole.collected} 处"
            f"（{percent(whole.rate)}），未采集 {whole.missing} 处。"
        )

    def titles(self, people: Shown) -> ProgressTitles:
        """What stands over the printed page."""
        return ProgressTitles(self.county, self.heading, lambda group: people.person(group.name, group.phone))


def read_progress(
    path: Path, query: Query, on: Optional[date] = None, *, checked: bool = True, progress: Progress = _SILENT
) -> ProgressReport:
    """Read how far the collection of the present cycles is.

    Args:
        path: the register.
        query: a site counts when its latest record is found by it; its cycles are those that count on the day.
        on: as of this day; today when left out.
        checked: whether the records are checked, so that open findings are counted.
        progress: asked whether to stop.

    Raises:
        OriginMapError: as for :func:`core.onemap.filtered.count`, or the register cannot be read.
        Cancelled: the person stopped it.
    """
    day = on or today_in_china()
    with Register.open(path, read_only=True) as register, told_plainly(path):
        standard = register.standard()
        words = in_words(query, standard, names=register.division_names())
        found = [
            duty
            for duty in duties(read_kept(register, query, progress), rules_of(standard), day)
            if in_cycles(duty.present.cycle, query.cycles)
        ]
        findings: Mapping[str, int] = {}
        if checked:
            findings = Counter(one.uid for one in check_register(register, progress=progress).findings)
        units = units_of(found, lambda duty: _complete(register, duty, standard), findings)
        return ProgressReport(register.county_name, words, day, standard, units)


def write_progress(target: Path, report: ProgressReport, *, masked: bool = True) -> None:
    """Write the numbers per township and collector, and behind them every site with the stages it has reached.

    Args:
        target: ``.xlsx``.
        report: as :func:`read_progress` gave it.
        masked: whether names and phones are hidden; a list in full is noted by :func:`.reports.note_in_full` first.

    Raises:
        OriginMapError: those of :func:`core.sheets.report_workbook.write_report`.
    """
    people = Shown(masked)
    lines, head = (report.heading, NOTE), f"{report.county}采集进度"
    total = Group("", "", "", report.whole, report.units)
    townships, collectors = report.townships, report.collectors
    tables = (
        counted_table("按乡镇", f"{head}（按乡镇）", lines, township_columns(people), _FIGURES, townships, total),
        counted_table(
            "按采集员", f"{head}（按信息采集员）", lines, collector_columns(people), _FIGURES, collectors, total
        ),
        _details(report, people),
    )
    write_report(target, tables)


def write_notices(folder: Path, report: ProgressReport, *, masked: bool = True, progress: Progress = _SILENT) -> int:
    """Write for each collector with something left to do a workbook to be sent, and one text with a message to each.

    Args:
        folder: is made where it is not there.
        report: as :func:`read_progress` gave it.
        masked: as for :func:`write_progress`.
        progress: asked whether to stop.

    Returns:
        How many people are told.

    Raises:
        OriginMapError: ``MISSING_DEPENDENCY``, or those of :func:`core.sheets.safe_target.together`; no file is
            written then.
    """
    people, messages = Shown(masked), []
    open_ones = [(group, tasks) for group in report.collectors if (tasks := _tasks(group))]
    with together() as files:
        files.folder(folder)
        for number, (group, tasks) in enumerate(open_ones, 1):
            stop_if_cancelled(progress)
            progress.set_fraction(number / len(open_ones))
            person = _NOT_IN_NAMES.sub("＊", people.person(group.name, group.phone))
            save_report(files.part(folder / f"{number:03d}-{person}.xlsx"), [_notice(report, group, tasks, people)])
            messages.append(_message(report, group, tasks, people))
        told = "\n\n".join(messages) + "\n"
        files.part(folder / "催办短信.txt").write_text(told, encoding="utf-8-sig")
    return len(open_ones)


def reached(unit: Unit, stage: Stage) -> str:
    """Whether a site has reached a stage, as a word; empty where the question does not arise."""
    if stage is not Stage.COLLECTED and not unit.duty.collected:
        return ""
    return _YES if stage in unit.stages else _NO


def _complete(register: Register, duty: Duty, standard: Standard) -> bool:
    record = find_record(register.connection, duty.last.uid)
    if record is None:
        return False
    return not failed(standard, {**record.values, "status": "submitted", POINT: record.point is not None})


def _tasks(group: Group) -> list[Unit]:
    return [unit for unit in group.units if not unit.duty.collected or unit.findings]


def _column(stage: Stage) -> CountedColumn[Group]:
    def value(group: Group) -> ReportValue:
        count = group.figures.of(stage)
        return Shaded(count, _MARKED[stage]) if count and stage in _MARKED else count

    return ReportColumn(STAGE_TITLES[stage], 10, _COUNT), value


_FIGURES: tuple[CountedColumn[Group], ...] = (
    *(_column(stage) for stage in Stage),
    (ReportColumn("问题数", 9, _COUNT), lambda group: group.figures.findings),
    (ReportColumn("采集率", 9, ReportKind.SHARE), lambda group: group.figures.rate),
)


_YES_OR_NO = tuple(
    stage for stage in Stage if stage not in (Stage.EXPECTED, Stage.MISSING, Stage.LATE, Stage.WITH_FINDINGS)
)


def _details(report: ProgressReport, people: Shown) -> ReportTable:
    titles = {variety.code: variety.title for variety in report.standard.varieties}
    # Where nobody filled in the township comes last.
    listed = sorted(
        report.units,
        key=lambda unit: (
            *(not unit.duty.last.township, unit.duty.last.township),
            *(unit.duty.collected, unit.duty.last.village),
        ),
    )
    rows = [
        (
            number,
            *_about(unit, people, titles),
            people.name(unit.duty.last.collector),
            *(reached(unit, stage) for stage in _YES_OR_NO),
            unit.findings,
            unit.uid,
        )
        for number, unit in enumerate(listed, 1)
    ]
    columns = (
        ReportColumn("序号", 7, _COUNT),
        *_ABOUT,
        ReportColumn("信息采集员", 11),
        *(ReportColumn(STAGE_TITLES[stage], 9) for stage in _YES_OR_NO),
        ReportColumn("问题数", 8, _COUNT),
        ReportColumn("编号", 38),
    )
    lines = (report.heading, "每处产地一行，可按各列筛选，筛出的行数即前两表的数。未采集的，编号为上一次的记录。")
    return ReportTable("逐处", f"{report.county}采集进度逐处清单", lines, columns, rows, frozen_columns=5)


_ABOUT = (
    ReportColumn("情况", 9),
    ReportColumn("乡镇（街道）", 12),
    ReportColumn("村（社区）", 12),
    ReportColumn("主体名称", 24),
    ReportColumn("基地（地块）", 15),
    ReportColumn("产品", 9),
    ReportColumn("本期茬次/月份", 13),
    ReportColumn("采集期限", 12, ReportKind.DATE),
)


def _about(unit: Unit, people: Shown, titles: Mapping[str, str]) -> tuple[ReportValue, ...]:
    duty, last = unit.duty, unit.duty.last
    state: ReportValue = "已采集" if duty.collected else Shaded(DUE_TITLES[duty.state], DUE_LEVELS[duty.state])
    return (
        *(state, last.township or people.unknown, last.village),
        *(people.producer(last.producer, last.producer_type), last.site, titles.get(last.variety, last.variety)),
        *(duty.present.cycle, duty.present.deadline.isoformat()),
    )


def _notice(report: ProgressReport, group: Group, tasks: Sequence[Unit], people: Shown) -> ReportTable:
    titles = {variety.code: variety.title for variety in report.standard.varieties}
    rows = [
        (
            number,
            *_about(unit, people, titles),
            *(people.name(unit.duty.last.contact), people.phone(unit.duty.last.contact_phone), unit.findings),
        )
        for number, unit in enumerate(tasks, 1)
    ]
    columns = (
        ReportColumn("序号", 6, _COUNT),
        *_ABOUT,
        ReportColumn("主体联系人", 11),
        ReportColumn("联系电话", 15),
        ReportColumn("问题数", 8, _COUNT),
    )
    lines = (people.person(group.name, group.phone), _told(report, group, tasks))
    return ReportTable("催办清单", f"{report.county}产地信息采集催办清单", lines, columns, rows, frozen_columns=2)


def _told(report: ProgressReport, group: Group, tasks: Sequence[Unit]) -> str:
    missing = group.figures.missing
    late = sum(unit.duty.days > 0 for unit in tasks)
    overdue = f"（其中逾期 {late} 处）" if late else ""
    with_findings = len(tasks) - missing
    mend = f"，另有 {with_findings} 条记录有问题待改" if with_findings else ""
    left = f"还有 {missing} 处未采集{overdue}" if missing else "均已采集"
    return f"截至 {report.on}，应采集 {group.figures.expected} 处，{left}{mend}。"


def _message(report: ProgressReport, group: Group, tasks: Sequence[Unit], people: Shown) -> str:
    villages = Counter(f"{unit.duty.last.township}{unit.duty.last.village}" for unit in tasks)
    where = "、".join(f"{village or people.unknown} {count} 处" for village, count in villages.most_common())
    first = min((unit.duty.deadline for unit in tasks if not unit.duty.collected), default=None)
    until = f"最早的期限是 {first}，" if first and first >= report.on else ""
    told = _told(report, group, tasks)
    return f"【{report.county}】{people.person(group.name, group.phone)}：{told}{until}请及时采集或改正：{where}。"
