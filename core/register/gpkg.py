"""The bookkeeping that makes a SQLite file a GeoPackage 1.2 (OGC 12-128r14): contents, CRS, spatial index."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Sequence

from .geometry import SRS_ID

APPLICATION_ID = 0x47504B47  # "GPKG"
USER_VERSION = 10200

_SPEC = "http://www.geopackage.org/spec121/"
# GDAL's table of counts, kept empty: where it is missing, QGIS takes its count without the layer's filter and, from
# 100,000 rows on, guesses; a count kept in it would be wrong after every write that does not go through GDAL.
COUNTS_TABLE = (
    "CREATE TABLE IF NOT EXISTS gpkg_ogr_contents "
    "(table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER DEFAULT NULL)"
)
_TABLES = (
    """CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)""",
    """CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""",
    """CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""",
    """CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT UNIQUE, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name))""",
    """CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))""",
    COUNTS_TABLE,
)
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
    'AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_CGCS2000 = (
    'GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,'
    'AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],'
    'AUTHORITY["EPSG","4490"]]'
)
_REFERENCES = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84, "longitude/latitude coordinates on the WGS 84 spheroid"),
    ("China Geodetic Coordinate System 2000", SRS_ID, "EPSG", SRS_ID, _CGCS2000, "longitude/latitude in CGCS2000"),
)


def begin_geopackage(connection: sqlite3.Connection) -> None:
    """Make an empty database a GeoPackage that holds nothing yet."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {USER_VERSION}")
    for statement in _TABLES:
        connection.execute(statement)
    connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _REFERENCES)
    for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        connection.execute(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', ?, 'read-write')",
            (table, f"{_SPEC}#extension_schema"),
        )


def declare_attributes(connection: sqlite3.Connection, table: str, title: str) -> None:
    """Enter a table without geometry into the file's contents."""
    _declare(connection, table, "attributes", title, 0)


def declare_features(connection: sqlite3.Connection, table: str, title: str, geometry_type: str) -> None:
    """Enter a table with a column ``geom`` in EPSG:4490 into the contents and give it a spatial index."""
    _declare(connection, table, "features", title, SRS_ID)
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", (table, geometry_type, SRS_ID)
    )
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', ?, 'write-only')",
        (table, f"{_SPEC}#extension_rtree"),
    )
    connection.execute(f'CREATE VIRTUAL TABLE "{index_name(table)}" USING rtree(id, minx, maxx, miny, maxy)')
    for statement in (index_insert_trigger(table), *_index_triggers(table)):
        connection.execute(statement)


def declare_columns(connection: sqlite3.Connection, rows: Sequence[tuple[str, str, str, str, str | None]]) -> None:
    """Give columns titles: rows of table, column, title, description and MIME type (``application/json`` or none)."""
    connection.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, title, description, mime_type) VALUES (?, ?, ?, ?, ?)",
        rows,
    )


def _declare(connection: sqlite3.Connection, table: str, kind: str, title: str, srs: int) -> None:
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?, ?, ?, ?, ?)",
        (table, kind, table, title, srs),
    )


def index_name(table: str) -> str:
    """The name that the specification gives to a table's spatial index."""
    return f"rtree_{table}_geom"


def index_insert_trigger(table: str) -> str:
    """The trigger that keeps the spatial index on inserts; bulk work takes it away and fills the index by itself."""
    return f"""CREATE TRIGGER "{index_name(table)}_insert" AFTER INSERT ON "{table}"
WHEN (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN {_put(table)}; END"""


def _put(table: str) -> str:
    return (
        f'INSERT OR REPLACE INTO "{index_name(table)}" VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), '
        'ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"))'
    )


def _index_triggers(table: str) -> list[str]:
    """The other triggers of the specification's annex F.3, by the names it gives them."""
    index, put = index_name(table), _put(table)
    there, gone = '(NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))', '(NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))'
    take_old = f'DELETE FROM "{index}" WHERE id = OLD."fid"'
    take_both = f'DELETE FROM "{index}" WHERE id IN (OLD."fid", NEW."fid")'
    same, moved = 'OLD."fid" = NEW."fid"', 'OLD."fid" != NEW."fid"'
    triggers = (
        ("update1", 'AFTER UPDATE OF "geom"', f"{same} AND {there}", put),
        ("update2", 'AFTER UPDATE OF "geom"', f"{same} AND {gone}", take_old),
        ("update3", "AFTER UPDATE", f"{moved} AND {there}", f"{take_old}; {put}"),
        ("update4", "AFTER UPDATE", f"{moved} AND {gone}", take_both),
        ("delete", "AFTER DELETE", 'OLD."geom" NOT NULL', take_old),
    )
    return [
        f'CREATE TRIGGER "{index}_{name}" {event} ON "{table}" WHEN {when} BEGIN {action}; END'
        for name, event, when, action in triggers
    ]


def looks_like_geopackage(path: Path) -> bool:
    """Whether the file's first bytes are those of a SQLite database that says it is a GeoPackage."""
    with path.open("rb") as file:
        head = file.read(72)
    return head[:16] == b"SQLite format 3\x00" and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def widen_extent(
    connection: sqlite3.Connection, table: str, west: float, south: float, east: float, north: float
) -> None:
    """Let the contents' extent (degrees) take in what was added, without looking at what was there."""
    connection.execute(
        """UPDATE gpkg_contents SET
  min_x = min(coalesce(min_x, ?1), ?1), min_y = min(coalesce(min_y, ?2), ?2),
  max_x = max(coalesce(max_x, ?3), ?3), max_y = max(coalesce(max_y, ?4), ?4) WHERE table_name = ?5""",
        (west, south, east, north, table),
    )


def touch(connection: sqlite3.Connection, table: str) -> None:
    """Note in the contents that a table has changed."""
    connection.execute(
        "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = ?", (table,)
    )
