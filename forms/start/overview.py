"""What the start page shows of the register that is open: whose it is, how far it is, and what can be done with it."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFont, QIcon
from qgis.PyQt.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...core.register.counts import Counts
from ...core.standard.errors import OriginMapError
from ..icons import theme_icon
from ..returned_words import count_text
from ..session import Session

_LARGER = 1.5
_COLUMNS = 2
# Only the alignment, so that the button keeps the look of the person's theme.
_TO_THE_LEFT = "text-align: left; padding: 0.25em 0.6em;"
_QUEUE = "queue"
_MISSING = "originmap_start_missing"


class Overview(QWidget):
    """Name, notices, numbers, buttons; :attr:`wanted` brings the name of the button that was pressed."""

    wanted = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._county = _wrapped("originmap_start_county")
        font = self._county.font()
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        font.setBold(True)
        self._county.setFont(font)
        self._file = _wrapped("originmap_start_file")
        self._file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._notices = QVBoxLayout()
        self._returned = _wide_button("returned", theme_icon("mIconWarning.svg"), "")
        self._review = _wide_button("review", theme_icon("mIconSuccess.svg"), "")
        for button in (self._returned, self._review):
            button.clicked.connect(self._pressed)
            button.hide()
        self._numbers = _Numbers()
        self._numbers.wanted.connect(self.wanted)
        self._next = _wrapped("originmap_start_next")
        self._buttons: dict[str, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setSpacing(self.fontMetrics().height() // 3)
        layout.addWidget(self._county)
        layout.addWidget(self._file)
        layout.addLayout(self._notices)
        layout.addWidget(self._returned)
        layout.addWidget(self._review)
        layout.addWidget(self._numbers)
        layout.addWidget(self._next)
        for button in self._make_buttons():
            layout.addWidget(button)
        layout.addStretch()

    def show_session(self, session: Session, language: str) -> None:
        """The register that is open, with what a person must know about it."""
        names = (session.register.setting("province_name"), session.register.setting("city_name"))
        above = " ".join(dict.fromkeys(name for name in names if name and name != session.register.county_name))
        self._county.setText(session.register.county_name)
        place = f"{above} {session.register.county_code}".strip()
        self._file.setText(f"{place}\n{_breakable(str(session.path))}")
        self._file.setToolTip(str(session.path))
        self._show_notices(session, language)
        for name in ("boundaries", "standards", "import"):
            self._buttons[name].setEnabled(session.read_only is None)
        self._numbers.show_counts(None)
        self._next.hide()

    def show_counts(self, counts: Counts) -> None:
        """The numbers, and what to do next while there is little in the register."""
        self._numbers.show_counts(counts)
        text = _next_step(counts)
        self._next.setText(text)
        self._next.setVisible(bool(text))

    def show_returned(self, count: int, overdue: int) -> None:
        """How many of the person's records the reviewer returned; the button leads to them."""
        self._returned.setText(count_text(count, overdue))
        self._returned.setToolTip(self._returned.text())
        self._returned.setVisible(count > 0)

    def show_waiting(self, count: int) -> None:
        """How many records wait for the person's review; the button leads to them."""
        self._review.setText(
            QCoreApplication.translate("originmap", "{count} wait for review").format(count=f"{count:,}")
        )
        self._review.setToolTip(self._review.text())
        self._review.setVisible(count > 0)

    def show_missing(self, missing: Optional[OriginMapError], language: str) -> None:
        """Say that a point does not know its township here, and how to mend it."""
        known = self.findChild(_Notice, _MISSING)
        if missing is not None and known is None:
            self._notices.addWidget(_Notice(_MISSING, missing.sentence(language)))

    def _show_notices(self, session: Session, language: str) -> None:
        while self._notices.count():
            self._notices.takeAt(0).widget().deleteLater()
        translate = QCoreApplication.translate
        if session.read_only is not None:
            self._notices.addWidget(_Notice("originmap_start_read_only", session.read_only.sentence(language)))
        if session.on_network:
            text = translate(
                "originmap",
                "The register lies on a network share. Let only one person work in it at a time, and copy it to this "
                "computer when the network is slow.",
            )
            self._notices.addWidget(_Notice("originmap_start_network", text))

    def _make_buttons(self) -> list[QPushButton]:
        translate = QCoreApplication.translate
        wanted = (
            ("import", "mActionAddTable.svg", translate("originmap", "Import a workbook…")),
            ("template", "mActionNewTableRow.svg", translate("originmap", "Make an empty collection sheet…")),
            ("boundaries", "mActionAddPolygon.svg", translate("originmap", "Boundaries and village list…")),
            ("standards", "mActionOptions.svg", translate("originmap", "Local standards…")),
            ("basemap", "mActionAddXyzLayer.svg", translate("originmap", "Basemap…")),
            ("deleted", "mActionHistory.svg", translate("originmap", "Deleted records…")),
            ("close", "mActionRemove.svg", translate("originmap", "Close the register")),
        )
        for name, icon, title in wanted:
            button = _wide_button(name, theme_icon(icon), title)
            button.clicked.connect(self._pressed)
            self._buttons[name] = button
        return list(self._buttons.values())

    def _pressed(self) -> None:
        self.wanted.emit(self.sender().property("wanted"))


