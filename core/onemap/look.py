"""How records are shown: the styles there are, and what a person can choose about each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ..standard.model import Standard
from .aggregates import Measure, amount_of
from .density import density_title
from .graduated import Classes
from .query import Query


class Style(str, Enum):
    """What a layer shows; the order is that of the algorithm's parameter: new styles come last."""

    SYMBOLS = "symbols"
    DIVISIONS = "divisions"
    DENSITY = "density"
    PIES = "pies"
    HEXAGONS = "hexagons"
    SQUARES = "squares"
    ZOOMED = "zoomed"
    RING = "ring"
    STATES = "states"


# What can stand on paper; the other two need a screen that zooms or plays.
PRINTABLE = tuple(style for style in Style if style not in (Style.ZOOMED, Style.RING))
_MEASURED = (Style.DIVISIONS, Style.HEXAGONS, Style.SQUARES)


@dataclass(frozen=True)
class Look:
    """A style with its choices.

    Attributes:
        style: how records are shown.
        measure: what colours divisions and cells.
        classes: how its classes are found.
        number: how many classes at most.
        level: digits of the codes of divisions.
        size: width of cells in kilometres; 0 for what looks well on the paper.
    """

    style: Style = Style.SYMBOLS
    measure: Measure = Measure.RECORDS
    classes: Classes = Classes.JENKS
    number: int = 5
    level: int = 9
    size: float = 2.0

    @property
    def name(self) -> str:
        """What it is called in a list of styles and of map themes, in Chinese."""
        name = _NAMES[self.style]
        return f"{name}（{_MEASURES[self.measure]}）" if self.style in _MEASURED else name

    @property
    def map_name(self) -> str:
        """What a printed map in it is called, behind place and product."""
        counted = "网格" if self.style is not Style.DIVISIONS else "分级"
        names = {
            Style.DENSITY: "产地密度图",
            Style.PIES: "生产规模构成图",
            Style.STATES: "产地信息办理状态图",
        }
        usual = f"产地{_MEASURES[self.measure]}{counted}图" if self.style in _MEASURED else "产地分布图"
        return names.get(self.style, usual)

    def title(self, query: Query, standard: Standard) -> str:
        """What it shows of a query's records, in Chinese."""
        amount = amount_of(query, standard)
        titles = {
            Style.DENSITY: density_title(query, standard),
            Style.PIES: f"{amount.title}构成",
            Style.RING: "全年上市",
            Style.STATES: "办理状态",
        }
        return titles.get(self.style, self.measure.title(amount) if self.style in _MEASURED else "产地分布")


_NAMES = {
    Style.SYMBOLS: "产地分布",
    Style.DIVISIONS: "行政区划分级",
    Style.DENSITY: "密度",
    Style.PIES: "规模构成饼图",
    Style.HEXAGONS: "六边形网格",
    Style.SQUARES: "方格网",
    Style.ZOOMED: "近看符号远看饼图",
    Style.RING: "全年上市",
    Style.STATES: "办理状态",
}
_MEASURES = {Measure.RECORDS: "记录数", Measure.PRODUCERS: "主体数", Measure.AMOUNT: "规模"}
