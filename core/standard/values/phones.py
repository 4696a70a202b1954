"""Phone cells: mobiles, landlines and 400 numbers in every way people write them, several to a cell."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, Optional

from ..cells import Moment, Number
from ..findings import Level
from ..model import Field, Standard
from .characters import narrow
from .reading import LONGEST, Filled, FilledReader, Problem, Reading, empty_reading, error, is_placeholder, problem

_CODE = r"(?:10|2\d|[3-9]\d{2})"
_LOCAL = r"\d{3,4}[ -]?\d{4}(?!\d)"
_EXTENSION = r"(?:(?P<{0}>[ ]*(?:转|分机|ext\.?|#|x)[ :]*|-)(?P<{1}>\d{{1,6}})(?!\d))?"

_ONE = re.compile(
    r"(?:\(?(?:\+|00)?86\)?[ -]*)?(?P<mobile>1[3-9](?:[ -]?\d){9})(?!\d)"
    r"|(?P<service>400(?:[ -]?\d){7})(?!\d)"
    rf"|(?:\(?(?:\+|00)86\)?[ -]*\(?0?|[(\[]?0)(?P<code>{_CODE})[)\]]?[ -]*(?P<local>{_LOCAL})"
    + _EXTENSION.format("by", "extension")
    + rf"|(?P<bare>(?=[2-9]){_LOCAL})"
    + _EXTENSION.format("bare_by", "bare_extension"),
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[ \n\r\t]*[、/;,|或和及][ \n\r\t]*|[ \n\r\t]+")
_LABEL = re.compile(r"(?:联系|办公|固定|移动)?(?:电话|手机|座机|固话)(?:号码?)?|(?:tel|mobile|phone)\.?", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"(\d(?:\.\d+)?)[eE]\+?(\d{1,2})")
_MOBILE = re.compile("1[3-9][0-9]{9}")


class _Found(NamedTuple):
    """The numbers of a cell in normal form and whether something was understood that is better looked at."""

    numbers: tuple[str, ...]
    unusual: bool
    without_area: bool


def phone_reader(standard: Standard, field: Field, area_code: str = "") -> FilledReader:
    """Reads a phone cell; the value is normalised as the register keeps it, several numbers parted by ``、``.

    Args:
        standard: gives the pattern that every number satisfies.
        field: the phone field.
        area_code: put before landline numbers that come without one, such as ``0898``.
    """
    separator = standard.separators["phones"]
    one = f"(?:{standard.patterns['phones']})"
    clean = re.compile(f"{one}(?:{separator}{one})*").fullmatch
    mobile = _MOBILE.fullmatch
    identity = re.compile(standard.patterns["identity_card"])
    limit = field.max_length or 1_000
    nothing = empty_reading(field)

    def read(cell: Filled) -> Reading:
        if isinstance(cell, Moment):
            return error("PHONE_BAD", field, cell)
        text = cell if cell.__class__ is str else cell.text
        if mobile(text) or (clean(text) and len(text) <= limit and not _lacks_area(text, separator)):
            return Reading(text)
        if identity.search(narrow(text)):
            return Reading(None, (Problem(Level.ERROR, "ID_CARD", {"title": field.title}, field=field.name),))
        return _read_closely(field, cell, nothing, area_code, separator)

    return read


def _lacks_area(text: str, separator: str) -> bool:
    return any(number[0] not in "01" and not number.startswith("400") for number in text.split(separator))


def _read_closely(field: Field, cell: Filled, nothing: Reading, area_code: str, separator: str) -> Reading:
    text = narrow(cell if isinstance(cell, str) else cell.text)
    if not text:
        return nothing
    if is_placeholder(text) and not nothing.problems:
        return nothing
    exact = _digits_of_number(text)
    if exact == "":
        return error("PHONE_LOSSY", field, cell)
    found = _find(exact or text, area_code) if len(text) <= LONGEST else None
    if found is None or len(separator.join(found.numbers)) > (field.max_length or 1_000):
        return error("PHONE_BAD", field, cell, proposal=_proposal(exact or text))
    return Reading(separator.join(found.numbers), _remarks(field, cell, found, exact is not None, separator))


def _remarks(
    field: Field, cell: Filled, found: _Found, from_number: bool, separator: str
) -> tuple[Problem, ...]:
    if found.without_area:
        return (problem(Level.WARNING, "PHONE_AREA", field, cell),)
    if found.unusual or (from_number and not isinstance(cell, Number)):
        return (problem(Level.WARNING, "PHONE_READ", field, cell, read=separator.join(found.numbers)),)
    return ()


def _digits_of_number(text: str) -> Optional[str]:
    """The digits of a number that a spreadsheet wrote (``1.9900000001E+10``, ``19900000001.0``).

    ``None`` when it is no such number, ``""`` when scientific notation has dropped digits of it.
    """
    if text.endswith(".0") and text[:-2].isdecimal():
        return text[:-2]
    match = _SCIENTIFIC.fullmatch(text)
    if match is None:
        return None
    try:
        digits = format(Decimal(text).quantize(Decimal(1)), "f")
    except InvalidOperation:
        return ""
    written = len(match[1].replace(".", ""))
    return digits if written >= len(digits) else ""


def _find(text: str, area_code: str) -> Optional[_Found]:
    """All numbers of the text, or ``None`` as soon as something in it is not understood."""
    numbers: list[str] = []
    bare = _LABEL.sub(" ", text).replace(":", " ").strip()
    unusual, without_area, position = bare != text, False, 0
    while True:
        match = _ONE.match(bare, position)
        if match is None:
            return None
        area_code = f"0{match['code']}" if match["code"] else area_code
        number = _normal_form(match, area_code)
        without_area = without_area or bool(match["bare"])
        unusual = unusual or bool((match["by"] or "-") != "-")
        if number not in numbers:
            numbers.append(number)
        if match.end() == len(bare):
            return _Found(tuple(numbers), unusual, without_area)
        between = _BETWEEN.match(bare, match.end())
        if between is None:
            return None
        unusual = unusual or between[0].strip() != "、"
        position = between.end()


def _normal_form(match: re.Match[str], area_code: str) -> str:
    if match["mobile"] or match["service"]:
        return _digits(match["mobile"] or match["service"])
    local = _digits(match["local"] or match["bare"])
    extension = match["extension"] or match["bare_extension"]
    return "-".join(part for part in (area_code, local, extension) if part)


def _digits(text: str) -> str:
    return text.replace(" ", "").replace("-", "")


def _proposal(text: str) -> str:
    """A landline that lost its leading zero, or the one mobile among other words; else nothing."""
    if re.fullmatch(rf"{_CODE}\d{{7,8}}", text) and len(text) > 8:
        found = _find("0" + text, "")
        return found.numbers[0] if found else ""
    mobiles = re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    return mobiles[0] if len(mobiles) == 1 else ""
