"""The findings of a check for the office: a workbook to print, and a page in one file, each leading to its record."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from itertools import islice
from pathlib import Path
from typing import Collection, Iterable, Sequence

from ..quality.findings import Kind, QualityFinding
from ..sheets.report_workbook import ReportColumn, ReportKind, ReportTable, ReportValue, Shaded, write_report
from ..sheets.safe_target import replacing
from ..standard.findings import Level
from ..standard.masking import mask_name, mask_phone
from ..standard.messages import Message, message
from ..standard.model import Standard
from .checking import Checked, RecordLine
from .shown import Shown

_LEVELS = {Level.ERROR: "错误", Level.WARNING: "警告", Level.NOTE: "提示"}
# By this the register notes findings that were written in full.
NOTED = "质量检查"
# What findings say of producers, several parted as their checks do it.
_NAMES, _BETWEEN = ("value", "other", "others", "best"), "、"
_TOTAL = "合计"
_UNKNOWN = "未填"
_COUNT = ReportKind.COUNT
# A sheet and a page stay such that a spreadsheet and a browser open them; the counts before them are of all.
_ROWS_AT_MOST = 100_000
_RECORDS_AT_MOST = 5_000


class Told:
    """Findings in words, with people masked or in full."""

    def __init__(self, standard: Standard, masked: bool, language: str = "zh") -> None:
        self._language = language
        self._personal = {field.name: field.pattern for field in standard.fields if field.personal}
        self._titles = {field.name: field.title for field in standard.fields}
        self._varieties = {variety.code: variety.title for variety in standard.varieties}
        self._states = {choice.code: choice.title for choice in standard.choices("status")}
        self._masked = masked
        self._people = Shown(masked)

    def producer(self, line: RecordLine) -> str:
        """Whose record it is; a name short enough for a person's is one."""
        return self._people.listed(line.producer_name) if line.producer_name else _UNKNOWN

    def message(self, finding: QualityFinding) -> Message:
        """Title, sentence and advice; what it quotes of a person is masked."""
        params, value = dict(finding.params), finding.params.get("value")
        if self._masked and finding.field in self._personal and value:
            mask = mask_phone if self._personal[finding.field] == "phones" else mask_name
            params["value"] = mask(str(value))
        for name in _NAMES if self._masked else ():
            if name in params and (name != "value" or finding.field == "producer_name"):
                params[name] = _BETWEEN.join(map(self._people.listed, str(params[name]).split(_BETWEEN)))
        return message(finding.code, self._language, params)

    def field(self, finding: QualityFinding) -> str:
        """The title of the field."""
        return "点位" if finding.field == "geom" else self._titles.get(finding.field, "")

    def variety(self, line: RecordLine) -> str:
        """The product."""
        return self._varieties.get(line.variety, line.variety)

    def state(self, line: RecordLine) -> str:
        """Where the record stands in the review."""
        return self._states.get(line.status, line.status)


def ordered(checked: Checked) -> list[QualityFinding]:
    """By township, village, producer, and the weightier first."""
    weights = {level: place for place, level in enumerate(Level)}

    def place(finding: QualityFinding) -> tuple[object, ...]:
        line = checked.lines[finding.uid]
        return *_place(line), line.producer_name, line.uid, weights[finding.level], finding.code

    return sorted(checked.findings, key=place)


def _place(line: RecordLine) -> tuple[object, ...]:
    return _filled_first(line.township, line.village)


def _filled_first(township: str, village: str) -> tuple[object, ...]:
    """By place; where nobody filled it in comes last."""
    return not township, township, not village, village


