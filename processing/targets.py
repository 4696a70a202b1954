"""Looks at where results shall go before anything is done, so that no input is lost to an output."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Iterable, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterFile,
)

from ..core.standard.errors import OriginMapError

# memory:, ogr:dbname=…, postgis:…; a single letter before the colon is a drive of Windows.
_NO_FILE = re.compile(r"[A-Za-z]{2,}:")


def check_targets(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
    """Refuse targets that are an input (QGIS would overwrite it whole) or whose folder is not there.

    Raises:
        OriginMapError: ``TARGET_IS_SOURCE`` or ``TARGET_FOLDER``.
    """
    sources = list(_input_files(algorithm, parameters, context))
    for definition in algorithm.destinationParameterDefinitions():
        target = _file_of(parameters.get(definition.name()))
        if target is None:
            continue
        if any(_is_same(source, target) for source in sources):
            raise OriginMapError("TARGET_IS_SOURCE", file=target.name)
        if not target.parent.is_dir():
            raise OriginMapError("TARGET_FOLDER", str(target), file=target.name, folder=str(target.parent))


def _input_files(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> Iterable[Path]:
    for definition in algorithm.parameterDefinitions():
        if isinstance(definition, QgsProcessingParameterFile):
            name = algorithm.parameterAsFile(parameters, definition.name(), context)
            if name:
                yield Path(name)


def _file_of(value: object) -> Optional[Path]:
    """The file that a destination parameter's value names; ``None`` for layers in memory and in databases."""
    text = value.sink.staticValue() if isinstance(value, QgsProcessingOutputLayerDefinition) else value
    if not isinstance(text, str) or not text or text == QgsProcessing.TEMPORARY_OUTPUT or _NO_FILE.match(text):
        return None
    return Path(text)


def _is_same(source: Path, target: Path) -> bool:
    return source.exists() and target.exists() and source.samefile(target)
