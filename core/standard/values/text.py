"""Plain text cells: kept word for word, cleaned only of what nobody can see, and said when it was."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Optional

from ..cells import Number, text_of
from ..findings import Level
from ..model import Field, Standard
from .characters import narrow
from .identity import credit_code_is_identity
from .reading import Filled, FilledReader, Problem, Reading, empty_reading, error, is_ditto, is_placeholder, problem

# The common good case, decided by one match: ordinary Chinese text without anything to look at more closely.
_ORDINARY = "一-鿿㐀-䶿A-Za-z0-9"
_CLEAN = re.compile(f"[{_ORDINARY}（](?:[{_ORDINARY}（）()·.，、。：#/ -]*[{_ORDINARY}）)])?")

# Characters that cannot be stored or that make text read differently from what it is (bidirectional overrides).
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
_LINE_BREAKS = re.compile("[ \u3000]*[\t\n\r\x85\u2028\u2029]+[ \u3000]*")
# Emoji, private characters and the mark of damaged text: many machines neither show nor print them.
_SYMBOLS = re.compile("[\ufffd\ue000-\uf8ff\U0001f000-\U0001fbff\U000f0000-\U0010ffff]")

# A spreadsheet would run text that begins so as a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@")

# An identity-card number is 18 characters long: shorter text cannot hold one.
_SHORTEST_IDENTITY = 18

# The one field in which people write several lines on purpose.
_SEVERAL_LINES = frozenset({"remark", "site_address"})


def text_reader(standard: Standard, field: Field) -> FilledReader:
    """Reads a cell of a text field without a list and without a pattern."""
    clean, identity = _CLEAN.fullmatch, re.compile(standard.patterns["identity_card"]).search
    limit = field.max_length or 1_000_000
    nothing = empty_reading(field)

    def read(cell: Filled) -> Reading:
        text = cell if cell.__class__ is str else _as_text(cell)
        if clean(text) and len(text) <= limit and (len(text) < _SHORTEST_IDENTITY or not identity(text)):
            return Reading(text) if len(text) > 3 else _short(field, text, nothing)
        return _read_closely(field, text, nothing, identity)

    return read


def pattern_reader(standard: Standard, field: Field) -> FilledReader:
    """Reads a cell of a field with a pattern of its own (credit code, uid, division code); case and spaces forgiven."""
    matches = re.compile(standard.patterns[field.pattern]).fullmatch
    nothing = empty_reading(field)

    def read(cell: Filled) -> Reading:
        text = cell if cell.__class__ is str else _as_text(cell)
        if not matches(text):
            text = _compact(text, upper=field.name == "credit_code")
        if not text or (nothing.value is None and not nothing.problems and is_placeholder(text)):
            return nothing
        if not matches(text):
            return error("FIELD_BAD", field, cell)
        if field.name == "credit_code" and credit_code_is_identity(text):
            return _identity_error(field)
        return Reading(text)

    return read


def number_text(text: str) -> str:
    """A number as a person would type it into a text field (``3.0`` → ``3``, ``1.2E3`` → ``1200``)."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return text
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _as_text(cell: Filled) -> str:
    return number_text(cell.text) if isinstance(cell, Number) else text_of(cell)


def _compact(text: str, upper: bool) -> str:
    compact = "".join(narrow(text).split())
    return compact.upper() if upper else compact.lower()


def _read_closely(field: Field, raw: str, nothing: Reading, identity) -> Reading:  # type: ignore[no-untyped-def]
    """The careful way for text that is not plainly ordinary."""
    if _FORBIDDEN.search(raw):
        return error("CTRL_CHAR", field, _FORBIDDEN.sub("", raw), proposal=_FORBIDDEN.sub("", raw).strip())
    text = _tidy(field, raw)
    if not text:
        return nothing
    if identity(text) or identity(narrow(text)):
        return _identity_error(field)
    if field.max_length is not None and len(text) > field.max_length:
        return error("TOO_LONG", field, text, length=len(text), limit=field.max_length)
    if is_placeholder(text):
        return _placeholder(field, text, nothing)
    if is_ditto(text):
        return error("DITTO", field, text)
    return Reading(text, tuple(p for p in (_cleaned(field, raw, text), _odd(field, text)) if p))


def _tidy(field: Field, raw: str) -> str:
    text = _INVISIBLE.sub("", raw).strip()
    if field.name in _SEVERAL_LINES:
        text = "\n".join(line.strip() for line in text.splitlines())
    else:
        text = _LINE_BREAKS.sub(" ", text)
    return unicodedata.normalize("NFC", text)


def _cleaned(field: Field, raw: str, text: str) -> Optional[Problem]:
    """Said when more than surrounding blanks went; the lines of a remark may be trimmed in silence."""
    if raw.strip() == text or (field.name in _SEVERAL_LINES and raw.split() == text.split()):
        return None
    return problem(Level.WARNING, "TEXT_CLEANED", field, raw, read=text)


def _odd(field: Field, text: str) -> Optional[Problem]:
    if text.startswith(_FORMULA_SIGNS):
        return problem(Level.WARNING, "TEXT_FORMULA", field, text)
    if _SYMBOLS.search(text):
        return problem(Level.WARNING, "TEXT_SYMBOL", field, text)
    return None


def _short(field: Field, text: str, nothing: Reading) -> Reading:
    if is_ditto(text):
        return error("DITTO", field, text)
    return _placeholder(field, text, nothing) if is_placeholder(text) else Reading(text)


def _placeholder(field: Field, text: str, nothing: Reading) -> Reading:
    """``无`` in a field that may be empty is nothing; where something is required it is kept and pointed out."""
    if not nothing.problems:
        return nothing
    return Reading(text, (problem(Level.WARNING, "PLACEHOLDER", field, text),))


def _identity_error(field: Field) -> Reading:
    """The number itself is left out of the finding: it is not to be stored anywhere."""
    return Reading(None, (Problem(Level.ERROR, "ID_CARD", {"title": field.title}, field=field.name),))
