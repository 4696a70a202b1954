"""Choosing the division that a person looks after by typing: villages and townships of the register, any county."""

from __future__ import annotations

from functools import cached_property
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QWidget

from ..core.places.divisions import Division
from ..core.places.gazetteer import Gazetteer, text_is_code
from .division_line import DivisionLine


class AreaPicker(DivisionLine):
    """Empty stands for no area of one's own.

    Args:
        gazetteer: with the register's divisions where one is open.
        county_code: of the open register, whose townships and villages come first; empty without one.

    Attributes:
        code: of the chosen division; empty for none.
        name: of the chosen division, as it is shown.
    """

    def __init__(self, gazetteer: Gazetteer, county_code: str = "", parent: Optional[QWidget] = None) -> None:
        super().__init__(QCoreApplication.translate("originmap", "Township, village or county; empty for all"), parent)
        self._gazetteer = gazetteer
        self._county_code = county_code
        self.code = self.name = ""

    def choose(self, code: str, name: str) -> None:
        """Show a division that was chosen before."""
        self.setText(name)
        self.take(code, name)

    @property
    def is_settled(self) -> bool:
        """Whether a division is chosen."""
        return bool(self.code)

    def take(self, code: str, words: str) -> None:
        """A division was chosen."""
        self.code, self.name = code, words

    def forget(self) -> None:
        """None is chosen while something is typed."""
        self.code = self.name = ""

    def left_unsettled(self) -> None:
        """What means none is taken back."""
        self.clear()

    def proposals(self, typed: str, most: int) -> list[tuple[str, str]]:
        """The register's own first."""
        own = [division for division in self._own if _fits(division, typed)]
        found = [(division.code, self._in_words(division.code)) for division in own[:most]]
        found += [(candidate.code, candidate.full_name) for candidate in self._gazetteer.counties(typed, most)]
        return list(dict(found).items())[:most]

    @cached_property
    def _own(self) -> list[Division]:
        """The register's county, its townships, then the villages of them all."""
        if not self._county_code:
            return []
        county = self._gazetteer.division(self._county_code)
        townships = self._gazetteer.children(self._county_code)
        villages = [village for township in townships for village in self._gazetteer.children(township.code)]
        return [*([county] if county else []), *townships, *villages]

    def _in_words(self, code: str) -> str:
        """A village says its township, since villages repeat inside a county."""
        parts = [self._gazetteer.division(code[:length]) for length in (6, 9, 12) if length <= len(code)]
        return "".join(part.name for part in parts if part is not None)


def _fits(division: Division, typed: str) -> bool:
    if text_is_code(typed):
        return division.code.startswith(typed)
    return typed in division.name or any(typed in alias for alias in division.aliases)
