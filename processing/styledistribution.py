"""Processing algorithm that makes styled layers of a register: areas by number, density, pies, hexagons, symbols."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsLayerDefinition,
    QgsLayerTreeLayer,
    QgsPathResolver,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingUtils,
    QgsReadWriteContext,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtXml import QDomDocument

from ..core.compat import FieldKind
from ..core.onemap.aggregates import Measure
from ..core.onemap.cells import Cell, cells
from ..core.onemap.filtered import count
from ..core.onemap.look import Style
from ..core.onemap.looks import SHAPES, style_areas
from ..core.onemap.query_words import in_words
from ..core.register.moments import now
from ..core.register.register import Register
from ..core.register.selection import points
from ..core.register.styled import Styling, live_layer, zoomed_layers
from ..core.sheets.safe_target import replacing
from ..core.standard.errors import OriginMapError
from .algorithm import OriginMapAlgorithm
from .lookparameters import add_look_parameters, look_of
from .queryparameters import add_query_parameters, query_of
from .sinks import add, fields_of


class StyleDistribution(OriginMapAlgorithm):
    """Makes a styled layer."""

    NAME = "styledistribution"
    GROUP = "map"
    TAGS = (
        "style",
        "choropleth",
        "heatmap",
        "density",
        "pie",
        "hexagon",
        "分级",
        "热力图",
        "密度",
        "饼图",
        "网格",
        "六边形",
    )

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        """Layers for the project are made in its thread."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def displayName(self) -> str:
        """The name in the toolbox."""
        return QCoreApplication.translate("originmap", "Style the distribution")

    def shortHelpString(self) -> str:
        """What it does, beside the parameters."""
        return QCoreApplication.translate(
            "originmap",
            "Makes a styled layer of a query's records: symbols by product and scale, divisions coloured by records, "
            "producers or scale, density, pies of the products' scale on a grid, or hexagons and squares. It is loaded "
            "into the project and can be kept as a layer definition. Divisions, pies, density and symbols always show "
            "what the register holds; hexagons and squares are made anew each time.",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The register, the conditions, the style and its classes, the files."""
        translate = QCoreApplication.translate
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        add_look_parameters(self, tuple(Style), 2.0)
        for parameter in (
            QgsProcessingParameterFeatureSink(
                "CELLS",
                translate("originmap", "Hexagons or squares"),
                QgsProcessing.SourceType.TypeVectorPolygon,
                QgsProcessing.TEMPORARY_OUTPUT,
                optional=True,
            ),
            QgsProcessingParameterFileDestination(
                "OUTPUT",
                translate("originmap", "Layer definition"),
                "QLR (*.qlr)",
                optional=True,
                createByDefault=False,
            ),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("originmap", "Records found")))
        self.addOutput(QgsProcessingOutputVectorLayer("LAYER", translate("originmap", "Styled layer")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Make the layer, hand it to the project, and write its definition where that was asked for."""
        path = Path(self.parameterAsFile(parameters, "REGISTER", context))
        results: dict[str, object] = {}
        with Register.open(path, read_only=True) as register:
            asked = self._asked(parameters, context, register)
            results["COUNT"] = count(register.connection, asked.query, asked.standard)
            found = points(register, asked.query) if asked.look.style in SHAPES else None
        if not results["COUNT"] or (found is not None and not len(found.places)):
            raise OriginMapError("MAP_EMPTY")
        if found is None:
            layers = zoomed_layers(asked) if asked.look.style is Style.ZOOMED else [live_layer(asked)]
            for layer in layers:
                _hand_over(layer, asked.title, context)
        else:
            made = cells(found, SHAPES[asked.look.style], 1000 * asked.look.size)
            results["CELLS"] = self._fill_cells(parameters, context, made)
            layer = QgsProcessingUtils.mapLayerFromString(str(results["CELLS"]), context)
            style_areas(layer, asked.look)
            layer.setName(_as_of_now(asked.title))
            layers = [layer]
        results["LAYER"] = layers[0].id()
        target = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        if target:
            _write_definition(layers, Path(target))
            results["OUTPUT"] = target
        return results

    def _asked(self, parameters: dict[str, Any], context: QgsProcessingContext, register: Register) -> Styling:
        query, standard = query_of(self, parameters, context, register), register.standard()
        words = in_words(query, standard, names=register.division_names())
        look = look_of(self, parameters, context, tuple(Style))
        return Styling(register.path, query, standard, words, look)

    def _fill_cells(self, parameters: dict[str, Any], context: QgsProcessingContext, made: Iterable[Cell]) -> str:
        """Write the cells into the sink; its destination.

        Raises:
            QgsProcessingException: there is no sink, or it does not take a cell.
        """
        fields = fields_of({measure.value: _KINDS[measure] for measure in Measure})
        crs = QgsCoordinateReferenceSystem.fromEpsgId(4490)
        sink, destination = self.parameterAsSink(parameters, "CELLS", context, fields, QgsWkbTypes.Type.Polygon, crs)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "CELLS"))
        for cell in made:
            feature = QgsFeature(fields)
            feature.setGeometry(cell.outline)
            feature.setAttributes([cell.records, cell.producers, cell.amount])
            add(sink, feature)
        return destination


def _as_of_now(title: str) -> str:
    """The name of a layer that does not follow the register says of what minute it is."""
    moment = now()[: len("2026-05-01T08:30")].replace("T", " ")
    return QCoreApplication.translate("originmap", "{title} (as of {moment})").format(title=title, moment=moment)


def _hand_over(layer: QgsVectorLayer, name: str, context: QgsProcessingContext) -> None:
    """Keep the layer for the run, and have it loaded where there is a project."""
    layer.setName(name)
    context.temporaryLayerStore().addMapLayer(layer)
    if context.project() is not None:
        details = QgsProcessingContext.LayerDetails(name, context.project(), "LAYER")
        context.addLayerToLoadOnCompletion(layer.id(), details)


def _write_definition(layers: Sequence[QgsVectorLayer], target: Path) -> None:
    """Write layers and styles as a layer definition, which QGIS opens by drag and drop.

    Raises:
        OriginMapError: those of :func:`core.sheets.safe_target.replacing`.
    """
    document, context = QDomDocument("qgis-layer-definition"), QgsReadWriteContext()
    context.setPathResolver(QgsPathResolver(str(target)))
    done, reason = QgsLayerDefinition.exportLayerDefinition(
        document, [QgsLayerTreeLayer(layer) for layer in layers], context
    )
    if not done:
        raise OriginMapError("TARGET_FAILED", file=target.name, reason=reason)
    with replacing(target) as part:
        part.write_text(document.toString(), encoding="utf-8")


_KINDS = {
    Measure.RECORDS: FieldKind.INTEGER,
    Measure.PRODUCERS: FieldKind.INTEGER,
    Measure.AMOUNT: FieldKind.REAL,
}
