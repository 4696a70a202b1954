"""The sample's aerial picture: where it says it is, small, and with the registered sites to be seen on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr

from originmap.scripts.sample.aerial import extent, write_aerial
from originmap.scripts.sample.ground import to_plane
from originmap.scripts.sample.producers import Site, make_sites
from originmap.scripts.sample.shipped import SampleMap, read_sample
from originmap.scripts.sample.trades import AQUATIC, CROP


@pytest.fixture(scope="module")
def sample(root: Path) -> Path:
    return root / "resources" / "sample"


@pytest.fixture(scope="module")
def county(sample: Path) -> SampleMap:
    return read_sample(sample)


@pytest.fixture(scope="module")
def sites(county: SampleMap) -> list[Site]:
    west, south, east, north = extent()
    return [s for s in make_sites(county) if west < s.longitude < east and south < s.latitude < north]


def _picture(sample: Path) -> gdal.Dataset:
    """Opened by each test and no fixture, because QGIS takes GDAL's drivers away before pytest lets go of those."""
    return gdal.Open(str(sample / "aerial.tif"))


def test_lies_in_the_county_at_less_than_a_metre(sample):
    picture = _picture(sample)
    reference = osr.SpatialReference(picture.GetProjection())
    assert reference.GetAuthorityCode(None) == "4490"
    west, across, _, north, _, down = picture.GetGeoTransform()
    assert (west, north) == pytest.approx((extent()[0], extent()[3]), abs=1e-9)
    corners = to_plane(np.array([[west, north], [west + across, north + down]]))
    assert np.abs(corners[1] - corners[0]) == pytest.approx([0.8, 0.8], abs=0.01)
    assert picture.GetRasterBand(1).GetOverviewCount() == 4


def test_stays_small(sample):
    assert (sample / "aerial.tif").stat().st_size <= 3_000_000


def test_ponds_are_bluer_than_fields(sample, sites):
    picture = _picture(sample)

    def around(site: Site) -> np.ndarray:
        west, across, _, north, _, down = picture.GetGeoTransform()
        column, row = int((site.longitude - west) / across), int((site.latitude - north) / down)
        return picture.ReadAsArray(max(column - 25, 0), max(row - 25, 0), 50, 50).reshape(3, -1).mean(axis=1)

    ponds = np.array([around(s) for s in sites if s.trade.industry == AQUATIC and s.facility == "池塘"])
    fields = np.array([around(s) for s in sites if s.trade.industry == CROP and s.mode == "露地"])
    assert len(ponds) >= 3 and len(fields) >= 15
    assert (fields[:, 1] - fields[:, 2]).min() > (ponds[:, 1] - ponds[:, 2]).max() + 5


@pytest.mark.slow
@pytest.mark.skipif(
    np.lib.NumpyVersion(np.__version__) >= "2.0.0", reason="shipped as Debian 12 paints it; others differ"
)
def test_painted_anew_it_is_what_ships(sample, county, tmp_path):
    (tmp_path / "county.gpkg").write_bytes((sample / "county.gpkg").read_bytes())
    write_aerial(tmp_path, county, make_sites(county))
    painted = gdal.Open(str(tmp_path / "aerial.tif")).ReadAsArray().astype(np.int16)
    difference = np.abs(painted - _picture(sample).ReadAsArray())
    assert difference.mean() < 1.0  # other releases of GEOS, Qt and libjpeg round here and there
