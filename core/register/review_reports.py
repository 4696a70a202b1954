"""Lists for the office out of the reviews: what was not mended in time, and what did not go along with a step."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Mapping, Sequence

from ..onemap.filtered import ask
from ..onemap.query import Query
from ..onemap.query_sql import subset
from ..onemap.query_words import in_words
from ..review.overdue import Outcome, Returned, Tally, by_collector, by_township, read_returns, whole
from ..sheets.counted_table import CountedColumn, counted_table
from ..sheets.report_workbook import ReportColumn, ReportKind, ReportTable, ReportValue, Shaded, write_report
from ..standard.findings import Level
from ..standard.model import Standard
from .errors import told_plainly
from .register import Register
from .reviewing import Staying
from .sealing import last_mark
from .shown import Shown, collector_columns, township_columns

_OUTCOMES = {
    Outcome.OVERDUE: "逾期未改",
    Outcome.LATE: "逾期已改",
    Outcome.WAITING: "期限内",
    Outcome.IN_TIME: "按期已改",
}
_LEVELS = {Outcome.OVERDUE: Level.ERROR, Outcome.LATE: Level.WARNING}
_POINT = "点位"
_UNKNOWN = "未填"
_TOTAL = "合计"
_BETWEEN = "、"
_RULES = (
    "整改期限当日重新提交的算按期；退回已撤销的不计；信息采集员以退回时为准。"
    "按期率 = 按期已改 ÷（按期已改 + 逾期已改 + 逾期未改）。"
)
_COUNT = ReportKind.COUNT


@dataclass(frozen=True)
class Returns:
    """All returns of a query, on the day for which they were read, with the words that go over them; ``mark`` is that
    of the register's last seal, which the office keeps with the list."""

    county: str
    query: str
    on: date
    standard: Standard
    found: tuple[Returned, ...]
    mark: str = ""

    @property
    def not_in_time(self) -> tuple[Returned, ...]:
        """What goes onto the list for the performance review: still overdue, or mended late."""
        return tuple(returned for returned in self.found if returned.not_in_time)


def read_overdue(path: Path, query: Query, on: date, first: str = "", last: str = "") -> Returns:
    """Read what became of the returns.

    Args:
        path: the register.
        query: which records; one that asks for no state means all of them, the ended ones too.
        on: the list shows how things stood at the end of this day.
        first: the deadline lies not before this day (``YYYY-MM-DD``).
        last: nor after this one.

    Raises:
        OriginMapError: as for :func:`core.onemap.filtered.count`, or the register cannot be read.
    """
    with Register.open(path, read_only=True) as register, told_plainly(path):
        standard = register.standard()
        words = in_words(query, standard, names=register.division_names())
        states = query.states or tuple(choice.code for choice in standard.choices("status"))
        asked = replace(query, states=states)
        # What is wrong with a further condition is found out, and told, by asking with it.
        ask(register.connection, "SELECT 1 FROM record WHERE {} LIMIT 0", asked, standard)
        found = read_returns(register.connection, on, subset(asked, standard), first, last)
        words += _period(first, last)
        return Returns(register.county_name, words, on, standard, tuple(found), last_mark(register.connection))


def write_overdue(target: Path, returns: Returns, *, masked: bool = True) -> None:
    """Write the list for the performance review: per collector, per township, and return by return.

    Args:
        target: ``.xlsx``.
        returns: as :func:`read_overdue` gave them.
        masked: whether names and phones are hidden; a list in full is noted by :func:`.reports.note_in_full` first.

    Raises:
        OriginMapError: those of :func:`core.sheets.report_workbook.write_report`.
    """
    people, lines, head = Shown(masked), (_first_line(returns), _RULES), f"{returns.county}退回整改情况"
    collectors, townships, total = by_collector(returns.found), by_township(returns.found), whole(returns.found)
    persons = (*collector_columns(people), _TOWNSHIPS)
    tables = (
        counted_table("按采集员", f"{head}（按信息采集员）", lines, persons, _FIGURES, collectors, total),
        counted_table("按乡镇", f"{head}（按乡镇）", lines, township_columns(people), _FIGURES, townships, total),
        _details(returns, people),
    )
    write_report(target, tables)


def write_left_out(target: Path, register: Register, title: str, gone: int, stays: Sequence[Staying]) -> None:
    """Write the records that a step leaves as they are: how many for which reason, and each by township and village.

    Args:
        target: ``.xlsx``.
        register: where they are from.
        title: of the step, as in 提交.
        gone: how many records took it.
        stays: those that did not.

    Raises:
        OriginMapError: those of :func:`core.sheets.report_workbook.write_report`.
    """
    reasons = Counter(one.sentence("zh") for one in stays)
    lines = (
        f"{date.today()}；共 {gone + len(stays)} 条：已办理 {gone} 条，未办理 {len(stays)} 条。",
        "未办理的记录保持原样；按原因改正后再办理即可。",
    )
    head = f"{register.county_name}{title}未办理清单"
    counts = [ReportColumn("未办理的原因", 76), ReportColumn("记录数", 12, _COUNT)]
    rows = _left_out(register, stays)
    columns = (
        ReportColumn("序号", 7, _COUNT),
        ReportColumn("乡镇（街道）", 14),
        ReportColumn("村（社区）", 14),
        ReportColumn("主体名称", 26),
        ReportColumn("产品", 10),
        ReportColumn("未办理的原因", 60),
        ReportColumn("编号", 40),
    )
    tables = (
        ReportTable("按原因", head, lines, counts, reasons.most_common(), (_TOTAL, len(stays))),
        ReportTable("逐条", head, lines, columns, [(n, *row) for n, row in enumerate(rows, 1)], frozen_columns=4),
    )
    write_report(target, tables)


