"""The records in another style, as a layer of its own over them: areas by number, density, pies; or their symbols."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import NamedTuple, Optional

from qgis.core import Qgis, QgsLayerTreeNode, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QActionGroup, QApplication, QMenu, QWidget

from ...core.onemap.aggregates import Measure
from ...core.onemap.look import Look, Style
from ...core.onemap.qml import put_style
from ...core.onemap.ring import YEAR
from ...core.register.kept_styles import kept_style
from ...core.register.layers import open_layer
from ...core.register.register import Register
from ...core.register.schema import DIVISION
from ...core.register.styled import Styling, live_layer
from ...core.standard.progress import Progress
from ..work import Job, Works
from .on_map import OnMap
from .own_styles import OwnStyles
from .style_layers import SYMBOLS, StyleLayers

_KILOMETRES_PER_DEGREE = 111.195
_PIES_ACROSS, _CELLS_ACROSS = 12, 24
_USUAL_WIDTH, _LEAST_WIDTH = 2.0, 0.5
_PLAIN = (Style.SYMBOLS, Style.STATES, Style.DENSITY, Style.PIES)
_MEASURED = (Style.DIVISIONS, Style.HEXAGONS, Style.SQUARES)
_CELLS = (Style.HEXAGONS, Style.SQUARES)
LOOKS = {
    look.name: look
    for look in (
        *(Look(style) for style in _PLAIN),
        *(Look(style, measure) for style in _MEASURED for measure in Measure),
        Look(Style.RING),
    )
}


class _Made(NamedTuple):
    layer: QgsVectorLayer
    own: bool


class MapStyles(QObject):
    """One style at a time; while it is another than the symbols, the records themselves are switched off.

    Each style that was once chosen stays as a map theme of QGIS, and all of them follow the query on the map.
    """

    changed = pyqtSignal()

    def __init__(self, on_map: OnMap, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._on_map = on_map
        self._works = Works()
        self._layers = StyleLayers(on_map.workbench)
        self._own = OwnStyles(on_map.workbench, self._make_anew, self)
        self._shown = SYMBOLS
        self._waiting: list[str] = []
        self._actions = QActionGroup(self)
        self._reset: Optional[QAction] = None
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(0)
        self._looking.timeout.connect(self._look)
        on_map.workbench.register_opened.connect(self._opened)
        on_map.workbench.register_closed.connect(self._closed)
        QgsProject.instance().layerTreeRoot().visibilityChanged.connect(self._tree_changed)

    @property
    def title(self) -> str:
        """What the map shows instead of the records' symbols; empty for these."""
        return "" if self._shown == SYMBOLS else title_of(LOOKS[self._shown])

    @property
    def look(self) -> Look:
        """The style that the map shows."""
        return LOOKS[self._shown]

    def menu(self, button: QWidget) -> QMenu:
        """The styles to choose from."""
        menu = QMenu(button)
        for style in (*_PLAIN, *_MEASURED, Style.RING):
            looks = [look for look in LOOKS.values() if look.style is style]
            inside = menu if len(looks) == 1 else menu.addMenu(_titles()[style])
            for look in looks:
                title = _titles()[style] if len(looks) == 1 else _measures()[look.measure]
                self._offer(inside.addAction(title, partial(self._choose, look.name)), look)
        menu.addSeparator()
        reset = QCoreApplication.translate("originmap", "Back to the usual style")
        self._reset = menu.addAction(reset, self._back_to_usual)
        self._reset.setObjectName("originmap_onemap_style_reset")
        self._mark()
        return menu

    def show(self, name: str = SYMBOLS) -> None:
        """Switch to a style; its layer is made in another thread, for its classes follow from all records."""
        self._works.abandon()
        self._waiting = [] if name == SYMBOLS else [name]
        self._shown = name
        self._mark()
        if name == SYMBOLS:
            self._layers.show(SYMBOLS)
        self._make_next()

    def follow(self) -> None:
        """Another query stands on the map: what is seen is made anew first, then the other styles."""
        self._own.keep()
        self._works.abandon()
        names = self._layers.names()
        self._waiting = sorted({*names, *([] if self._shown == SYMBOLS else [self._shown])}, key=self._order)
        self._make_next()

    def release(self) -> None:
        """The map shows the records as it did before."""
        workbench = self._on_map.workbench
        workbench.register_opened.disconnect(self._opened)
        workbench.register_closed.disconnect(self._closed)
        QgsProject.instance().layerTreeRoot().visibilityChanged.disconnect(self._tree_changed)
        self._looking.stop()
        self._own.release()
        self._works.abandon()
        if workbench.session is not None:
            self._layers.remove_all()

    # --- the menu

    def _offer(self, action: QAction, look: Look) -> None:
        action.setObjectName(f"originmap_onemap_style_{look.style.value}_{look.measure.value}")
        action.setCheckable(True)
        action.setData(look.name)
        self._actions.addAction(action)

    def _choose(self, name: str) -> None:
        if self._on_map.apply():
            self.show(name)
        else:
            self._mark()

    def _mark(self) -> None:
        for action in self._actions.actions():
            action.setChecked(action.data() == self._shown)
        if self._reset is not None:
            self._reset.setEnabled(self._shown != SYMBOLS)
        self.changed.emit()

    def _back_to_usual(self) -> None:
        self._own.reset(self.look)

    def _make_anew(self, look: Look) -> None:
        self._waiting = [look.name, *(name for name in self._waiting if name != look.name)]
        self._make_next()

    # --- making layers

    def _order(self, name: str) -> tuple[bool, str]:
        return name != self._shown, name

    def _make_next(self) -> None:
        session = self._on_map.workbench.session
        if session is None or not self._waiting or self._works.running("style") is not None:
            return
        name = self._waiting.pop(0)
        styling = Styling(session.path, self._on_map.query(), session.standard, self._on_map.words, LOOKS[name])
        title = QCoreApplication.translate("originmap", "Styling the map")
        job = _layer_job(styling, self._own.changed(name))
        self._works.start("style", title, job, partial(self._made, name), partial(self._failed, name))

    def _made(self, name: str, made: _Made) -> None:
        self._layers.put(made.layer, name, made.own)
        if self._layers.layer(name) is made.layer:
            self._own.watch(made.layer, LOOKS[name])
        self._layers.show(self._shown)
        if LOOKS[name].style is Style.RING and name == self._shown:
            self._tell_of_year()
        self._make_next()

    def _failed(self, name: str, error: object) -> None:
        if name == self._shown:
            self._shown = SYMBOLS
            self._mark()
            self._layers.show(SYMBOLS)
            self._on_map.workbench.tell_error(error)
        self._make_next()

    def _tell_of_year(self) -> None:
        translate = QCoreApplication.translate
        text = translate("originmap", "Play the year with QGIS's temporal controller; its year {year} stands for any.")
        self._on_map.workbench.tell(text.format(year=YEAR), Qgis.MessageLevel.Info)

    # --- the project

    def _tree_changed(self, node: QgsLayerTreeNode) -> None:
        self._looking.start()

    def _look(self) -> None:
        """A person switched to a map theme, or ticked layers: the dock says what the map shows."""
        seen = self._layers.seen()
        if seen in LOOKS and seen != self._shown and self._works.running("style") is None:
            self._shown = seen
            self._mark()

    def _opened(self) -> None:
        """A project that was saved in another style begins with the symbols; its styles are made anew."""
        self._shown = SYMBOLS
        self._mark()
        # Not while the project is being put together.
        QTimer.singleShot(0, self._begin)

    def _begin(self) -> None:
        if self._on_map.workbench.session is None:
            return
        self._waiting = [name for name in self._layers.names() if name in LOOKS]
        self._layers.remove_all()
        self._layers.write_themes()
        self._make_next()

    def _closed(self) -> None:
        """The layers go with the register's other ones."""
        self._works.abandon()
        self._own.release()
        self._waiting = []
        self._shown = SYMBOLS
        self._mark()


