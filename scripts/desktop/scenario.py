"""A day's work in QGIS from the first start to the last record, step by step; tests and screenshots both run it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from ..sample.aerial import extent
from .people import SAMPLE, Wanted, truth_of
from .session import Desktop

COLLECTOR, OFFICER = ("王示例", "13800009101"), ("李示例", "13800009102")
TOWN = "石湾镇"
_START, _COLLECT, _ONE_MAP = 0, 1, 4
_CLOSE_BY = 120.0
# Degrees from the middle of the map to its border, so near.
_IN_SIGHT = 0.0019
_HALF_THE_PICTURE = 800.0
_COUNTY, _COUNTY_REACH = (111.62, 20.86), 20_000.0


@dataclass(frozen=True)
class Placed:
    """A record of the queue and where it was placed (CGCS2000 degrees)."""

    producer: str
    longitude: float
    latitude: float


class Day:
    """The steps in their order; each leaves pictures of what a person sees in ``pictures``, when that is given."""

    def __init__(self, desktop: Desktop, pictures: Optional[Path] = None) -> None:
        self.desktop = desktop
        self._pictures = pictures
        self.documents = desktop.home / "Documents"
        self.register = self.documents / "示例县产地档案库.gpkg"
        self.aerial = Path(shutil.copy(SAMPLE / "aerial.tif", self.documents / "示例航拍影像.tif"))
        self.county = Path(shutil.copy(SAMPLE / "county.gpkg", self.documents / "行政区划.gpkg"))
        self.villages = Path(shutil.copy(SAMPLE / "villages.csv", self.documents / "村名录.csv"))

    def picture(self, name: str, of: str = "") -> None:
        """Keep what is on screen, or only one widget of it."""
        if self._pictures is not None:
            self.desktop.pause(0.35)
            frame = self.desktop.ask("frame", of) if of else None
            self.desktop.shot(self._pictures / f"{name}.png", frame)

    # --- getting ready

    def get_ready(self) -> None:
        """All steps before the first record."""
        self.open_dock()
        self.make_register()
        self.bring_in_boundaries()
        self.lay_aerial_picture()
        self.say_who_i_am()

    def open_dock(self) -> None:
        """The plugin's button in the tool bar."""
        self.desktop.ask("hide_docks")
        self.desktop.click_action("originmap_toggle")
        self.desktop.until("enabled", "originmap_start_new")
        self.picture("start")

    def make_register(self) -> None:
        """A new register: a county from the list first, then the invented one, which no list knows."""
        desktop = self.desktop
        desktop.click("originmap_start_new")
        desktop.until("enabled", "originmap_county")
        desktop.write("横州")
        desktop.pause(0.5)
        self.picture("new_register")
        desktop.key("Down", "Return")
        desktop.click_button("列表中没有本县")
        desktop.fill("originmap_county_code", "999901")
        for text in ("示例省", "示例市", "示例县"):
            desktop.key("Tab")
            desktop.write(text)
        desktop.fill("originmap_register_place", str(self.register))
        self.picture("new_register_by_hand")
        desktop.click("originmap_create_register")
        desktop.until("enabled", "originmap_start_boundaries")
        desktop.settle()
        # The map is blank so far.
        self.picture("register_open", "originmap_dock")

    def bring_in_boundaries(self) -> None:
        """Townships of the county, then its village list."""
        desktop = self.desktop
        desktop.click("originmap_start_boundaries")
        self._choose_file("originmap_outlines_browse", self.county)
        for layer in ("county", "townships"):
            desktop.choose("originmap_outlines_layer", layer)
            desktop.until("enabled", "originmap_load_divisions")
            if layer == "townships":
                self.picture("boundaries")
            desktop.click("originmap_load_divisions")
            desktop.says("已载入")
        desktop.click_tab("originmap_boundaries_tabs", 1)
        self._choose_file("originmap_villages_browse", self.villages)
        desktop.until("enabled", "originmap_load_divisions")
        self.picture("village_list")
        desktop.click("originmap_load_divisions")
        desktop.says("村 142 个")
        desktop.click_button("关闭")

    def lay_aerial_picture(self) -> None:
        """The basemap dialog: Tianditu is shown, the aerial picture on this computer is taken."""
        desktop = self.desktop
        desktop.click("originmap_start_basemap")
        desktop.until("enabled", "originmap_basemap_key")
        self.picture("basemap_tianditu")
        desktop.click_tab("originmap_basemaps>:QTabWidget", 2)
        desktop.fill("originmap_basemap_file>:QLineEdit", str(self.aerial))
        desktop.key("Tab")
        desktop.until("enabled", "originmap_basemap_add_local")
        self.picture("basemap_local")
        desktop.click("originmap_basemap_add_local")
        desktop.until("layers", good=lambda names: any("航拍" in name for name in names))
        desktop.settle()

    def say_who_i_am(self) -> None:
        """The options page."""
        desktop = self.desktop
        desktop.ask("options", "originmap_options")
        desktop.fill("originmap_options_name", COLLECTOR[0])
        desktop.fill("originmap_options_phone", COLLECTOR[1])
        desktop.choose("originmap_options_role", "乡镇")
        desktop.fill("originmap_options_officer_name", OFFICER[0])
        desktop.fill("originmap_options_officer_phone", OFFICER[1])
        self.picture("options")
        desktop.click_button("OK")
        desktop.until("enabled", "originmap_start_basemap")

    # --- collecting

    def begin_collecting(self) -> None:
        """The collect page."""
        self.desktop.click_tab("originmap_tabs", _COLLECT)
        self.desktop.until("enabled", "originmap_variety")
        self.desktop.ask("show", *_middle(), _HALF_THE_PICTURE)
        self.desktop.settle()
        self.picture("collect_product")

    def take_up(self, wanted: Wanted) -> None:
        """Choose the product, when it is another one than before, and click on the map."""
        desktop = self.desktop
        if desktop.ask("product") != wanted.variety:
            if desktop.ask("product"):
                desktop.click("originmap_variety_change")
            desktop.click(f"originmap_variety_{wanted.variety}")
        desktop.ask("show", *_within(wanted.longitude, wanted.latitude), _CLOSE_BY)
        desktop.settle()
        desktop.until("checked", "originmap_place_click")
        desktop.click_map(wanted.longitude, wanted.latitude)
        desktop.until("field")

    def fill_in(self, wanted: Wanted, pins: tuple[str, ...] = ()) -> None:
        """Everything that is missing, by the keyboard: Enter leads from one missing item to the next."""
        desktop = self.desktop
        answered: list[str] = []
        while desktop.ask("field"):
            field = str(desktop.ask("field"))
            assert answered.count(field) < 2, f"{field} does not take its answer"
            answered.append(field)
            self._answer(wanted.answers[field])
            if field in pins:
                desktop.key("ctrl+shift+k")
            desktop.key("Return")

    def submit_too_early(self) -> str:
        """An incomplete record is refused; gives what the message bar says."""
        self.desktop.key("ctrl+Return")
        said = self.desktop.says("没有提交")
        self.picture("refused")
        return said

    def submit(self, wanted: Wanted) -> None:
        """Ctrl+Enter, and the map waits for the next point."""
        self.desktop.key("ctrl+Return")
        self.desktop.says(f"已提交：{wanted.answers['producer_name']}")

    def undo_last(self) -> None:
        """The button that names the last action."""
        self.desktop.click("originmap_collect_undo")
        self.desktop.says("已撤销")

    def look_at_other_ways(self) -> None:
        """Coordinates and GPS instead of a click; nothing is saved."""
        desktop = self.desktop
        desktop.click("originmap_place_typed")
        desktop.until("enabled", "originmap_typed_text")
        desktop.write("111°39′54.5″E 20°51′57″N")
        desktop.pause(0.8)
        self.picture("place_typed", "originmap_dock")
        desktop.click("originmap_place_gps")
        desktop.until("enabled", "originmap_gps_connect")
        self.picture("place_gps", "originmap_dock")
        desktop.click("originmap_place_click")

    def place_by_photo(self, photo: Path, wanted: Wanted) -> None:
        """A photo of a phone gives the point of a new record, and stays beside the register."""
        desktop = self.desktop
        desktop.ask("tag_photo", str(photo), wanted.longitude, wanted.latitude)
        desktop.ask("show", wanted.longitude, wanted.latitude, _CLOSE_BY)
        self._choose_file("originmap_place_photo", photo)
        desktop.until("enabled", "originmap_form")
        desktop.settle()
        self.picture("place_photo", "originmap_dock")

    # --- the workbook and the queue

    def import_workbook(self, path: Path) -> None:
        """The wizard from its first page to its summary."""
        desktop = self.desktop
        desktop.click_tab("originmap_tabs", _START)
        self._choose_file("originmap_start_import", path)
        for picture in ("import_file", "import_columns", "import_preview", "import_check"):
            desktop.until("enabled", "originmap_import_next")
            desktop.settle()
            self.picture(picture, "originmap_import_wizard")
            desktop.click("originmap_import_next")
        desktop.until("enabled", "originmap_import_another", patience=120)
        self.picture("import_done", "originmap_import_wizard")

    def go_to_queue(self) -> None:
        """From the summary of the import to the records that wait, in the township of the aerial picture."""
        desktop = self.desktop
        desktop.click("originmap_import_go_to_queue")
        desktop.until("where_item", "originmap_queue_tree", TOWN)
        desktop.settle()
        self.picture("queue")
        desktop.click_item("originmap_queue_tree", TOWN)
        desktop.key("Right", "Down", "Right", "Down", "Return")
        desktop.until("enabled", "originmap_queue_producer")
        desktop.settle()

    def place_one(self) -> Placed:
        """One click sets the point where the producer really is, and the next record comes."""
        desktop = self.desktop
        producer, variety = self.at_hand()
        spot = truth_of(producer, variety, str(desktop.ask("text", "originmap_queue_about")))
        desktop.ask("show", *spot, _CLOSE_BY)
        desktop.settle()
        waiting = desktop.ask("text", "originmap_queue_summary")
        desktop.click_map(*spot)
        self._one_less(waiting)
        return Placed(producer, *spot)

    def put_aside(self, reason: str) -> str:
        """What cannot be located is put aside with a reason; gives the producer's name."""
        desktop = self.desktop
        producer, _ = self.at_hand()
        desktop.key("shift+F8")
        desktop.until("enabled", "originmap_aside_reason")
        desktop.write(reason)
        self.picture("queue_aside")
        waiting = desktop.ask("text", "originmap_queue_summary")
        desktop.key("Return")
        self._one_less(waiting)
        return producer

    def look_at_verifying(self) -> None:
        """The panel in which a record is marked as verified; it is left again."""
        self.desktop.key("ctrl+F8")
        self.desktop.until("enabled", "originmap_verify_day")
        self.picture("queue_verify")
        self.desktop.click("originmap_verify_leave")

    def at_hand(self) -> tuple[str, str]:
        """Producer and product of the record in the queue's card."""
        about = str(self.desktop.ask("text", "originmap_queue_about"))
        variety = re.search(r"<td>([^<·]+) · ", about).group(1).strip()
        return str(self.desktop.ask("text", "originmap_queue_producer")), variety

    def _one_less(self, before: object) -> None:
        self.desktop.until("text", "originmap_queue_summary", good=lambda text: text != before)
        self.desktop.settle()

    # --- searching

    def search(self, text: str) -> None:
        """Ctrl+K, a part of the name, Enter."""
        desktop = self.desktop
        desktop.key("ctrl+k")
        desktop.write(text)
        desktop.pause(1.2)
        self.picture("search")
        desktop.key("Down", "Return")
        desktop.until("enabled", "originmap_form")
        desktop.settle()
        self.picture("search_found")

    # --- the one map

    def ask_one_map(self, *products: str) -> None:
        """Tick products; the map shows them when the button says so."""
        desktop = self.desktop
        desktop.click_tab("originmap_tabs", _ONE_MAP)
        desktop.ask("show", *_COUNTY, _COUNTY_REACH)
        desktop.until("text", "originmap_onemap_number", good=lambda text: "条" in str(text))
        for product in products:
            desktop.click_at(desktop.until("where_box", "originmap_onemap_varieties", product))
        desktop.until("enabled", "originmap_onemap_apply")
        desktop.click("originmap_onemap_apply")
        desktop.until("enabled", "originmap_onemap_apply", good=lambda enabled: not enabled)
        desktop.settle()
        self.picture("onemap")

    def style_one_map(self, style: str) -> None:
        """Choose a style in the menu, ``pies`` or another of its names."""
        desktop = self.desktop
        desktop.click("originmap_onemap_style")
        desktop.until("where_action", f"originmap_onemap_style_{style}_records")
        self.picture("onemap_styles")
        before = desktop.ask("layers")
        desktop.click_action(f"originmap_onemap_style_{style}_records")
        desktop.until("layers", good=lambda layers: layers != before)
        desktop.settle()
        self.picture("onemap_styled")

    def print_one_map(self, name: str) -> Path:
        """Print what the map shows, in its style, as PDF."""
        desktop, target = self.desktop, self.documents / name
        desktop.click("originmap_onemap_print")
        desktop.until("enabled", "originmap_onemap_print_panel_keep")
        desktop.fill("originmap_onemap_print_source", "示例县农业农村局")
        self.picture("onemap_print")
        self._choose_file("originmap_onemap_print_panel_keep", target)
        desktop.says(name)
        self.picture("onemap_printed")
        return target

    def forget_one_map(self) -> None:
        """All records as symbols again."""
        desktop = self.desktop
        desktop.click("originmap_onemap_style")
        desktop.click_action("originmap_onemap_style_symbols_records")
        desktop.click("originmap_onemap_clear")
        desktop.until("enabled", "originmap_onemap_clear", good=lambda enabled: not enabled)
        desktop.settle()

    def come_back(self) -> None:
        """After a crash the register opens by itself, and what was typed is offered."""
        desktop = self.desktop
        if not desktop.ask("enabled", "originmap_dock"):
            desktop.click_action("originmap_toggle")
        desktop.until("enabled", "originmap_start_import")
        desktop.click_tab("originmap_tabs", _COLLECT)
        desktop.until("enabled", "originmap_offer_take")
        desktop.settle()
        self.picture("draft_offered", "originmap_dock")

    # --- small steps

    def _answer(self, answer: str) -> None:
        choices = self.desktop.ask("choices")
        if not choices:
            self.desktop.write(answer)
        elif self.desktop.ask("focus").endswith("QTableWidget"):
            self.desktop.tick(answer)
        else:
            self.desktop.pick(answer)

    def _choose_file(self, button: str, path: Path) -> None:
        """Through the file dialog, whose path is typed."""
        self.desktop.click(button)
        self.desktop.until("focus", good=lambda name: "fileNameEdit" in str(name))
        self.desktop.write(str(path))
        self.desktop.key("Return")
        self.desktop.until("focus", good=lambda name: "fileNameEdit" not in str(name))


def _middle() -> tuple[float, float]:
    """Of the aerial picture (CGCS2000 degrees)."""
    west, south, east, north = extent()
    return (west + east) / 2, (south + north) / 2


def _within(longitude: float, latitude: float) -> tuple[float, float]:
    """The nearest middle of a map that shows nothing beside the aerial picture."""
    west, south, east, north = extent()
    return (
        min(max(longitude, west + _IN_SIGHT), east - _IN_SIGHT),
        min(max(latitude, south + _IN_SIGHT), north - _IN_SIGHT),
    )
