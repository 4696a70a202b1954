"""A register of mixed drafts, many with gaps and some ended, with a threshold of its own, for queries of every kind."""

from __future__ import annotations

import uuid
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsVectorLayer

from originmap.core.register.create import create_register
from originmap.core.register.divisions import DivisionFields, load_boundaries
from originmap.core.register.geometry import point_blobs
from originmap.core.register.register import Register, connect
from originmap.core.standard.model import LocalStandard, Standard

RECORDS = 300
PRINTED_TOWNSHIPS = ("999901101", "999901106")
DAYS = ["2025-01-01", "2025-02-28", "2025-04-11", "2025-06-30", "2025-11-20", "2025-12-31", "2026-01-01", "2026-03-05"]
DAYS += ["2024-02-29", "2026-11-19", "2026-12-31", "2027-02-01"]
NAMES = ["示例合作社", "O'Neil Farm", 'quote " 100%', "张_三\\李", "ÉTÉ été", "羊Baa", "示例 合作社"]
CODES = ["999901", "999901101", "999901101001", "999901101002", "999901102001", "9999", "460105100002"]
CYCLES = ["2025-春茬", "2026-春茬", "2026-06", "2026-第一茬", "2025-11"]
LISTS = ['["green"]', '["green","organic"]', '["none"]', '["gap","other","famous_special"]']
TRACES = ['["certificate"]', '["certificate","trace_code"]', '["other"]']
LOCAL = LocalStandard(thresholds={"cowpea": 3.0, "pig": 7.0})


def _records(standard: Standard) -> list[dict[str, object]]:
    """Drafts of every kind, many with gaps, a few wrong ones; some of them ended."""
    rng = np.random.default_rng(7)

    def one(values: list, gaps: float = 0.15) -> object:
        return None if rng.random() < gaps else values[rng.integers(len(values))]

    made = []
    for _ in range(RECORDS):
        codes = ["cowpea", "pig"] if rng.random() < 0.5 else [v.code for v in standard.varieties]
        variety = standard.variety(codes[rng.integers(len(codes))])
        threshold = variety.threshold
        made.append(
            {
                "geom": point_blobs(np.array([110 + len(made) / 1000]), np.array([19.0]))[0],
                "uid": str(uuid.UUID(int=int(rng.integers(1 << 62)))),
                "status": ["draft", "ended"][int(rng.random() < 0.1)],
                "variety": one([variety.code], 0.05),
                "industry": one([variety.industry], 0.05),
                "unit": one([variety.unit], 0.05),
                "scale": one([0.0, threshold, 5 * threshold, 0.3, 12.5, 0.1 * 3 * threshold, 1e6]),
                "facility": one(["pond", "engineered"], 0.5),
                "division_code": one(CODES),
                "cycle": one(CYCLES),
                "collected_on": one(DAYS),
                "market_start": one(DAYS),
                "market_end": one(DAYS),
                "producer_type": one(["enterprise", "household"]),
                "certification": one(LISTS),
                "traceability": one(TRACES),
                "production_mode": one(["open_field", "protected"]),
                "credit_grade": one(["A", "B", "unrated"]),
                "verified_how": one(['["site_visit"]', '["household_survey","site_visit"]'], 0.4),
                "point_quality": one(["exact", "approximate", "none"], 0.3),
                "collector_name": one(NAMES),
                "producer_name": one(NAMES),
                "site_address": one(["石湾镇青塘村", "Road 5; -- x", "')"]),
                "remark": one(NAMES, 0.6),
            }
        )
    return made


@pytest.fixture(scope="session")
def register(qgis_app, tmp_path_factory) -> Path:
    """A register with a threshold of its own, whose records the states' gate let pass as they are."""
    path = tmp_path_factory.mktemp("query") / "county.gpkg"
    with create_register(path, "999901", "示例县", local=LOCAL) as made:
        for name in ("gate_record_insert", "gate_record_update"):
            made.connection.execute(f'DROP TRIGGER "{name}"')
        for record in _records(made.standard()):
            names = ", ".join(f'"{name}"' for name in record)
            marks = ", ".join("?" * len(record))
            made.connection.execute(f"INSERT INTO record ({names}) VALUES ({marks})", tuple(record.values()))
    return path


@pytest.fixture(scope="session")
def stored(register: Path) -> list[dict[str, object]]:
    """The records as the file holds them."""
    with closing(connect(register, read_only=True)) as connection:
        cursor = connection.execute("SELECT * FROM record ORDER BY fid")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor]


@pytest.fixture(scope="session")
def standard(register: Path) -> Standard:
    with Register.open(register, read_only=True) as opened:
        return opened.standard()


@pytest.fixture(scope="session")
def printed(qgis_app, root: Path, tmp_path_factory) -> Path:
    """The sample county with 40 records of three products on a few spots of two townships; a firm has the eggs."""
    path = tmp_path_factory.mktemp("print") / "county.gpkg"
    with create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省") as made:
        for name in ("county", "townships"):
            layer = QgsVectorLayer(f"{root / 'resources/sample/county.gpkg'}|layername={name}", name, "ogr")
            load_boundaries(made, layer, DivisionFields("XZQDM", "XZQMC"))
        places = {
            feature["XZQDM"]: feature.geometry().pointOnSurface().asPoint()
            for feature in layer.getFeatures()
            if feature["XZQDM"] in PRINTED_TOWNSHIPS
        }
        kinds = (("cowpea", "mu", 3), ("pig", "head", 900), ("egg", "bird", 20_000))
        for number in range(40):
            variety, unit, scale = kinds[number % 3]
            township = PRINTED_TOWNSHIPS[number % 2]
            place = places[township]
            made.connection.execute(
                "INSERT INTO record (geom, uid, status, variety, scale, unit, point_quality, division_code, "
                "producer_name, producer_type, contact_phone, collected_on, market_start, market_end) VALUES "
                "(?, ?, 'draft', ?, ?, ?, 'exact', ?, ?, ?, '13800000001', '2026-05-06', ?, ?)",
                (
                    point_blobs(np.array([place.x()]), np.array([place.y()]))[0],
                    *(str(uuid.UUID(int=number + 1)), variety, scale, unit, f"{township}001"),
                    *(("示例公司", "enterprise") if variety == "egg" else (f"示例户{number}", "household")),
                    *(("2026-11-01", "2027-02-28") if variety == "cowpea" else ("2026-01-01", "2026-12-31")),
                ),
            )
        made.connection.commit()
    return path
