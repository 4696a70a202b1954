"""The progress of the collection as a web page that needs nothing beside itself: numbers, map, the sites behind."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Callable, Optional, Sequence

from qgis.core import QgsFeature

from ..onemap.graduated import share_classes, share_colour
from ..onemap.progress_map import SHARE, on_paper, svg_path
from ..onemap.progress_page import NOTE, STAGE_TITLES, percent
from ..quality.progress import Figures, Group, Stage, Unit
from ..sheets.safe_target import replacing
from .due import DUE_TITLES
from .progress_reports import ProgressReport
from .shown import Shown

_MAP_WIDTH, _MAP_HEIGHT = 640.0, 460.0  # pixels at most
_LISTED = 300  # sites told of one township; the rest stand in the workbook
_COLUMNS = tuple(Stage)
_HEADLINE = (Stage.EXPECTED, Stage.COLLECTED, Stage.MISSING, Stage.LOCATED, Stage.VERIFIED, Stage.APPROVED)
_STYLE = """
:root{color-scheme:light dark;--ink:#212121;--grey:#5f6368;--line:#d5d9d5;--ground:#fff;--card:#f1f5f1;--deep:#0f4a2c}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--grey:#a5aaa5;--line:#414541;--ground:#1d1f1d;--card:#2a2e2a;
--deep:#9fd6ac}}
body{margin:0 auto;max-width:1100px;padding:24px;background:var(--ground);color:var(--ink);
font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif}
h1{font-size:26px;margin:0 0 4px}h2{font-size:18px;margin:28px 0 8px}.told,.note{color:var(--grey);margin:0 0 16px}
.cards{display:flex;flex-wrap:wrap;margin:0 -5px}
.card{flex:1 1 120px;margin:5px;background:var(--card);border-radius:8px;padding:10px 0;text-align:center}
.card b{display:block;font-size:26px;line-height:1.3;color:var(--deep)}.card span{color:var(--grey);font-size:13px}
.map{display:flex;flex-wrap:wrap;align-items:flex-start}.map svg{max-width:100%;height:auto;margin-right:20px}
.map text{font-size:11px;text-anchor:middle;fill:#212121;paint-order:stroke;stroke:#fff;stroke-width:3px}
.legend{list-style:none;margin:0;padding:0}.legend i{display:inline-block;width:22px;height:14px;margin-right:8px;
border:1px solid #8a8a8a;vertical-align:-2px}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid var(--line);padding:5px 8px;text-align:right;white-space:nowrap}
th:first-child,td:first-child{text-align:left}thead th{color:var(--grey);font-weight:600}
tfoot td{font-weight:700;border-top:2px solid var(--line)}.bad{color:#c62828;font-weight:600}
@media(prefers-color-scheme:dark){.bad{color:#ff8a80}}a{color:inherit}
details{margin:6px 0}summary{cursor:pointer}.list td,.list th{text-align:left}
@media print{details:not([open]){display:none}body{max-width:none;padding:0}}
"""


def write_progress_html(target: Path, report: ProgressReport, areas: Sequence[QgsFeature], *, masked: bool) -> None:
    """Write the page.

    Args:
        target: ``.html``.
        report: as :func:`.progress_reports.read_progress` gave it.
        areas: the townships of :func:`core.onemap.progress_map.areas_of`; none, no map.
        masked: whether names and phones are hidden.

    Raises:
        OriginMapError: those of :func:`core.sheets.safe_target.replacing`.
    """
    people = Shown(masked)
    title = escape(f"{report.county}农产品产地采集进度")
    parts = [
        f"<h1>{title}</h1><p class='told'>{escape(report.heading)}</p>",
        _cards(report.whole),
        _map(areas),
        "<h2>各乡镇</h2>",
        _table("乡镇（街道）", report.townships, lambda group: group.name or people.unknown, report.whole, links=True),
        "<h2>各信息采集员</h2>",
        _table("信息采集员", report.collectors, lambda group: people.person(group.name, group.phone), report.whole),
        f"<p class='note'>{escape(NOTE)}</p><h2>逐处</h2>",
        *(_sites(place, group, report, people) for place, group in enumerate(report.townships)),
    ]
    head = f"<meta charset='utf-8'><meta name='viewport' content='width=device-width'><title>{title}</title>"
    page = f"<!DOCTYPE html><html lang='zh-CN'><head>{head}<style>{_STYLE}</style></head><body>"
    with replacing(target) as part:
        part.write_text(page + "\n".join(parts) + "</body></html>\n", encoding="utf-8")


def _cards(whole: Figures) -> str:
    cards = []
    for stage in _HEADLINE:
        of = {Stage.EXPECTED: None, Stage.COLLECTED: whole.expected, Stage.MISSING: whole.expected}.get(
            stage, whole.collected
        )
        share = "" if of is None else percent(whole.of(stage) / of if of else None)
        told = f"{STAGE_TITLES[stage]} {share}".strip()
        cards.append(f"<div class='card'><b>{whole.of(stage):,}</b><span>{told}</span></div>")
    return f"<div class='cards'>{''.join(cards)}</div>"


def _map(areas: Sequence[QgsFeature]) -> str:
    outlines, extent = on_paper(areas)
    if extent.isEmpty():
        return ""
    unit = min(_MAP_WIDTH / extent.width(), _MAP_HEIGHT / extent.height())
    shapes, labels = [], []
    for area, outline in zip(areas, outlines):
        share = area[SHARE]
        known = isinstance(share, float)
        colour = share_colour(share) if known else "#ffffff"
        told = f"{area['name']}：{percent(share if known else None)}，{area['collected']}/{area['expected']}"
        path = svg_path(outline, extent.xMinimum(), extent.yMaximum(), unit)
        shape = f"<path d='{path}' fill='{colour}' stroke='#8a8a8a' fill-rule='evenodd'>"
        shapes.append(f"{shape}<title>{escape(told)}</title></path>")
        at = outline.pointOnSurface().asPoint()
        x, y = (at.x() - extent.xMinimum()) * unit, (extent.yMaximum() - at.y()) * unit
        lines = (escape(str(area["name"])), percent(share if known else None))
        spans = "".join(f"<tspan x='{x:.1f}' dy='{13 * place}'>{line}</tspan>" for place, line in enumerate(lines))
        labels.append(f"<text x='{x:.1f}' y='{y:.1f}'>{spans}</text>")
    width, height = extent.width() * unit, extent.height() * unit
    box = f"viewBox='-2 -2 {width + 4:.0f} {height + 4:.0f}' width='{width:.0f}' role='img' aria-label='采集率地图'"
    classes = [*share_classes(), ("#ffffff", "本期无应采集")]
    legend = "".join(f"<li><i style='background:{colour}'></i>{label}</li>" for colour, label in classes)
    drawn = f"<svg {box}>{''.join(shapes)}{''.join(labels)}</svg>"
    return f"<h2>采集率</h2><div class='map'>{drawn}<ul class='legend'>{legend}</ul></div>"


def _table(
    head: str, groups: Sequence[Group], named: Callable[[Group], str], whole: Figures, *, links: bool = False
) -> str:
    titles = "".join(f"<th>{STAGE_TITLES[stage]}</th>" for stage in _COLUMNS)
    rows = []
    for place, group in enumerate(groups):
        name = escape(named(group))
        name = f"<a href='#t{place}'>{name}</a>" if links else name
        rows.append(f"<tr><td>{name}</td>{_numbers(group.figures)}</tr>")
    foot = f"<tfoot><tr><td>合计</td>{_numbers(whole)}</tr></tfoot>"
    header = f"<thead><tr><th>{head}</th>{titles}<th>问题数</th><th>采集率</th></tr></thead>"
    return f"<div class='wide'><table>{header}<tbody>{''.join(rows)}</tbody>{foot}</table></div>"


def _numbers(figures: Figures) -> str:
    cells = []
    for stage in _COLUMNS:
        count = figures.of(stage)
        bad = " class='bad'" if count and stage is Stage.MISSING else ""
        cells.append(f"<td{bad}>{count or '–'}</td>")
    return f"{''.join(cells)}<td>{figures.findings or '–'}</td><td>{percent(figures.rate)}</td>"


def _sites(place: int, group: Group, report: ProgressReport, people: Shown) -> str:
    """The sites of a township that ask for something, the missing first; those that are done are only counted."""
    wanted = [unit for unit in group.units if not unit.duty.in_time or unit.findings]
    wanted.sort(key=lambda unit: (unit.duty.collected, -unit.duty.days, unit.duty.last.village))
    titles = {variety.code: variety.title for variety in report.standard.varieties}
    rows = "".join(_site(unit, people, titles.get(unit.duty.last.variety, "")) for unit in wanted[:_LISTED])
    heads = "".join(
        f"<th>{title}</th>" for title in ("情况", "村（社区）", "主体", "产品", "茬次/月份", "期限", "采集员", "编号")
    )
    figures = group.figures
    told = (
        f"应采集 {figures.expected} 处，未采集 {figures.missing} 处，逾期补采 {figures.late} 处，"
        f"有问题 {figures.with_findings} 处"
    )
    rest = f"<p class='note'>另有 {len(wanted) - _LISTED} 处见进度表。</p>" if len(wanted) > _LISTED else ""
    table = f"<div class='wide'><table class='list'><thead><tr>{heads}</tr></thead>{rows}</table></div>{rest}"
    name = escape(group.name or people.unknown)
    return f"<details id='t{place}'><summary><b>{name}</b>　{told}</summary>{table if rows else ''}</details>"


def _site(unit: Unit, people: Shown, variety: str) -> str:
    duty, last = unit.duty, unit.duty.last
    state = DUE_TITLES[duty.state] if not duty.collected else "按期" if duty.in_time else "逾期补采"
    if unit.findings:
        state += f"，问题 {unit.findings} 个"
    producer: Optional[str] = people.producer(last.producer, last.producer_type)
    cells = (
        *(state, last.village, f"{producer} {last.site}".strip(), variety, duty.present.cycle),
        *(str(duty.present.deadline), people.name(last.collector), last.uid),
    )
    bad = "" if duty.collected else " class='bad'"
    first, *others = (escape(cell) for cell in cells)
    return f"<tr><td{bad}>{first}</td>{''.join(f'<td>{cell}</td>' for cell in others)}</tr>"
