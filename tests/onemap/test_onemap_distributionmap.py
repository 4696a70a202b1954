"""The map as Processing prints it: every item on the sheet, text readable in the PDF, sentences when it cannot be."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import uuid
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer
from qgis.PyQt.QtGui import QImage

from originmap.core.locale import language
from originmap.core.onemap.contents import INTERNAL
from originmap.core.register.create import create_register
from originmap.core.register.divisions import DivisionFields, load_boundaries
from originmap.core.register.geometry import point_blobs
from originmap.core.standard.messages import message
from originmap.processing.distributionmap import DistributionMap


@pytest.fixture(scope="module")
def filled(qgis_app, qgis_processing, root: Path, tmp_path_factory) -> Path:
    """The sample county with three records inside of it and one far away."""
    path = tmp_path_factory.mktemp("map") / "county.gpkg"
    with create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省") as register:
        for name in ("county", "townships"):
            layer = QgsVectorLayer(f"{root / 'resources/sample/county.gpkg'}|layername={name}", name, "ogr")
            load_boundaries(register, layer, DivisionFields("XZQDM", "XZQMC"))
            box = layer.extent()
        x, y = box.center().x(), box.center().y()
        points = point_blobs(np.array([x, x + 0.02, x - 0.02, 80.0]), np.array([y, y, y + 0.02, 40.0]))
        kinds = (("cowpea", "mu"), ("pig", "head"), ("cowpea", "mu"), ("egg", "bird"))
        for point, (variety, unit) in zip(points, kinds):
            register.connection.execute(
                "INSERT INTO record (geom, uid, status, variety, scale, unit, point_quality, division_code, "
                "collected_on) VALUES (?, ?, 'draft', ?, 12, ?, 'exact', '999901101001', '2026-05-06')",
                (point, str(uuid.uuid4()), variety, unit),
            )
        register.connection.commit()
    return path


def run(parameters: dict[str, object]) -> tuple[dict[str, object], bool, str]:
    feedback = QgsProcessingFeedback()
    results, ok = DistributionMap().create().run(parameters, QgsProcessingContext(), feedback)
    return results, ok, feedback.textLog()


@pytest.mark.parametrize("paper", range(4))
def test_picture_has_the_size_of_its_paper(filled, tmp_path, paper):
    target = tmp_path / "map.png"
    results, ok, log = run({"REGISTER": str(filled), "PNG": str(target), "PAPER": paper, "DPI": 72})
    assert ok, log
    assert results["COUNT"] == 3
    image = QImage(str(target))
    width, height = [(297, 210), (210, 297), (420, 297), (297, 420)][paper]
    assert abs(image.width() - width / 25.4 * 72) <= 1
    assert abs(image.height() - height / 25.4 * 72) <= 1


def test_pdf_text_stays_text(filled, tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    target = tmp_path / "map.pdf"
    asked = {
        "REGISTER": str(filled),
        "PDF": str(target),
        "SOURCE": "示例县农业农村局",
        "REVIEW_NUMBER": "示例审字一号",
    }
    _, ok, log = run({**asked, "AUTHOR": "示例科"})
    assert ok, log
    done = subprocess.run(["pdftotext", "-layout", str(target), "-"], capture_output=True, check=True)
    text = done.stdout.decode("utf-8").replace(" ", "")
    expected = ("示例县农产品产地分布图", INTERNAL, "豇豆", "生猪", "生产规模", "示例审字一号", "示例县农业农村局")
    expected += ("制图：示例科", "图幅外1条", "km", "2026-05-06")
    assert not [word for word in expected if word not in text], text
    assert "鸡蛋" not in text


def test_text_is_found_as_it_is_read(filled, tmp_path):
    """Digits behind Latin letters, and characters whose glyph is also that of a radical."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    target, title = tmp_path / "map.pdf", "长桥镇石山龙户鱼页羊肉风车麦田分布图 GS(2026)1234号"
    _, ok, log = run({"REGISTER": str(filled), "PDF": str(target), "TITLE": title})
    assert ok, log
    done = subprocess.run(["pdftotext", str(target), "-"], capture_output=True, check=True)
    assert title in done.stdout.decode("utf-8")
    assert b"/Author" not in target.read_bytes()  # QGIS would write the login of whoever prints


def test_one_product_has_classes_in_its_unit(filled, tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    target = tmp_path / "map.pdf"
    results, ok, log = run({"REGISTER": str(filled), "PDF": str(target), "VARIETIES": [0], "INTERNAL": False})
    assert ok, log
    assert results["COUNT"] == 2
    done = subprocess.run(["pdftotext", str(target), "-"], capture_output=True, check=True)
    text = done.stdout.decode("utf-8").replace(" ", "")
    assert "豇豆产地分布图" in text
    assert "不足0.5亩" in text
    assert INTERNAL not in text


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"VARIETIES": [2]}, "MAP_EMPTY"),
        ({"DIVISION": "999901999"}, "MAP_EMPTY"),
        ({"PNG": ""}, "MAP_NOTHING_ASKED"),
        ({"PNG": "{folder}"}, "TARGET_FAILED"),
    ],
)
def test_what_cannot_be_drawn_is_said(filled, tmp_path, changes, sentence):
    changes = {k: v.format(folder=tmp_path) if isinstance(v, str) else v for k, v in changes.items()}
    _, ok, log = run({"REGISTER": str(filled), "PNG": str(tmp_path / "map.png"), "DPI": 72, **changes})
    assert not ok
    why = {"file": tmp_path.name, "reason": os.strerror(errno.EISDIR)}
    assert message(sentence, language(), why).text in log
    assert not list(tmp_path.iterdir())
