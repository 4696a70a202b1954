"""Records by how far they have come in the office: approved, submitted, drafts, returned, and what lies too long."""

from __future__ import annotations

from qgis.core import QgsCategorizedSymbolRenderer, QgsMarkerSymbol, QgsRendererCategory

from ..standard.model import Standard

OVERDUE_DAYS = 30  # a draft or a returned record that was collected longer ago
_OVERDUE = "overdue"
_SIZE = 2.4  # mm
# Shape and fill tell the states apart also without colour.
_SIGNS = {
    "approved": ("circle", "#2e7d32", "#ffffff", 1.0),
    "submitted": ("square", "#1565c0", "#ffffff", 0.9),
    "draft": ("circle", "#ffffff", "#616161", 1.0),
    "returned": ("triangle", "#ef6c00", "#ffffff", 1.25),
    _OVERDUE: ("star", "#b71c1c", "#ffffff", 1.5),
    "ended": ("cross2", "#9e9e9e", "#9e9e9e", 1.0),
}


def states_renderer(standard: Standard, factor: float = 1.0) -> QgsCategorizedSymbolRenderer:
    """A sign for each state; ``factor`` enlarges them for larger paper."""
    titles = {choice.code: choice.title for choice in standard.choices("status")}
    titles[_OVERDUE] = f"逾期（草稿或退回超过 {OVERDUE_DAYS} 天）"
    categories = [QgsRendererCategory(code, _sign(code, factor), titles.get(code, code)) for code in _SIGNS]
    return QgsCategorizedSymbolRenderer(state_expression(), categories)


def state_expression() -> str:
    """The QGIS expression that gives a record its category: its state, or that it lies too long."""
    limit = f"to_date(now() - to_interval('{OVERDUE_DAYS} days'))"
    return f"if(\"status\" IN ('draft', 'returned') AND \"collected_on\" < {limit}, '{_OVERDUE}', \"status\")"


def _sign(code: str, factor: float) -> QgsMarkerSymbol:
    shape, fill, line, share = _SIGNS[code]
    style = {
        "name": shape,
        "color": fill,
        "outline_color": line,
        "outline_width": str(0.3 * factor),
        "size": str(_SIZE * share * factor),
    }
    return QgsMarkerSymbol.createSimple(style)
