"""The parameters with which algorithms ask how records are shown and by which divisions they are counted."""

from __future__ import annotations

from typing import Any, Sequence

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.onemap.aggregates import Measure
from ..core.onemap.graduated import Classes
from ..core.onemap.look import Look, Style

_LEVELS = (9, 12, 6)


def add_look_parameters(
    algorithm: QgsProcessingAlgorithm, styles: Sequence[Style], size: float, *, advanced: bool = False
) -> None:
    """Style, what is counted, classes, divisions and cells.

    Args:
        algorithm: gets the parameters.
        styles: to choose from; the first one is the usual one.
        size: usual width of cells in kilometres; 0 for what looks well on the paper.
        advanced: whether all but the style stand among the advanced parameters.
    """
    translate = QCoreApplication.translate
    titles = _style_titles()
    whole, real = QgsProcessingParameterNumber.Type.Integer, QgsProcessingParameterNumber.Type.Double
    least = 0.05 if size else 0.0
    width = translate("originmap", "Width of cells (kilometres)")
    if not size:
        width = translate("originmap", "Width of cells (kilometres; 0: as it looks well on the paper)")
    algorithm.addParameter(_one("STYLE", translate("originmap", "Style"), [titles[style] for style in styles]))
    for parameter in (
        _one("MEASURE", translate("originmap", "Number"), _measures()),
        _one("METHOD", translate("originmap", "Classes by"), _methods()),
        level_parameter(),
        QgsProcessingParameterNumber("CLASSES", translate("originmap", "Number of classes"), whole, 5, True, 2, 9),
        QgsProcessingParameterNumber("SIZE", width, real, size, True, least, 500),
    ):
        if advanced:
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        algorithm.addParameter(parameter)


def look_of(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    styles: Sequence[Style],
) -> Look:
    """What the parameters say; ``styles`` as they were offered."""

    def chosen(name: str) -> int:
        return algorithm.parameterAsEnum(parameters, name, context)

    return Look(
        style=styles[chosen("STYLE")],
        measure=tuple(Measure)[chosen("MEASURE")],
        classes=tuple(Classes)[chosen("METHOD")],
        number=algorithm.parameterAsInt(parameters, "CLASSES", context),
        level=level_of(algorithm, parameters, context),
        size=algorithm.parameterAsDouble(parameters, "SIZE", context),
    )


def level_parameter() -> QgsProcessingParameterEnum:
    """By which divisions records are counted."""
    translate = QCoreApplication.translate
    levels = [
        translate("originmap", "township"),
        translate("originmap", "village"),
        translate("originmap", "county"),
    ]
    return _one("LEVEL", translate("originmap", "Divisions by"), levels)


def level_of(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> int:
    """Digits of the division codes of the chosen level."""
    return _LEVELS[algorithm.parameterAsEnum(parameters, "LEVEL", context)]


def _one(name: str, title: str, options: Sequence[str]) -> QgsProcessingParameterEnum:
    return QgsProcessingParameterEnum(name, title, list(options), False, 0, True)


def _style_titles() -> dict[Style, str]:
    translate = QCoreApplication.translate
    return {
        Style.SYMBOLS: translate("originmap", "symbols by product and scale"),
        Style.DIVISIONS: translate("originmap", "divisions by number"),
        Style.DENSITY: translate("originmap", "density"),
        Style.PIES: translate("originmap", "pies on a grid"),
        Style.HEXAGONS: translate("originmap", "hexagons"),
        Style.SQUARES: translate("originmap", "squares"),
        Style.ZOOMED: translate("originmap", "symbols near, pies from far"),
        Style.RING: translate("originmap", "year on the market, for the temporal controller"),
        Style.STATES: translate("originmap", "states, with what lies too long"),
    }


def _measures() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("originmap", "records"),
        translate("originmap", "producers"),
        translate("originmap", "scale"),
    ]


def _methods() -> list[str]:
    translate = QCoreApplication.translate
    return [
        translate("originmap", "natural breaks (Jenks)"),
        translate("originmap", "equal count (quantile)"),
        translate("originmap", "equal interval"),
        translate("originmap", "round numbers"),
    ]
