"""What shall be printed: a map, an atlas, cards or the field sheet, on which paper, in which style and words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Optional

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from ...core.onemap.atlas import Atlas
from ...core.onemap.look import PRINTABLE, Look
from ..in_full import InFull
from ..small_panel import SmallPanel
from .map_styles import LOOKS, title_of

_KEPT = "originmap/onemap/print/{}"


class Kind(Enum):
    """What the pages are."""

    MAP = "map"
    TOWNSHIPS = "townships"
    VARIETIES = "varieties"
    MONTHS = "months"
    CARDS = "cards"
    FIELD_SHEET = "field_sheet"

    @property
    def is_map(self) -> bool:
        """Whether paper, style and extent can be chosen."""
        return self not in (Kind.CARDS, Kind.FIELD_SHEET)

    @property
    def atlas(self) -> Atlas:
        """What each page behind the first is about."""
        return {Kind.TOWNSHIPS: Atlas.TOWNSHIP, Kind.VARIETIES: Atlas.VARIETY, Kind.MONTHS: Atlas.MONTH}.get(
            self, Atlas.NONE
        )


@dataclass(frozen=True)
class PrintWish:
    """What a person wants printed.

    Attributes:
        kind: what the pages are.
        paper: number of the sheet among :data:`core.onemap.paper.PAPERS`.
        look: how the map shows the records.
        as_shown: whether it shows what the map window shows, and not the division or county asked for.
        title: of the map; empty for the one that follows from the query.
        source: of the data.
        review_number: of the map's review.
        internal: whether the foot says that it is not for publication.
        each: whether every page of an atlas is a file of its own.
        purpose: what people are named in full for on cards and field sheet; empty when they are masked.
    """

    kind: Kind = Kind.MAP
    paper: int = 0
    look: Look = Look()
    as_shown: bool = False
    title: str = ""
    source: str = ""
    review_number: str = ""
    internal: bool = True
    each: bool = False
    purpose: str = ""


class PrintPanel(SmallPanel):
    """``wanted`` brings a :class:`PrintWish`; paper, source and footer stay as they were the last time."""

    wanted = pyqtSignal(object)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        translate = QCoreApplication.translate
        super().__init__("originmap_onemap_print_panel", translate("originmap", "Print…"), parent)
        self._kind = _combo("kind", translate("originmap", "What"), _kinds())
        self._paper = _combo("paper", translate("originmap", "Paper"), dict(enumerate(paper_titles())))
        looks = {name: title_of(look) for name, look in LOOKS.items() if look.style in PRINTABLE}
        self._style = _combo("look", translate("originmap", "Style"), looks)
        areas = {
            False: translate("originmap", "the county, or the division asked for"),
            True: translate("originmap", "as the map window shows it"),
        }
        self._area = _combo("area", translate("originmap", "Extent"), areas)
        self._title_edit = _edit("title", translate("originmap", "Title"))
        self._title_edit.setPlaceholderText(translate("originmap", "made from the conditions"))
        self._source = _edit("source", translate("originmap", "Source of the data"))
        self._review = _edit("review", translate("originmap", "Map review number"))
        self._internal = QCheckBox(translate("originmap", "Footer: for internal work, not for publication"))
        self._internal.setObjectName("originmap_onemap_print_internal")
        self._each = QCheckBox(translate("originmap", "Every page as a file of its own"))
        self._each.setObjectName("originmap_onemap_print_each")
        self._in_full = InFull("originmap_onemap_print")
        self._rows: dict[QWidget, QLabel] = {}
        self._arrange()
        self._kind.currentIndexChanged.connect(self._fit)

    def ask(self, look: Look) -> None:
        """Ask what is to be printed, in the style that the map shows."""
        settings = QgsSettings()
        self._paper.setCurrentIndex(settings.value(_KEPT.format("paper"), 0, type=int))
        self._source.setText(settings.value(_KEPT.format("source"), "", type=str))
        self._internal.setChecked(settings.value(_KEPT.format("internal"), True, type=bool))
        self._style.setCurrentIndex(max(self._style.findData(look.name), 0))
        self._title_edit.clear()
        self._review.clear()
        self._in_full.begin()
        self._fit()
        self.open(QCoreApplication.translate("originmap", "Print the records that the map shows"), self._kind)

    def keep(self) -> None:
        """Go on with what was chosen, unless the purpose of a list in full is missing."""
        is_map = self._kind.currentData().is_map
        if not is_map and self._in_full.asks_for_purpose():
            translate = QCoreApplication.translate
            text = translate("originmap", "Write what the list in full is for; it is noted with your name.")
            self._title.setText(text)
            return
        wish = PrintWish(
            kind=self._kind.currentData(),
            paper=self._paper.currentData(),
            look=LOOKS[self._style.currentData()],
            as_shown=self._area.currentData(),
            title=self._title_edit.text().strip(),
            source=self._source.text().strip(),
            review_number=self._review.text().strip(),
            internal=self._internal.isChecked(),
            each=self._each.isChecked() and not self._each.isHidden(),
            purpose="" if is_map else self._in_full.purpose,
        )
        settings = QgsSettings()
        for name, value in (("paper", wish.paper), ("source", wish.source), ("internal", wish.internal)):
            settings.setValue(_KEPT.format(name), value)
        self.leave()
        self.wanted.emit(wish)

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        fields = (self._kind, self._paper, self._style, self._area, self._title_edit, self._source, self._review)
        for row, field in enumerate(fields):
            label = QLabel(field.accessibleName())
            label.setBuddy(field)
            self._rows[field] = label
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        for row, box in enumerate((self._internal, self._each, self._in_full), len(fields)):
            grid.addWidget(box, row, 0, 1, 2)
        self.body.addLayout(grid)

    def _fit(self) -> None:
        """Only what this kind of print can be asked."""
        kind = self._kind.currentData()
        for field, label in self._rows.items():
            if field is not self._kind:
                field.setVisible(kind.is_map)
                label.setVisible(kind.is_map)
        self._each.setVisible(kind.atlas is not Atlas.NONE)
        self._in_full.setVisible(not kind.is_map)


def _combo(name: str, title: str, entries: dict) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(f"originmap_onemap_print_{name}")
    combo.setAccessibleName(title)
    # The panel is narrow; a long entry gives way, and is read in the list.
    combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    for value, text in entries.items():
        combo.addItem(text, value)
    return combo


def _edit(name: str, title: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName(f"originmap_onemap_print_{name}")
    edit.setAccessibleName(title)
    return edit


def _kinds() -> dict[Kind, str]:
    translate = QCoreApplication.translate
    return {
        Kind.MAP: translate("originmap", "Distribution map, one page"),
        Kind.TOWNSHIPS: translate("originmap", "Atlas: a page for each township"),
        Kind.VARIETIES: translate("originmap", "Atlas: a page for each product"),
        Kind.MONTHS: translate("originmap", "Atlas: a page for each month on the market"),
        Kind.CARDS: translate("originmap", "Producer cards, one page per record"),
        Kind.FIELD_SHEET: translate("originmap", "Field sheet for verifying"),
    }


def paper_titles() -> list[str]:
    """In the order of :data:`core.onemap.paper.PAPERS`."""
    translate = QCoreApplication.translate
    return [
        translate("originmap", "A4 landscape"),
        translate("originmap", "A4 portrait"),
        translate("originmap", "A3 landscape"),
        translate("originmap", "A3 portrait"),
        translate("originmap", "A0 landscape"),
        translate("originmap", "A0 portrait"),
    ]
