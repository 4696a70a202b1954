"""What a column heading stands for: titles and aliases of the standard, found through spaces, notes and marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Optional

from ..coordinates.datum_names import datum_named, take_datum
from ..coordinates.datums import Datum
from ..standard.model import Standard

_INVISIBLE = re.compile("[\\s\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_MARKS = re.compile(r"[*★☆※●▲#]+")
_NUMBERING = re.compile(r"^(?:\(?[0-9]{1,2}\)|[0-9]{1,2}[.、)](?![0-9])|[一二三四五六七八九十]{1,3}、)")
_NOTE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|<([^<>]*)>|\{([^{}]*)\}")
# Whether X is the easting (GIS) or the northing (surveyors) is told by the numbers, not here.
_AXIS = re.compile(r"(?:坐标)?([xy])(?:坐标|轴)?")
_TRAILING = re.compile(r"[::;,。.]+$")
_UNIT_SUFFIX = re.compile(r"[/,、:\-](亩|头|只|羽|mu|head|birds?)$")
_UNITS = {
    "亩": "mu",
    "mu": "mu",
    "头": "head",
    "head": "head",
    "只": "bird",
    "羽": "bird",
    "bird": "bird",
    "birds": "bird",
}
# Headings that name no person: whose they are, their neighbour says.
PHONE_HEADINGS = frozenset(
    ("联系方式", "联系电话", "电话", "手机", "手机号", "手机号码", "电话号码", "phone", "mobile", "tel", "telephone")
)
COORDINATES = frozenset(("longitude", "latitude", "coordinates"))
NAME_HEADINGS = frozenset(("姓名", "名字"))


@dataclass(frozen=True)
class Heading:
    """A heading understood: the field it stands for and what its note says of the column's values."""

    field: str
    datum: Optional[Datum] = None
    unit: str = ""


def normal(text: str) -> str:
    """A heading without spaces, line breaks, required marks and numbering, full-width signs made narrow, lower case."""
    text = unicodedata.normalize("NFKC", text)
    text = _MARKS.sub("", _INVISIBLE.sub("", text)).lower()
    return _TRAILING.sub("", _NUMBERING.sub("", text))


def notes_of(text: str) -> tuple[str, list[str]]:
    """A normalised heading without its bracketed notes, and the notes."""
    notes = [next(part for part in match.groups() if part is not None) for match in _NOTE.finditer(text)]
    return _TRAILING.sub("", _NOTE.sub("", text)), notes


class Headings:
    """All headings that the standard knows, by their normalised text."""

    def __init__(self, standard: Standard) -> None:
        self._fields: dict[str, str] = {}
        for field in (*standard.fields, *standard.sheet_fields):
            for text in (field.title, field.title_en, field.name, *field.aliases):
                self._fields.setdefault(normal(text), field.name)

    def read(self, text: str) -> Optional[Heading]:
        """The heading as it is written, else without its notes; ``None`` when it is not known."""
        whole = normal(text)
        base, notes = notes_of(whole)
        unit = _UNIT_SUFFIX.search(base)
        if unit:
            notes.append(unit.group(1))
        without_unit = _UNIT_SUFFIX.sub("", base)
        axis = _AXIS.fullmatch(base)
        field = self._first_known(whole, base, without_unit, axis.group(1) if axis else "")
        if field is None:
            return self._with_datum(base)
        return Heading(field, datum_named(" ".join(notes)) if notes else None, _unit_in(notes))

    def _with_datum(self, base: str) -> Optional[Heading]:
        """A heading that names its datum without brackets: ``高德经度``, ``纬度WGS84``."""
        datum, rest = take_datum(base)
        field = self._first_known(normal(rest)) if datum else None
        return Heading(field, datum) if field in COORDINATES else None

    def _first_known(self, *texts: str) -> Optional[str]:
        return next((self._fields[text] for text in texts if text and text in self._fields), None)

    def read_below(self, parent: str, child: str, alone: bool) -> Optional[Heading]:
        """A heading of two rows: both together, else the lower one, else the upper one where it stands ``alone``.

        ``网格员`` over ``姓名`` reads as ``网格员姓名``, ``点位经纬度`` over ``经度`` as ``经度``.
        """
        if not parent.strip() or not child.strip():
            return self.read(parent or child)
        upper = notes_of(normal(parent))
        together = self.read(upper[0] + child)
        if together is None:
            base = normal(child)
            generic = base in PHONE_HEADINGS or base in NAME_HEADINGS
            own = self.read(parent)
            together = None if generic and own is not None else self.read(child)
            if together is None and alone:
                together = own
        if together is None:
            return None
        return Heading(
            together.field,
            together.datum or datum_named(" ".join(upper[1])),
            together.unit or _unit_in(upper[1]),
        )


def _unit_in(notes: list[str]) -> str:
    """The unit that a note names (``单位：亩``, ``亩``), only when it names exactly one."""
    words = [re.sub("^(单位|unit)[::]?", "", note) for note in notes]
    units = {_UNITS[word] for word in words if word in _UNITS}
    return units.pop() if len(units) == 1 else ""
