"""What the panel adds to the native form: less width, a pin and a sentence at each field, Tab that leaves a list."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.gui import QgsAttributeForm, QgsDateTimeEdit, QgsEditorWidgetWrapper
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QDateTime, QEvent, QObject, QSize, Qt, QTimer
from qgis.PyQt.QtGui import QColor, QIcon, QKeyEvent, QPalette, QPixmap
from qgis.PyQt.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QDateTimeEdit,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTableWidget,
    QTabWidget,
    QToolButton,
    QWidget,
)

from ...core.standard.paths import RESOURCES

_PIN = RESOURCES / "icons" / "pin.svg"
_LINES_OF_TEXT = 4
# Width of a title in tenths of the height of a line: six Chinese characters.
_TITLE_EMS = 48
_DARK = 128
_STROKES = "-./"


def warning_colour(palette: QPalette) -> QColor:
    """A red that can be read on the window's background."""
    dark = palette.color(QPalette.ColorRole.Window).lightness() < _DARK
    return QColor("#ff9a8d" if dark else "#b3261e")


def comment_colour(palette: QPalette) -> QColor:
    """An amber for what the reviewer asks, that can be read on the window's background."""
    dark = palette.color(QPalette.ColorRole.Window).lightness() < _DARK
    return QColor("#ffcc80" if dark else "#8a4b00")


def fit(form: QgsAttributeForm) -> list[QObject]:
    """Make the form usable at 360 pixels and by the keyboard; what it holds and its order stay the layer's own.

    Whoever holds the form holds what this gives back: PyQt forgets an event filter that nobody refers to.
    """
    filters: list[QObject] = []
    # Looking through all widgets once: there are a thousand, and each look takes a moment.
    for widget in form.findChildren(QWidget):
        filters.extend(_fit_one(widget))
    for watcher in filters:
        watcher.parent().installEventFilter(watcher)
    return filters


def _fit_one(widget: QWidget) -> list[QObject]:
    """Fit one widget; gives the event filters it needs."""
    if isinstance(widget, QStackedWidget):
        _forget_hidden_pages(widget)
    elif isinstance(widget, QTableWidget):
        widget.setTabKeyNavigation(False)
        widget.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return [_HighAsItsRows(widget)]
    elif isinstance(widget, QPlainTextEdit):
        widget.setTabChangesFocus(True)
        widget.setMaximumHeight(widget.fontMetrics().lineSpacing() * _LINES_OF_TEXT)
    elif isinstance(widget, QAbstractSpinBox):
        return _show_nothing_as_nothing(widget)
    elif isinstance(widget, QScrollArea):
        widget.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if isinstance(widget.layout(), QGridLayout):
        _narrow(widget.layout())
    return []


def _forget_hidden_pages(stack: QStackedWidget) -> None:
    """Each field also carries hidden widgets for searching and for several features, far wider than its own."""
    if not isinstance(stack.parentWidget(), QWidget) or "EditorWidget" not in _class_of(stack.parentWidget()):
        return
    for number in range(stack.count()):
        if number != stack.currentIndex():
            stack.widget(number).setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)


def _class_of(widget: QWidget) -> str:
    return widget.metaObject().className()


