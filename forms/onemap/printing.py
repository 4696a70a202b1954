"""From the wish to the printed file: asked for a place, printed in another thread, looked over before it is written."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCsException,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...core.compat import transform_between
from ...core.onemap.look import Look
from ..ask_bar import AskBar
from ..files import ask_file, ask_folder, tell_written
from ..progress_row import ProgressRow
from ..work import Works
from .on_map import OnMap
from .print_jobs import Order, Outcome, print_job
from .print_panel import Kind, PrintPanel, PrintWish


class Printing(QWidget):
    """The panel with the wish, the question behind the checks, and how far the print is."""

    def __init__(self, on_map: OnMap, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._on_map = on_map
        self._works = Works()
        self.panel = PrintPanel()
        self.panel.wanted.connect(self._begin)
        self._ask = AskBar()
        self._progress = ProgressRow("onemap")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.panel, self._ask, self._progress):
            layout.addWidget(part)

    def ask(self, look: Look) -> None:
        """Ask what is to be printed; one print after the other."""
        if self._works.running("print") is not None:
            text = QCoreApplication.translate("originmap", "Another print is still under way; wait, or stop it.")
            self._on_map.workbench.tell(text, Qgis.MessageLevel.Info)
            return
        self._ask.dismiss()
        self.panel.ask(look)

    def close_all(self) -> None:
        """The register is closed: what was under way is stopped."""
        self._works.abandon()
        self._progress.forget()
        self._ask.dismiss()
        self.panel.leave()

    def _begin(self, wish: PrintWish) -> None:
        translate, workbench = QCoreApplication.translate, self._on_map.workbench
        title = _names()[wish.kind]
        if wish.each:
            target = ask_folder(workbench, self.window(), title)
        else:
            pdf, both = translate("originmap", "PDF (*.pdf)"), translate("originmap", "PDF (*.pdf);;Picture (*.png)")
            kinds = both if wish.kind is Kind.MAP else pdf
            target = ask_file(workbench, self.window(), title, kinds, ".pdf")
        if target is not None:
            extent = self._extent() if wish.as_shown and wish.kind.is_map else None
            author, by = workbench.profile.name, self._on_map.person
            order = Order(self._on_map.path, self._on_map.query(), wish, target, author, extent, by)
            self._print(order, only_clean=True)

    def _print(self, order: Order, *, only_clean: bool) -> None:
        title = QCoreApplication.translate("originmap", "Printing: {file}").format(file=order.target.name)
        job = print_job(order, only_clean=only_clean)
        work = self._works.start("print", title, job, self._printed, self._on_map.workbench.tell_error)
        if work is not None:
            self._progress.follow(work, title)

    def _printed(self, outcome: Outcome) -> None:
        if outcome.written:
            self._tell(outcome)
            return
        translate = QCoreApplication.translate
        head = translate("originmap", "Before printing, look at this:")
        text = "\n".join([head, *(f"· {sentence}" for sentence in outcome.found)])
        anyway = partial(self._print, outcome.order, only_clean=False)
        answers = [
            (translate("originmap", "Print all the same"), anyway),
            (translate("originmap", "Don't print"), _nothing),
        ]
        self._ask.ask(text, answers)

    def _tell(self, outcome: Outcome) -> None:
        translate, file = QCoreApplication.translate, outcome.order.target.name
        text = translate("originmap", "{file} is ready: {count} records.").format(
            file=file, count=f"{outcome.records:,}"
        )
        if outcome.pages > 1:
            text += " " + translate("originmap", "{pages} pages.").format(pages=outcome.pages)
        if outcome.empty:
            nothing = translate("originmap", "No page, as no record lies on the map: {pages}")
            text += " " + nothing.format(pages="、".join(outcome.empty))
        if outcome.left:
            left = translate("originmap", "{left} further records have no card; ask for less or more.")
            text += " " + left.format(left=outcome.left)
        level = Qgis.MessageLevel.Warning if outcome.left else Qgis.MessageLevel.Success
        tell_written(self._on_map.workbench, outcome.order.target, text, level)

    def _extent(self) -> Optional[QgsRectangle]:
        """What the map window shows, in degrees; ``None`` where that cannot be told."""
        shown = self._on_map.workbench.canvas.mapSettings()
        degrees = QgsCoordinateReferenceSystem.fromEpsgId(4490)
        try:
            there = transform_between(shown.destinationCrs(), degrees, QgsProject.instance().transformContext())
            return there.transformBoundingBox(shown.visibleExtent())
        except QgsCsException:
            return None


def _nothing() -> None:
    """What was found is mended first."""


def _names() -> dict[Kind, str]:
    """What files are called."""
    translate = QCoreApplication.translate
    return {
        Kind.MAP: translate("originmap", "Distribution map"),
        Kind.TOWNSHIPS: translate("originmap", "Atlas by township"),
        Kind.VARIETIES: translate("originmap", "Atlas by product"),
        Kind.MONTHS: translate("originmap", "Atlas by month"),
        Kind.CARDS: translate("originmap", "Producer cards"),
        Kind.FIELD_SHEET: translate("originmap", "Field sheet"),
    }
