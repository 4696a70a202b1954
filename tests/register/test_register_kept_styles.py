"""Styles in the register: a person's own are kept, found by QGIS, and never overwritten by ours."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import QgsMarkerSymbol, QgsSingleSymbolRenderer

from originmap.core.register.create import create_register
from originmap.core.register.kept_styles import drop_style, keep_style, kept_style, kept_styles
from originmap.core.register.layers import open_layer
from originmap.core.standard.model import LocalStandard


def _default(path) -> str:
    layer = open_layer(path)
    return layer.renderer().type()


def test_a_default_style_of_a_person_outlives_a_change_of_the_standard(qgis_app, tmp_path):
    path = tmp_path / "county.gpkg"
    with create_register(path, "999901", "示例县") as register:
        layer = open_layer(path)
        layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple({"size": "9"})))
        assert layer.saveStyleToDatabase("大点", "", True, "") == ""
        del layer
        assert _default(path) == "singleSymbol"
        register.apply_local_standard(LocalStandard(thresholds={"cowpea": 4.0}))
        assert _default(path) == "categorizedSymbol"
        names = [name for name in kept_styles(register.connection) if name.startswith("大点（")]
        assert len(names) == 1 and "size" in kept_style(register.connection, names[0])
        before = kept_styles(register.connection)
        register.apply_local_standard(replace(register.local_standard(), thresholds={"cowpea": 5.0}))
        assert kept_styles(register.connection) == before


def test_a_kept_style_is_one_of_qgis(qgis_app, tmp_path):
    path = tmp_path / "county.gpkg"
    with create_register(path, "999901", "示例县") as register:
        keep_style(register, "密度", "<qgis/>", "张示例")
        keep_style(register, "密度", "<qgis version='3'/>", "李示例")
        assert kept_style(register.connection, "密度") == "<qgis version='3'/>"
        _, _, names, descriptions, _ = open_layer(path).listStylesInDatabase()
        assert dict(zip(names, descriptions))["密度"] == "李示例"
        drop_style(register, "密度")
        assert kept_style(register.connection, "密度") == ""
        assert _default(path) == "categorizedSymbol"