class _HighAsItsRows(QObject):
    """Keeps a list of check boxes as high as its rows, which grow when the panel is made narrower."""

    def eventFilter(self, table: QTableWidget, event: QEvent) -> bool:
        """Called by Qt."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            # The columns get their new width only after this event.
            QTimer.singleShot(0, self._adjust)
        return False

    def _adjust(self) -> None:
        table = self.parent()
        table.resizeRowsToContents()
        rows = sum(table.rowHeight(row) for row in range(table.rowCount()))
        height = max(rows, table.fontMetrics().height()) + 2 * table.frameWidth()
        if table.maximumHeight() != height:
            table.setFixedHeight(height)


def _show_nothing_as_nothing(box: QAbstractSpinBox) -> list[QObject]:
    """An empty number or day shows an empty field: NULL says nothing to most people."""
    if _class_of(box).startswith("QgsDate"):
        # PyQt knows it only as Qt's own class.
        day = sip.cast(box, QgsDateTimeEdit)
        day.setNullRepresentation("")
        return [_TypedDay(day)]
    if box.specialValueText():
        box.setSpecialValueText(" ")
    return []


class _TypedDay(QObject):
    """Lets a person type a day from its year on, ``20260510`` or ``2026-05-10``, also over one that is there.

    QGIS shows an empty day as today while the keyboard is on it: it takes digits only for the day of the month then,
    and today typed in full for nothing typed. Qt takes no digit where none is selected, and goes on by itself when a
    part is full, so that a stroke typed after the year would skip the month.
    """

    def __init__(self, edit: QgsDateTimeEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._went_on = False
        self._line = edit.lineEdit()
        self._line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called by Qt."""
        if watched is self._line:
            if event.type() == QEvent.Type.MouseButtonRelease and not self._line.hasSelectedText():
                QTimer.singleShot(0, self._select_here)
            return False
        if event.type() == QEvent.Type.FocusIn and event.reason() != Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self._from_the_year)
        elif event.type() == QEvent.Type.ShortcutOverride and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._edit.interpretText()  # of 2026-05-1 the 1 counts before Ctrl+Enter takes the record away
        elif event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether Qt is not to see the key."""
        if event.text() and event.text() in _STROKES:
            if not self._went_on:
                self._select(self._edit.currentSectionIndex() + 1)
            self._went_on = False
            return True
        if event.text().isdigit():
            if self._edit.isNull():
                self._edit.setDateTime(QDateTime.currentDateTime())
                self._from_the_year()
            elif self._line.selectedText() == self._edit.text():
                self._from_the_year()
            self._before = self._edit.currentSectionIndex()
            QTimer.singleShot(0, self._look)
        return False

    def _look(self) -> None:
        self._went_on = self._edit.currentSectionIndex() != self._before

    def _from_the_year(self) -> None:
        self._edit.interpretText()  # a single digit of a day becomes two, which would take the selection away
        self._edit.setSelectedSection(QDateTimeEdit.Section.YearSection)

    def _select_here(self) -> None:
        self._select(self._edit.currentSectionIndex())

    def _select(self, number: int) -> None:
        if number < self._edit.sectionCount():
            self._edit.setSelectedSection(self._edit.sectionAt(number))


def _narrow(grid: QGridLayout) -> None:
    """Titles take two lines where they are long, and fields keep their height at the top of their page."""
    widgets = [grid.itemAt(number).widget() for number in range(grid.count())]
    if any(isinstance(widget, (QTabWidget, QScrollArea)) for widget in widgets):
        grid.setContentsMargins(0, 0, 0, 0)
        return
    if not any(widget is not None and "EditorWidget" in _class_of(widget) for widget in widgets):
        return
    for number, widget in enumerate(widgets):
        _, column, _, columns = grid.getItemPosition(number)
        if isinstance(widget, QLabel) and (column, columns) == (0, 1):
            widget.setWordWrap(True)
            widget.setFixedWidth(widget.fontMetrics().height() * _TITLE_EMS // 10)
    room = grid.parentWidget().fontMetrics().height() // 4
    grid.setContentsMargins(0, room, room, room)
    grid.setSpacing(room)
    grid.setRowStretch(grid.rowCount(), 1)


class FieldExtras:
    """What stands around a field's own widget: a mark while it is missing, a pin beside it, a sentence below it.

    Attributes:
        box: all of the field but its title.
        entry: the field's own widget.
        keyboard: what of it takes the keys; newer QGIS wraps a list of check boxes in a widget that passes none on.
    """

    def __init__(self, name: str, editor: QgsEditorWidgetWrapper, pin: QIcon) -> None:
        self.entry: QWidget = editor.widget()
        self.keyboard: QWidget = self.entry.findChild(QTableWidget) or self.entry
        self.pin = _pin_button(name, pin)
        self.box = self.entry.parentWidget()
        while "EditorWidget" not in _class_of(self.box):
            self.box = self.box.parentWidget()
        self._mark = _mark(self.entry)
        self._sentence = _sentence(warning_colour(self.entry.palette()))
        self._comment = _sentence(comment_colour(self.entry.palette()))
        self._comment.setObjectName(f"originmap_comment_{name}")
        around: QBoxLayout = self.entry.parentWidget().layout()
        around.setSpacing(max(2, self.entry.fontMetrics().height() // 6))
        around.insertWidget(0, self._mark)
        around.addWidget(self.pin)
        tick = self.entry.parentWidget().findChild(QLabel, "ConstraintStatus")
        if tick is not None:
            # Of a draft, QGIS ticks every field, also the empty ones; the mark says what is missing.
            tick.setFixedSize(0, 0)
        self.box.layout().setDirection(QBoxLayout.Direction.TopToBottom)
        for label in (self._comment, self._sentence):
            self.box.layout().addWidget(label)

    def show_pin(self, pinned: bool, allowed: bool) -> None:
        """Show whether the value is kept for the next record; a place is kept free where it cannot be."""
        self.pin.setVisible(allowed)
        self.pin.setChecked(pinned)

    def complain(self, sentence: str) -> None:
        """Show a sentence below the field, or take it away with an empty one."""
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))

    def comment(self, text: str, settled: bool) -> None:
        """Show below the field what the reviewer asks for, and whether an edit has answered it; take it away if empty.

        Args:
            text: of the comment.
            settled: it stays to be read, but no longer calls.
        """
        if settled:
            said = QCoreApplication.translate("originmap", "✓ Settled: {text}")
        else:
            said = QCoreApplication.translate("originmap", "Reviewer: {text}")
        self._comment.setText(said.format(text=text))
        self._comment.setEnabled(not settled)
        self._comment.setVisible(bool(text))

    def mark(self, missing: bool) -> None:
        """Mark the field while it is missing."""
        self._mark.setVisible(missing)

    def bring_into_view(self) -> None:
        """Scroll to the field."""
        area = self.box.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self.box)
            area.horizontalScrollBar().setValue(0)


def _mark(entry: QWidget) -> QFrame:
    """A line in the colour of warnings at the field's left edge; its width is taken whether it is seen or not."""
    line = QFrame()
    line.setFixedWidth(max(2, entry.fontMetrics().height() // 6))
    # As a style: the style sheets of QGIS's dark themes win over palettes.
    line.setStyleSheet(f"background: {warning_colour(entry.palette()).name()}")
    _keep_place(line)
    line.hide()
    return line


def _sentence(colour: QColor) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setStyleSheet(f"QLabel:enabled {{ color: {colour.name()} }}")
    label.hide()
    return label


def _pin_button(name: str, icon: QIcon) -> QToolButton:
    """Reached by its own keys and the mouse: as a stop of the Tab key it would double the way through the form."""
    pin = QToolButton()
    pin.setObjectName(f"originmap_pin_{name}")
    pin.setCheckable(True)
    pin.setAutoRaise(True)
    pin.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    title = QCoreApplication.translate("originmap", "Keep this value for the next record")
    pin.setToolTip(title)
    pin.setAccessibleName(title)
    side = pin.fontMetrics().height() * 4 // 5
    pin.setIconSize(QSize(side, side))
    pin.setIcon(icon)
    _keep_place(pin)
    return pin


def pin_icon(palette: QPalette, side: int) -> QIcon:
    """An outline while it is off, filled with the colour of selections while it is on."""
    icon = QIcon()
    text, accent = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Highlight)
    clear = QColor(text)
    clear.setAlpha(0)
    for state, fill, outline in ((QIcon.State.Off, clear, text), (QIcon.State.On, accent, accent)):
        for factor in (1, 2):
            image, _ = QgsApplication.svgCache().svgAsImage(str(_PIN), side * factor, fill, outline, 1.4, 1.0)
            icon.addPixmap(QPixmap.fromImage(image), QIcon.Mode.Normal, state)
    return icon


def _keep_place(widget: QWidget) -> None:
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
