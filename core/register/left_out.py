"""What the collection in a register may have left out: read for a query and a day, and written as a workbook."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Mapping, Optional, Sequence

import numpy as np

from ..onemap.query import Query
from ..onemap.query_words import in_words
from ..places.divisions import Division, DivisionLevel
from ..quality.cadence import Duty, rules_of
from ..quality.omissions import (
    MATCH,
    Gap,
    Omission,
    RosterEntry,
    Township,
    silent,
    standing_out,
    survey,
    unmatched,
    vanished,
)
from ..review.transitions import today_in_china
from ..sheets.report_workbook import ReportColumn, ReportKind, ReportTable, ReportValue, Shaded, write_report
from ..sheets.roster import read_roster
from ..standard.findings import Level
from ..standard.model import Standard
from ..standard.progress import Progress, Silent
from ..vendored import load
from .due import in_cycles, read_kept
from .errors import told_plainly
from .geometry import wkb_of
from .register import Register
from .rows import Position, position_of
from .shown import Shown

OMISSION_TITLES = {
    Omission.VILLAGE: "整村未报",
    Omission.PRODUCER: "主体未续报",
    Omission.SCALE: "规模减半",
    Omission.ROSTER: "名册有而无记录",
    Omission.DENSITY: "乡镇疏密异常",
}
_LEVELS = {Omission.SCALE: Level.WARNING, Omission.DENSITY: Level.NOTE}
_COUNT = ReportKind.COUNT
_SILENT = Silent()
_SQUARE_KILOMETRES = 111.32**2  # of a square degree at the equator


@dataclass(frozen=True)
class LeftOut:
    """The gaps of a query on a day, the words that go over them, and places of divisions (longitude, latitude)."""

    county: str
    query: str
    on: date
    standard: Standard
    gaps: tuple[Gap, ...]
    roster: int
    places: Mapping[str, Position]

    def counts(self) -> dict[Omission, int]:
        """Gaps by kind; they add up to all."""
        counts = Counter(gap.kind for gap in self.gaps)
        return {kind: counts[kind] for kind in Omission}

    @property
    def heading(self) -> str:
        """The query in words, the day, and the numbers."""
        told = "、".join(f"{OMISSION_TITLES[kind]} {count}" for kind, count in self.counts().items())
        roster = f"；名册 {self.roster} 个主体" if self.roster else ""
        return f"{self.query}；截至 {self.on}{roster}；疑似漏采 {len(self.gaps)} 条：{told}。"

    def place_of(self, gap: Gap) -> Optional[Position]:
        """Where to look: at the last record's point, else in the village or township."""
        there = position_of(gap.last.geom) if gap.last is not None else None
        named = self.places.get(f"{gap.township}/{gap.village}") if gap.village else None
        return there or named or self.places.get(gap.township)


def read_left_out(
    path: Path,
    query: Query,
    on: Optional[date] = None,
    *,
    roster: Optional[Path] = None,
    least: float = MATCH,
    progress: Progress = _SILENT,
) -> LeftOut:
    """Look for what may have been left out.

    Args:
        path: the register.
        query: sites count whose latest record it finds; a roster is compared with all producers.
        on: as of this day; today when left out.
        roster: a workbook of producers of another office.
        least: score from which on a producer of the roster is taken for one of the register, from 0 to 1.
        progress: asked whether to stop.

    Raises:
        OriginMapError: as for :func:`core.onemap.filtered.count` and :func:`core.sheets.roster.read_roster`, or the
            register cannot be read.
        Cancelled: the person stopped it.
    """
    day = on or today_in_china()
    with Register.open(path, read_only=True) as register, told_plainly(path):
        standard = register.standard()
        words = in_words(query, standard, names=register.division_names())
        found = survey(read_kept(register, query, progress), rules_of(standard), day)
        duties = [duty for duty in found.duties if in_cycles(duty.present.cycle, query.cycles)]
        divisions = register.divisions()
        halved = [gap for gap in found.halved if gap.last is not None and gap.last.chosen]
        gaps = [*silent(duties), *vanished(duties), *(gap for gap in halved if in_cycles(gap.cycle, query.cycles))]
        entries = [] if roster is None else list(_entries(roster, standard))
        gaps += unmatched(entries, found.known, least)
        gaps += _standing_out(register, divisions, duties)
        places = _places(divisions)
        order = {kind: number for number, kind in enumerate(Omission)}
        gaps.sort(key=lambda gap: (order[gap.kind], gap.township, gap.village, gap.producer, gap.row))
        return LeftOut(register.county_name, words, day, standard, tuple(gaps), len(entries), places)


