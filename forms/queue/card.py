"""The record at hand: who, what, where as it was written, what was found, and the places it may mean."""

from __future__ import annotations

from html import escape
from typing import Mapping, Optional

from qgis.PyQt.QtCore import QCoreApplication, QEvent, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.register.came_back import came_back_of
from ...core.register.errors import told_plainly
from ...core.register.queue import Place, QueueItem
from ...core.register.rows import Position, StoredRecord
from ...core.standard.conditions import as_codes
from ...core.standard.masking import mask_name, mask_phone
from ...core.standard.model import Standard
from ..field_words import FieldWords
from ..found import sentences
from ..history_button import HistoryButton
from ..icons import faint_colour, variety_icon
from ..label import wrapped_label
from ..returned_words import due_text
from ..wording import distance_text
from ..workbench import Workbench

_KEYS = 9
_RETURNED = "returned"
_PLACE_ROLE = Qt.ItemDataRole.UserRole


class RecordCard(QWidget):
    """Shows one record. ``place_wanted`` brings a position and a radius in metres to move the map to."""

    place_wanted = pyqtSignal(object, float)

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_queue_card")
        self._workbench = workbench
        self._shown: Optional[tuple[QueueItem, StoredRecord]] = None
        self._icon = QLabel()
        self._history = HistoryButton(workbench, "queue")
        self._name = wrapped_label("originmap_queue_producer")
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._about = wrapped_label("originmap_queue_about")
        self._about.setTextFormat(Qt.TextFormat.RichText)
        self._places = _place_list()
        self._places.itemClicked.connect(self._go)
        self._places.itemActivated.connect(self._go)
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._name, 1)
        head.addWidget(self._history)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self._about)
        layout.addWidget(self._places)
        layout.addStretch()

    def show_record(self, item: QueueItem, record: StoredRecord, standard: Standard) -> None:
        """Show a record and the places it may mean."""
        self._shown = item, record
        self._name.setText(item.producer)
        self._history.show_for(item.uid)
        size = 2 * self.fontMetrics().height()
        known = {variety.code: variety for variety in standard.varieties}.get(item.variety)
        if known is not None:
            self._icon.setPixmap(variety_icon(known.symbol, known.colour).pixmap(QSize(size, size)))
        self._icon.setVisible(known is not None)
        self._about.setText(self._table(_lines(item, record, standard, self._workbench)))
        self._fill_places(item, record)

    def go_to_place(self, number: int) -> bool:
        """Move the map to a place by its number, 0 being the best guess; ``False`` when there is none."""
        for row in range(self._places.count()):
            entry = self._places.item(row)
            if entry.data(_PLACE_ROLE)[0] == number:
                self._places.setCurrentItem(entry)
                self._go(entry)
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """The captions are in a colour of the palette."""
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            item, record = self._shown
            session = self._workbench.session
            if session is not None:
                self._about.setText(self._table(_lines(item, record, session.standard, self._workbench)))
        super().changeEvent(event)

    def _fill_places(self, item: QueueItem, record: StoredRecord) -> None:
        self._places.clear()
        if item.guess is not None:
            guess = _guess_title(record, item.radius)
            self._add_place(0, guess, item.guess, item.radius)
        for number, place in enumerate(item.candidates[:_KEYS], 1):
            self._add_place(number, _place_title(place), (place.longitude, place.latitude), place.radius)
        rows = self._places.count()
        self._places.setVisible(rows > 0)
        if rows:
            frame = 2 * self._places.frameWidth()
            self._places.setFixedHeight(rows * self._places.sizeHintForRow(0) + frame)

    def _add_place(self, number: int, title: str, position: Position, radius: float) -> None:
        entry = QListWidgetItem(f"{number}  {title}")
        entry.setToolTip(title)
        entry.setData(_PLACE_ROLE, (number, position, radius))
        self._places.addItem(entry)

    def _go(self, entry: QListWidgetItem) -> None:
        _, position, radius = entry.data(_PLACE_ROLE)
        self.place_wanted.emit(position, float(radius))

    def _table(self, lines: Mapping[str, str]) -> str:
        self._about.ensurePolished()  # a style sheet of QGIS's dark themes gives it its colours only then
        faint = faint_colour(self._about.palette())
        colour = f"rgba({faint.red()}, {faint.green()}, {faint.blue()}, {faint.alpha()})"
        rows = (
            f'<tr><td style="color: {colour}; padding-right: 0.6em; white-space: nowrap">{escape(caption)}</td>'
            f"<td>{escape(text).replace(chr(10), '<br>')}</td></tr>"
            for caption, text in lines.items()
            if text
        )
        return f'<table cellspacing="0" cellpadding="1">{"".join(rows)}</table>'


