"""What is shown of a record at hand, as groups of lines: changes first, then findings, and the fields by topic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Iterator, Mapping, Optional

from qgis.PyQt.QtCore import QCoreApplication

from ...core.register.nearby import Neighbour
from ...core.register.rows import Position
from ...core.standard.model import Standard
from ..field_words import FieldWords
from ..wording import distance_text
from .looked import POINT, Looked

_DECIMALS = 6
# Told together with other fields, or by the head of the page.
_TOLD_ELSEWHERE = frozenset(("unit", "industry", "province", "city", "county", "point_quality", "point_radius"))


@dataclass(frozen=True)
class Row:
    """A line.

    Attributes:
        field: name of the field that a click comments on; empty when it is about no field.
        caption: what the line is about.
        value: what the record says.
        more: what belongs to the value and did not change with it.
        before: what it said at the last review, where that was something else.
        changed: whether it is another value than at the last review.
        earlier: what was said about it at the last return.
        comment: what the reviewer says about it now.
        place: where the map goes at a click, and how many metres around it.
    """

    field: str
    caption: str
    value: str
    more: str = ""
    before: Optional[str] = None
    changed: bool = False
    earlier: str = ""
    comment: str = ""
    place: Optional[tuple[Position, float]] = None


@dataclass(frozen=True)
class Group:
    """Lines under a title; a folded one is opened by the person."""

    name: str
    title: str
    rows: tuple[Row, ...]
    open: bool = True


class RowMaker:
    """Makes the groups of a record.

    Args:
        standard: with the county's own lists.
        language: ``zh`` or ``en``.
    """

    def __init__(self, standard: Standard, language: str) -> None:
        self._standard = standard
        self._language = language
        # As a form in which nothing is written: whoever reviews must see the whole phone number.
        self._words = FieldWords(standard, language, masked=False)

    def groups(self, looked: Looked, comments: Mapping[str, str]) -> list[Group]:
        """All groups that have lines; ``comments`` are the reviewer's own, by field."""
        translate = QCoreApplication.translate
        rows = {row.field: row for row in self._field_rows(looked, comments)}
        # What was moved comes first: it is seen on the map.
        changed = tuple(sorted((row for row in rows.values() if row.changed), key=lambda row: row.field != POINT))
        findings = tuple(Row(one.field, self._caption(one.field), one.sentence) for one in looked.findings)
        near = tuple(self._near_row(number, one) for number, one in enumerate(looked.neighbours, 1))
        groups = [
            Group("whole", translate("originmap", "The whole record"), tuple(self._whole(looked, comments))),
            Group("changes", _counted(translate("originmap", "Changed since the last review"), changed), changed),
            Group("findings", _counted(translate("originmap", "Findings"), findings), findings),
            *self._topics(rows, Group("near", _counted(translate("originmap", "Same product nearby"), near), near)),
        ]
        return [group for group in groups if group.rows]

    def _whole(self, looked: Looked, comments: Mapping[str, str]) -> Iterator[Row]:
        """Why it came back the last time, and what is said about no single field."""
        translate = QCoreApplication.translate
        if looked.returned is not None:
            reason = " · ".join(filter(None, (looked.returned.reason, *looked.comments.get("", ()))))
            yield Row("", translate("originmap", "Returned before"), reason)
        if comments.get(""):
            yield Row("", translate("originmap", "Comment"), "", comment=comments[""])

    def _topics(self, rows: Mapping[str, Row], near: Group) -> Iterator[Group]:
        """What did not change, by the topics of the form, the neighbours beside the point; what says nothing stands
        folded at the end."""
        fields = {POINT: "point", **{field.name: field.group for field in self._standard.fields}}
        unchanged = [row for row in rows.values() if not row.changed]
        filled = [row for row in unchanged if row.value or row.comment or row.earlier]
        for group in self._standard.groups:
            title = group.title if self._language == "zh" else group.title_en
            yield Group(group.name, title, tuple(row for row in filled if fields[row.field] == group.name))
            if group.name == fields[POINT]:
                yield near
        empty = tuple(row for row in unchanged if row not in filled)
        title = QCoreApplication.translate("originmap", "Not filled in")
        yield Group("empty", _counted(title, empty), empty, open=False)

    def _field_rows(self, looked: Looked, comments: Mapping[str, str]) -> Iterator[Row]:
        industry = looked.record.values.get("industry")
        for field in self._standard.fields:
            fits = not field.industries or industry in field.industries
            changed = field.name in looked.changes
            if field.name == "point_method":
                yield self._point_row(looked, comments)
            if field.group == "system" or not fits or field.name not in self._words.fields:
                continue
            if not changed and (field.hidden or field.name in _TOLD_ELSEWHERE):
                continue
            yield self._row(field.name, self._value(looked.record.values, field.name), looked, comments)

    def _row(self, name: str, value: str, looked: Looked, comments: Mapping[str, str]) -> Row:
        change, before = looked.changes.get(name), None
        if change is not None:
            before = self._value({**looked.record.values, name: change.before}, name)
        return Row(
            name,
            self._caption(name),
            value,
            before=before,
            changed=change is not None,
            earlier=" · ".join(looked.comments.get(name, ())),
            comment=comments.get(name, ""),
        )

    def _value(self, values: Mapping[str, object], name: str) -> str:
        said = self._words.value(name, values.get(name))
        if name == "scale" and said:
            return f"{said} {self._words.value('unit', values.get('unit'))}".strip()
        if name == "township" and said:
            return f"{values.get('county') or ''}{said}"
        return said

    def _point_row(self, looked: Looked, comments: Mapping[str, str]) -> Row:
        translate = QCoreApplication.translate
        point, values = looked.record.point, looked.record.values
        change = looked.changes.get(POINT)
        row = replace(self._row(POINT, "", looked, comments), before=None)
        if point is None:
            return replace(row, value=translate("originmap", "no point"))
        quality = self._words.value("point_quality", values.get("point_quality"))
        radius = values.get("point_radius")
        around = distance_text(float(str(radius))) if radius else ""
        said = " · ".join(filter(None, (f"{point[0]:.{_DECIMALS}f}, {point[1]:.{_DECIMALS}f}", quality, around)))
        if change is None or change.metres is None:
            return replace(row, value=said)
        moved = translate("originmap", "moved by {distance}").format(distance=distance_text(change.metres))
        return replace(row, value=moved, more=said)

    def _near_row(self, number: int, one: Neighbour) -> Row:
        unit = self._words.value("unit", one.unit)
        scale = f"{one.scale:.12g} {unit}".strip() if one.scale is not None else ""
        value = " · ".join(filter(None, (one.producer, distance_text(one.metres), scale)))
        return Row("", str(number), value, place=(one.position, one.metres))

    def _caption(self, name: str) -> str:
        if name == POINT:
            return QCoreApplication.translate("originmap", "Point")
        return self._words.title(name) if name else ""


def _counted(title: str, rows: tuple[Row, ...]) -> str:
    return f"{title} {len(rows)}"