def write_findings(target: Path, checked: Checked, county: str, standard: Standard, *, masked: bool = True) -> None:
    """Write the workbook: by kind and check, by township and village, finding by finding, and what is set aside.

    Args:
        target: ``.xlsx``.
        checked: as :func:`.checking.check_register` gave it.
        county: its name, for the titles.
        standard: with the county's own lists.
        masked: whether names and phones are hidden; in full they are noted by :func:`.reports.note_in_full` first.

    Raises:
        OriginMapError: those of :func:`core.sheets.report_workbook.write_report`.
    """
    told = Told(standard, masked)
    lines = (
        _summary(checked),
        "一条记录可有几个问题，合计的涉及记录只计一次；各表的问题数合计相等。按“编号”可在插件里找到记录。",
    )
    tables = (
        _by_check(checked, county, lines),
        _by_village(checked, county, lines),
        _listed("逐条", f"{county}质量问题清单", lines, _finding_rows(checked, told), _FINDING_COLUMNS),
        _listed("已搁置", f"{county}已搁置的问题", lines, _aside_rows(checked, told), _ASIDE_COLUMNS),
    )
    write_report(target, tables)


def _summary(checked: Checked) -> str:
    more = f"逐条只列前 {_ROWS_AT_MOST:,} 个，请分乡镇检查。" if len(checked.findings) > _ROWS_AT_MOST else ""
    return _counted(checked) + more


def _counted(checked: Checked) -> str:
    return (
        f"{checked.on} 检查 {checked.records:,} 条记录，{checked.faulty:,} 条有问题，"
        f"共 {len(checked.findings):,} 个；另有 {len(checked.aside):,} 个已搁置。"
    )


def _by_check(checked: Checked, county: str, lines: tuple[str, str]) -> ReportTable:
    groups: dict[tuple[Kind, str], list[QualityFinding]] = defaultdict(list)
    for finding in checked.findings:
        groups[finding.kind, finding.code].append(finding)
    rows = [
        (kind.title(), message(code, "zh", {}).title, len(found), len({one.uid for one in found}))
        for kind in Kind
        for (of, code), found in sorted(groups.items(), key=lambda group: -len(group[1]))
        if of is kind
    ]
    columns = [ReportColumn("类别", 14), ReportColumn("问题", 30), ReportColumn("问题数", 12, _COUNT)]
    columns.append(ReportColumn("涉及记录", 12, _COUNT))
    total = (_TOTAL, None, len(checked.findings), checked.faulty)
    return ReportTable("按类别", f"{county}数据质量", lines, columns, rows, total)


def _by_village(checked: Checked, county: str, lines: tuple[str, str]) -> ReportTable:
    counts: dict[tuple[str, str], dict[Kind, int]] = defaultdict(lambda: dict.fromkeys(Kind, 0))
    for finding in checked.findings:
        line = checked.lines[finding.uid]
        counts[line.township, line.village][finding.kind] += 1
    rows = [
        (township or _UNKNOWN, village or _UNKNOWN, *of.values(), sum(of.values()))
        for (township, village), of in sorted(counts.items(), key=lambda entry: _filled_first(*entry[0]))
    ]
    columns = [ReportColumn("乡镇（街道）", 16), ReportColumn("村（社区）", 16)]
    columns += [ReportColumn(kind.title(), 12, _COUNT) for kind in Kind] + [ReportColumn("问题数", 12, _COUNT)]
    total = (_TOTAL, None, *checked.by_kind().values(), len(checked.findings))
    return ReportTable("按村", f"{county}数据质量（按村）", lines, columns, rows, total)


_FINDING_COLUMNS = (
    ReportColumn("序号", 7, _COUNT),
    ReportColumn("程度", 8),
    ReportColumn("乡镇（街道）", 14),
    ReportColumn("村（社区）", 14),
    ReportColumn("主体名称", 26),
    ReportColumn("产品", 10),
    ReportColumn("茬次/月份", 12),
    ReportColumn("栏目", 14),
    ReportColumn("问题", 46),
    ReportColumn("怎么办", 34),
    ReportColumn("改正建议", 34),
    ReportColumn("编号", 40),
)
_ASIDE_COLUMNS = (*_FINDING_COLUMNS[:9], ReportColumn("搁置原因", 30), ReportColumn("搁置人", 10), _FINDING_COLUMNS[-1])


