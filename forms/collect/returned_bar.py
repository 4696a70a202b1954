"""What came back from review, above everything on the collect page: how many at a glance, each with its time left."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QCheckBox, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ...core.register.came_back import CameBack, came_back
from ...core.register.register import Register
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..field_words import FieldWords
from ..icons import theme_icon
from ..person import person_of
from ..returned_words import count_text, due_text
from ..told_list import Told, ToldList
from ..work import Works
from ..workbench import Workbench

# Milliseconds in which several saved records are looked at once.
_SETTLE = 300
_LINES, _LEAST_LINES = 14, 5
_LATE, _SOON, _TIME = "#d64534", "#d9822b", "#607d8b"
_SOON_DAYS = 3
# The most urgent ones; the others come up as these are mended.
_MOST_SHOWN = 200


class ReturnedBar(QFrame):
    """A button that unfolds the list; hidden while nothing came back.

    Signals:
        chosen: uid of the record that the person wants to mend.
    """

    chosen = pyqtSignal(str)

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self.setObjectName("originmap_returned")
        self._workbench = workbench
        self._works = Works()
        self._all: tuple[CameBack, ...] = ()
        self._shown: list[CameBack] = []
        self._wanted = False
        self.button = QToolButton()
        self.button.setObjectName("originmap_returned_button")
        self.button.setCheckable(True)
        self.button.setIcon(theme_icon("mIconWarning.svg"))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button.setToolTip(translate("originmap", "Records that the reviewer returned to be mended"))
        self.list = ToldList("originmap_returned_list", translate("originmap", "Returned records"))
        self._others = QCheckBox()
        self._others.setObjectName("originmap_returned_others")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self.fontMetrics().height() // 4)
        for widget in (self.button, self.list, self._others):
            layout.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLE)
        self._soon.timeout.connect(self.look)
        self.button.toggled.connect(self._fold)
        self._others.toggled.connect(self._show)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self._fold(False)
        self.hide()

    @property
    def count(self) -> int:
        """How many of this person's records came back."""
        return len(self._mine())

    def look(self) -> None:
        """Read anew, aside: a county's register may hold many."""
        session = self._workbench.session
        if session is None:
            self._take(())
            return
        title = QCoreApplication.translate("originmap", "Looking for returned records")
        job = partial(_returned_in, session.path)
        self._works.start("returned", title, job, self._take, self._failed, instead=True)

    def look_soon(self) -> None:
        """The same after a moment, once for many changes."""
        self._soon.start()

    def unfold(self) -> None:
        """Show the list, the most urgent record at hand; as soon as it is known where it is not yet."""
        self._wanted = not self._all
        if self._all:
            self.button.setChecked(True)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfold_next(self) -> None:
        """One was submitted again: the list comes back as soon as it is known what is left."""
        self._wanted = True
        self.look_soon()

    def fold(self) -> None:
        """Only the button."""
        self._wanted = False
        self.button.setChecked(False)

    def release(self) -> None:
        """Leave nothing behind."""
        self._soon.stop()
        self._works.abandon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height of the list."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its entries where there is room, and some lines where there is none."""
        line = self.fontMetrics().lineSpacing()
        height = self.list.height_of(_LINES * line)
        self.list.setMinimumHeight(min(height, _LEAST_LINES * line))
        self.list.setMaximumHeight(height)

    def _take(self, found: Sequence[CameBack]) -> None:
        self._all = tuple(found)
        self._show()
        if self._wanted:
            self.unfold()
            self._wanted = False

    def _failed(self, error: OriginMapError) -> None:
        """The file is locked for the moment: it is looked at again with the next change."""

    def _mine(self) -> list[CameBack]:
        person = person_of(self._workbench.profile)
        return [one for one in self._all if person.collected(one.collector_name, one.collector_phone)]

    def _show(self) -> None:
        """The button tells of the person's own, or of all where none is."""
        mine = self._mine()
        others = len(self._all) - len(mine)
        self._shown = (list(self._all) if self._others.isChecked() or not mine else mine)[:_MOST_SHOWN]
        told_of = mine or self._all
        self.button.setText(count_text(len(told_of), sum(one.overdue for one in told_of)))
        self.setVisible(bool(self._all))
        text = QCoreApplication.translate("originmap", "Those of other collectors too ({number})")
        self._others.setText(text.format(number=others))
        self._others.setVisible(bool(mine) and others > 0 and self.button.isChecked())
        session = self._workbench.session
        if session is not None:
            words = FieldWords(session.standard, self._workbench.language, self._workbench.profile.masked)
            several = self._others.isChecked() or not mine
            self.list.show_told([_told(one, words, several) for one in self._shown])
            self._fit()

    def _fold(self, unfolded: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.NoArrow)
        self.list.setVisible(unfolded)
        self._show()

    def _choose(self, index: QModelIndex) -> None:
        self.fold()
        self.chosen.emit(self._shown[index.row()].uid)


def _returned_in(path: Path, progress: Progress) -> list[CameBack]:
    with Register.open(path, read_only=True) as register:
        return came_back(register.connection)


def _told(one: CameBack, words: FieldWords, several_collectors: bool) -> Told:
    translate = QCoreApplication.translate
    name = one.producer_name or translate("originmap", "record without a producer")
    title = " ".join(filter(None, (name, words.value("variety", one.variety), one.site_name)))
    about = [due_text(one.days_left, one.deadline), one.township]
    if several_collectors:
        about.append(words.person(one.collector_name))
    lines = [("", one.reason)]
    if one.comments:
        text = translate("originmap", "{number} comments at its fields")
        lines.append(("", text.format(number=len(one.comments))))
    return Told(title, " · ".join(filter(None, about)), tuple(lines), _colour(one), one.overdue)


def _colour(one: CameBack) -> str:
    if one.days_left is None or one.days_left > _SOON_DAYS:
        return _TIME
    return _LATE if one.overdue else _SOON