class _Numbers(QFrame):
    """Four numbers in two rows; the number of those that wait leads to the queue."""

    wanted = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        translate = QCoreApplication.translate
        self._labels: dict[str, QLabel] = {}
        titles = (
            ("records", translate("originmap", "Records"), translate("originmap", "All that are not ended")),
            ("waiting", translate("originmap", "Wait for a point"), translate("originmap", "Go to the queue")),
            ("drafts", translate("originmap", "Drafts"), translate("originmap", "Not handed in yet, or returned")),
            ("submitted", translate("originmap", "Submitted"), translate("originmap", "Handed in or approved")),
        )
        grid = QGridLayout(self)
        for number, (name, title, tip) in enumerate(titles):
            grid.addLayout(self._number(name, title, tip), number // _COLUMNS, number % _COLUMNS)
        self._labels["waiting"].linkActivated.connect(self.wanted)

    def show_counts(self, counts: Optional[Counts]) -> None:
        """``None`` while they are being counted."""
        for name, label in self._labels.items():
            label.setText("…" if counts is None else f"{getattr(counts, name):,}")
        waiting = self._labels["waiting"]
        leads_on = counts is not None and counts.waiting > 0
        if leads_on:
            waiting.setText(f'<a href="{_QUEUE}">{waiting.text()}</a>')
        keys = Qt.TextInteractionFlag.LinksAccessibleByKeyboard | Qt.TextInteractionFlag.LinksAccessibleByMouse
        waiting.setTextInteractionFlags(keys if leads_on else Qt.TextInteractionFlag.NoTextInteraction)

    def _number(self, name: str, title: str, tip: str) -> QVBoxLayout:
        number = QLabel()
        number.setObjectName(f"originmap_count_{name}")
        number.setFont(_large(number.font()))
        number.setAccessibleName(title)
        self._labels[name] = number
        label = QLabel(title)
        layout = QVBoxLayout()
        layout.setSpacing(0)
        for widget in (number, label):
            widget.setToolTip(tip)
            layout.addWidget(widget)
        return layout


class _Notice(QFrame):
    """A sentence with a warning sign in front."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        sign = QLabel()
        size = self.fontMetrics().height()
        sign.setPixmap(theme_icon("mIconWarning.svg").pixmap(size, size))
        label = QLabel(text)
        label.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(label, 1)


def _next_step(counts: Counts) -> str:
    translate = QCoreApplication.translate
    if not counts.divisions:
        return translate(
            "originmap",
            "Next: bring in the official boundaries and the village list. With them a point knows its township, and "
            "an address is found on the map.",
        )
    if not counts.records:
        return translate("originmap", "Next: import a workbook, or choose “Collect” above and mark the first point.")
    return ""


def _wide_button(name: str, icon: QIcon, title: str) -> QPushButton:
    button = QPushButton(icon, title)
    button.setObjectName(f"originmap_start_{name}")
    button.setProperty("wanted", name)
    button.setStyleSheet(_TO_THE_LEFT)
    button.setToolTip(title)
    # With a large font it is the text that gives way, not the width of the dock.
    button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return button


def _wrapped(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label


def _large(font: QFont) -> QFont:
    font.setPointSizeF(font.pointSizeF() * _LARGER)
    return font


def _breakable(path: str) -> str:
    """A path may go on in the next line behind each separator."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")
