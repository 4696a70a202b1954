"""Everything that differs between QGIS 3.22 and 4, told apart by what is there and never by a version number."""

from __future__ import annotations

from enum import Enum

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsEditFormConfig,
    QgsField,
    QgsMapLayer,
)
from qgis.PyQt.QtCore import QMetaType, QVariant
from qgis.PyQt.QtGui import QFontDatabase


class FieldKind(Enum):
    """The kinds of column our layers have: their names in ``QMetaType`` and in the older ``QVariant``."""

    TEXT = ("QString", "String")
    INTEGER = ("LongLong", "LongLong")
    REAL = ("Double", "Double")
    DATE = ("QDate", "Date")


def new_field(name: str, kind: FieldKind) -> QgsField:
    """A field of a layer: QGIS before 3.38 takes ``QVariant`` types, QGIS on Qt 6 only those of ``QMetaType``."""
    new, old = kind.value
    try:
        return QgsField(name, getattr(QMetaType.Type, new))
    except TypeError:
        return QgsField(name, getattr(QVariant.Type, old))


def form_with_tabs() -> object:
    """The form layout we arrange ourselves: ``Qgis.AttributeFormLayout`` where it is, else the form's own enum."""
    layouts = getattr(Qgis, "AttributeFormLayout", None)
    return layouts.DragAndDrop if layouts is not None else QgsEditFormConfig.EditorLayout.TabLayout


def transform_between(
    source: QgsCoordinateReferenceSystem,
    target: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> QgsCoordinateTransform:
    """The way from one CRS into another, never one that leaves coordinates as they are without a word.

    QGIS 3.40 and 3.44 can keep in their cache a transform between two valid CRSs that a drawing thread failed to set
    up. It takes whoever asks next to places far off, so the cache is emptied and the transform made anew.

    Raises:
        QgsCsException: both CRSs are valid and yet there is no way between them.
    """
    way = QgsCoordinateTransform(source, target, context)
    if way.isValid() or not (source.isValid() and target.isValid()):
        return way
    QgsCoordinateTransform.invalidateCache()
    way = QgsCoordinateTransform(source, target, context)
    if not way.isValid():
        raise QgsCsException(f"no way from {source.authid()} to {target.authid()}")
    return way


def set_attribution(layer: QgsMapLayer, text: str) -> None:
    """Write down whose a layer is: QGIS before 3.38 keeps it in the layer itself."""
    keeper = layer.serverProperties() if hasattr(layer.serverProperties(), "setAttribution") else layer
    keeper.setAttribution(text)


def font_families(writing: QFontDatabase.WritingSystem = QFontDatabase.WritingSystem.Any) -> list[str]:
    """The typefaces that are installed and able to write it: Qt 6 has no object to be made for asking."""
    try:
        return QFontDatabase.families(writing)
    except TypeError:
        return QFontDatabase().families(writing)
