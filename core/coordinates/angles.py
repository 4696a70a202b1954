"""One half of a coordinate: a longitude or a latitude in any notation, or a number that may be metres."""

from __future__ import annotations

import re
from typing import NamedTuple, Optional, Sequence

from .notation import Axis, Token


class Half(NamedTuple):
    """One half, read whole: ``value`` in degrees, or as written where ``plain`` (a bare number, perhaps metres).

    ``decimals`` is what the notation is worth in decimals of a degree (a minute 1, a second 3); ``form`` tells
    notations apart that are only certain when both halves use the same; ``text`` holds a plain number's digits.
    """

    value: float
    decimals: int
    axis: Optional[Axis]
    form: str
    text: str = ""
    plain: bool = False


#: How the marks between the numbers may run, and what each way is called.
_FORMS = {
    "n": "decimal", "nd": "degrees", "nM": "metres",
    "ndn": "open", "ndnm": "marked", "ndnmn": "open", "ndnmns": "marked",
    "n:n": "colons", "n:n:n": "colons", "n-n-n": "dashes", "nn": "spaces2", "nnn": "spaces3",
}  # fmt: skip
#: Forms whose number of parts is certain by itself.
EXPLICIT = frozenset({"degrees", "marked", "open", "colons", "dashes", "packed"})
#: Forms that one stray sign can make out of a decimal number.
SLIPS = frozenset({"spaces2", "spaces3", "colons", "dashes", "open"})
#: Degrees with minutes, and with seconds, run together by navigation devices: ``DDDMM.mmm`` and ``DDDMMSS.ss``.
_PACKED = {
    Axis.LONGITUDE: re.compile(r"([01][0-9]{2})([0-5][0-9])([0-5][0-9])?(\.[0-9]+)"),
    Axis.LATITUDE: re.compile(r"([0-9]{2})([0-5][0-9])([0-5][0-9])?(\.[0-9]+)"),
}


def read_half(parts: Sequence[Token]) -> Optional[Half]:
    """One half out of its tokens, ``None`` when they are not one whole expression."""
    marks, core = _axis_and_core(parts)
    if not core or len({mark.axis for mark in marks}) > 1:
        return None
    axis = marks[0].axis if marks else None
    sign, core = _sign(core)
    if sign is None:
        return None
    sign *= -1 if any(mark.hemisphere < 0 for mark in marks) else 1
    form = _FORMS.get("".join(token.kind for token in core))
    if form is None:
        return None
    numbers = [token.text for token in core if token.kind == "n"]
    if len(numbers) > 1:
        return _sexagesimal(numbers, sign, axis, form)
    if axis is not None and any(mark.hemisphere for mark in marks) and form == "decimal":
        packed = _packed(numbers[0], sign, axis)
        if packed:
            return packed
    return Half(sign * float(numbers[0]), _decimals(numbers[0]), axis, form, numbers[0], form in ("decimal", "metres"))


def _axis_and_core(parts: Sequence[Token]) -> tuple[list[Token], Sequence[Token]]:
    """Axis marks before (with the colon after them) and behind, and what stands between."""
    start, end = 0, len(parts)
    marks = []
    while start < end and (parts[start].kind == "A" or (start and parts[start].kind == ":")):
        if parts[start].kind == "A":
            marks.append(parts[start])
        start += 1
    while end > start and parts[end - 1].kind == "A":
        end -= 1
        marks.append(parts[end])
    return marks, parts[start:end]


def _sign(core: Sequence[Token]) -> tuple[Optional[int], Sequence[Token]]:
    if core[0].kind == "-":
        return -1, core[1:]
    if core[0].kind == "+":
        return 1, core[1:]
    return 1, core


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _sexagesimal(numbers: Sequence[str], sign: int, axis: Optional[Axis], form: str) -> Optional[Half]:
    """Degrees, minutes, seconds; only the last may have decimals, minutes and seconds stay below 60."""
    if any("." in number for number in numbers[:-1]) or any(float(number) >= 60 for number in numbers[1:]):
        return None
    value = sum(float(number) / 60**place for place, number in enumerate(numbers))
    worth = {2: 1, 3: 3}[len(numbers)] + _decimals(numbers[-1])
    return Half(sign * value, worth, axis, form)


def _packed(number: str, sign: int, axis: Axis) -> Optional[Half]:
    """``E10941.430`` and ``N195443.29``: read only where a letter marks the axis and the digits leave no choice."""
    match = _PACKED[axis].fullmatch(number) if axis in _PACKED else None
    if match is None:
        return None
    degrees, minutes, seconds, fraction = match.groups()
    parts = [degrees, minutes, f"{seconds}{fraction}"] if seconds else [degrees, f"{minutes}{fraction}"]
    return _sexagesimal(parts, sign, axis, "packed")
