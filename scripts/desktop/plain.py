"""The same records in QGIS without us: its own Add Feature tool, its own form over the same layer, its own saving."""

from __future__ import annotations

import calendar
from datetime import date, datetime
from typing import Mapping

from ...core.standard.model import load_standard
from ...core.standard.values.cycles import cycle_of
from .people import Wanted
from .scenario import COLLECTOR, OFFICER, TOWN
from .session import Desktop

_FORM = ":QgsAttributeDialog"
_CLOSE_BY = 120.0
_EDITORS = ("QTableWidget", "QDateTimeEdit", "QComboBox", "QLineEdit", "QPlainTextEdit")


class PlainQgis:
    """Works the records' layer by QGIS's tools alone; what the layer's form fills in by itself is not typed."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def start_editing(self) -> None:
        """Make the layer the current one and open it for editing."""
        self._desktop.ask("edit_records")
        self._desktop.click_action("mActionAddFeature")

    def add(self, wanted: Wanted) -> None:
        """Click on the map, fill in the form from its first page to its last, accept it, save the layer."""
        desktop = self._desktop
        desktop.ask("show", wanted.longitude, wanted.latitude, _CLOSE_BY)
        desktop.settle()
        desktop.start_counting()
        desktop.click_map(wanted.longitude, wanted.latitude)
        desktop.until("enabled", _FORM)
        desktop.settle()
        for field, answer in self._answers(wanted).items():
            self._fill(field, answer)
        desktop.key("Return")
        desktop.until("enabled", _FORM, good=lambda there: not there)
        desktop.click_action("mActionSaveLayerEdits")
        desktop.settle()

    def _fill(self, field: str, answer: str) -> None:
        """A click on the page where it is another one, a click on the field, and the keys."""
        desktop = self._desktop
        page = desktop.ask("page_of", _FORM, field)
        if page is None:
            return
        if page >= 0:
            desktop.click_tab(f"{_FORM}>:QTabWidget", page)
        widget = f"{_FORM}>{field}"
        kind = next(kind for kind in _EDITORS if desktop.ask("frame", f"{widget}>:{kind}"))
        widget = f"{widget}>:{kind}"
        if kind == "QTableWidget":
            # What it scrolled to lies still only after a moment.
            desktop.ask("where_box", widget, answer)
            desktop.pause(0.2)
            desktop.click_at(desktop.ask("where_box", widget, answer))
        elif kind == "QComboBox":
            desktop.click(widget)
            desktop.pause(0.2)
            desktop.pick(answer)
            desktop.key("Return")
        elif kind == "QDateTimeEdit":
            # By the calendar, since into an empty day QGIS lets nobody type more than the day of the month.
            desktop.click_at(desktop.ask("where_right", widget))
            desktop.pause(0.8)
            desktop.key(*_calendar_keys(datetime.strptime(answer, "%Y%m%d").date()), "Return")
        else:
            desktop.click(widget)
            desktop.key("ctrl+a")
            desktop.write(answer)

    def _answers(self, wanted: Wanted) -> Mapping[str, str]:
        """What our form fills in by itself has to be typed or chosen here."""
        typed = wanted.answers
        own = {"cowpea": "production_mode", "chinese_chive": "production_mode", "celery": "production_mode"}
        special = own.get(wanted.variety, "scale_basis" if wanted.variety == "pig" else "facility")
        from_form = (
            "certification", "traceability", special, "producer_name", "producer_type", "contact_name",
            "contact_phone", "site_address", "scale", "market_start", "market_end",
        )  # fmt: skip
        answers = {"variety": _TITLES[wanted.variety], **{name: typed[name] for name in from_form}}
        more = {
            "township": TOWN,
            "division_code": "999901101",
            "cycle": _cycle(wanted.variety),
            "officer_role": "乡镇监管员",
            "officer_name": OFFICER[0],
            "officer_phone": OFFICER[1],
            "collector_name": COLLECTOR[0],
            "collector_phone": COLLECTOR[1],
            "point_method": "影像",
            "point_quality": "精确",
        }
        # In the order of the form's pages, so that no page is turned to twice.
        order = [*from_form[:7], "township", "division_code", "site_address", "scale", "scale_basis", "cycle"]
        return dict(sorted({**answers, **more}.items(), key=lambda entry: _rank(entry[0], ["variety", *order])))


def _cycle(variety: str) -> str:
    """The cycle that today falls into, which our form fills in."""
    standard = load_standard()
    today = date.today().isoformat()
    return cycle_of(standard.field("cycle"), standard.variety(variety), collected_on=today).cycle or ""


def _rank(name: str, order: list[str]) -> int:
    return order.index(name) if name in order else len(order)


def _calendar_keys(wanted: date) -> list[str]:
    """To a day in the calendar of an empty field: months by the page keys, then weeks and days by arrows.

    It begins at the first day of this month.
    """
    shown = date.today().replace(day=1)
    months = (wanted.year - shown.year) * 12 + wanted.month - shown.month
    month = shown.year * 12 + shown.month - 1 + months
    last = calendar.monthrange(month // 12, month % 12 + 1)[1]
    days = wanted.day - min(shown.day, last)
    weeks, rest = divmod(abs(days), 7)
    turns = ["Page_Down" if months > 0 else "Page_Up"] * abs(months)
    moves = [*turns, *["Down" if days > 0 else "Up"] * weeks, *["Right" if days > 0 else "Left"] * rest]
    # Without a move nothing is chosen.
    return moves or ["Right", "Left"]


_TITLES = {"cowpea": "豇豆", "chinese_chive": "韭菜", "celery": "芹菜", "bream": "鳊鱼", "pig": "生猪"}