def _listed(
    sheet: str,
    title: str,
    lines: tuple[str, str],
    rows: Sequence[Sequence[ReportValue]],
    columns: Sequence[ReportColumn],
) -> ReportTable:
    return ReportTable(sheet, title, lines, columns, rows, frozen_columns=5)


def _finding_rows(checked: Checked, told: Told) -> list[Sequence[ReportValue]]:
    rows: list[Sequence[ReportValue]] = []
    for number, finding in enumerate(islice(ordered(checked), _ROWS_AT_MOST), 1):
        proposal = finding.proposal.sentence("zh") if finding.proposal else ""
        rows.append((*_begun(number, finding, checked, told), told.message(finding).advice, proposal, finding.uid))
    return rows


def _aside_rows(checked: Checked, told: Told) -> list[Sequence[ReportValue]]:
    return [
        (*_begun(number, finding, checked, told), aside.reason, aside.by, finding.uid)
        for number, (finding, aside) in enumerate(checked.aside, 1)
    ]


def _begun(number: int, finding: QualityFinding, checked: Checked, told: Told) -> tuple[ReportValue, ...]:
    line = checked.lines[finding.uid]
    return (
        *(number, Shaded(_LEVELS[finding.level], finding.level), line.township or _UNKNOWN, line.village),
        *(told.producer(line), told.variety(line), line.cycle, told.field(finding)),
        told.message(finding).text,
    )


_STYLE = """
body{font:14px/1.6 "Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#222}
body{margin:0 auto;max-width:1100px;padding:24px}
h1{font-size:22px;margin:0}h2{font-size:17px;margin:28px 0 8px;border-left:4px solid #2f7d32;padding-left:8px}
p.note{color:#666;margin:4px 0 16px}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #d9d9d9;padding:4px 8px;text-align:left;vertical-align:top}
th{background:#f0f4f0}.n{text-align:right;white-space:nowrap}tr.total td{font-weight:bold;background:#f7f7f5}
article{border:1px solid #d9d9d9;border-radius:4px;margin:10px 0;padding:8px 14px}
article:target{border-color:#2f7d32;box-shadow:0 0 0 2px #2f7d32}
article h3{font-size:15px;margin:0}article p{margin:2px 0}.meta{color:#666;font-size:13px}
.error,.warning,.note2{display:inline-block;border-radius:3px;padding:0 6px;font-size:12px;color:#fff}
.error{background:#c62828}.warning{background:#b26a00}.note2{background:#607d8b}
.todo{color:#555}.fix{color:#1b5e20}a{color:#1b5e20}code{font-size:12px;user-select:all}
@media print{article{break-inside:avoid}}
"""
_CLASSES = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note2"}


def write_page(target: Path, checked: Checked, county: str, standard: Standard, *, masked: bool = True) -> None:
    """Write the findings as one HTML file that needs nothing else: counts first, each leading down to the records.

    Args:
        target: ``.html``.
        checked: as :func:`.checking.check_register` gave it.
        county: its name.
        standard: with the county's own lists.
        masked: whether names and phones are hidden.

    Raises:
        OriginMapError: those of :func:`core.sheets.safe_target.replacing`.
    """
    told, found = Told(standard, masked), ordered(checked)
    shown = set(islice(dict.fromkeys(finding.uid for finding in found), _RECORDS_AT_MOST))
    more = f"逐条只列前 {_RECORDS_AT_MOST:,} 条记录，请分乡镇检查。" if checked.faulty > len(shown) else ""
    title = escape(f"{county}数据质量检查")
    with replacing(target) as part, part.open("w", encoding="utf-8", newline="\n") as page:
        page.write(
            f'<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>\n'
            f'<h1>{title}</h1><p class="note">{escape(_counted(checked))}{more}</p>\n'
        )
        page.writelines(_count_tables(checked, found, shown))
        page.writelines(_articles(checked, [one for one in found if one.uid in shown], told))
        page.write("</body></html>\n")


