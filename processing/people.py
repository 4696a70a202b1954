"""How people are shown in what an algorithm writes: masked, or in full for a purpose that is noted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.register.reports import note_in_full
from ..core.standard.errors import OriginMapError


def add_people_parameters(algorithm: QgsProcessingAlgorithm) -> None:
    """Whether names and phones are masked, and what a list in full is for."""
    translate = QCoreApplication.translate
    algorithm.addParameter(QgsProcessingParameterBoolean("MASK", translate("originmap", "Mask names and phones"), True))
    algorithm.addParameter(
        QgsProcessingParameterString("PURPOSE", translate("originmap", "Purpose of an export in full"), optional=True)
    )


class PeopleAsked:
    """How people shall be shown, as the parameters say.

    Raises:
        OriginMapError: ``PURPOSE_MISSING`` for a list in full without one.
    """

    def __init__(
        self, algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> None:
        self.masked: bool = algorithm.parameterAsBool(parameters, "MASK", context)
        self.purpose: str = algorithm.parameterAsString(parameters, "PURPOSE", context).strip()
        self.by: str = QgsApplication.userFullName() or QgsApplication.userLoginName()
        if not self.masked and not self.purpose:
            raise OriginMapError("PURPOSE_MISSING")

    def note(self, register: Path, number: int, words: str, target: str) -> None:
        """Note in the register that a list in full is made, before anything is written."""
        if not self.masked:
            note_in_full(register, number, words, Path(target or "-"), purpose=self.purpose, by=self.by)
