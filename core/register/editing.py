"""Editing single records through the layer's edit buffer: one action, one named command, committed and read back.

Every action returns a :class:`Saved` at once. While someone else writes to the file it is ``waiting``: the editor tries
again by a timer for twenty seconds, and the signal ``saved`` or ``refused`` brings the end. Nothing blocks the window.
"""

from __future__ import annotations

import time
import uuid
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Mapping, Optional

from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsProviderRegistry, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QObject, Qt, QTimer, pyqtSignal

from ..review.comparing import POINT
from ..standard.errors import OriginMapError
from ..standard.model import FieldType, Standard
from ..standard.to_sql import DRAFT, as_json
from .changing import RecordChanged, refuse_changed
from .copies import Copy, copy_for_next_cycle, copy_for_next_site
from .errors import RegisterError
from .moments import now, stamp
from .refusals import is_locked, refusal_of
from .register import Register
from .rows import Position, StoredRecord, read_record, same_place, same_value
from .writable import look_for_lock, rehearse, sign, sign_off

_PATIENCE_SECONDS = 20.0
_FIRST_PAUSE_MS, _LONGEST_PAUSE_MS = 50, 1_600
_UNDO_STEPS = 100


@dataclass(frozen=True)
class Saved:
    """What became of an action.

    Attributes:
        uid: of the record.
        ok: whether it stands in the register, read back from the file.
        error: why not; its ``sentence(language)`` is for people.
        field: name of the field the error concerns; empty when it is the whole record.
        title: the action's name, as the undo list shows it.
        waiting: the file is locked and the editor goes on trying; a signal will tell the end.
        version: of the record as it stands now (:attr:`.rows.StoredRecord.version`), also where another one was first.
    """

    uid: str
    ok: bool
    error: Optional[OriginMapError] = None
    field: str = ""
    title: str = ""
    waiting: bool = False
    version: int = 0


@dataclass(frozen=True)
class PointHow:
    """How a point came about: method and quality as in the code lists, radius in metres, imagery or device as source;
    ``text`` and ``datum`` as the person gave them, ``evidence`` the photo's path relative to the register."""

    method: str
    quality: str = "exact"
    radius: Optional[float] = None
    source: str = ""
    text: str = ""
    datum: str = ""
    evidence: str = ""

    def values(self, by: str) -> dict[str, object]:
        """The record's columns about its point; hand them to :meth:`RecordEditor.add` among the values."""
        found: dict[str, object] = {
            "point_method": self.method,
            "point_quality": self.quality,
            "point_radius": self.radius,
            "point_source": self.source or None,
            "point_by": by or None,
            "point_at": now(),
        }
        given = {"place_text": self.text, "place_datum": self.datum, "evidence": self.evidence}
        return {**found, **{name: value for name, value in given.items() if value}}


@dataclass(frozen=True)
class _Action:
    """One change of one record. ``values`` of ``None`` delete it; ``place`` says whether the point is set too.
    ``expected`` is what the record must still hold for an undo to make sense, ``seen`` the version looked at."""

    uid: str
    title: str
    values: Optional[Mapping[str, object]]
    place: bool = False
    point: Optional[Position] = None
    new: bool = False
    undoes: bool = False
    expected: Optional[StoredRecord] = None
    seen: Optional[int] = None