def write_left_out(target: Path, left_out: LeftOut, *, masked: bool = True) -> None:
    """Write the gaps: how many of which kind in which township, and a sheet for each kind.

    Args:
        target: ``.xlsx``.
        left_out: as :func:`read_left_out` gave it.
        masked: whether names of people are hidden; a list in full is noted by :func:`.reports.note_in_full` first.

    Raises:
        OriginMapError: those of :func:`core.sheets.report_workbook.write_report`.
    """
    people = Shown(masked)
    kinds = [kind for kind, count in left_out.counts().items() if count]
    write_report(target, (_summary(left_out), *(_details(kind, left_out, people) for kind in kinds)))


def named(gap: Gap, people: Shown) -> str:
    """The producer that a gap is about; empty for villages and townships."""
    if gap.last is None or not gap.producer:
        return people.listed(gap.producer) if gap.producer else ""
    return people.producer(gap.producer, gap.last.producer_type)


def said_of(gap: Gap, standard: Standard, people: Shown) -> str:
    """What is compared, as one sentence."""
    units = {choice.code: choice.title for choice in standard.choices("unit")}
    if gap.kind is Omission.VILLAGE:
        return f"{gap.before} 有 {gap.then:g} 个主体上报，{gap.cycle} 无一采集。"
    if gap.kind is Omission.PRODUCER:
        known = (
            f"；同乡镇有相近名称“{people.listed(gap.candidate)}”（相似度 {gap.score:.0%}）"
            if gap.score is not None
            else ""
        )
        return f"{gap.before} 有记录，{gap.cycle} 未采集，也未登记终止{known}。"
    if gap.kind is Omission.SCALE:
        unit = units.get(gap.unit, "")
        return f"{gap.before} 合计 {gap.then:g} {unit}，{gap.cycle} 合计 {gap.now:g} {unit}。"
    if gap.kind is Omission.DENSITY:
        more = "少" if gap.now < gap.then else "多"
        return f"按相邻乡镇推算约 {gap.then:.0f} 处，实有 {gap.now:g} 处，明显偏{more}。"
    best = (
        f"最相近的是“{people.listed(gap.candidate)}”（匹配度 {gap.score:.0%}）" if gap.candidate else "没有相近的主体"
    )
    return f"名册第 {gap.row} 行，档案库无记录；{best}。"


def _entries(path: Path, standard: Standard) -> list[RosterEntry]:
    return [
        RosterEntry(
            row,
            said["producer_name"],
            *(said.get(name, "") for name in ("township", "village", "credit_code", "site_address")),
        )
        for row, said in read_roster(path, standard)
    ]


def _places(divisions: Sequence[Division]) -> dict[str, Position]:
    """Where townships are, by name, and villages, by the names of both."""
    townships = {one.code: one.name for one in divisions if one.level is DivisionLevel.TOWNSHIP}
    places: dict[str, Position] = {}
    for one in divisions:
        if one.longitude is not None and one.latitude is not None:
            if one.level is DivisionLevel.TOWNSHIP:
                places[one.name] = one.longitude, one.latitude
            elif one.level is DivisionLevel.VILLAGE:
                places[f"{townships.get(one.code[:9], '')}/{one.name}"] = one.longitude, one.latitude
    return places


def _standing_out(register: Register, divisions: Sequence[Division], duties: Sequence[Duty]) -> list[Gap]:
    """Each product by itself, since neighbours grow the same one rather than as much of everything."""
    shapes = _shapes(register) or _by_villages(divisions)
    names = {one.code: one.name for one in divisions}
    sites = Counter((duty.last.division[:9], duty.last.variety) for duty in duties)
    found = []
    for variety in sorted({variety for _, variety in sites}):
        townships = [
            Township(code, names.get(code, code), sites[code, variety], size, neighbours)
            for code, (size, neighbours) in shapes.items()
        ]
        found += standing_out(townships, variety)
    return found


