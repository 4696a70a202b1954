"""Gauss–Krüger zones and their EPSG codes, and arrays of plane coordinates."""

from __future__ import annotations

import pytest
from osgeo import osr

from originmap.core.coordinates.parse import parse_coordinates
from originmap.core.coordinates.projected import CentralMeridian, Zone, to_geographic
from originmap.core.coordinates.verdict import Verdict
from originmap.core.standard.errors import OriginMapError


def _transformation(epsg: int) -> osr.CoordinateTransformation:
    ends = []
    for code in (4490, epsg):
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(code)
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        ends.append(reference)
    return osr.CoordinateTransformation(*ends)


@pytest.mark.parametrize("number", [*range(13, 24), *range(25, 46)])
def test_every_zone_has_the_code_with_its_meridian(number: int) -> None:
    zone = Zone(number)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(zone.epsg)
    assert reference.GetProjParm("central_meridian") == zone.meridian
    assert reference.GetProjParm("false_easting") == number * 1e6 + 5e5
    easting, northing, _ = _transformation(zone.epsg).TransformPoint(zone.meridian + 0.4, 30.0)
    for first, second in ((easting, northing), (northing, easting)):
        reading = parse_coordinates(f"{first:.3f}", f"{second:.3f}")
        assert reading.verdict is Verdict.PROJECTED
        assert (reading.longitude, reading.latitude) == pytest.approx((zone.meridian + 0.4, 30.0), abs=1e-7)


@pytest.mark.parametrize("meridian", range(75, 136, 3))
def test_every_central_meridian_has_its_code(meridian: int) -> None:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(CentralMeridian(float(meridian)).epsg)
    assert reference.GetProjParm("central_meridian") == meridian
    assert reference.GetProjParm("false_easting") == 500_000


@pytest.mark.parametrize("meridian", [0.0, 72.0, 138.0, 109.5, float("nan")])
def test_other_meridians_are_refused(meridian: float) -> None:
    with pytest.raises(OriginMapError):
        _ = CentralMeridian(meridian).epsg


def test_a_point_of_a_zone_is_placed() -> None:
    assert to_geographic(36677024.67, 2203516.71, Zone(36)) == pytest.approx((109.690508, 19.912025), abs=1e-6)
    assert to_geographic(36500000.0, 2203516.71, Zone(36))[0] == pytest.approx(108.0, abs=1e-9)
