"""The quality page in a real QGIS: what a check found, one set aside with a reason, what is due, a next cycle begun."""

from __future__ import annotations

from .scenario import Day

_START, _QUALITY = 0, 5
_FINDINGS, _ASIDE, _DUE = range(3)
_REASON = "已到现场核实，情况属实"
_CADENCES = 3
# A village that the aerial picture shows, and so many findings of it may lie beside the picture.
_VILLAGE, _BESIDE = "石湾镇柳洞村委会", 40
_ON_IMAGERY = (
    "any(layer.name().startswith('示例航拍') and iface.mapCanvas().mapSettings().layerExtentToOutputExtent("
    "layer, layer.extent()).contains(iface.mapCanvas().center()) "
    "for layer in QgsProject.instance().mapLayers().values())"
)


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
        self._go_to_the_imagery()
        self._day.picture("quality_list")
        return str(desktop.ask("text", "originmap_quality_summary"))

    def _go_to_the_imagery(self) -> None:
        """The village's findings, one by one, until one lies on the aerial picture."""
        self._desktop.click_item("originmap_quality_tree", _VILLAGE)
        for _ in range(_BESIDE):
            self.take_next()
            if self._desktop.ask("run", _ON_IMAGERY):
                return

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

    def set_cadence(self) -> None:
        """The county wants its eggs by the 25th; in Local standards."""
        desktop = self._desktop
        desktop.click_tab("originmap_tabs", _START)
        desktop.click("originmap_start_standards")
        desktop.until("enabled", "originmap_local_save")
        desktop.click_tab("originmap_local_tabs", _CADENCES)
        desktop.click_item("originmap_cadences", "鸡蛋")
        desktop.click("originmap_cadence_every")
        desktop.key("End", "Return")
        desktop.fill("originmap_cadence_last_day", "25")
        desktop.key("Tab")
        self._day.picture("cadence", "originmap_local_standard")
        desktop.click("originmap_local_save")
        desktop.says("本地执行标准已保存")
        desktop.click_button("关闭")
        desktop.settle()

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
        if next_cycle:
            self.set_cadence()
        due = self.look_at_what_is_due()
        if next_cycle:
            self.begin_next_cycle()
        return found, due

    def _until_told(self, part: str) -> None:
        self._desktop.until("text", "originmap_quality_outcome_text", good=lambda said: part in str(said))
        self._desktop.settle()
