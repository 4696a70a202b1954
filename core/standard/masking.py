"""Hides personal data: a name keeps its first character, a phone number its ends."""

from __future__ import annotations

import re
from dataclasses import replace

from .findings import Finding
from .model import Standard

MASK = "*"
PHONE_SEPARATOR = "、"
_COMPOUND_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "东方", "慕容", "令狐", "长孙")
_MASKED_NAME = re.compile(r"[^*＊]{0,2}[*＊]+")
_LANDLINE = re.compile(r"(?P<area>0\d{2,3})-(?P<number>\d{7,8})(?P<extension>-\d{1,6})?")


def mask_name(name: str) -> str:
    """A person's name with everything but the surname hidden: ``张示例`` becomes ``张*``.

    The length of the name is hidden as well. A name of one character is hidden whole.
    """
    text = name.strip()
    if not text:
        return ""
    if len(text) == 1:
        return MASK
    surname = text[:2] if len(text) > 2 and text.startswith(_COMPOUND_SURNAMES) else text[0]
    return surname + MASK


def mask_phone(phones: str) -> str:
    """One number, or several parted by ``、``, with the middle hidden.

    ``13800001234`` becomes ``138****1234``, ``0898-12345678-123`` becomes ``0898-****5678``; what is no number of
    these two kinds keeps its first three and last two characters, or nothing where it is shorter than eight.
    """
    return PHONE_SEPARATOR.join(_mask_number(number.strip()) for number in phones.split(PHONE_SEPARATOR))


def _mask_number(number: str) -> str:
    if not number:
        return ""
    if len(number) == 11 and number.isdigit():
        return f"{number[:3]}{MASK * 4}{number[-4:]}"
    landline = _LANDLINE.fullmatch(number)
    if landline:
        return f"{landline['area']}-{MASK * 4}{landline['number'][-4:]}"
    if len(number) < 8:
        return MASK * 4
    return f"{number[:3]}{MASK * 4}{number[-2:]}"


def is_masked(text: str) -> bool:
    """Whether a cell holds what :func:`mask_name` or :func:`mask_phone` left of a value.

    An import leaves the stored value as it is where the cell is masked. No name or number of the standard has a ``*``.
    """
    return MASK in text or "＊" in text


def is_masked_name(text: str) -> bool:
    """Whether a text is what :func:`mask_name` leaves: a surname at most, and signs; a firm may hold a ``*``."""
    return _MASKED_NAME.fullmatch(text.strip()) is not None


def masked_finding(finding: Finding, standard: Standard) -> Finding:
    """The finding as logs and layers show it: a person's name or number that it quotes is masked."""
    field = next((field for field in standard.fields if field.name == finding.field), None)
    value = finding.params.get("value")
    if field is None or not field.personal or not value:
        return finding
    mask = mask_phone if field.pattern == "phones" else mask_name
    return replace(finding, params={**finding.params, "value": mask(str(value))}, proposal="")