class RecordEditor(QObject):
    """Edits the records of one register.

    Args:
        layer: of the records (:func:`.layers.open_layer`), never in an edit session of ours outside a call.
        person: who edits; may be changed at any time.
        standard: with the county's own values; read from the register when left out.
    """

    saved = pyqtSignal(object)
    refused = pyqtSignal(object)

    def __init__(
        self,
        layer: QgsVectorLayer,
        person: str = "",
        standard: Optional[Standard] = None,
        parent: Optional[QObject] = None,
    ) -> None:
        super().__init__(parent)
        self.layer = layer
        self.person = person
        self.path = path_of(layer)
        self._standard = standard or _standard_of(self.path)
        self._actions: deque[_Action] = deque()
        self._undo: deque[_Action] = deque(maxlen=_UNDO_STEPS)
        self._since = 0.0
        self._pause = _FIRST_PAUSE_MS
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._try_first)

    @property
    def busy(self) -> bool:
        """Whether an action still waits for the file."""
        return bool(self._actions)

    @property
    def undo_title(self) -> str:
        """Name of the action that :meth:`undo_last` would take back; empty when there is none."""
        return self._undo[-1].title if self._undo else ""

    def add(self, values: Mapping[str, object], point: Optional[QgsPointXY], title: str) -> Saved:
        """A new record, a draft unless ``status`` says otherwise; ``point`` in EPSG:4490 (longitude, latitude).

        Raises:
            RegisterError: ``LAYER_BEING_EDITED``, here and in all other actions.
        """
        stamps = {"status": DRAFT, "origin": "map", "created_by": self.person or None}
        uid = str(values.get("uid") or uuid.uuid4())
        return self._do(_Action(uid, title, {**stamps, **values, "uid": uid}, True, _position(point), new=True))

    def change(
        self,
        uid: str,
        values: Mapping[str, object],
        title: str,
        point: Optional[QgsPointXY] = None,
        seen: Optional[int] = None,
    ) -> Saved:
        """Other values for some fields of a record; those not named stay, and so does its point where none is given.

        ``seen`` is the version the person looked at: where somebody else changed one of the same fields since, or the
        status, it is refused with :class:`.changing.RecordChanged`; ``None`` writes in any case.
        """
        return self._do(_Action(uid, title, values, point is not None, _position(point), seen=seen))

    def submit(self, uid: str, values: Mapping[str, object], title: str, point: Optional[QgsPointXY] = None) -> Saved:
        """The same, and hand the record in; the register's gate refuses one that is incomplete."""
        return self.change(uid, {**values, "status": "submitted"}, title, point)

    def move(self, uid: str, point: QgsPointXY, how: PointHow, title: str, seen: Optional[int] = None) -> Saved:
        """Set the record's point (EPSG:4490) with how it came about; a reason why it could not be found goes."""
        values = {**how.values(self.person), "aside_reason": None}
        return self.change(uid, values, title, point, seen)

    def verify(
        self, uid: str, how: tuple[str, ...], day: str, by: str, title: str = "", seen: Optional[int] = None
    ) -> Saved:
        """Note how (``household_survey``, ``site_visit``), when and by whom a record was verified."""
        values = {"verified_how": as_json(how), "verified_on": day, "verified_by": by}
        return self.change(uid, values, title, None, seen)

    def put_aside(self, uid: str, reason: str, title: str = "", seen: Optional[int] = None) -> Saved:
        """Note why a record cannot be located; it leaves the queue. An empty reason puts it back."""
        return self.change(uid, {"aside_reason": reason or None}, title, seen=seen)

    def next_site(self, uid: str) -> Copy:
        """What the form starts with for the same producer's next site; nothing is saved yet."""
        return copy_for_next_site(read_record(self.path, uid), self._standard)

    def next_cycle(self, uid: str, cycle: str) -> Copy:
        """What the form starts with for the same site's next cycle; nothing is saved yet."""
        return copy_for_next_cycle(read_record(self.path, uid), self._standard, cycle)

    def undo_last(self) -> bool:
        """Take back the last action by a new edit, so that the history keeps both; ``False`` when there is none.

        What became of it comes by ``saved`` or ``refused``: ``UNDO_CHANGED`` when the record was changed since.
        """
        if not self._undo or self.busy:
            return False
        self._do(self._undo[-1])
        return True

    def _do(self, action: _Action) -> Saved:
        if self.layer.isEditable():
            raise RegisterError("LAYER_BEING_EDITED")
        self._actions.append(action)
        if len(self._actions) > 1:
            return Saved(action.uid, False, title=action.title, waiting=True)
        self._since, self._pause = time.monotonic(), _FIRST_PAUSE_MS
        return self._try_first()

    def _try_first(self) -> Saved:
        """One attempt at the oldest action; later when the file is locked."""
        action = self._actions[0]
        try:
            outcome = self._attempt(action)
        except RegisterError as error:
            version = error.version if isinstance(error, RecordChanged) else 0
            outcome = Saved(action.uid, False, error, title=action.title, version=version)
        if outcome.error is not None and outcome.error.code == "REGISTER_LOCKED" and self._may_wait():
            self._timer.start(self._pause)
            self._pause = min(2 * self._pause, _LONGEST_PAUSE_MS)
            return replace(outcome, error=None, waiting=True)
        self._finish(outcome)
        return outcome

    def _may_wait(self) -> bool:
        return time.monotonic() - self._since < _PATIENCE_SECONDS

    def _finish(self, outcome: Saved) -> None:
        self._actions.popleft()
        if self._actions:
            self._since, self._pause = time.monotonic(), _FIRST_PAUSE_MS
            self._timer.start(0)
        (self.saved if outcome.ok else self.refused).emit(outcome)

    def _attempt(self, action: _Action) -> Saved:
        if self.layer.isEditable():
            raise RegisterError("LAYER_BEING_EDITED")
        look_for_lock(self.path)
        before = None if action.new else read_record(self.path, action.uid)
        if before is not None and action.expected is not None and not _still(before, action.expected):
            self._undo.pop()
            raise RegisterError("UNDO_CHANGED", action.uid)
        if before is not None and action.seen is not None:
            refuse_changed(self.path, action.uid, action.seen, _written(action), self._standard)
        messages = self._commit(action, before)
        if messages:
            if action.undoes and not is_locked(messages):
                # What the register does not take back stands in the way of no earlier step.
                self._undo.pop()
            return self._not_saved(action, messages)
        after = self._read_back(action)
        self._remember(action, before, after)
        return Saved(action.uid, True, title=action.title, version=0 if after is None else after.version)

    def _commit(self, action: _Action, before: Optional[StoredRecord]) -> list[str]:
        """What the database said against it; empty when it took it. The edit session is over either way."""
        against = self._rehearsed(action, before)
        if against:
            return [against]
        if not self.layer.startEditing():
            raise RegisterError("REGISTER_READ_ONLY", self.layer.source(), file=self.path.name)
        announced = before is not None and (action.place or action.values is None)
        if announced:
            sign(self.path, before.fid, self.person or None)
        self.layer.beginEditCommand(action.title)
        done = self._apply(action, before)
        self.layer.endEditCommand()
        if done and self.layer.commitChanges():
            self.layer.triggerRepaint()
            return []
        messages = self.layer.commitErrors() or ["the edit buffer took no change"]
        self.layer.rollBack()
        if announced:
            sign_off(self.path, before)
        return messages

    def _rehearsed(self, action: _Action, before: Optional[StoredRecord]) -> str:
        """What the register says against a change of point and values, before any of it is written."""
        if before is None or not action.place or not action.values:
            return ""
        return rehearse(self.path, before.fid, self._columns(action.values), action.point)

    def _apply(self, action: _Action, before: Optional[StoredRecord]) -> bool:
        if action.values is None:
            return before is not None and self.layer.deleteFeature(before.fid)
        values = self._complete(action.values)
        if before is None:
            feature = QgsFeature(self.layer.fields())
            for name, value in values.items():
                feature.setAttribute(name, value)
            if action.point is not None:
                feature.setGeometry(_geometry(action.point))
            return self.layer.addFeature(feature)
        placed = not action.place or self.layer.changeGeometry(before.fid, _geometry(action.point), True)
        index = self.layer.fields().indexOf
        changes = {index(name): value for name, value in values.items() if name != "uid"}
        return placed and self.layer.changeAttributeValues(before.fid, changes, {}, True)

    def _complete(self, values: Mapping[str, object]) -> dict[str, object]:
        """The values as QGIS wants them."""
        return {name: self._as_column(name, value) for name, value in self._columns(values).items()}

    def _columns(self, values: Mapping[str, object]) -> dict[str, object]:
        """The values with what follows from the product, and who wrote them when."""
        known = {v.code: v for v in self._standard.varieties}
        variety = known.get(str(values.get("variety") or ""))
        follows = {"industry": variety.industry, "unit": variety.unit} if variety else {}
        return {**values, **follows, "updated_by": self.person or None, "updated_at": stamp()}

    def _as_column(self, name: str, value: object) -> object:
        if value in (None, ""):
            return None
        if self._standard.field(name).type is FieldType.DATE:
            return QDate.fromString(str(value), Qt.DateFormat.ISODate)
        return value

    def _not_saved(self, action: _Action, messages: list[str]) -> Saved:
        if is_locked(messages):
            raise RegisterError("REGISTER_LOCKED", "\n".join(messages), file=self.path.name)
        error, field = refusal_of(messages, self._standard, self.path.name)
        return Saved(action.uid, False, error, field, action.title)

    def _read_back(self, action: _Action) -> Optional[StoredRecord]:
        """What the file holds now; QGIS says success even when the file was deleted under it."""
        try:
            after = read_record(self.path, action.uid)
        except RegisterError as error:
            if error.code != "RECORD_GONE":
                raise
            after = None
        if not _kept(action, after):
            raise RegisterError("SAVE_NOT_KEPT", action.uid, file=self.path.name)
        return after

    def _remember(self, action: _Action, before: Optional[StoredRecord], after: Optional[StoredRecord]) -> None:
        if action.undoes:
            self._undo.pop()
        elif after is not None:
            self._undo.append(_inverse(action, before, after))


