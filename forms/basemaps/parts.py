"""Small parts that the tabs of the basemap dialog share: the choice of a datum, a line that says how it went."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QPushButton, QSizePolicy, QWidget

from ...core.coordinates.datum_names import Datum
from ...core.onemap.basemaps import DATUMS, SHIFTED, short_name
from ...core.standard.errors import OriginMapError
from ..icons import theme_icon
from ..workbench import Workbench

# Readable on light and dark ground alike.
_GOOD, _BAD = "#2e9e44", "#e04f3f"


class DatumChoice(QComboBox):
    """The datums that a basemap can be in; nothing is chosen until somebody does."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        titles = {
            Datum.CGCS2000: translate("originmap", "CGCS2000 (national, as Tianditu)"),
            Datum.WGS84: translate("originmap", "WGS84 (GPS), not shifted"),
            Datum.GCJ02: translate("originmap", "GCJ-02 (Amap, Tencent), shifted"),
            Datum.BD09: translate("originmap", "BD-09 (Baidu), shifted"),
        }
        self.setAccessibleName(translate("originmap", "Datum of the basemap"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Not setPlaceholderText: some versions of Qt 5 draw it empty.
        self.addItem(translate("originmap", "Please choose"), None)
        for datum in DATUMS:
            self.addItem(titles[datum], datum)
        self.choose(None)

    @property
    def datum(self) -> Optional[Datum]:
        """What is chosen."""
        return self.currentData()

    def choose(self, datum: Optional[Datum]) -> None:
        """Choose a datum, or nothing."""
        self.setCurrentIndex(DATUMS.index(datum) + 1 if datum in DATUMS else 0)


def about_datum(datum: Optional[Datum]) -> str:
    """What a datum means for placing points."""
    translate = QCoreApplication.translate
    if datum is None:
        return translate("originmap", "Which datum is it in? Whoever provides it knows. Please choose.")
    if datum not in SHIFTED:
        return translate("originmap", "Its pictures are where the ground is. Points can be placed on it exactly.")
    text = translate(
        "originmap",
        "In {datum} everything lies some hundred metres aside. A point placed on it is converted and counts as "
        "approximate.",
    )
    return text.format(datum=short_name(datum))


class Outcome(QLabel):
    """How it went, in words and a colour; keeps its place while empty so that nothing jumps."""

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setObjectName("originmap_basemap_outcome")

    def clear_words(self) -> None:
        """Nothing to say yet."""
        self._say("", "")

    def wait(self, text: str) -> None:
        """Something is under way."""
        self._say(text, "")

    def good(self, text: str) -> None:
        """It went well."""
        self._say(f"✓ {text}", _GOOD)

    def bad(self, error: OriginMapError) -> None:
        """It did not, and what to do."""
        self._say(f"✗ {error.sentence(self._workbench.language)}", _BAD)

    def _say(self, text: str, colour: str) -> None:
        self.setStyleSheet(f"color: {colour};" if colour else "")
        self.setText(text)
        self.setAccessibleName(text)


def small(text: str = "") -> QLabel:
    """A paragraph of explanation."""
    label = QLabel(text)
    label.setWordWrap(True)
    return label


def button(name: str, icon: str, title: str) -> QPushButton:
    """A button with icon and text; its object name is ``originmap_basemap_<name>``."""
    made = QPushButton(theme_icon(icon), title)
    made.setObjectName(f"originmap_basemap_{name}")
    made.setAutoDefault(False)
    return made
