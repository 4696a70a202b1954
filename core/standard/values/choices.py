"""Cells of fields with a code list: titles, codes and everyday names, one or several to a cell, become codes."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from typing import Mapping, NamedTuple, Optional

from ..cells import text_of
from ..findings import Level
from ..model import Choice, Field, Standard
from .characters import narrow
from .reading import LONGEST, Filled, FilledReader, Reading, empty_reading, error, is_placeholder, problem

_SEPARATORS = re.compile(r"[、,;/|\n\r\t+]+")
_LOOSE_SEPARATORS = re.compile(r"[\s和及与]+")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")

# A site can be part open field, part greenhouse: the first mode named counts and the rest is said, never refused.
_MAY_BE_MIXED = frozenset({"production_mode"})

# What an entry that is not in the list is called, where it has a code of its own.
_UNKNOWN_CODES = {"variety": "PROD_UNKNOWN", "unit": "UNIT_BAD"}

_CLOSE_ENOUGH = 0.6


class Known(NamedTuple):
    """What a name stands for; ``exact`` when it is the list's own name for it and not an everyday one."""

    code: str
    exact: bool


@dataclass(frozen=True)
class ChoiceIndex:
    """All names of a list, folded (width, case and blanks do not matter), with the order and titles of its codes."""

    names: Mapping[str, Known]
    titles: Mapping[str, str]

    def find(self, text: str) -> Optional[Known]:
        """The entry of that name, also when an alternative name of the same entry stands behind it in brackets."""
        known = self.names.get(fold(text))
        if known is not None:
            return known
        folded = narrow(text)
        bracket = _BRACKETS.search(folded)
        if bracket is None:
            return None
        outer, inner = self.names.get(fold(_BRACKETS.sub("", folded))), self.names.get(fold(bracket[1]))
        if outer is None or (inner is not None and inner.code != outer.code):
            return None
        return Known(outer.code, False)

    def closest(self, text: str) -> str:
        """The title of the entry whose name is nearly the text; empty when none is."""
        if len(text) > LONGEST:
            return ""
        names = difflib.get_close_matches(fold(text), self.names, 1, _CLOSE_ENOUGH)
        return self.titles[self.names[names[0]].code] if names else ""

    def in_order(self, codes: set[str]) -> list[str]:
        """The codes in the order of the list."""
        return [code for code in self.titles if code in codes]


def fold(text: str) -> str:
    """The form in which names of a list are compared."""
    return "".join(narrow(text).lower().split())


def choice_index(choices: tuple[Choice, ...]) -> ChoiceIndex:
    """All names of a list; a title wins over a code, a code over an alias that reads the same."""
    names: dict[str, Known] = {}
    for choice in choices:
        names.update(dict.fromkeys(map(fold, choice.aliases), Known(choice.code, False)))
    for choice in choices:
        # “农户或农村经纪人” names two kinds of people: either word is the list's own.
        own = (choice.code, choice.title_en, choice.title, *choice.title.split("或"))
        names.update(dict.fromkeys(map(fold, own), Known(choice.code, True)))
    return ChoiceIndex(names, {choice.code: choice.title for choice in choices})


def choice_reader(standard: Standard, field: Field) -> FilledReader:
    """Reads a cell of a field with a code list; several choices come back as JSON text in the order of the list."""
    index = choice_index(standard.choices(field.name))
    nothing = empty_reading(field)
    ready = {
        title: Reading(_json([code]) if field.several else code) for code, title in index.titles.items()
    }

    def read(cell: Filled) -> Reading:
        reading = ready.get(cell) if cell.__class__ is str else None
        return reading or _read_closely(field, cell, index, nothing)

    return read


def _read_closely(field: Field, cell: Filled, index: ChoiceIndex, nothing: Reading) -> Reading:
    text = narrow(text_of(cell))
    whole = index.find(text) if text else None
    if whole is not None:
        return _found(field, cell, index, [whole])
    if not text or (is_placeholder(text) and not nothing.problems):
        return nothing
    found = _several(text, index)
    if found is None:
        return _unknown(field, cell, index)
    return _found(field, cell, index, found)


def _several(text: str, index: ChoiceIndex) -> Optional[list[Known]]:
    """The entries named in the text, or ``None`` when any part of it is none."""
    found: list[Known] = []
    for part in filter(None, map(str.strip, _SEPARATORS.split(text))):
        known = index.find(part)
        if known is not None:
            found.append(known)
            continue
        words = [index.find(word) for word in _LOOSE_SEPARATORS.split(part) if word]
        if len(words) < 2 or None in words:
            return None
        found.extend(word for word in words if word is not None)
    return found or None


def _found(field: Field, cell: Filled, index: ChoiceIndex, found: list[Known]) -> Reading:
    codes = {known.code for known in found}
    if not field.several and len(codes) > 1:
        return _too_many(field, cell, index, found)
    value = _json(index.in_order(codes)) if field.several else found[0].code
    if all(known.exact for known in found):
        return Reading(value)
    read = "、".join(index.titles[code] for code in index.in_order(codes))
    return Reading(value, (problem(Level.WARNING, "CHOICE_READ", field, cell, read=read),))


def _too_many(field: Field, cell: Filled, index: ChoiceIndex, found: list[Known]) -> Reading:
    if field.name not in _MAY_BE_MIXED:
        return _unknown(field, cell, index)
    first = found[0].code
    return Reading(first, (problem(Level.WARNING, "CHOICE_FIRST", field, cell, read=index.titles[first]),))


def _unknown(field: Field, cell: Filled, index: ChoiceIndex) -> Reading:
    """A list that has a default (credit grades differ by county) keeps the row; all others do not know the value."""
    choices = "、".join(index.titles.values())
    if field.default in index.titles:
        read = index.titles[field.default]
        warning = problem(Level.WARNING, "CHOICE_UNKNOWN", field, cell, read=read, choices=choices)
        return Reading(field.default, (warning,))
    code = _UNKNOWN_CODES.get(field.name, "ENUM_BAD")
    return error(code, field, cell, proposal=index.closest(text_of(cell)), choices=choices)


def _json(codes: list[str]) -> str:
    return json.dumps(codes, ensure_ascii=False, separators=(",", ":"))