def _place_list() -> QListWidget:
    places = QListWidget()
    places.setObjectName("originmap_queue_places")
    places.setAccessibleName(QCoreApplication.translate("originmap", "Places the address can mean"))
    places.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    places.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return places


def _lines(item: QueueItem, record: StoredRecord, standard: Standard, workbench: Workbench) -> dict[str, str]:
    """Caption and text of each line; empty ones are left out by who shows them."""
    translate = QCoreApplication.translate
    values, language = record.values, workbench.language
    told, others = sentences(values, standard, language)
    if others:
        told.append(translate("originmap", "Other findings: {count} (open the form)").format(count=others))
    product = next((v.title_in(language) for v in standard.varieties if v.code == item.variety), item.variety)
    address = str(values.get("site_name") or ""), item.address or f"{item.township}{item.village}"
    where = "" if item.guess is not None else translate("originmap", "unknown: look for the address on the map")
    return {
        translate("originmap", "Returned"): _returned(item.uid, values, standard, workbench),
        translate("originmap", "Product"): " · ".join(filter(None, (product, str(values.get("cycle") or "")))),
        translate("originmap", "Address"): "\n".join(filter(None, address)),
        translate("originmap", "As written"): str(values.get("place_text") or ""),
        translate("originmap", "Contact"): _contact(values, workbench.profile.masked),
        translate("originmap", "Findings"): "\n".join(told),
        translate("originmap", "Verified"): _verified(values, standard, language, workbench.profile.masked),
        translate("originmap", "Place"): where,
    }


def _returned(uid: str, values: Mapping[str, object], standard: Standard, workbench: Workbench) -> str:
    """What the reviewer asked for, with the time that is left; empty for a record that was not returned."""
    session = workbench.session
    if values.get("status") != _RETURNED or session is None:
        return ""
    with told_plainly(session.path):
        came_back = came_back_of(session.register.connection, uid)
    if came_back is None:
        return ""
    words = FieldWords(standard, workbench.language, workbench.profile.masked)
    lines = [due_text(came_back.days_left, came_back.deadline), came_back.reason]
    for comment in came_back.comments:
        lines.append(f"{words.subject(comment.field)} “{comment.text}”")
    return "\n".join(filter(None, lines))


def _contact(values: Mapping[str, object], masked: bool) -> str:
    name, phone = str(values.get("contact_name") or ""), str(values.get("contact_phone") or "")
    shown = (mask_name(name), mask_phone(phone)) if masked else (name, phone)
    return " ".join(filter(None, shown))


def _verified(values: Mapping[str, object], standard: Standard, language: str, masked: bool) -> str:
    titles = {choice.code: choice.title_in(language) for choice in standard.choices("verified_how")}
    ways = [titles.get(code, code) for code in as_codes(values.get("verified_how")) or ()]
    by = str(values.get("verified_by") or "")
    day = str(values.get("verified_on") or "")
    return " · ".join(filter(None, ("、".join(ways), day, mask_name(by) if masked else by)))


def _guess_title(record: StoredRecord, radius: float) -> str:
    if record.point is None:
        text = QCoreApplication.translate("originmap", "By the address, within {radius}")
    elif radius:
        text = QCoreApplication.translate("originmap", "Point in the register, within {radius}")
    else:
        return QCoreApplication.translate("originmap", "Point in the register, not exact")
    return text.format(radius=distance_text(radius))


def _place_title(place: Place) -> str:
    text = QCoreApplication.translate("originmap", "{title}, within {radius}")
    return text.format(title=place.title, radius=distance_text(place.radius))