def _count_tables(checked: Checked, found: Sequence[QualityFinding], shown: Collection[str]) -> Iterable[str]:
    yield "<h2>按类别</h2><table><tr><th>类别</th><th>问题</th><th class='n'>问题数</th><th>记录</th></tr>\n"
    groups: dict[tuple[Kind, str], list[QualityFinding]] = defaultdict(list)
    for finding in found:
        groups[finding.kind, finding.code].append(finding)
    for kind in Kind:
        for (of, code), those in sorted(groups.items(), key=lambda group: -len(group[1])):
            if of is kind:
                yield _row(kind.title(), message(code, "zh", {}).title, those, shown)
    yield f'<tr class="total"><td>{_TOTAL}</td><td></td><td class="n">{len(found):,}</td><td></td></tr></table>\n'
    yield "<h2>按村</h2><table><tr><th>乡镇（街道）</th><th>村（社区）</th>"
    yield "<th class='n'>问题数</th><th>记录</th></tr>\n"
    villages: dict[tuple[str, str], list[QualityFinding]] = defaultdict(list)
    for finding in found:
        villages[checked.lines[finding.uid].township, checked.lines[finding.uid].village].append(finding)
    for (township, village), those in sorted(villages.items(), key=lambda entry: _filled_first(*entry[0])):
        yield _row(township or _UNKNOWN, village or _UNKNOWN, those, shown)
    yield f'<tr class="total"><td>{_TOTAL}</td><td></td><td class="n">{len(found):,}</td><td></td></tr></table>\n'


def _row(first: str, second: str, found: Sequence[QualityFinding], shown: Collection[str]) -> str:
    """A count with what is behind it: all of its records, folded away where they are many."""
    uids = dict.fromkeys(finding.uid for finding in found)
    links = " ".join(f'<a href="#{uid}">{number}</a>' for number, uid in enumerate(uids, 1) if uid in shown)
    return (
        f'<tr><td>{escape(first)}</td><td>{escape(second)}</td><td class="n">{len(found):,}</td>'
        f"<td><details><summary>{len(uids):,} 条记录</summary>{links}</details></td></tr>\n"
    )


def _articles(checked: Checked, found: Sequence[QualityFinding], told: Told) -> Iterable[str]:
    yield "<h2>逐条</h2>\n"
    by_record: dict[str, list[QualityFinding]] = defaultdict(list)
    for finding in found:
        by_record[finding.uid].append(finding)
    for uid, those in by_record.items():
        line = checked.lines[uid]
        place = "".join((line.township, line.village)) or _UNKNOWN
        at = "没有点位" if line.point is None else f"{line.point[0]:.6f}, {line.point[1]:.6f}"
        about = " · ".join(filter(None, (place, told.variety(line), line.cycle, line.site_name, told.state(line), at)))
        yield f'<article id="{escape(uid)}"><h3>{escape(told.producer(line))}</h3>'
        yield f'<p class="meta">{escape(about)} · 编号 <code>{escape(uid)}</code></p>\n'
        for finding in those:
            yield _finding(finding, told, by_record)
        yield "</article>\n"


def _finding(finding: QualityFinding, told: Told, listed: Collection[str]) -> str:
    said = told.message(finding)
    fix = f' <span class="fix">建议：{escape(finding.proposal.sentence("zh"))}。</span>' if finding.proposal else ""
    shown = [uid for uid in finding.others if uid in listed]
    others = " ".join(f'<a href="#{escape(uid)}">相关记录{n}</a>' for n, uid in enumerate(shown, 1))
    return (
        f'<p><span class="{_CLASSES[finding.level]}">{_LEVELS[finding.level]}</span> {escape(said.text)} '
        f'<span class="todo">{escape(said.advice)}</span>{fix} {others}</p>\n'
    )
