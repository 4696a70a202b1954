"""All conditions, in groups that fold away: what is ticked and typed here is the query."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Hashable, Optional

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ...core.onemap.query import TICKED, Days, Query, Scale, seasons_of_months
from .day_range import DayRange
from .options import Offered, months_of
from .scale_range import ScaleRange
from .section import Section
from .tick_tree import TickTree

_OPEN = "originmap/onemap/open"
_OPEN_AT_FIRST = ("varieties", "divisions")
# A pause in the typing of a word, in milliseconds.
_PAUSE = 400
_DAYS = ("marketed", "collected")
_TREES = (*TICKED, "scales", "divisions", "cycles", "on_market")


class Conditions(QWidget):
    """``changed`` says that the person changed the query."""

    changed = pyqtSignal()

    def __init__(self, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._language = language
        self._offered: Optional[Offered] = None
        self._query = Query()
        titles = _titles()
        self._trees = {name: TickTree(name, titles[name]) for name in _TREES}
        self._days = {name: DayRange(name, _title_of_days(name), language) for name in _DAYS}
        self._range = ScaleRange(language)
        self._text = self._text_field()
        self._sections = {name: Section(name, title, self._bodies(name)) for name, title in titles.items()}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._text)
        for section in self._sections.values():
            layout.addWidget(section)
        layout.addStretch()
        self._connect()

    @property
    def query(self) -> Query:
        """What is ticked and typed."""
        return self._query

    def offer(self, offered: Offered) -> None:
        """Other lists or other numbers; what is ticked stays."""
        self._offered = offered
        self._range.offer(offered.standard)
        for name in self._trees:
            self._show(name)

    def show_query(self, query: Query) -> None:
        """Tick what a query asks; nothing is said to have changed."""
        self._query = query
        for name, days in self._days.items():
            days.show_days(getattr(query, name))
        if self._text.text().strip() != query.text:
            self._text.blockSignals(True)
            self._text.setText(query.text)
            self._text.blockSignals(False)
        for name in self._trees:
            self._show(name)

    def count_anew(self) -> None:
        """Say that the numbers are on their way."""
        for tree in self._trees.values():
            tree.show_counts(None)

    def focus_first(self) -> None:
        """The keyboard begins with the words to search for."""
        self._text.setFocus()

    # --- what it is made of

    def _text_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName("originmap_onemap_text")
        title = QCoreApplication.translate("originmap", "Words in names, places, phones, remarks")
        field.setPlaceholderText(title)
        field.setAccessibleName(title)
        field.setToolTip(title)
        field.setClearButtonEnabled(True)
        return field

    def _bodies(self, name: str) -> list[QWidget]:
        more = {"scales": self._range, "on_market": self._days["marketed"], "cycles": self._days["collected"]}
        return [self._trees[name], more[name]] if name in more else [self._trees[name]]

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._typed)
        self._text.textChanged.connect(self._soon)
        self._text.returnPressed.connect(self._typed)
        self._range.added.connect(self._add_scale)
        for name, tree in self._trees.items():
            tree.changed.connect(partial(self._ticked, name))
        for name, days in self._days.items():
            days.changed.connect(partial(self._dated, name))
        kept = QgsSettings().value(_OPEN, list(_OPEN_AT_FIRST)) or []
        opened = {kept} if isinstance(kept, str) else set(kept)
        for name, section in self._sections.items():
            section.open(name in opened)
            section.folded.connect(self._remember)

    def _remember(self) -> None:
        QgsSettings().setValue(_OPEN, [name for name, section in self._sections.items() if section.is_open])

    # --- what the person does

    def _typed(self) -> None:
        self._pause.stop()
        self._change("text", " ".join(self._text.text().split()))

    def _soon(self) -> None:
        self._pause.start()

    def _dated(self, name: str) -> None:
        self._change(name, self._days[name].days)

    def _ticked(self, name: str) -> None:
        values = self._trees[name].ticked
        if name == "on_market":
            months = [value for value in values if isinstance(value, int)]
            values = (*seasons_of_months(months), *(value for value in values if not isinstance(value, int)))
        self._change(name, values)

    def _add_scale(self, scale: Scale) -> None:
        self._change("scales", (*self._query.scales, scale))

    def _change(self, name: str, value: object) -> None:
        query = replace(self._query, **{name: value})
        if query != self._query:
            self._query = query
            self._show(name)
            self.changed.emit()

    def _show(self, name: str) -> None:
        """Values, ticks and numbers of one condition."""
        tree = self._trees.get(name)
        if tree is not None and self._offered is not None:
            chosen = self._chosen(name)
            tree.offer(self._offered.ticks(name, chosen), chosen)
            tree.show_counts(self._offered.counts(name))
        for section in _SECTION_OF.get(name, (name,)):
            if section in self._sections:
                self._sections[section].show_set(self._number_set(section))

    def _chosen(self, name: str) -> tuple[Hashable, ...]:
        values = getattr(self._query, name)
        if name != "on_market":
            return values
        known = [(season, months_of(season)) for season in values]
        return tuple(one for season, months in known for one in (months or [season]))

    def _number_set(self, section: str) -> int:
        days = {"on_market": "marketed", "cycles": "collected"}.get(section)
        return len(self._chosen(section)) + bool(days and getattr(self._query, days) != Days())


_SECTION_OF = {"marketed": ("on_market",), "collected": ("cycles",)}


def _titles() -> dict[str, str]:
    """Groups in the order in which people think of them."""
    translate = QCoreApplication.translate
    return {
        "varieties": translate("originmap", "Products"),
        "divisions": translate("originmap", "Divisions"),
        "scales": translate("originmap", "Scale"),
        "on_market": translate("originmap", "On the market"),
        "cycles": translate("originmap", "Cycle and day of collection"),
        "states": translate("originmap", "States (none: all but ended)"),
        "point_qualities": translate("originmap", "Quality of the point"),
        "verified": translate("originmap", "Verification"),
        "producer_types": translate("originmap", "Kinds of producer"),
        "certifications": translate("originmap", "Certifications"),
        "production_modes": translate("originmap", "Modes of production"),
        "traceability": translate("originmap", "Means of tracing"),
        "credit_grades": translate("originmap", "Credit grades"),
        "industries": translate("originmap", "Industries"),
        "collectors": translate("originmap", "Collectors"),
    }


def _title_of_days(name: str) -> str:
    translate = QCoreApplication.translate
    titles = {
        "marketed": translate("originmap", "On the market in these days"),
        "collected": translate("originmap", "Collected in these days"),
    }
    return titles[name]
