"""Makes the register of a county: one GeoPackage with tables, rules and forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.places.gazetteer import Gazetteer
from ..core.register.county import county_named
from ..core.register.create import create_register
from .algorithm import OriginMapAlgorithm


class CreateRegister(OriginMapAlgorithm):
    """A county's code or name in, an empty register out."""

    NAME = "createregister"
    GROUP = "register"
    TAGS = ("新建档案库", "档案库", "建库", "初始化", "register", "create", "geopackage")

    COUNTY = "COUNTY"
    COUNTY_NAME = "COUNTY_NAME"
    REPLACE = "REPLACE"
    REGISTER = "REGISTER"
    COUNTY_CODE = "COUNTY_CODE"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Create register")

    def shortHelpString(self) -> str:
        """The help beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Makes an empty register: one GeoPackage that holds the records, their history, the imports, the county's "
            "divisions and its own standard. It opens with its form and rules in any QGIS, and on the phone.\n\n"
            "The county is given by its six-digit division code or its name. Where the code is not in the national "
            "list, give the county's name too; province and city may stand before it, parted by spaces.",
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(
            QgsProcessingParameterString(
                self.COUNTY, QCoreApplication.translate("originmap", "County (division code or name)")
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                self.COUNTY_NAME,
                QCoreApplication.translate("originmap", "Name of a county that is not in the national list"),
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean(
                self.REPLACE,
                QCoreApplication.translate("originmap", "Replace a file that is there"),
                defaultValue=False,
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                self.REGISTER,
                QCoreApplication.translate("originmap", "Register"),
                QCoreApplication.translate("originmap", "GeoPackage (*.gpkg)"),
            )
        )
        self.addOutput(
            QgsProcessingOutputString(self.COUNTY_CODE, QCoreApplication.translate("originmap", "Division code"))
        )

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Find the county, make the file."""
        county = county_named(
            Gazetteer.open(),
            self.parameterAsString(parameters, self.COUNTY, context),
            self.parameterAsString(parameters, self.COUNTY_NAME, context),
        )
        path = Path(self.parameterAsFileOutput(parameters, self.REGISTER, context))
        replace = self.parameterAsBoolean(parameters, self.REPLACE, context)
        create_register(
            path, county.code, county.name, city_name=county.city, province_name=county.province, replace=replace
        ).close()
        feedback.pushInfo(
            QCoreApplication.translate("originmap", "Register of {county} ({code}): {path}").format(
                county=f"{county.province}{county.city}{county.name}", code=county.code, path=path
            )
        )
        return {self.REGISTER: str(path), self.COUNTY_CODE: county.code}
