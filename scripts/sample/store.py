"""The landscape as files: one GeoPackage with a layer for each kind of thing, the relief as a small raster."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Mapping, Sequence

import numpy as np
from osgeo import gdal, ogr, osr
from shapely.geometry.base import BaseGeometry

from .ground import HEIGHT, WIDTH, Ground, to_degrees

# Written into the file instead of the clock's time, so that the same county is the same bytes.
_STAMP = "2026-01-01T00:00:00.000Z"

Rows = Iterable[tuple[BaseGeometry, Mapping[str, object]]]


def write_layers(path: Path, layers: Sequence[tuple[str, Rows]]) -> None:
    """Write a new GeoPackage in EPSG:4490, replacing one that is there."""
    path.unlink(missing_ok=True)
    gdal.SetConfigOption("OGR_CURRENT_DATE", _STAMP)
    try:
        source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
        for name, rows in layers:
            _write_layer(source, name, list(rows))
        del source
    finally:
        gdal.SetConfigOption("OGR_CURRENT_DATE", None)


def write_relief(path: Path, height: np.ndarray, ground: Ground) -> None:
    """Write the heights in decimetres (scale 0.1) as a compressed GeoTIFF in EPSG:4490."""
    path.unlink(missing_ok=True)
    rows, columns = height.shape
    options = ["COMPRESS=DEFLATE", "PREDICTOR=2", "ZLEVEL=9"]
    raster = gdal.GetDriverByName("GTiff").Create(str(path), columns, rows, 1, gdal.GDT_Int16, options)
    west, north = to_degrees(np.array([-WIDTH / 2, HEIGHT / 2]))
    east, south = to_degrees(np.array([columns * ground.cell - WIDTH / 2, HEIGHT / 2 - rows * ground.cell]))
    raster.SetGeoTransform((west, (east - west) / columns, 0.0, north, 0.0, (south - north) / rows))
    raster.SetProjection(_reference().ExportToWkt())
    raster.GetRasterBand(1).SetScale(0.1)
    raster.GetRasterBand(1).WriteArray(np.round(height * 10).astype("int16"))
    del raster


def write_picture(path: Path, picture: np.ndarray, extent: tuple[float, float, float, float]) -> None:
    """Write a picture (rows, columns, 3) as a JPEG GeoTIFF with overviews; extent is west, south, east, north."""
    path.unlink(missing_ok=True)
    rows, columns, bands = picture.shape
    west, south, east, north = extent
    raster = gdal.GetDriverByName("MEM").Create("", columns, rows, bands, gdal.GDT_Byte)
    for band in range(bands):
        raster.GetRasterBand(band + 1).WriteArray(picture[..., band])
    raster.SetGeoTransform((west, (east - west) / columns, 0.0, north, 0.0, (south - north) / rows))
    raster.SetProjection(_reference().ExportToWkt())
    options = ["TILED=YES", "COMPRESS=JPEG", "PHOTOMETRIC=YCBCR", "JPEG_QUALITY=62", "BLOCKXSIZE=512", "BLOCKYSIZE=512"]
    gdal.GetDriverByName("GTiff").CreateCopy(str(path), raster, options=options)
    overviews = {"COMPRESS_OVERVIEW": "JPEG", "PHOTOMETRIC_OVERVIEW": "YCBCR", "JPEG_QUALITY_OVERVIEW": "62"}
    try:
        for name, value in overviews.items():
            gdal.SetConfigOption(name, value)
        opened = gdal.Open(str(path), gdal.GA_Update)
        opened.BuildOverviews("AVERAGE", [2, 4, 8, 16])
        del opened
    finally:
        for name in overviews:
            gdal.SetConfigOption(name, None)


def _reference() -> osr.SpatialReference:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4490)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


def _write_layer(source: ogr.DataSource, name: str, rows: list[tuple[BaseGeometry, Mapping[str, object]]]) -> None:
    kinds = {"Point": ogr.wkbPoint, "LineString": ogr.wkbLineString, "Polygon": ogr.wkbPolygon}
    layer = source.CreateLayer(name, _reference(), kinds[rows[0][0].geom_type], ["GEOMETRY_NAME=geom"])
    for field, value in rows[0][1].items():
        layer.CreateField(ogr.FieldDefn(field, ogr.OFTInteger if isinstance(value, int) else ogr.OFTString))
    for shape, values in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        for field, value in values.items():
            feature.SetField(field, value)
        feature.SetGeometry(ogr.CreateGeometryFromWkb(shape.wkb))
        layer.CreateFeature(feature)
