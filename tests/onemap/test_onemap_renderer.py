"""Every product has its silhouette and its categories; what the standard does not know is drawn as well."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from qgis.core import QgsExpression, QgsExpressionContext, QgsFeature, QgsFields

from originmap.core.compat import FieldKind, new_field
from originmap.core.onemap.packing import class_digit
from originmap.core.onemap.renderer import SIZE_CLASSES, SYMBOLS, class_expression, variety_renderer
from originmap.core.register.layers import open_layer
from originmap.core.register.register import connect
from originmap.core.standard.model import LocalStandard, load_standard


def drawn_as(standard, variety, scale, facility=None, quality="exact"):
    fields = QgsFields()
    for name, kind in (
        ("variety", FieldKind.TEXT),
        ("scale", FieldKind.REAL),
        ("facility", FieldKind.TEXT),
        ("point_quality", FieldKind.TEXT),
    ):
        fields.append(new_field(name, kind))
    feature = QgsFeature(fields)
    feature.setAttributes([variety, scale, facility, quality])
    context = QgsExpressionContext()
    context.setFeature(feature)
    context.setFields(fields)
    expression = QgsExpression(class_expression(standard))
    value = expression.evaluate(context)
    assert not expression.hasEvalError(), expression.evalErrorString()
    return value


def test_every_variety_has_a_silhouette_of_its_own():
    pictures = [(SYMBOLS / f"{variety.symbol}.svg").read_text("utf-8") for variety in load_standard().varieties]
    assert len(set(pictures)) == 12
    assert all("param(fill)" in picture and "param(outline)" in picture for picture in pictures)


def test_categories_cover_all_and_the_unknown(qgis_app):
    standard = load_standard()
    values = [category.value() for category in variety_renderer(standard).categories()]
    assert len(values) == 12 * len(SIZE_CLASSES) * 2 + 1
    assert values[-1] == ""


def test_a_local_variety_is_covered(qgis_app):
    own = replace(load_standard().variety("cowpea"), code="lychee", title="荔枝", symbol="lychee", threshold=2.0)
    standard = load_standard().with_local(LocalStandard(varieties=(own,)))
    values = {category.value() for category in variety_renderer(standard).categories()}
    assert drawn_as(standard, "lychee", 9.0) == "lychee/1/exact"
    assert "lychee/1/exact" in values


@pytest.mark.parametrize(
    "variety, scale, facility, number",
    [
        ("cowpea", 0.4, None, 0),
        ("cowpea", 0.5, None, 1),
        ("cowpea", 2.5, None, 2),
        ("cowpea", 10.0, None, 3),
        ("pig", 29.0, None, 0),
        ("bream", 0.9, "engineered", 1),
        ("bream", 0.9, "pond", 0),
        ("cowpea", None, None, 0),
    ],
)
def test_size_class(qgis_app, variety, scale, facility, number):
    assert drawn_as(load_standard(), variety, scale, facility) == f"{variety}/{number}/exact"


def test_an_approximate_place_is_told_apart(qgis_app):
    assert drawn_as(load_standard(), "egg", 500.0, quality="approximate") == "egg/1/approximate"
    assert drawn_as(load_standard(), "egg", 500.0, quality=None) == "egg/1/exact"


def test_symbols_are_as_large_as_the_classes_that_are_counted(register, standard):
    """Map and statistics work the class out for themselves, in two languages."""
    layer = open_layer(register)
    context = QgsExpressionContext()
    context.setFields(layer.fields())
    expression = QgsExpression(class_expression(standard))
    expression.prepare(context)
    drawn = {}
    for feature in layer.getFeatures():
        context.setFeature(feature)
        value = expression.evaluate(context)
        if feature["variety"]:
            drawn[feature["uid"]] = int(value.split("/")[1])
    with closing(connect(register, read_only=True)) as connection:
        counted = dict(
            connection.execute(f"SELECT uid, max({class_digit(standard).sql} - 1, 0) FROM record WHERE variety <> ''")
        )
    assert drawn == counted
    assert set(drawn.values()) == set(range(len(SIZE_CLASSES)))
