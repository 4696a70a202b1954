"""The query that stands on the map: the records' layer shows what it finds, until it is taken back."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.onemap.filtered import filter_layer
from ...core.onemap.query import Query
from ...core.onemap.reading import journal_held
from ...core.register.editing import path_of
from ...core.standard.errors import OriginMapError
from ..workbench import Workbench

# On the layer while a query stands on it: the subset string that it had before.
_BEFORE = "originmap/subset_before"
_STEPS = 50


class MapFilter(QObject):
    """Sets the layer's subset string and takes it back; remembers the queries that were applied, to go back and forth.

    ``changed`` is emitted whenever another query stands on the map, also when a person changed the layer's filter
    elsewhere or the register was closed.
    """

    changed = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._layer: Optional[QgsVectorLayer] = None
        self._resumed: tuple[Optional[QgsVectorLayer], Query] = (None, Query())
        self._ours = ""
        self._setting = False
        self._forget_steps()
        workbench.register_opened.connect(self._begin)
        workbench.register_closed.connect(self._end)
        self._begin()

    @property
    def query(self) -> Query:
        """What the map shows; the empty query stands for all that the layer shows by itself."""
        return self._steps[self._place]

    @property
    def active(self) -> bool:
        """Whether a query of ours stands on the layer."""
        return bool(self._ours)

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier query."""
        return self._place > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a query that was stepped back from."""
        return self._place + 1 < len(self._steps)

    def apply(self, query: Query) -> bool:
        """Let the map show what the query finds, the empty one what it showed before; why not is told."""
        if query != self.query and not self._put(query):
            return False
        if query != self.query:
            self._steps = [*self._steps[: self._place + 1], query][-_STEPS:]
            self._place = len(self._steps) - 1
            self.changed.emit()
        return True

    def step(self, by: int) -> bool:
        """Go back (-1) or forward (1) through the applied queries."""
        place = self._place + by
        if not 0 <= place < len(self._steps) or not self._put(self._steps[place]):
            return False
        self._place = place
        self.changed.emit()
        return True

    def release(self) -> None:
        """Leave the layer as it was found."""
        self._workbench.register_opened.disconnect(self._begin)
        self._workbench.register_closed.disconnect(self._end)
        self._end()

    def _put(self, query: Query) -> bool:
        session = self._workbench.session
        if session is None or self._layer is None:
            return False
        try:
            self._set(query)
        except OriginMapError as error:
            self._workbench.tell_error(error)
            return False
        return True

    def _set(self, query: Query) -> None:
        """Raises OriginMapError: ``LAYER_BEING_EDITED``, or as :func:`.filtered.filter_layer`."""
        if self._layer.isEditable():
            raise OriginMapError("LAYER_BEING_EDITED")
        if query == Query():
            self._take_back()
            return
        before = self._layer.customProperty(_BEFORE, self._layer.subsetString())
        self._setting = True
        try:
            filter_layer(self._layer, query, self._workbench.session.standard)
        finally:
            self._setting = False
        self._layer.setCustomProperty(_BEFORE, before)
        self._ours = self._layer.subsetString()
        self._layer.triggerRepaint()

    def _take_back(self) -> None:
        """Give the layer the filter it had before ours, if ours is on it."""
        before = self._layer.customProperty(_BEFORE)
        self._ours = ""
        if before is None or self._layer.isEditable():
            return
        self._setting = True
        with journal_held(path_of(self._layer)):
            self._layer.setSubsetString(str(before))
        self._setting = False
        self._layer.removeCustomProperty(_BEFORE)
        self._layer.triggerRepaint()

    def _begin(self) -> None:
        if self._workbench.session is None:
            return
        self._layer = self._workbench.session.layer
        self._layer.subsetStringChanged.connect(self._changed_elsewhere)
        layer, query = self._resumed
        if layer is not self._layer:
            # A project that was saved while a query stood on the map: nobody shall miss records without knowing why.
            self._take_back()
        elif self._layer.isEditable() and query != Query():
            # Read anew in the middle of a person's edits: what they see stays as it is.
            self._ours = self._layer.subsetString()
            self._steps, self._place = [Query(), query], 1
        else:
            # Thresholds, and with them the condition, may be others now.
            self.apply(query)

    def _end(self) -> None:
        if self._layer is None:
            return
        self._resumed = (self._layer, self.query)
        self._layer.subsetStringChanged.disconnect(self._changed_elsewhere)
        self._take_back()
        self._layer = None
        self._forget_steps()
        self.changed.emit()

    def _forget_steps(self) -> None:
        self._steps, self._place = [Query()], 0

    def _changed_elsewhere(self) -> None:
        """A person set another filter in the layer's own dialog: it is theirs from now on."""
        if self._ours and not self._setting:
            self._ours = ""
            self._layer.removeCustomProperty(_BEFORE)
            self._forget_steps()
            self.changed.emit()
