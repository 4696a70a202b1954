"""The drawn map is the committed picture. To renew it: delete it, run the test, look at what it wrote, commit that."""

from __future__ import annotations

import uuid
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from originmap.core.onemap.base import style_divisions
from originmap.core.onemap.renderer import variety_renderer
from originmap.core.register.create import create_register
from originmap.core.register.divisions import DivisionFields, load_boundaries
from originmap.core.register.geometry import point_blobs
from originmap.core.register.layers import open_layer
from originmap.core.standard.model import load_standard

REFERENCE = Path(__file__).resolve().parents[1] / "data" / "onemap" / "reference.png"
SIZE = QSize(600, 450)
_LARGEST_DIFFERENCE = 24
_PIXELS_OFF = 0.002


@pytest.fixture
def drawn(qgis_app, root: Path, tmp_path: Path) -> QImage:
    """Every product in each size, exact and approximate, over the sample county's townships; no text."""
    path = tmp_path / "county.gpkg"
    standard = load_standard()
    with create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省") as register:
        source = QgsVectorLayer(f"{root / 'resources/sample/county.gpkg'}|layername=townships", "townships", "ogr")
        load_boundaries(register, source, DivisionFields("XZQDM", "XZQMC"))
        box = source.extent()
        places = np.linspace(0.15, 0.85, 12)
        for row, (factor, quality) in enumerate([(0.5, "exact"), (2, "exact"), (9, "approximate"), (40, "exact")]):
            longitude = box.xMinimum() + places * box.width()
            latitude = np.full(12, box.yMinimum() + (0.3 + 0.13 * row) * box.height())
            for blob, variety in zip(point_blobs(longitude, latitude), standard.varieties):
                register.connection.execute(
                    "INSERT INTO record (geom, uid, status, variety, scale, unit, point_quality) "
                    "VALUES (?, ?, 'draft', ?, ?, ?, ?)",
                    (blob, str(uuid.uuid4()), variety.code, factor * variety.threshold, variety.unit, quality),
                )
    records, divisions = open_layer(path), open_layer(path, "division")
    records.setRenderer(variety_renderer(standard, ordered=True))
    style_divisions(divisions, 1.0)
    settings = QgsMapSettings()
    settings.setLayers([records, divisions])
    settings.setOutputSize(SIZE)
    settings.setOutputDpi(96)
    settings.setBackgroundColor(QColor("#eceff0"))
    settings.setExtent(QgsRectangle(box).buffered(0.01))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def test_map_looks_like_the_reference(drawn: QImage) -> None:
    if not REFERENCE.exists():
        drawn.save(str(REFERENCE))
        pytest.fail(f"{REFERENCE.name} was written anew: look at it and commit it")
    difference = np.abs(pixels(drawn).astype(int) - pixels(QImage(str(REFERENCE))))
    assert (difference.max(axis=2) > _LARGEST_DIFFERENCE).mean() < _PIXELS_OFF


def test_another_map_does_not(drawn: QImage) -> None:
    difference = np.abs(pixels(drawn.mirrored(True, False)).astype(int) - pixels(QImage(str(REFERENCE))))
    assert (difference.max(axis=2) > _LARGEST_DIFFERENCE).mean() > 10 * _PIXELS_OFF


def pixels(image: QImage) -> np.ndarray:
    """Red, green and blue as an array (height, width, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    return np.frombuffer(bits, np.uint8).reshape(image.height(), image.width(), 4)[:, :, :3].copy()
