"""Processing algorithm that makes styled layers of a register: areas by number, density, pies, hexagons, symbols."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
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
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingUtils,
    QgsReadWriteContext,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtXml import QDomDocument

from ..core.compat import FieldKind, new_field
from ..core.onemap.aggregates import Measure
from ..core.onemap.cells import Cell, Shape, cells
from ..core.onemap.filtered import count
from ..core.onemap.graduated import Classes
from ..core.onemap.query_words import in_words
from ..core.register.register import Register
from ..core.register.selection import points
from ..core.register.styled import Style, Styling, live_layer, style_areas, zoomed_layers
from ..core.sheets.safe_target import replacing
from ..core.standard.errors import OriginMapError
from .algorithm import OriginMapAlgorithm
from .queryparameters import add_query_parameters, query_of

_LEVELS = (9, 12, 6)


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
        whole, real = QgsProcessingParameterNumber.Type.Integer, QgsProcessingParameterNumber.Type.Double
        self.addParameter(QgsProcessingParameterFile("REGISTER", translate("originmap", "Register"), extension="gpkg"))
        add_query_parameters(self)
        for name, title, options in _choices():
            self.addParameter(QgsProcessingParameterEnum(name, title, options, False, 0, True))
        for parameter in (
            QgsProcessingParameterNumber("CLASSES", translate("originmap", "Number of classes"), whole, 5, True, 2, 9),
            QgsProcessingParameterNumber(
                "SIZE", translate("originmap", "Width of cells (kilometres)"), real, 2, True, 0.05, 500
            ),
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
            found = points(register, asked.query) if asked.style in _SHAPES else None
        if not results["COUNT"] or (found is not None and not len(found.places)):
            raise OriginMapError("MAP_EMPTY")
        if found is None:
            layers = zoomed_layers(asked) if asked.style is Style.ZOOMED else [live_layer(asked)]
            for layer in layers:
                _hand_over(layer, asked.title, context)
        else:
            made = cells(found, _SHAPES[asked.style], 1000 * asked.size)
            results["CELLS"] = self._fill_cells(parameters, context, made)
            layer = QgsProcessingUtils.mapLayerFromString(str(results["CELLS"]), context)
            style_areas(layer, asked)
            layer.setName(asked.title)
            layers = [layer]
        results["LAYER"] = layers[0].id()
        target = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        if target:
            _write_definition(layers, Path(target))
            results["OUTPUT"] = target
        return results

    def _asked(self, parameters: dict[str, Any], context: QgsProcessingContext, register: Register) -> Styling:
        def chosen(name: str) -> int:
            return self.parameterAsEnum(parameters, name, context)

        query, standard = query_of(self, parameters, context, register), register.standard()
        names = register.division_names()
        return Styling(
            path=register.path,
            query=query,
            standard=standard,
            words=in_words(query, standard, names=names),
            style=tuple(Style)[chosen("STYLE")],
            measure=tuple(Measure)[chosen("MEASURE")],
            classes=tuple(Classes)[chosen("METHOD")],
            number=self.parameterAsInt(parameters, "CLASSES", context),
            level=_LEVELS[chosen("LEVEL")],
            size=self.parameterAsDouble(parameters, "SIZE", context),
        )

    def _fill_cells(self, parameters: dict[str, Any], context: QgsProcessingContext, made: Iterable[Cell]) -> str:
        """Write the cells into the sink; its destination.

        Raises:
            QgsProcessingException: there is no sink, or it does not take a cell.
        """
        fields = QgsFields()
        for measure in Measure:
            fields.append(new_field(measure.value, _KINDS[measure]))
        crs = QgsCoordinateReferenceSystem.fromEpsgId(4490)
        sink, destination = self.parameterAsSink(parameters, "CELLS", context, fields, QgsWkbTypes.Type.Polygon, crs)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "CELLS"))
        for cell in made:
            feature = QgsFeature(fields)
            feature.setGeometry(cell.outline)
            feature.setAttributes([cell.records, cell.producers, cell.amount])
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(sink.lastError())
        return destination


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


_SHAPES = {Style.HEXAGONS: Shape.HEXAGON, Style.SQUARES: Shape.SQUARE}
_KINDS = {
    Measure.RECORDS: FieldKind.INTEGER,
    Measure.PRODUCERS: FieldKind.INTEGER,
    Measure.AMOUNT: FieldKind.REAL,
}


def _choices() -> tuple[tuple[str, str, list[str]], ...]:
    """Parameters with a few values each, in the order of their enums."""
    translate = QCoreApplication.translate
    styles = [
        translate("originmap", "symbols by product and scale"),
        translate("originmap", "divisions by number"),
        translate("originmap", "density"),
        translate("originmap", "pies on a grid"),
        translate("originmap", "hexagons"),
        translate("originmap", "squares"),
        translate("originmap", "symbols near, pies from far"),
        translate("originmap", "year on the market, for the temporal controller"),
    ]
    measures = [
        translate("originmap", "records"),
        translate("originmap", "producers"),
        translate("originmap", "scale"),
    ]
    classes = [
        translate("originmap", "natural breaks (Jenks)"),
        translate("originmap", "equal count (quantile)"),
        translate("originmap", "equal interval"),
        translate("originmap", "round numbers"),
    ]
    levels = [
        translate("originmap", "township"),
        translate("originmap", "village"),
        translate("originmap", "county"),
    ]
    return (
        ("STYLE", translate("originmap", "Style"), styles),
        ("MEASURE", translate("originmap", "Number"), measures),
        ("METHOD", translate("originmap", "Classes by"), classes),
        ("LEVEL", translate("originmap", "Divisions by"), levels),
    )
