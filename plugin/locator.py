"""Ctrl+K: records of the open register found by producer, address, division, the end of a phone number, or uid."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping, Optional

from qgis.core import QgsFeedback, QgsLocatorContext, QgsLocatorFilter, QgsLocatorResult
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from ..core.register.rows import find_record, reading
from ..core.register.search import Hit, search
from ..core.standard.masking import mask_phone
from ..forms.icons import own_icon, variety_icon
from ..forms.workbench import Workbench

_LOG = logging.getLogger(__name__)
_RESULTS = 20
_DELAY_MS = 150
# SQLite asks that often, in steps of its machine, whether the person has typed on.
_STEPS = 20_000
_LOOKS_LIKE_PHONE = 4


@dataclass(frozen=True)
class _Look:
    """What a search needs, taken in the window's thread: no widget and no open register is touched in another one."""

    path: Path
    masked: bool
    titles: Mapping[str, str] = field(default_factory=dict)
    icons: Mapping[str, QIcon] = field(default_factory=dict)
    icon: QIcon = field(default_factory=QIcon)


class OriginMapLocator(QgsLocatorFilter):
    """Searches the register that is open; without one there are no results."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self._look: Optional[_Look] = None
        self.setUseWithoutPrefix(True)
        self.setFetchResultsDelay(_DELAY_MS)

    def name(self) -> str:
        """Under which QGIS keeps what a person sets for this filter."""
        return "originmap_records"

    def displayName(self) -> str:
        """What a person sees in the list of filters."""
        return QCoreApplication.translate("originmap", "Origin map: records")

    def prefix(self) -> str:
        """产地图, by its initials; QGIS asks for three characters at least."""
        return "cdt"

    def priority(self) -> QgsLocatorFilter.Priority:
        """Before the filters of QGIS's own that list whatever holds the text."""
        return QgsLocatorFilter.Priority.High

    def clone(self) -> QgsLocatorFilter:
        """The copy that searches in a thread of its own."""
        return OriginMapLocator(self._workbench)

    def prepare(self, text: str, context: QgsLocatorContext) -> list[str]:
        """Look at the open register, while still in the window's thread."""
        self._look = _look_at(self._workbench)
        return []

    def fetchResults(self, text: str, context: QgsLocatorContext, feedback: QgsFeedback) -> None:
        """Search with a connection of this thread; what QGIS no longer wants is left."""
        look = self._look
        if look is None:
            return
        try:
            with closing(reading(look.path)) as connection:
                connection.set_progress_handler(feedback.isCanceled, _STEPS)
                hits = search(connection, text, _RESULTS, feedback.isCanceled)
        except sqlite3.DatabaseError as error:
            # Interrupted because the person typed on, or a writer holds the file: the next key asks again.
            _LOG.debug("search: %s", error)
            return
        for number, hit in enumerate(hits):
            if not feedback.isCanceled():
                self.resultFetched.emit(self._result(look, hit, text, number))

    def triggerResult(self, result: QgsLocatorResult) -> None:
        """Show the record: the map goes to its point, the form opens."""
        session = self._workbench.session
        if session is None:
            return
        uid = str(result.userData)
        record = find_record(session.register.connection, uid)
        if record is None:
            return
        if record.point is not None:
            self._workbench.go_to(record.point)
        self._workbench.show_record(uid)

    def _result(self, look: _Look, hit: Hit, text: str, number: int) -> QgsLocatorResult:
        result = QgsLocatorResult(self, hit.title or hit.uid, hit.uid)
        parts = [look.titles.get(hit.variety, ""), hit.subtitle, _phone(look, hit, text)]
        result.description = " · ".join(part for part in parts if part)
        result.icon = look.icons.get(hit.variety, look.icon)
        # The search gives the surest first; QGIS sorts by this.
        result.score = 1.0 - number / (2 * _RESULTS)
        return result


def _look_at(workbench: Workbench) -> Optional[_Look]:
    session = workbench.session
    if session is None:
        return None
    varieties = session.standard.varieties
    return _Look(
        session.path,
        workbench.profile.masked,
        {variety.code: variety.title_in(workbench.language) for variety in varieties},
        {variety.code: variety_icon(variety.symbol, variety.colour) for variety in varieties},
        own_icon("originmap"),
    )


def _phone(look: _Look, hit: Hit, text: str) -> str:
    """The number, where digits of one were typed: only then it says why this record was found."""
    digits = "".join(character for character in text if character.isdigit())
    if len(digits) < _LOOKS_LIKE_PHONE or digits not in hit.phone.replace("-", ""):
        return ""
    return mask_phone(hit.phone) if look.masked else hit.phone
