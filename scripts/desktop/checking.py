"""The quality page in a real QGIS: what a check found, one set aside with a reason, what is due, a next cycle begun."""

from __future__ import annotations

from .scenario import Day

_QUALITY = 5
_FINDINGS, _ASIDE, _DUE = range(3)
_REASON = "已到现场核实，情况属实"


class Checking:
    """Goes on where records have been collected."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._desktop = day.desktop

    def check(self) -> str:
        """All records at once; gives the numbers that are told."""
        desktop = self._desktop
        desktop.click_tab("originmap_tabs", _QUALITY)
        desktop.until("enabled", "originmap_quality_check")
        desktop.settle()
        desktop.click("originmap_quality_check")
        desktop.until("where_item", "originmap_quality_tree", "村")
        desktop.settle()
        self._day.picture("quality_list")
        return str(desktop.ask("text", "originmap_quality_summary"))

    def take_next(self) -> str:
        """F8; gives whose finding is at hand."""
        self._desktop.key("F8")
        self._desktop.settle()
        return str(self._desktop.ask("text", "originmap_quality_producer"))

    def set_aside(self) -> None:
        """F10 and Enter: the first reason stands there."""
        desktop = self._desktop
        desktop.key("F10")
        desktop.until("enabled", "originmap_quality_aside_reason")
        self._day.picture("quality_aside", "originmap_dock")
        desktop.key("Return")
        self._until_told("已搁置")
        desktop.click_tab("originmap_quality_tabs", _ASIDE)
        desktop.until("where_item", "originmap_quality_aside_list", _REASON)
        self._day.picture("quality_set_aside", "originmap_dock")
        desktop.click_tab("originmap_quality_tabs", _FINDINGS)

    def open_form(self) -> None:
        """Enter in the list: the record in its form, with what looks wrong above it."""
        desktop = self._desktop
        desktop.click("originmap_quality_form")
        desktop.until("enabled", "originmap_collect_submit")
        desktop.settle()
        self._day.picture("quality_form", "originmap_dock")

    def look_at_what_is_due(self) -> str:
        """The list of what is to be collected again; gives its numbers."""
        desktop = self._desktop
        desktop.click_tab("originmap_tabs", _QUALITY)
        desktop.click_tab("originmap_quality_tabs", _DUE)
        desktop.until("text", "originmap_due_summary", good=lambda text: "产地" in str(text))
        desktop.settle()
        self._day.picture("quality_due", "originmap_dock")
        return str(desktop.ask("text", "originmap_due_summary"))

    def begin_next_cycle(self) -> None:
        """F10 and Enter: the form of the new draft."""
        desktop = self._desktop
        desktop.key("F8", "F10")
        desktop.until("where_button", "开始下一茬（月）：1 处")
        self._day.picture("quality_next_cycle", "originmap_dock")
        desktop.key("Return")
        desktop.until("field", good=lambda name: name == "scale")
        desktop.settle()

    def whole(self, next_cycle: bool = False) -> tuple[str, str]:
        """All of it, and where something is due its next cycle; gives the numbers of the check and of what is due."""
        found = self.check()
        self.take_next()
        self.set_aside()
        self.open_form()
        due = self.look_at_what_is_due()
        if next_cycle:
            self.begin_next_cycle()
        return found, due

    def _until_told(self, part: str) -> None:
        self._desktop.until("text", "originmap_quality_outcome_text", good=lambda said: part in str(said))
        self._desktop.settle()
