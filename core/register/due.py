"""What is to be collected again in a register, and when: read for a query, set by the county, written as a list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Iterator, Mapping, Optional, Sequence

from ..onemap.filtered import ask
from ..onemap.query import NOT_FILLED, Query
from ..onemap.query_words import in_words
from ..quality.cadence import (
    CadenceRule,
    Due,
    DueTally,
    Duty,
    by_collector,
    by_township,
    duties,
    rules_of,
    whole,
    with_rule,
)
from ..quality.kept import KEPT_ORDER, KEPT_SQL, Kept
from ..review.transitions import today_in_china
from ..sheets.counted_table import CountedColumn, counted_table
from ..sheets.report_workbook import ReportColumn, ReportKind, ReportTable, ReportValue, Shaded, write_report
from ..standard.findings import Level
from ..standard.model import Cadence, Standard
from ..standard.progress import Progress, Silent, stop_if_cancelled
from .errors import told_plainly
from .local import write_local
from .register import Register, transaction
from .shown import Shown, collector_columns, township_columns

DUE_TITLES = {Due.OVERDUE: "逾期", Due.DUE: "应采集", Due.SOON: "即将到期", Due.CURRENT: "已采集"}
DUE_LEVELS = {Due.OVERDUE: Level.ERROR, Due.DUE: Level.WARNING, Due.SOON: Level.NOTE}
_COUNT = ReportKind.COUNT
_CHUNK = 5_000
_SILENT = Silent()


@dataclass(frozen=True)
class DueList:
    """What is to be collected on a day, for the sites of a query, with the words that go over it."""

    county: str
    query: str
    on: date
    standard: Standard
    duties: tuple[Duty, ...]

    @property
    def urgent(self) -> tuple[Duty, ...]:
        """Overdue, due and due soon: what somebody has to go for."""
        return tuple(duty for duty in self.duties if duty.state is not Due.CURRENT)

    @property
    def heading(self) -> str:
        """The query in words, the day, and the numbers, which add up."""
        counts = whole(self.duties)
        told = "、".join(f"{DUE_TITLES[state]} {getattr(counts, state.value)}" for state in Due)
        return f"{self.query}；截至 {self.on}；共 {counts.total} 处：{told}。"


def read_due(path: Path, query: Query, on: Optional[date] = None, progress: Progress = _SILENT) -> DueList:
    """Read what is to be collected again.

    Args:
        path: the register.
        query: a site counts when its latest record is found by it; its cycles are those to be collected.
        on: as of this day; today when left out.
        progress: asked whether to stop.

    Raises:
        OriginMapError: as for :func:`core.onemap.filtered.count`, or the register cannot be read.
        Cancelled: the person stopped it.
    """
    day = on or today_in_china()
    with Register.open(path, read_only=True) as register, told_plainly(path):
        standard = register.standard()
        words = in_words(query, standard, names=register.division_names())
        found = duties(read_kept(register, query, progress), rules_of(standard), day)
        asked = tuple(duty for duty in found if in_cycles(duty.cycle, query.cycles))
        return DueList(register.county_name, words, day, standard, asked)


def read_kept(register: Register, query: Query, progress: Progress = _SILENT) -> Iterator[Kept]:
    """All records with their cycles, by producer and product; those that the query finds in any cycle are chosen."""
    statement = f"SELECT {KEPT_SQL}, coalesce(({{}}), 0) FROM record ORDER BY {KEPT_ORDER}"
    cursor = ask(register.connection, statement, replace(query, cycles=()), register.standard())
    while rows := cursor.fetchmany(_CHUNK):
        stop_if_cancelled(progress)
        yield from map(Kept._make, rows)


def set_cadence(register: Register, variety: str, rule: Optional[CadenceRule], by: str = "") -> None:
    """Let the county's own rule count for a product, or with ``None`` the national one again.

    Raises:
        RegisterError: what :func:`.register.transaction` says.
        KeyError: there is no such product.
    """
    register.standard().variety(variety)
    local = register.local_standard()
    changed = replace(local, settings=with_rule(local.settings, variety, rule))
    with transaction(register.connection, register.path):
        write_local(register.connection, changed, by)


def write_due(target: Path, due: DueList, *, masked: bool = True) -> None:
    """Write the list: per collector, per township, and site by site for each collector.

    Args:
        target: ``.xlsx``.
        due: as :func:`read_due` gave it.
        masked: whether names and phones are hidden; a list in full is noted by :func:`.reports.note_in_full` first.

    Raises:
        OriginMapError: those of :func:`core.sheets.report_workbook.write_report`.
    """
    people = Shown(masked)
    collectors, townships = by_collector(due.duties), by_township(due.duties)
    lines = (due.heading, rules_in_words(due.standard, {duty.last.variety for duty in due.duties}))
    head, total = f"{due.county}应采集情况", whole(due.duties)
    tables = (
        counted_table(
            "按采集员", f"{head}（按信息采集员）", lines, collector_columns(people), _FIGURES, collectors, total
        ),
        counted_table("按乡镇", f"{head}（按乡镇）", lines, township_columns(people), _FIGURES, townships, total),
        _details(due, people),
    )
    write_report(target, tables)


def in_cycles(cycle: str, asked: Sequence[str]) -> bool:
    """As in a query: a cycle, or a year for all of its cycles; none asks for all."""
    return not asked or any(cycle == one or (one != NOT_FILLED and cycle.startswith(f"{one}-")) for one in asked)


_FIGURES: tuple[CountedColumn[DueTally], ...] = (
    (ReportColumn("产地数", 10, _COUNT), lambda tally: tally.total),
    (ReportColumn("已采集", 10, _COUNT), lambda tally: tally.current),
    (ReportColumn("即将到期", 10, _COUNT), lambda tally: tally.soon),
    (ReportColumn("应采集", 10, _COUNT), lambda tally: _marked(tally.due, Due.DUE)),
    (ReportColumn("逾期", 10, _COUNT), lambda tally: _marked(tally.overdue, Due.OVERDUE)),
)


def _marked(count: int, state: Due) -> ReportValue:
    return Shaded(count, DUE_LEVELS[state]) if count else 0


def rules_in_words(standard: Standard, varieties: set[str]) -> str:
    """When the products are to be collected, those of one rule together."""
    groups: dict[str, list[str]] = {}
    rules: Mapping[str, CadenceRule] = rules_of(standard)
    for variety in standard.varieties:
        if variety.code in varieties:
            groups.setdefault(_rule_in_words(rules[variety.code]), []).append(variety.title)
    return "采集频次：" + "；".join(f"{'、'.join(titles)}{words}" for words, titles in groups.items()) + "。"


def _rule_in_words(rule: CadenceRule) -> str:
    if rule.every is Cadence.MONTH:
        return f"每月一次，当月{f' {rule.last_day} 日' if rule.last_day else '月底'}前"
    crops = f"（{'、'.join(rule.crops)}）" if rule.crops else ""
    return f"每茬一次{crops}，移栽定植后 {rule.grace} 天内"


def _details(due: DueList, people: Shown) -> ReportTable:
    titles = {variety.code: variety.title for variety in due.standard.varieties}
    listed = sorted(due.urgent, key=lambda duty: (duty.last.collector, duty.last.phone))
    rows = [(number, *_detail(duty, people, titles)) for number, duty in enumerate(listed, 1)]
    columns = (
        ReportColumn("序号", 6, _COUNT),
        ReportColumn("信息采集员", 20),
        ReportColumn("情况", 10),
        ReportColumn("逾期天数", 10, _COUNT),
        ReportColumn("乡镇（街道）", 12),
        ReportColumn("村（社区）", 12),
        ReportColumn("主体名称", 24),
        ReportColumn("基地（地块）", 16),
        ReportColumn("产品", 10),
        ReportColumn("应采集茬次/月份", 15),
        ReportColumn("采集期限", 12, ReportKind.DATE),
        ReportColumn("漏采次数", 9, _COUNT),
        ReportColumn("上次采集", 13),
        ReportColumn("主体联系人", 11),
        ReportColumn("联系电话", 15),
        ReportColumn("编号", 38),
    )
    return ReportTable("应采集清单", f"{due.county}应采集清单", (due.heading, _HOW), columns, rows, frozen_columns=3)


_HOW = (
    "只列应采集、即将到期和逾期的产地；采集期限为最早未采集的那一茬（月）的期限。"
    "核对无变化的可“确认无变化”，其余按“下一茬（月）”重新询问。"
)


def _detail(duty: Duty, people: Shown, titles: Mapping[str, str]) -> tuple[ReportValue, ...]:
    last = duty.last
    return (
        *(people.person(last.collector, last.phone), Shaded(DUE_TITLES[duty.state], DUE_LEVELS[duty.state]), duty.days),
        *(last.township or people.unknown, last.village, people.producer(last.producer, last.producer_type)),
        *(last.site, titles.get(last.variety, last.variety), duty.cycle),
        *(duty.deadline.isoformat(), duty.missed, last.cycle),
        *(people.name(last.contact), people.phone(last.contact_phone), last.uid),
    )
