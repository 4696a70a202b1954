"""Coordinates typed or pasted in any notation: read aloud while typing, nothing guessed, set by Enter."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton

from originmap.core.coordinates.datums import Datum, wgs84_to_gcj02
from originmap.core.coordinates.parse import parse_coordinates
from originmap.core.coordinates.verdict import Verdict
from originmap.core.standard.messages import message
from originmap.forms.placing.typed import TypedPanel

ENTER = Qt.Key.Key_Return


class Typing:
    """The panel with its parts by name, and what came out of it."""

    def __init__(self, qtbot):
        self.panel = TypedPanel("zh")
        qtbot.addWidget(self.panel)
        self.panel.show()
        self.panel.resize(360, 200)
        self.qtbot = qtbot
        self.places = []
        self.panel.placed.connect(self.places.append)
        self.field = self.part(QLineEdit, "text")
        self.words = self.part(QLabel, "words")
        self.datum = self.part(QComboBox, "datum")
        self.meridian = self.part(QComboBox, "meridian")
        self.use = self.part(QPushButton, "use")
        self.set = self.part(QPushButton, "set")

    def part(self, kind, name):
        return self.panel.findChild(kind, f"originmap_typed_{name}")

    def type(self, text):
        self.field.clear()
        self.qtbot.keyClicks(self.field, text)

    def paste(self, text):
        self.field.clear()
        QApplication.clipboard().setText(text)
        self.field.paste()

    def enter(self):
        self.qtbot.keyClick(self.field, ENTER)

    def choose(self, combo, value):
        combo.setCurrentIndex(combo.findData(value))


@pytest.fixture
def typing(qgis_app, qtbot):
    return Typing(qtbot)


def test_typed_and_set_by_enter(typing):
    typing.type("109.690508,19.912025")
    assert "109.690508" in typing.words.text() and "109°41′25.8″" in typing.words.text()
    typing.enter()
    (placed,) = typing.places
    assert placed.position == (109.690508, 19.912025)
    assert (placed.how.method, placed.how.quality, placed.how.radius) == ("typed", "exact", 0.1)
    assert (placed.how.text, placed.how.datum) == ("109.690508,19.912025", "cgcs2000")
    assert placed.warning == ""
    assert typing.field.selectedText() == typing.field.text()


@pytest.mark.parametrize("text", ["109.69050\n19.91202\r\n", "109.69050\t19.91202", " 109°41′25.8″E，19°54′43.272″N "])
def test_pasted_from_anywhere(typing, text):
    typing.paste(text)
    typing.enter()
    assert typing.places[0].position == pytest.approx((109.6905, 19.91202), abs=1e-9)


def test_half_typed_gives_nothing(typing):
    typing.type("109.69")
    typing.enter()
    assert not typing.places and not typing.set.isEnabled()
    assert typing.words.text() == message("COORD_HALF", "zh", {"value": "109.69"}).sentence
    typing.field.clear()
    assert not typing.words.isVisible()


def test_swapped_is_used_only_when_the_person_says_so(typing):
    typing.type("19.912025,109.690508")
    typing.enter()
    assert not typing.places
    assert typing.use.isVisible() and "109.690508,19.912025" in typing.use.text()
    assert typing.use.hasFocus()
    typing.qtbot.keyClick(typing.use, Qt.Key.Key_Space)
    typing.enter()
    (placed,) = typing.places
    assert placed.position == (109.690508, 19.912025)
    assert placed.how.text == "19.912025,109.690508"
    typing.type("109.7001,19.9001")
    typing.enter()
    assert typing.places[1].how.text == "109.7001,19.9001"


def test_a_proposal_keeps_the_datum_that_the_text_named(typing):
    typing.type("GCJ-02 19.912025,109.690508")
    typing.qtbot.mouseClick(typing.use, Qt.MouseButton.LeftButton)
    typing.enter()
    assert typing.places[0].how.datum == "gcj02"


def test_lost_decimal_points_are_proposed(typing):
    typing.type("109690508,19912025")
    typing.qtbot.mouseClick(typing.use, Qt.MouseButton.LeftButton)
    typing.enter()
    assert typing.places[0].position == (109.690508, 19.912025)


def test_datum_is_asked_only_where_the_text_leaves_it_open(typing):
    assert not typing.datum.isVisible()
    typing.type("109.690508,19.912025")
    assert typing.datum.isVisible()
    typing.type("GCJ-02 109.690508,19.912025")
    assert not typing.datum.isVisible()
    typing.type("37471234.5 2204567.1")
    assert typing.datum.isVisible()
    typing.type("nothing")
    assert not typing.datum.isVisible()


def test_map_service_coordinates_are_converted_and_approximate(typing):
    shifted = wgs84_to_gcj02(109.690508, 19.912025)
    typing.type(f"{float(shifted[0]):.8f},{float(shifted[1]):.8f}")
    typing.choose(typing.datum, "gcj02")
    typing.enter()
    (placed,) = typing.places
    assert placed.position == pytest.approx((109.690508, 19.912025), abs=2e-8)
    assert (placed.how.quality, placed.how.radius, placed.how.datum) == ("approximate", 20.0, "gcj02")
    assert placed.warning and placed.warning in typing.words.text()


def test_central_meridian_is_asked_only_when_it_decides(typing):
    typing.type("37471234.5 2204567.1")
    assert not typing.meridian.isVisible()
    typing.type("471234.5 2204567.1")
    assert typing.meridian.isVisible() and not typing.set.isEnabled()
    typing.enter()
    assert typing.meridian.hasFocus()
    typing.choose(typing.meridian, 111.0)
    typing.enter()
    with_zone = parse_coordinates("37471234.5 2204567.1")
    assert typing.places[0].position == pytest.approx((with_zone.longitude, with_zone.latitude), abs=1e-12)
    typing.type("109.690508,19.912025")
    assert not typing.meridian.isVisible()


@pytest.mark.parametrize("datum", [Datum.XIAN80, Datum.BEIJING54])
@pytest.mark.parametrize("text", ["37471234.5 2204567.1", "109.690508,19.912025"])
def test_secret_datums_are_refused(typing, datum, text):
    typing.type(text)
    typing.choose(typing.datum, datum.value)
    typing.enter()
    assert not typing.places
    assert typing.words.text() == message("DATUM_REFUSED", "zh", {}).sentence
    assert typing.datum.isVisible()


@pytest.mark.parametrize("text", ["37471234.5 2204567.1", "gcj02 37471234.5 2204567.1"])
def test_map_services_have_no_plane_coordinates(typing, text):
    typing.type(text)
    typing.choose(typing.datum, "gcj02")
    typing.enter()
    assert not typing.places
    assert "GCJ-02" in typing.words.text()


def test_few_decimals_are_approximate_and_said(typing):
    typing.type("109.7,19.9")
    typing.enter()
    (placed,) = typing.places
    assert placed.how.quality == "approximate" and placed.how.radius == pytest.approx(5566, abs=1)
    assert "5566" in placed.warning


def test_a_long_link_does_not_widen_the_panel(typing):
    typing.paste("https://example.org/" + "x" * 300)
    assert typing.words.text() and "…" in typing.words.text()
    assert typing.panel.minimumSizeHint().width() < 340


def test_words_are_not_cut_off(typing):
    typing.paste("https://uri.amap.com/marker?position=109.690508,19.912025")
    typing.panel.resize(300, typing.panel.minimumSizeHint().height())
    QApplication.processEvents()
    assert typing.words.height() >= typing.words.heightForWidth(typing.words.width())
    assert typing.words.heightForWidth(300) > 3 * typing.words.fontMetrics().height()


def test_every_notation_of_the_import_is_understood_alike(typing, root):
    """What the import reads stands in the panel as well, and what it refuses has its sentence there."""
    with (root / "tests" / "data" / "coordinates" / "more_texts.csv").open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    assert len(texts) > 300
    for text in texts:
        typing.paste(text)
        shown = typing.field.text()
        reading = parse_coordinates(shown)
        typing.places.clear()
        typing.enter()
        if reading.verdict in (Verdict.OK, Verdict.PROJECTED):
            assert len(typing.places) == 1, text
            if reading.datum in (None, Datum.CGCS2000, Datum.WGS84):
                assert np.allclose(typing.places[0].position, (reading.longitude, reading.latitude), atol=1e-9), text
        else:
            assert not typing.places, text
            assert bool(typing.words.text()) is (reading.verdict is not Verdict.EMPTY), text