def _layer_job(styling: Styling, changed: str) -> Job:
    """``changed`` is the style as a person left it, where they changed it and it may not be kept yet."""

    def job(progress: Progress) -> _Made:
        layer = live_layer(replace(styling, look=replace(styling.look, size=_cell_width(styling))))
        layer.setName(styling.title)
        with Register.open(styling.path, read_only=True) as register:
            kept = changed or kept_style(register.connection, styling.look.name)
        own = bool(kept) and put_style(layer, kept)
        layer.moveToThread(QApplication.instance().thread())
        return _Made(layer, own)

    return job


def _cell_width(styling: Styling) -> float:
    """Kilometres of a cell, so that cells can be told apart where the whole county is seen."""
    box = open_layer(styling.path, DIVISION, read_only=True).extent()
    if not box.isFinite() or box.isEmpty():
        return _USUAL_WIDTH
    across = _CELLS_ACROSS if styling.look.style in _CELLS else _PIES_ACROSS
    return max(max(box.width(), box.height()) * _KILOMETRES_PER_DEGREE / across, _LEAST_WIDTH)


def title_of(look: Look) -> str:
    """What a style is called in the dock."""
    title = _titles()[look.style]
    return f"{title} · {_measures()[look.measure]}" if look.style in _MEASURED else title


def _titles() -> dict[Style, str]:
    translate = QCoreApplication.translate
    return {
        Style.SYMBOLS: translate("originmap", "symbols by product and scale"),
        Style.STATES: translate("originmap", "states, with what lies too long"),
        Style.DENSITY: translate("originmap", "density"),
        Style.PIES: translate("originmap", "pies on a grid"),
        Style.DIVISIONS: translate("originmap", "divisions by number"),
        Style.HEXAGONS: translate("originmap", "hexagons"),
        Style.SQUARES: translate("originmap", "squares"),
        Style.RING: translate("originmap", "year on the market, for the temporal controller"),
    }


def _measures() -> dict[Measure, str]:
    translate = QCoreApplication.translate
    return {
        Measure.RECORDS: translate("originmap", "records"),
        Measure.PRODUCERS: translate("originmap", "producers"),
        Measure.AMOUNT: translate("originmap", "scale"),
    }
