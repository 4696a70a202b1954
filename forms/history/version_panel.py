"""A version of a record that is looked at: what it held, set against what the record holds now, and the way back."""

from __future__ import annotations

from html import escape
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from ...core.register.rows import Position
from ...core.review.comparing import POINT, FieldChange, Version, differences
from ..field_words import FieldWords
from ..icons import faint_colour, theme_icon
from ..label import wrapped_label
from ..wording import distance_text

_DECIMALS = 5

# Caption, value then, value now; without the latter two a sentence, without the last one the same now.
_Row = tuple[str, Optional[str], Optional[str]]


class VersionPanel(QFrame):
    """Below the timeline.

    Signals:
        restore_wanted: the version that is shown is to be the present one again.
        place_wanted: the map is to show where it was.
    """

    restore_wanted = pyqtSignal()
    place_wanted = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self.setObjectName("originmap_history_version")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._shown: Optional[tuple[Version, Optional[Version], FieldWords]] = None
        self._title = wrapped_label("originmap_history_version_title")
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._why_not = wrapped_label("originmap_history_why_not")
        self._text = QTextBrowser()
        self._text.setObjectName("originmap_history_values")
        self._text.setAccessibleName(translate("originmap", "What the record held then"))
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._all = QCheckBox(translate("originmap", "All fields"))
        self._all.setObjectName("originmap_history_all")
        self._all.toggled.connect(self._show)
        self._go = QPushButton(theme_icon("mActionZoomToSelected.svg"), translate("originmap", "Show on the map"))
        self._go.setObjectName("originmap_history_go")
        self._go.clicked.connect(self.place_wanted)
        self._restore = QPushButton(theme_icon("mActionUndo.svg"), translate("originmap", "Restore this version…"))
        self._restore.setObjectName("originmap_history_restore")
        self._restore.clicked.connect(self.restore_wanted)
        self._arrange()

    def show_version(self, title: str, then: Version, now: Optional[Version], words: FieldWords) -> None:
        """Show a version.

        Args:
            title: which one.
            then: what the record held.
            now: what it holds, ``None`` where it is deleted.
            words: in which to say it.
        """
        self._shown = then, now, words
        self._title.setText(title)
        self._go.setEnabled(then.point is not None)
        self._show()

    def allow(self, restore: bool, why_not: str = "") -> None:
        """Whether the version can be restored, and else why not, where that can be mended."""
        self._restore.setEnabled(restore)
        self._why_not.setText(why_not)
        self._why_not.setVisible(bool(why_not))

    def changeEvent(self, event: QEvent) -> None:
        """The captions are in a colour of the palette."""
        if event.type() == QEvent.Type.PaletteChange:
            self._show()
        super().changeEvent(event)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._all)
        buttons.addStretch()
        buttons.addWidget(self._go)
        layout = QVBoxLayout(self)
        gap = self.fontMetrics().height() // 3
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addWidget(self._title)
        layout.addWidget(self._text, 1)
        layout.addLayout(buttons)
        layout.addWidget(self._why_not)
        layout.addWidget(self._restore)
        self._why_not.hide()

    def _show(self) -> None:
        if self._shown is None:
            return
        then, now, words = self._shown
        rows, named = _differing(then, now, words)
        if self._all.isChecked() or now is None or then is now:
            same = ((name, words.value(name, then.values.get(name))) for name in words.fields if name not in named)
            rows += [(words.title(name), text, None) for name, text in same if text]
        self._text.ensurePolished()  # a style sheet of QGIS's dark themes gives it its colours only then
        self._text.setHtml(_table(rows, self._text.palette()))
        self._all.setEnabled(now is not None and then is not now)


def _differing(then: Version, now: Optional[Version], words: FieldWords) -> tuple[list[_Row], set[str]]:
    """A row for each field that holds another value now, and the names of these."""
    if now is None or then is now:
        return [], set()
    found = differences(then, now, words.fields)
    if not found:
        same = QCoreApplication.translate("originmap", "No difference from the record as it is now.")
        return [(same, None, None)], set()
    nothing = QCoreApplication.translate("originmap", "(empty)")
    rows: list[_Row] = [_head(), *((words.subject(c.field), *_pair(c, words, nothing)) for c in found)]
    return rows, {change.field for change in found}


def _head() -> _Row:
    translate = QCoreApplication.translate
    return "", translate("originmap", "Then"), translate("originmap", "Now")


def _pair(change: FieldChange, words: FieldWords, nothing: str) -> tuple[str, str]:
    if change.field != POINT:
        return tuple(words.value(change.field, value) or nothing for value in (change.before, change.after))
    before, after = (nothing if place is None else _degrees(place) for place in (change.from_point, change.to_point))
    if change.metres is not None:
        away = QCoreApplication.translate("originmap", "{distance} away")
        after = away.format(distance=distance_text(change.metres))
    return before, after


def _degrees(place: Position) -> str:
    return f"{place[0]:.{_DECIMALS}f}, {place[1]:.{_DECIMALS}f}"


def _table(rows: list[_Row], palette: QPalette) -> str:
    """Caption, then, now; what is the same now takes both columns."""
    faint = faint_colour(palette)
    grey = f"rgba({faint.red()}, {faint.green()}, {faint.blue()}, {faint.alpha()})"
    lines = []
    for caption, then, now in rows:
        cells = [f'<td style="color: {grey}"' + (' colspan="3">' if then is None else ">") + f"{escape(caption)}</td>"]
        if then is not None:
            cells.append(f'<td colspan="2">{escape(then)}</td>' if now is None else f"<td><b>{escape(then)}</b></td>")
        if now is not None:
            cells.append(f'<td style="color: {grey}">{escape(now)}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table cellspacing="0" cellpadding="2" width="100%">{"".join(lines)}</table>'
