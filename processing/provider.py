"""The provider under which Processing lists the algorithms of Origin Map."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from ..core.onemap.checks import LayoutCheck, register_checks, withdraw_checks
from .algorithm import ICON, OriginMapAlgorithm
from .checkrecords import CheckRecords
from .convertcoordinates import ConvertCoordinates
from .createregister import CreateRegister
from .distributionmap import DistributionMap
from .exporttable import ExportTable
from .fieldsheet import FieldSheet
from .georeferencetable import GeoreferenceTable
from .loadboundaries import LoadBoundaries
from .maketemplate import MakeTemplate
from .omissions import Omissions
from .overduereturns import OverdueReturns
from .producercards import ProducerCards
from .progressreport import ProgressReportAlgorithm
from .reviewrecords import ReviewRecords
from .setcadence import SetCadence
from .statistics import Statistics
from .styledistribution import StyleDistribution
from .submitrecords import SubmitRecords
from .undostep import UndoStep
from .updatesdue import UpdatesDue
from .verifyhistory import VerifyHistory

ALGORITHMS: tuple[type[OriginMapAlgorithm], ...] = (
    CheckRecords,
    ConvertCoordinates,
    CreateRegister,
    DistributionMap,
    ExportTable,
    FieldSheet,
    GeoreferenceTable,
    LoadBoundaries,
    MakeTemplate,
    Omissions,
    OverdueReturns,
    ProducerCards,
    ProgressReportAlgorithm,
    ReviewRecords,
    SetCadence,
    Statistics,
    StyleDistribution,
    SubmitRecords,
    UndoStep,
    UpdatesDue,
    VerifyHistory,
)


class OriginMapProvider(QgsProcessingProvider):
    """Lists the algorithms; holds no logic."""

    _checks: tuple[LayoutCheck, ...] = ()

    def id(self) -> str:
        """The part before the colon in ``originmap:georeferencetable``."""
        return "originmap"

    def name(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Origin Map")

    def icon(self) -> QIcon:
        """The plugin's own icon."""
        return QIcon(str(ICON))

    def svgIconPath(self) -> str:
        """The same icon for the places where Processing draws it itself."""
        return str(ICON)

    def load(self) -> bool:
        """Called when QGIS takes the provider in: from then on it knows our checks of layouts as well."""
        self._checks = register_checks()
        return super().load()

    def unload(self) -> None:
        """Called when QGIS lets go of the provider."""
        withdraw_checks(self._checks)
        super().unload()

    def loadAlgorithms(self) -> None:
        """Called by Processing at start and after a refresh."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
