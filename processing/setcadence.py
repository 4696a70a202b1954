"""Processing algorithm with which a county says how often a product is collected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.quality.cadence import CadenceRule
from ..core.register.due import rules_in_words, set_cadence
from ..core.register.register import Register
from ..core.standard.errors import OriginMapError
from ..core.standard.model import Cadence, Standard
from .algorithm import OriginMapAlgorithm, language

_EVERY = (None, Cadence.CROP, Cadence.MONTH)
_SEPARATORS = str.maketrans(dict.fromkeys("，,、；;", " "))


class SetCadence(OriginMapAlgorithm):
    """Sets a county's own cadence of a product."""

    NAME = "setcadence"
    GROUP = "quality"
    TAGS = ("cadence", "frequency", "due", "采集频次", "茬次", "每月", "期限", "宽限")

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Set how often a product is collected")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Lets a county set for a product how often it is collected, which crops are grown in a year, how many "
            "days ahead it is told and how many days are given. It counts in this register, for lists, checks and "
            "reports; records stay as they are. The national rule can be taken again at any time.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, the product, its rule."""
        translate = QCoreApplication.translate
        every = [
            translate("originmap", "as the national standard says"),
            translate("originmap", "every crop"),
            translate("originmap", "every month"),
        ]
        crops = translate("originmap", "Crops of a year, such as 春茬 秋茬 (empty: what each site grew before)")
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        self.addParameter(QgsProcessingParameterString("PRODUCT", translate("originmap", "Product")))
        self.addParameter(QgsProcessingParameterEnum("EVERY", translate("originmap", "Collected"), every, False, 0))
        self.addParameter(QgsProcessingParameterString("CROPS", crops, optional=True))
        whole = QgsProcessingParameterNumber.Type.Integer
        for name, title, default, most in (
            ("SOON", translate("originmap", "Days before it is due from which on it is due soon"), 7, 366),
            ("GRACE", translate("originmap", "Days given after the planting of a crop"), 30, 366),
            ("LAST_DAY", translate("originmap", "Last day of the month for a month (0: its end)"), 0, 31),
        ):
            self.addParameter(QgsProcessingParameterNumber(name, title, whole, default, False, 0, most))
        self.addOutput(QgsProcessingOutputString("RULE", translate("originmap", "The rule in words")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Write the rule and say it."""

        def number(name: str) -> int:
            return self.parameterAsInt(parameters, name, context)

        every = _EVERY[self.parameterAsEnum(parameters, "EVERY", context)]
        crops = self.parameterAsString(parameters, "CROPS", context).translate(_SEPARATORS).split()
        by = QgsApplication.userFullName() or QgsApplication.userLoginName()
        with Register.open(Path(self.parameterAsFile(parameters, "REGISTER", context))) as register:
            code = _product(self.parameterAsString(parameters, "PRODUCT", context).strip(), register.standard())
            rule = None
            if every is not None:
                rule = CadenceRule(every, tuple(crops), number("SOON"), number("GRACE"), number("LAST_DAY"))
            set_cadence(register, code, rule, by)
            words = rules_in_words(register.standard(), {code})
        feedback.pushInfo(words)
        return {"RULE": words}


def _product(text: str, standard: Standard) -> str:
    for variety in standard.varieties:
        if text in (variety.code, variety.title, variety.title_en, *variety.aliases):
            return variety.code
    raise OriginMapError("QUERY_VALUE", value=text, field=standard.field("variety").title_in(language()))
