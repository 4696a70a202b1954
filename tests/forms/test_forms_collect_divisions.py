"""A register with outlines: the point gives the division, and a point elsewhere than stated is asked about."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer
from qgis.PyQt.QtWidgets import QLabel, QPushButton

from originmap.core.register.divisions import DivisionFields, load_boundaries
from originmap.core.register.register import Register

from .conftest import begin

HOME, NEIGHBOUR = "999901101001", "999901102001"
OUTLINES = {HOME: (110.0, 110.5, "青塘村"), NEIGHBOUR: (110.5, 111.0, "白水村")}


@pytest.fixture
def register_path(register_path):
    """With the outlines of two villages, one beside the other."""
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4490&field=code:string&field=name:string", "villages", "memory")
    for code, (west, east, name) in OUTLINES.items():
        feature = QgsFeature(layer.fields())
        feature.setAttributes([code, name])
        square = f"MultiPolygon((({west} 19, {east} 19, {east} 20, {west} 20, {west} 19)))"
        feature.setGeometry(QgsGeometry.fromWkt(square))
        layer.dataProvider().addFeature(feature)
    with Register.open(register_path) as register:
        load_boundaries(register, layer, DivisionFields("code", "name"))
    return register_path


def begin_there(page, longitude, latitude=19.5005):
    # Opening a register shows the whole county, where no click is exact.
    page._workbench.go_to((longitude, latitude), 30.0)
    begin(page, longitude, latitude, site_address="三组")


def values(page):
    return page.desk.sheet.form.values()


def stored(page):
    with closing(sqlite3.connect(page._workbench.session.path)) as connection:
        return connection.execute("SELECT division_code, village, status FROM record").fetchall()


def test_the_division_comes_from_the_point_and_follows_it(collect):
    begin_there(collect, 110.4995)
    assert (values(collect)["division_code"], values(collect)["village"]) == (HOME, "青塘村")
    collect.place.place(QgsPointXY(110.5005, 19.5005))
    assert (values(collect)["division_code"], values(collect)["village"]) == (NEIGHBOUR, "白水村")
    collect.actions.submit.click()
    assert stored(collect) == [(NEIGHBOUR, "白水村", "submitted")]


def test_the_next_record_in_another_village_takes_no_address_over(collect):
    begin_there(collect, 110.4995)
    collect.actions.submit.click()
    collect.place.place(QgsPointXY(110.5005, 19.5005))
    assert values(collect)["village"] == "白水村" and values(collect)["site_address"] is None


def test_a_division_typed_by_hand_stays_and_is_asked_about(collect):
    begin_there(collect, 110.4995)
    collect.desk.sheet.form.set_value("division_code", NEIGHBOUR)
    collect.place.place(QgsPointXY(110.4990, 19.5005))
    assert values(collect)["division_code"] == NEIGHBOUR
    collect.actions.submit.click()
    assert "范围内" in collect.ask.findChild(QLabel).text() and stored(collect) == []
    collect.ask.findChild(QPushButton, "originmap_ask_2").click()
    assert stored(collect) == [] and values(collect)["contact_name"] == "张示例"
    collect.actions.submit.click()
    collect.ask.findChild(QPushButton, "originmap_ask_0").click()
    assert stored(collect) == [(NEIGHBOUR, "青塘村", "submitted")]