def _shapes(register: Register) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Townships with outlines: their size in km² and the codes of those that touch them; none without outlines."""
    query = "SELECT code, geom FROM division WHERE length(code) = 9 AND geom IS NOT NULL ORDER BY code"
    rows = register.connection.execute(query).fetchall()
    if len(rows) < 2:
        return {}
    shapely = load("shapely")
    codes = [code for code, _ in rows]
    areas = shapely.from_wkb(np.array([wkb_of(blob) for _, blob in rows], dtype=object))
    tree = shapely.STRtree(areas)
    one, other = tree.query(areas, predicate="dwithin", distance=0.002)
    touching: dict[str, list[str]] = {code: [] for code in codes}
    for place, beside in sorted(zip(one.tolist(), other.tolist())):
        if place != beside:
            touching[codes[place]].append(codes[beside])
    bounds = shapely.bounds(areas)
    narrow = np.cos(np.radians((bounds[:, 1] + bounds[:, 3]) / 2))
    sizes = shapely.area(areas) * narrow * _SQUARE_KILOMETRES
    return {code: (float(size), tuple(touching[code])) for code, size in zip(codes, sizes)}


def _by_villages(divisions: Sequence[Division]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Without outlines: the number of villages, and all other townships."""
    villages = Counter(one.code[:9] for one in divisions if one.level is DivisionLevel.VILLAGE)
    return {code: (float(count), tuple(c for c in villages if c != code)) for code, count in villages.items()}


def _summary(left_out: LeftOut) -> ReportTable:
    counts = Counter((gap.township, gap.kind) for gap in left_out.gaps)
    townships = sorted({gap.township for gap in left_out.gaps}, key=lambda name: (not name, name))
    rows: list[Sequence[ReportValue]] = [
        (name or "未填", sum(counts[name, kind] for kind in Omission), *(counts[name, kind] for kind in Omission))
        for name in townships
    ]
    columns = (
        ReportColumn("乡镇（街道）", 18),
        ReportColumn("合计", 10, _COUNT),
        *(ReportColumn(OMISSION_TITLES[kind], 16, _COUNT) for kind in Omission),
    )
    total = ("合计", len(left_out.gaps), *left_out.counts().values())
    lines = (left_out.heading, "疑似漏采须逐条核实：确已停产的登记终止，确属漏采的补采。")
    return ReportTable("汇总", f"{left_out.county}疑似漏采汇总", lines, columns, rows, total)


def _details(kind: Omission, left_out: LeftOut, people: Shown) -> ReportTable:
    titles = {variety.code: variety.title for variety in left_out.standard.varieties}
    listed = [gap for gap in left_out.gaps if gap.kind is kind]
    rows = [(number, *_detail(gap, left_out, people, titles)) for number, gap in enumerate(listed, 1)]
    columns = (
        ReportColumn("序号", 7, _COUNT),
        ReportColumn("情况", 15),
        ReportColumn("乡镇（街道）", 13),
        ReportColumn("村（社区）", 13),
        ReportColumn("主体名称", 26),
        ReportColumn("产品", 10),
        ReportColumn("说明", 60),
        ReportColumn("信息采集员", 12),
        ReportColumn("联系方式", 16),
        ReportColumn("上次记录编号", 38),
    )
    title = OMISSION_TITLES[kind]
    return ReportTable(title, f"{left_out.county}{title}清单", (left_out.heading, _HOW[kind]), columns, rows)


_HOW = {
    Omission.VILLAGE: "上一期报过该产品、本期期限已过仍无一采集的村。",
    Omission.PRODUCER: "上一期有记录、本期期限已过仍未采集、也未登记终止的主体。名称相近的可能是同一主体改写了名称。",
    Omission.SCALE: "同一主体同一产品各处合计，本期不到上年同茬（上月）的一半。",
    Omission.ROSTER: "匹配度＝名称相似度×80%＋地点×20%；统一社会信用代码相同即视为同一主体。",
    Omission.DENSITY: "按面积（无界线时按村数）与相邻乡镇的中位数比，相差三倍以上且不是偶然的。",
}


def _detail(gap: Gap, left_out: LeftOut, people: Shown, titles: Mapping[str, str]) -> tuple[ReportValue, ...]:
    last = gap.last
    producer = named(gap, people)
    return (
        *(Shaded(OMISSION_TITLES[gap.kind], _LEVELS.get(gap.kind, Level.ERROR)), gap.township, gap.village),
        *(producer, titles.get(gap.variety, gap.variety), said_of(gap, left_out.standard, people)),
        *(("", "", "") if last is None else (people.name(last.collector), people.phone(last.phone), last.uid)),
    )
