"""QGIS's dark themes paint by style sheets, which win over palettes: what calls and what explains is still seen."""

from __future__ import annotations

from qgis.core import QgsPointXY
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QApplication, QLabel

from originmap.forms.collect.form_fitting import warning_colour
from originmap.forms.icons import faint_colour

NIGHT = "QWidget { background-color: #323232; color: #b1b1b1; }"


def test_what_is_missing_is_marked_under_a_style_sheet(collect):
    collect.setStyleSheet(NIGHT)
    collect.picker.choose("cowpea")
    collect.place.place(QgsPointXY(110.5005, 19.5005))
    collect.desk.submit()
    extras = collect.desk.sheet.form._extras["certification"]
    calling = warning_colour(QApplication.palette()).rgb()
    mark = extras._mark.grab().toImage()
    assert extras._mark.isVisible() and mark.pixelColor(1, mark.height() // 2).rgb() == calling
    sentence = next(label for label in extras.box.findChildren(QLabel) if "产品认证类型" in label.text())
    assert sentence.palette().color(QPalette.ColorRole.WindowText).rgb() == calling


def test_captions_are_no_placeholders(qgis_app):
    palette = QPalette()
    for role in (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Base, QPalette.ColorRole.Window):
        palette.setColor(role, palette.color(QPalette.ColorRole.Shadow))
    faint, text = faint_colour(palette), palette.color(QPalette.ColorRole.Text)
    assert faint.rgb() == text.rgb() and 0 < faint.alpha() < text.alpha()
