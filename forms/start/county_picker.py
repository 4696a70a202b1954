"""Choosing a county by typing a part of its name, or digits of its code."""

from __future__ import annotations

from functools import cached_property
from typing import Iterator, Optional

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...core.places.gazetteer import Gazetteer
from ...core.register.county import County, county_named
from ..division_line import DivisionLine


class CountyPicker(DivisionLine):
    """Proposes counties as 省 市 县; ``picked`` tells that :attr:`county` changed."""

    picked = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(QCoreApplication.translate("originmap", "Name or code, such as 琼海 or 469002"), parent)
        self.county: Optional[County] = None

    @property
    def is_settled(self) -> bool:
        """Whether a county is chosen."""
        return self.county is not None

    def proposals(self, typed: str, most: int) -> Iterator[tuple[str, str]]:
        """Counties, the best first."""
        for candidate in self._gazetteer.counties(typed, most):
            yield candidate.code, _in_words(county_named(self._gazetteer, candidate.code))

    def take(self, code: str, words: str) -> None:
        """A county was chosen."""
        self._set(county_named(self._gazetteer, code))

    def forget(self) -> None:
        """None is chosen while something is typed."""
        self._set(None)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer.open()

    def _set(self, county: Optional[County]) -> None:
        if county != self.county:
            self.county = county
            self.picked.emit()


def _in_words(county: County) -> str:
    names = [name for name in (county.province, county.city, county.name) if name]
    return f"{' '.join(dict.fromkeys(names))}  {county.code}"
