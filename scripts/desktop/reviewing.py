"""The review in a real QGIS: one record is returned with a comment, mended, and approved; many at once and back."""

from __future__ import annotations

from .mending import Mending
from .scenario import COLLECTOR, Day

REVIEWER = ("赵审核", "13800009201")
_REVIEW = 3
_COMMENT = "影像上没有这么大，请核对"


class Review:
    """Goes on where the day's collecting stopped: there are submitted records."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._desktop = day.desktop
        self._mending = Mending(day)

    def become(self, person: tuple[str, str], role: str) -> None:
        """Another person at the same computer: name, phone and role in the options."""
        desktop = self._desktop
        desktop.ask("options", "originmap_options")
        desktop.fill("originmap_options_name", person[0])
        desktop.fill("originmap_options_phone", person[1])
        desktop.choose("originmap_options_review_role", role)
        desktop.click_button("OK")
        desktop.until("enabled", "originmap_tabs")

    def look_at_the_list(self) -> None:
        """The reviewer's page: what waits, by township, and the numbers."""
        desktop = self._desktop
        desktop.click_tab("originmap_tabs", _REVIEW)
        desktop.until("where_item", "originmap_review_tree", "镇")
        desktop.settle()
        self._day.picture("review_list")
        desktop.click_tab("originmap_review_tabs", 2)
        desktop.until("where_item", "originmap_review_counts", "全县")
        self._day.picture("review_counts", "originmap_dock")
        desktop.click_tab("originmap_review_tabs", 0)

    def take_next(self) -> str:
        """F8; gives the producer's name."""
        before = self._producer()
        self._desktop.key("F8")
        self._desktop.until("text", "originmap_review_producer", good=lambda name: name not in (None, before))
        self._desktop.settle()
        return self._producer()

    def return_it(self) -> str:
        """A click on the scale, a comment, F10 and Enter; gives the producer's name."""
        desktop, producer = self._desktop, self._producer()
        self._day.picture("review_record")
        desktop.click_item("originmap_review_lines", "种养规模")
        desktop.until("enabled", "originmap_comment_text")
        desktop.write(_COMMENT)
        self._day.picture("review_comment", "originmap_dock")
        desktop.key("Return", "F10")
        desktop.until("enabled", "originmap_return_reason")
        self._day.picture("review_return", "originmap_dock")
        desktop.key("Return")
        self._until_told("退回")
        return producer

    def approve_it(self) -> str:
        """F9; gives the producer's name."""
        producer = self._producer()
        self._desktop.key("F9")
        self._until_told("审核通过", producer)
        return producer

    def take_it_back(self) -> None:
        """The button beside what was done last."""
        self._desktop.click("originmap_review_outcome_undo")
        self._until_told("撤销")

    def look_at_the_mended(self, producer: str) -> None:
        """What changed since the return, on the map and field by field."""
        desktop = self._desktop
        desktop.click_tab("originmap_tabs", _REVIEW)
        desktop.settle()
        while self._producer() != producer:
            self.take_next()
        self._day.picture("review_changed")

    def approve_many(self) -> None:
        """What would go and what would stay, then all at once."""
        desktop = self._desktop
        desktop.click("originmap_review_back")
        desktop.click("originmap_review_bulk")
        desktop.until("enabled", "originmap_bulk_go")
        desktop.click("originmap_bulk_submit")
        desktop.until("where_item", "originmap_bulk_stays", "")
        self._day.picture("review_bulk", "originmap_dock")
        desktop.click("originmap_bulk_approve")
        desktop.until("text", "originmap_bulk_go", good=lambda text: "审核通过" in str(text))
        desktop.until("enabled", "originmap_bulk_go")
        desktop.click("originmap_bulk_go")
        self._until_told("审核通过")
        desktop.settle()

    def whole(self, moved_to: tuple[float, float]) -> tuple[str, str]:
        """All of it; gives who was returned and mended, and who was approved by key."""
        # What the import had to say has been read.
        self._desktop.ask("run", "iface.messageBar().clearWidgets()")
        self.become(REVIEWER, "审核员")
        self.look_at_the_list()
        self.take_next()
        returned = self.return_it()
        approved = self.approve_it()
        self.take_it_back()
        self.approve_it()
        self.become(COLLECTOR, "采集员")
        self._mending.mend(returned, "8", *moved_to)
        self.become(REVIEWER, "审核员")
        self.look_at_the_mended(returned)
        self._mending.look_at_history("originmap_review_history")
        self.approve_many()
        self.take_it_back()
        self.become(COLLECTOR, "采集员")
        return returned, approved

    def _producer(self) -> str:
        return str(self._desktop.ask("text", "originmap_review_producer"))

    def _until_told(self, *parts: str) -> None:
        def good(said: object) -> bool:
            return all(part in str(said) for part in parts)

        self._desktop.until("text", "originmap_review_outcome_text", good=good)
        self._desktop.settle()