def path_of(layer: QgsVectorLayer) -> Path:
    """The GeoPackage a layer stands in."""
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    return Path(parts["path"])


def _standard_of(path: Path) -> Standard:
    with Register.open(path, read_only=True) as register:
        return register.standard()


def _position(point: Optional[QgsPointXY]) -> Optional[Position]:
    return None if point is None else (point.x(), point.y())


def _geometry(point: Optional[Position]) -> QgsGeometry:
    return QgsGeometry() if point is None else QgsGeometry.fromPointXY(QgsPointXY(*point))


def _written(action: _Action) -> set[str]:
    """The fields that may not have been changed by others meanwhile."""
    return {*(action.values or ()), "status", *([POINT] if action.place else [])}


def _kept(action: _Action, after: Optional[StoredRecord]) -> bool:
    if after is None or action.values is None:
        return after is None and action.values is None
    values = all(same_value(after.values[name], value) for name, value in action.values.items())
    return values and (not action.place or same_place(after.point, action.point))


def _still(now_there: StoredRecord, expected: StoredRecord) -> bool:
    told = ((name, value) for name, value in expected.values.items() if not name.startswith("updated_"))
    alike = all(now_there.values.get(name) == value for name, value in told)
    return alike and same_place(now_there.point, expected.point)


def _inverse(action: _Action, before: Optional[StoredRecord], after: StoredRecord) -> _Action:
    """The action that takes this one back; a record that was handed in cannot vanish, it becomes a draft again."""
    values: Optional[dict[str, object]] = None
    if before is not None:
        changed = [name for name, value in after.values.items() if before.values[name] != value]
        values = {name: before.values[name] for name in changed if not name.startswith("updated_")}
    elif after.values["status"] != DRAFT:
        values = {"status": DRAFT}
    point = None if before is None else before.point
    place = action.place and before is not None
    return _Action(action.uid, action.title, values, place, point, undoes=True, expected=after)