def _left_out(register: Register, stays: Sequence[Staying]) -> list[tuple[str, ...]]:
    varieties = {variety.code: variety.title for variety in register.standard().varieties}
    query = (
        "SELECT uid, coalesce(township, ''), coalesce(village, '') FROM record "
        "WHERE uid IN (SELECT value FROM json_each(?))"
    )
    listed = json.dumps([one.uid for one in stays])
    with told_plainly(register.path):
        places = {uid: place for uid, *place in register.connection.execute(query, (listed,))}
    rows = [
        (
            *places.get(one.uid, ("", "")),
            *(one.name or _UNKNOWN, varieties.get(one.variety, one.variety), one.sentence("zh"), one.uid),
        )
        for one in stays
    ]
    return sorted(rows)


def _period(first: str, last: str) -> str:
    return f"，整改期限 {first or '…'} 至 {last or '…'}" if first or last else ""


_FIGURES: tuple[CountedColumn[Tally], ...] = (
    (ReportColumn("退回次数", 10, _COUNT), lambda tally: tally.returned),
    (ReportColumn("按期已改", 10, _COUNT), lambda tally: tally.in_time),
    (ReportColumn("期限内待改", 12, _COUNT), lambda tally: tally.waiting),
    (ReportColumn("逾期已改", 10, _COUNT), lambda tally: _marked(tally.late, Outcome.LATE)),
    (ReportColumn("逾期未改", 10, _COUNT), lambda tally: _marked(tally.overdue, Outcome.OVERDUE)),
    (ReportColumn("最长逾期天数", 14, _COUNT), lambda tally: tally.longest),
    (ReportColumn("按期率", 10, ReportKind.SHARE), lambda tally: tally.rate),
)
_TOWNSHIPS: CountedColumn[Tally] = (ReportColumn("乡镇（街道）", 20), lambda tally: _BETWEEN.join(tally.townships))


def _marked(count: int, outcome: Outcome) -> ReportValue:
    return Shaded(count, _LEVELS[outcome]) if count else 0


def _first_line(returns: Returns) -> str:
    return f"{returns.query}；截至 {returns.on}；退回 {len(returns.found)} 次，其中逾期 {len(returns.not_in_time)} 次。"


def _details(returns: Returns, people: Shown) -> ReportTable:
    varieties = {variety.code: variety.title for variety in returns.standard.varieties}
    titles = {field.name: field.title for field in returns.standard.fields}
    titles["geom"] = _POINT
    listed = sorted(returns.not_in_time, key=lambda r: (r.outcome is Outcome.LATE, r.township, -r.days, r.event_id))
    rows = [(number, *_detail(returned, people, varieties, titles)) for number, returned in enumerate(listed, 1)]
    columns = (
        ReportColumn("序号", 6, _COUNT),
        ReportColumn("情况", 10),
        ReportColumn("逾期天数", 10, _COUNT),
        ReportColumn("乡镇（街道）", 12),
        ReportColumn("村（社区）", 12),
        ReportColumn("主体名称", 22),
        ReportColumn("产品", 9),
        ReportColumn("茬次/月份", 12),
        ReportColumn("信息采集员", 11),
        ReportColumn("联系方式", 15),
        ReportColumn("退回日期", 12, ReportKind.DATE),
        ReportColumn("退回人", 10),
        ReportColumn("退回原因", 30),
        ReportColumn("需改正的栏目", 18),
        ReportColumn("整改期限", 12, ReportKind.DATE),
        ReportColumn("重新提交", 12, ReportKind.DATE),
    )
    sealed = f"封存印记 {returns.mark}，请留存，核验历史时填入。" if returns.mark else ""
    lines = (_first_line(returns) + sealed, _RULES)
    return ReportTable("逾期清单", f"{returns.county}退回整改逾期清单", lines, columns, rows, frozen_columns=2)


def _detail(
    returned: Returned, people: Shown, varieties: Mapping[str, str], titles: Mapping[str, str]
) -> tuple[ReportValue, ...]:
    return (
        *(Shaded(_OUTCOMES[returned.outcome], _LEVELS[returned.outcome]), returned.days),
        *(returned.township or people.unknown, returned.village),
        people.producer(returned.producer, returned.producer_type),
        *(varieties.get(returned.variety, returned.variety), returned.cycle),
        *(people.name(returned.collector), people.phone(returned.phone)),
        *(returned.at[:10], people.name(returned.by), returned.reason),
        *(_BETWEEN.join(titles.get(field, field) for field in returned.fields), returned.deadline, returned.mended),
    )
