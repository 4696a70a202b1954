"""The form of one record: the layer's native form, fit for a narrow panel and for the keyboard alone."""

from __future__ import annotations

from functools import partial
from typing import Iterable, Mapping, Optional

from qgis.core import QgsFeature, QgsGeometry, QgsPointXY
from qgis.gui import QgsAttributeEditorContext, QgsAttributeForm, QgsEditorWidgetWrapper
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QApplication, QGroupBox, QTabWidget, QVBoxLayout, QWidget

from ...core.register.rows import Position, read_record
from ...core.standard.model import Group
from ...core.standard.to_sql import DRAFT
from ..workbench import Workbench
from .form_fitting import FieldExtras, fit, pin_icon
from .form_layer import form_layer
from .form_values import fitting, from_widget, tidied, to_widget
from .topic_bar import TopicBar


class RecordForm(QWidget):
    """One form for new and existing records of the register that is open when it is made.

    Signals:
        changed: the person changed a value.
        done: Enter was pressed in a field; whoever listens shows the next one.
        pin_toggled: name of a field and whether its value is to be kept for the next record.
    """

    changed = pyqtSignal()
    done = pyqtSignal()
    pin_toggled = pyqtSignal(str, bool)

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_form")
        self._session = workbench.session
        self._standard = self._session.standard
        self._fields = {field.name: field for field in self._standard.fields}
        self._layer = form_layer(self._session.layer, self._standard, workbench.language)
        self._filling = False
        self._left = ""
        self._rest: dict[str, object] = {}
        self.uid = ""
        self.version = 0
        self.point: Optional[Position] = None
        self._form = QgsAttributeForm(self._layer, QgsFeature(), QgsAttributeEditorContext(), self)
        self._form.hideButtonBox()
        self._form.setMode(QgsAttributeEditorContext.Mode.AddFeatureMode)
        self._editors = _editors_of(self._form)
        self._pages = self._form.findChild(QTabWidget)
        pin = pin_icon(self.palette(), self.fontMetrics().height())
        self._extras = {name: FieldExtras(name, editor, pin) for name, editor in self._editors.items()}
        for name, extras in self._extras.items():
            extras.pin.clicked.connect(partial(self.pin_toggled.emit, name))
        titles = {group.title: _title_of(group, workbench.language) for group in self._standard.groups}
        titles.update({c.title: c.title_in(workbench.language) for c in self._standard.choices("industry")})
        for box in self._form.findChildren(QGroupBox):
            box.setTitle(titles.get(box.title(), box.title()))
        self.topics = TopicBar(self._pages, titles, self._into_page)
        self._filters = fit(self._form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.topics)
        layout.addWidget(self._form)
        self._form.widgetValueChanged.connect(self._value_changed)

    # --- what stands in it

    def start(self, values: Mapping[str, object], point: Optional[Position]) -> None:
        """Begin a new record with what is known (values by field name), and its point (CGCS2000 degrees)."""
        self.uid = str(values.get("uid") or "")
        self._fill({"status": DRAFT, **values}, point)

    def load(self, uid: str) -> None:
        """Show a record of the register.

        Raises:
            RegisterError: ``RECORD_GONE`` or the file cannot be read.
        """
        record = read_record(self._session.path, uid)
        self.uid, self.version = uid, record.version
        self._fill(record.values, record.point)

    def values(self) -> dict[str, object]:
        """What stands in the form, by field name: days as ``YYYY-MM-DD``, several choices as JSON text."""
        shown = {
            name: from_widget(self._fields[name], editor.value()) for name, editor in self._editors.items()
        }
        return fitting(self._fields, tidied(self._standard, self._fields, {**self._rest, **shown}))

    def set_value(self, name: str, value: object) -> None:
        """Set a field as if it had been typed."""
        if name not in self._editors:
            self._rest[name] = value
        else:
            # The widget itself, since the form passes several choices on without remembering them.
            self._editors[name].setValues(to_widget(self._fields[name], value), [])
        self.changed.emit()

    def place(self, point: Optional[Position], values: Mapping[str, object]) -> None:
        """Another point (CGCS2000 degrees), and the columns about how it came about."""
        self.point = point
        self._filling = True
        for name, value in values.items():
            self.set_value(name, value)
        self._filling = False
        self.changed.emit()

    def tidy(self) -> None:
        """Show phones and codes as they are stored, before the record is saved."""
        for name, value in self.values().items():
            if name in self._editors and from_widget(self._fields[name], self._editors[name].value()) != value:
                self._filling = True
                self._editors[name].setValues(to_widget(self._fields[name], value), [])
                self._filling = False

    def set_writable(self, writable: bool) -> None:
        """Whether the person may type; afterwards the keyboard is where it was."""
        if writable == self._form.isEnabled():
            return
        if not writable:
            self._left = self.field_in_focus()
        # Not by ending the twin's edit session: the form would forget what is typed.
        self._form.setEnabled(writable)
        if writable and self._left:
            self.show_field(self._left)

    # --- where the keyboard is

    @property
    def order(self) -> list[str]:
        """The fields in the order in which they stand on the pages."""
        return list(self._editors)

    def show_field(self, name: str) -> None:
        """Turn to the page of a field and put the keyboard on it."""
        editor = self._editors.get(name)
        if editor is None:
            return
        self._pages.setCurrentIndex(self._page_of(name))
        self._extras[name].keyboard.setFocus(Qt.FocusReason.TabFocusReason)
        self._extras[name].bring_into_view()

    def field_in_focus(self) -> str:
        """Name of the field the keyboard is on; empty when it is elsewhere."""
        focus = QApplication.focusWidget()
        for name, extras in self._extras.items():
            if focus is not None and (extras.box is focus or extras.box.isAncestorOf(focus)):
                return name
        return ""

    def refuse(self, field: str, sentence: str) -> None:
        """Show at a field why the record was refused; it goes when the field is changed."""
        if field in self._extras:
            self._extras[field].complain(sentence)
            self.show_field(field)

    def clear_refusals(self) -> None:
        """Take all such sentences back."""
        for extras in self._extras.values():
            extras.complain("")

    def show_comments(self, comments: Mapping[str, tuple[str, bool]]) -> None:
        """What the reviewer asks for at the fields, by their names: the text, and whether an edit has answered it."""
        for name, extras in self._extras.items():
            extras.comment(*comments.get(name, ("", False)))

    def show_pins(self, names: Iterable[str], allowed: Iterable[str]) -> None:
        """Which fields keep their value, and which can."""
        pinned, may = set(names), set(allowed)
        for name, extras in self._extras.items():
            extras.show_pin(name in pinned, name in may)

    def show_missing(self, names: Iterable[str]) -> None:
        """Mark what is missing, and say at each topic how much."""
        absent = set(names)
        for name, extras in self._extras.items():
            extras.mark(name in absent)
        counts = [0] * self._pages.count()
        for name in absent & set(self._editors):
            counts[self._page_of(name)] += 1
        self.topics.show_missing(counts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field goes on to the next one that is missing."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field_in_focus():
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab after a page's last field turns to the next page, as if the pages were one long form."""
        here = self.field_in_focus()
        names = [name for name in self.order if self._reachable(name)]
        if here in names:
            beside = names.index(here) + (1 if forward else -1)
            if 0 <= beside < len(names) and self._page_of(names[beside]) != self._page_of(here):
                self.show_field(names[beside])
                return True
        return super().focusNextPrevChild(forward)

    def release(self) -> None:
        """End the twin's edit session, so that nobody is asked about it."""
        self._form.widgetValueChanged.disconnect(self._value_changed)
        self._layer.rollBack()

    # --- within

    def _fill(self, values: Mapping[str, object], point: Optional[Position]) -> None:
        self.clear_refusals()
        self.point = point
        self._rest = {n: v for n, v in values.items() if n in self._fields and n not in self._editors}
        feature = QgsFeature(self._layer.fields())
        for name, field in self._fields.items():
            feature.setAttribute(name, to_widget(field, values.get(name)))
        if point is not None:
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*point)))
        self._filling = True
        self._form.setFeature(feature)
        self._filling = False

    def _value_changed(self, name: str, value: object, by_person: bool) -> None:
        if self._filling:
            return
        if name in self._extras:
            self._extras[name].complain("")
        self.changed.emit()

    def _page_of(self, name: str) -> int:
        box = self._extras[name].box
        return next((n for n in range(self._pages.count()) if self._pages.widget(n).isAncestorOf(box)), 0)

    def _into_page(self) -> bool:
        here = self._pages.currentIndex()
        name = next((name for name in self.order if self._page_of(name) == here and self._reachable(name)), "")
        self.show_field(name)
        return bool(name)

    def _reachable(self, name: str) -> bool:
        """Whether the keyboard can get to a field: it is not read-only, and its topic applies to the product."""
        extras = self._extras[name]
        page = self._pages.widget(self._page_of(name))
        return extras.entry.isEnabled() and extras.box.isVisibleTo(page)


def _editors_of(form: QgsAttributeForm) -> dict[str, QgsEditorWidgetWrapper]:
    """The widgets of the form's fields by name, in the order in which they stand in it."""
    wrappers = (child for child in form.findChildren(QObject) if isinstance(child, QgsEditorWidgetWrapper))
    return {wrapper.field().name(): wrapper for wrapper in wrappers}


def _title_of(group: Group, language: str) -> str:
    return group.title if language == "zh" else group.title_en
