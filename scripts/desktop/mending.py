"""The collector's side of a review in a real QGIS: what came back is found, mended and submitted; a look at history."""

from __future__ import annotations

from .scenario import Day

_START = 0
_CLOSE_BY = 120.0


class Mending:
    """Goes on where a reviewer returned a record with a comment on its scale."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._desktop = day.desktop

    def mend(self, producer: str, scale: str, longitude: float, latitude: float) -> None:
        """From the notice on the start page to the list, the form, another scale, another point, and submitted."""
        desktop = self._desktop
        desktop.click_tab("originmap_tabs", _START)
        desktop.click("originmap_start_returned")
        desktop.until("where_item", "originmap_returned_list", producer)
        self._day.picture("returned_list", "originmap_dock")
        desktop.click_item("originmap_returned_list", producer)
        desktop.until("field", good=lambda name: name == "scale")
        desktop.settle()
        self._day.picture("returned_form", "originmap_dock")
        desktop.key("ctrl+a")
        desktop.write(scale)
        desktop.click("originmap_point_move")
        desktop.ask("show", longitude, latitude, _CLOSE_BY)
        desktop.settle()
        desktop.click_map(longitude, latitude)
        desktop.until("text", "originmap_comment_scale", good=lambda text: "已修改" in str(text))
        desktop.key("ctrl+Return")
        desktop.says("已提交")

    def look_at_history(self, button: str) -> str:
        """By a page's button, to the record's first version and back; gives what is told of that version."""
        desktop = self._desktop
        desktop.click(button)
        desktop.until("enabled", "originmap_history_steps")
        desktop.settle()
        self._day.picture("history", "originmap_dock")
        desktop.key("End")
        desktop.settle()
        self._day.picture("history_version")
        told = str(desktop.ask("text", "originmap_history_version_title"))
        desktop.key("Escape")
        desktop.until("enabled", "originmap_tabs")
        return told
