"""The records in another style, as a layer of its own over them: areas by number, density, pies; or their symbols."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Callable, Optional

from qgis.core import QgsLayerTreeLayer, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QActionGroup, QApplication, QMenu, QWidget

from ...core.onemap.query import Query
from ...core.onemap.query_words import in_words
from ...core.register.layers import ROLE, open_layer
from ...core.register.schema import DIVISION
from ...core.register.styled import Style, Styling, live_layer
from ...core.standard.progress import Progress
from ..work import Job, Works
from ..workbench import Workbench

STYLE_ROLE = "style"
_KILOMETRES_PER_DEGREE = 111.195
_CELLS_ACROSS = 12
_USUAL_WIDTH, _LEAST_WIDTH = 2.0, 0.5
_STYLES = (Style.SYMBOLS, Style.DIVISIONS, Style.DENSITY, Style.PIES)


class MapStyles(QObject):
    """One style at a time; while it is another than the symbols, the records themselves are switched off.

    Args:
        workbench: whose register and project it is.
        apply: lets the map show what is ticked; ``False`` when it cannot.
        query_of: the query that the map shows.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        workbench: Workbench,
        apply: Callable[[], bool],
        query_of: Callable[[], Query],
        parent: Optional[QObject] = None,
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._apply = apply
        self._query_of = query_of
        self._works = Works()
        self._shown = Style.SYMBOLS
        self._actions = QActionGroup(self)
        workbench.register_opened.connect(self._opened)
        workbench.register_closed.connect(self._closed)

    @property
    def title(self) -> str:
        """What the map shows instead of the records' symbols; empty for these."""
        return "" if self._shown is Style.SYMBOLS else _titles()[self._shown]

    def menu(self, button: QWidget) -> QMenu:
        """The styles to choose from."""
        menu, titles = QMenu(button), _titles()
        for style in _STYLES:
            action = menu.addAction(titles[style], partial(self._choose, style))
            action.setObjectName(f"originmap_onemap_style_{style.value}")
            action.setCheckable(True)
            action.setData(style.value)
            self._actions.addAction(action)
        self._mark()
        return menu

    def show(self, style: Style) -> None:
        """Switch to a style; its layer is made in another thread, for its classes follow from all records."""
        session = self._workbench.session
        self._works.abandon()
        self._shown = style
        self._mark()
        if session is None or style is Style.SYMBOLS:
            self._remove()
            return
        query = self._query_of()
        words = in_words(query, session.standard, names=session.register.division_names())
        styling = Styling(session.path, query, session.standard, words, style)
        title = QCoreApplication.translate("originmap", "Styling the map")
        self._works.start("style", title, _layer_job(styling), self._made, self._failed)

    def follow(self) -> None:
        """Another query stands on the map."""
        if self._shown is not Style.SYMBOLS:
            self.show(self._shown)

    def release(self) -> None:
        """The map shows the records as it did before."""
        self._workbench.register_opened.disconnect(self._opened)
        self._workbench.register_closed.disconnect(self._closed)
        self._works.abandon()
        if self._workbench.session is not None:
            self._remove()

    def _choose(self, style: Style) -> None:
        if self._apply():
            self.show(style)
        else:
            self._mark()

    def _mark(self) -> None:
        for action in self._actions.actions():
            action.setChecked(action.data() == self._shown.value)
        self.changed.emit()

    def _made(self, layer: QgsVectorLayer) -> None:
        """In the place of the style before, over the records, which are switched off."""
        session = self._workbench.session
        if session is None:
            return
        self._remove()
        project = QgsProject.instance()
        records = project.layerTreeRoot().findLayer(session.layer.id())
        if records is None:
            return
        project.addMapLayer(layer, False)
        group = records.parent()
        node = QgsLayerTreeLayer(layer)
        node.setExpanded(False)
        group.insertChildNode(group.children().index(records), node)
        records.setItemVisibilityChecked(False)

    def _failed(self, error: object) -> None:
        self._shown = Style.SYMBOLS
        self._mark()
        self._remove()
        self._workbench.tell_error(error)

    def _remove(self) -> None:
        """Take out layers of styles, also those that a project was saved with, and show the records again."""
        project, session = QgsProject.instance(), self._workbench.session
        ours = [layer.id() for layer in project.mapLayers().values() if layer.customProperty(ROLE) == STYLE_ROLE]
        if not ours:
            return
        project.removeMapLayers(ours)
        records = project.layerTreeRoot().findLayer(session.layer.id()) if session is not None else None
        if records is not None:
            records.setItemVisibilityChecked(True)

    def _opened(self) -> None:
        """A project that was saved in another style begins with the symbols."""
        self._shown = Style.SYMBOLS
        self._mark()
        # Not while the project is being put together.
        QTimer.singleShot(0, self._remove)

    def _closed(self) -> None:
        """The layers go with the register's other ones."""
        self._works.abandon()
        self._shown = Style.SYMBOLS
        self._mark()


def _layer_job(styling: Styling) -> Job:
    def job(progress: Progress) -> QgsVectorLayer:
        layer = live_layer(replace(styling, size=_cell_width(styling.path)))
        layer.setName(styling.title)
        layer.setCustomProperty(ROLE, STYLE_ROLE)
        layer.moveToThread(QApplication.instance().thread())
        return layer

    return job


def _cell_width(path: Path) -> float:
    """Kilometres of a pie's cell, so that pies stand beside each other where the whole county is seen."""
    box = open_layer(path, DIVISION).extent()
    if not box.isFinite() or box.isEmpty():
        return _USUAL_WIDTH
    return max(max(box.width(), box.height()) * _KILOMETRES_PER_DEGREE / _CELLS_ACROSS, _LEAST_WIDTH)


def _titles() -> dict[Style, str]:
    translate = QCoreApplication.translate
    return {
        Style.SYMBOLS: translate("originmap", "symbols by product and scale"),
        Style.DIVISIONS: translate("originmap", "divisions by number"),
        Style.DENSITY: translate("originmap", "density"),
        Style.PIES: translate("originmap", "pies on a grid"),
    }
