"""The register's tables as QGIS layers, and the styles with which they open everywhere, also without the plugin."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date
from pathlib import Path
from typing import Mapping

from qgis.core import (
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtXml import QDomDocument

from ..onemap.reading import journal_held
from ..onemap.renderer import variety_renderer
from ..standard.model import Standard
from .errors import RegisterError
from .form import CHOICE_LAYER, build_form
from .gpkg import declare_attributes
from .schema import DIVISION, RECORD

ROLE = "originmap/role"
_TITLES = {RECORD: "采集记录", DIVISION: "行政区划"}

# As QGIS makes the table itself when it saves a style into a GeoPackage.
_LAYER_STYLES = """CREATE TABLE "layer_styles" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "f_table_catalog" TEXT(256), "f_table_schema" TEXT(256),
  "f_table_name" TEXT(256), "f_geometry_column" TEXT(256), "styleName" TEXT(30), "styleQML" TEXT, "styleSLD" TEXT,
  "useAsDefault" BOOLEAN, "description" TEXT, "owner" TEXT(30), "ui" TEXT(30),
  "update_time" DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""


def open_layer(path: Path, table: str = RECORD, *, read_only: bool = False) -> QgsVectorLayer:
    """A table of the register as a layer with its stored style and form; ``originmap/role`` says which one it is.

    Args:
        path: of the register.
        table: its name.
        read_only: when nobody is going to edit it.

    Raises:
        RegisterError: ``REGISTER_NOT_ONE`` when the file has no such table.
    """
    # The code lists keep their plain name: the form of the records finds them by it.
    options = QgsVectorLayer.LayerOptions()
    options.forceReadOnly = read_only
    with journal_held(path):
        layer = QgsVectorLayer(f"{path}|layername={table}", _TITLES.get(table, table), "ogr", options)
    if not layer.isValid():
        raise RegisterError("REGISTER_NOT_ONE", f"{path}|{table}", file=path.name)
    layer.setCustomProperty(ROLE, table)
    return layer


def create_style_table(connection: sqlite3.Connection) -> None:
    """Make the table that QGIS looks for styles in."""
    connection.execute(_LAYER_STYLES)
    declare_attributes(connection, "layer_styles", "QGIS 样式")


def styles(path: Path, file_name: str, standard: Standard, settings: Mapping[str, str]) -> dict[str, str]:
    """The default styles (QML) by table, as :func:`write_styles` stores them.

    Args:
        path: where the register stands now.
        file_name: what it will be called, for the link from the form to the code lists in the same file.
        standard: with the county's own values.
        settings: of the register.
    """
    records = open_layer(path, RECORD)
    records.setRenderer(variety_renderer(standard))
    build_form(records, standard, settings, choices_beside(file_name))
    divisions = open_layer(path, DIVISION)
    divisions.setRenderer(_outlines())
    divisions.setDisplayExpression('"name"')
    return {RECORD: _qml(records), DIVISION: _qml(divisions)}


def renewed_form(path: Path, standard: Standard, settings: Mapping[str, str]) -> str:
    """The default style (QML) of the records with the form of this version, and everything else as it is stored."""
    records = open_layer(path, RECORD)
    build_form(records, standard, settings, choices_beside(path.name))
    return _qml(records)


def choices_beside(file_name: str) -> str:
    """Where the form finds the code lists: in the same file, wherever it is moved."""
    return f"./{file_name}|layername={CHOICE_LAYER}"


def write_styles(connection: sqlite3.Connection, styles_by_table: Mapping[str, str]) -> None:
    """Store default styles, in the place of those that we stored before.

    A default style that a person stored since is kept under its name with the day behind it, and can be loaded again.
    """
    for table, qml in styles_by_table.items():
        stored = connection.execute(
            "SELECT id, styleQML, description FROM layer_styles WHERE f_table_name = ? AND useAsDefault", (table,)
        ).fetchall()
        for number, before, mark in stored:
            if mark == _mark(before) or not mark:
                connection.execute("DELETE FROM layer_styles WHERE id = ?", (number,))
            else:
                connection.execute(
                    "UPDATE layer_styles SET useAsDefault = 0, styleName = styleName || ? WHERE id = ?",
                    (f"（{date.today():%Y-%m-%d} 前）", number),
                )
        connection.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '')",
            (table, _TITLES[table], qml, _mark(qml)),
        )


def _mark(qml: str) -> str:
    """By which a style that we stored is known again, as long as nobody changed it."""
    return f"originmap {hashlib.sha256(qml.encode()).hexdigest()}"


def _qml(layer: QgsVectorLayer) -> str:
    document = QDomDocument()
    layer.exportNamedStyle(document)
    return document.toString()


def _outlines() -> QgsFeatureRenderer:
    symbol = QgsFillSymbol.createSimple({"style": "no", "outline_color": "#7a7a7a", "outline_width": "0.3"})
    return QgsSingleSymbolRenderer(symbol)
