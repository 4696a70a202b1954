"""What checks find in records at hand, against a small county whose slips and pairs are known."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely

from originmap.core.coordinates.datums import Datum, convert
from originmap.core.quality.columns import columns_of
from originmap.core.quality.context import Context, Place
from originmap.core.quality.duplicates import judged, pairs
from originmap.core.quality.findings import Kind
from originmap.core.quality.naming import same_producer
from originmap.core.quality.outlines import metres
from originmap.core.quality.registry import CHECKS
from originmap.core.quality.running import check_alone, run_checks
from originmap.core.quality.work import Work
from originmap.core.standard.model import load_standard

WEST, SOUTH, SIDE = 110.5, 19.5, 0.04
HOME = (WEST + 0.0123, SOUTH + 0.0217)
RECORD = {
    "township": "石湾镇",
    "village": "青塘村",
    "producer_name": "示例石湾豇豆种植专业合作社",
    "producer_type": "cooperative",
    "variety": "cowpea",
    "unit": "mu",
    "scale": 12.5,
    "cycle": "2026-春茬",
    "transplanted_on": "2026-03-01",
    "market_start": "2026-04-20",
    "market_end": "2026-06-10",
    "point_quality": "exact",
    "import_id": 1,
}


def place(code: str, name: str, x: float, y: float, width: float, height: float) -> Place:
    outline = shapely.box(x, y, x + width, y + height)
    return Place(code, name, x + width / 2, y + height / 2, shapely.to_wkb(outline))


@pytest.fixture(scope="module")
def context() -> Context:
    """Four villages side by side in two townships."""
    villages = [
        place(f"99990110{1 + n // 2}00{1 + n % 2}", name, WEST + n * SIDE, SOUTH, SIDE, SIDE)
        for n, name in enumerate(("青塘村", "白石村", "大岭村", "长坡村"))
    ]
    townships = [
        place("999901101", "石湾镇", WEST, SOUTH, 2 * SIDE, SIDE),
        place("999901102", "大岭镇", WEST + 2 * SIDE, SOUTH, 2 * SIDE, SIDE),
    ]
    county = place("999901", "示例县", WEST, SOUTH, 4 * SIDE, SIDE)
    return Context.of(load_standard(), [county, *townships, *villages], "999901", date(2026, 7, 1))


def record(number: int, **changes: object) -> dict[str, object]:
    uid = f"0b0f1f6e-3a51-4f0e-9d5e-{number:012d}"
    return {**RECORD, "uid": uid, "point": HOME, "site_name": f"{number}号地", **changes}


def found(context: Context, records: list[dict[str, object]], *ids: str):
    checks = [check for check in CHECKS if not ids or check.id in ids]
    return list(run_checks(Work(columns_of(records), context), checks))


def minutes(value: float) -> float:
    return np.floor(value) + (value % 1) * 0.6


@pytest.mark.parametrize(
    ("check", "slip"),
    [
        ("point.swapped", lambda x, y: (y, x)),
        ("point.sign", lambda x, y: (-x, y)),
        ("point.minutes", lambda x, y: (round(minutes(x), 7), round(minutes(y), 7))),
        ("point.digit", lambda x, y: (x - 100, y)),
        ("point.digit", lambda x, y: (x, y + 0.3)),
        ("point.digit", lambda x, y: (x / 10, y)),
        ("point.digit", lambda x, y: (101.5123, y)),
        ("point.digit", lambda x, y: (x, 19.2517)),
        ("point.digit", lambda x, y: (x, 9.5217)),
    ],
)
def test_a_slip_is_undone_to_where_the_record_says_it_is(context, check, slip):
    (finding,) = check_alone_points(context, slip(*HOME))
    assert finding.check == check
    assert finding.proposal is not None
    assert metres(*map(np.float64, (*finding.proposal.point, *HOME))) < 1.0 or check == "point.digit"
    assert shapely.box(WEST, SOUTH, WEST + SIDE, SOUTH + SIDE).contains(shapely.Point(finding.proposal.point))
    assert finding.proposal.metres > 100


def check_alone_points(context: Context, point: tuple[float, float]):
    return [one for one in check_alone(record(1), point, context) if one.field == "geom" and one.kind is Kind.WRONG]


def test_a_point_at_home_and_the_usual_record_have_no_findings(context):
    records = [record(n, point=(HOME[0] + n * n * 1e-4, HOME[1] + n * 7e-4)) for n in range(8)]
    assert found(context, records) == []


def test_what_no_slip_explains_is_only_told(context):
    elsewhere = (WEST + 1.51 * SIDE, SOUTH + 0.31 * SIDE)
    (finding,) = check_alone_points(context, elsewhere)
    assert (finding.check, finding.proposal) == ("point.division", None)
    (away,) = check_alone_points(context, (111.9137, 20.7719))
    assert away.check == "point.county"


def test_a_point_of_a_map_service_is_brought_back(context):
    rng = np.random.default_rng(1)
    x, y = (rng.uniform(start, start + SIDE, 80) for start in (WEST, SOUTH))
    moved = convert(x, y, Datum.CGCS2000, Datum.GCJ02)
    records = [record(n, point=point, producer_name=f"{n}号合作社") for n, point in enumerate(zip(*moved))]
    shifted = found(context, records, "point.datum")
    assert len(shifted) >= 5
    for finding in shifted:
        row = int(finding.uid[-12:])
        assert metres(*finding.proposal.point, x[row], y[row]) < 5
        assert finding.proposal.repair == "REPAIR_GCJ02"


def brute_force(work: Work) -> set[tuple[int, int]]:
    """Every record beside every other."""
    one, other = np.triu_indices(len(work.columns), 1)
    kinds = [work.columns.text(name).codes for name in ("variety", "cycle")]
    alike = np.all([kind[one] == kind[other] for kind in kinds], axis=0)
    return {(pair.one, pair.other) for pair in judged(work, one[alike], other[alike])}


@pytest.mark.parametrize("seed", range(4))
def test_the_grid_finds_the_same_pairs_as_looking_at_all(context, seed):
    rng = np.random.default_rng(seed)
    names = ["示例石湾豇豆合作社", "示例石湾豇豆种植专业合作社", "石湾豇豆合作社", "郑祥敏", "郑祥明", "苏丽"]
    records = [
        record(
            n,
            # Some 250 m wide, so that many lie on either side of the distance and of the fields' borders.
            point=(HOME[0] + rng.uniform(0, 0.0025), HOME[1] + rng.uniform(0, 0.0025)),
            producer_name=names[rng.integers(len(names))],
            variety=("cowpea", "celery")[rng.integers(2)],
            contact_phone=("", "13800000001", "13800000002")[rng.integers(3)],
            credit_code=("", "", "91999901MA0000001X", "91999901MA0000002X")[rng.integers(4)],
            site_name=("", "东地", "西地")[rng.integers(3)],
        )
        for n in range(220)
    ]
    work = Work(columns_of(records), context)
    by_grid = [(pair.one, pair.other) for pair in pairs(work)]
    assert len(by_grid) == len(set(by_grid)) > 50
    assert set(by_grid) == brute_force(work)


@pytest.mark.parametrize(
    ("one", "other", "shared", "same"),
    [
        ("示例县石湾豇豆种植专业合作社", "石湾豇豆种植合作社", False, True),
        ("石湾豇豆（农民）专业合作社", "石湾豇豆专业合作社", False, True),
        ("石湾豇豆一号合作社", "石湾豇豆二号合作社", True, False),
        ("石湾瑞丰豇豆合作社", "石湾鑫丰豇豆合作社", False, False),
        ("石湾瑞丰豇豆合作社", "石湾端丰豇豆合作社", True, True),
        ("郑祥敏", "郑祥明", True, True),
        ("郑祥敏", "郑祥明", False, False),
        ("郑祥敏", "李祥敏", True, False),
    ],
)
def test_names_of_one_producer(one, other, shared, same):
    assert same_producer(one, other, shared=shared) is same_producer(other, one, shared=shared) is same


def test_set_wise_checks_find_what_is_planted_and_no_neighbour(context):
    rng = np.random.default_rng(7)
    names = [
        f"{surname}{given}" for surname in "赵钱孙李周吴郑王" for given in ("国梅", "志强", "丽娟", "春生", "海英")
    ]
    records = [
        record(
            n,
            producer_name=name,
            producer_type="household",
            contact_phone=f"1380000{n:04d}",
            scale=float(np.exp(rng.normal(1.2, 0.5))),
            point=(WEST + rng.uniform(0.002, 0.038), SOUTH + rng.uniform(0.002, 0.038)),
        )
        for n, name in enumerate(names)
    ]
    for n in (1, 2, 3, 4):
        records[n]["contact_phone"] = "13900009999"
    records[6]["point"] = records[7]["point"]
    for step, n in enumerate(range(10, 15)):
        records[n]["point"] = (WEST + 0.0113 + step * 1e-5, SOUTH + 0.03137)
    records[20]["point"] = (110.52, 19.513)
    records[25]["scale"] = 2666.0
    records[30]["market_start"] = "2026-02-01"
    records[33]["transplanted_on"] = "2025-06-01"
    rows = {check.id: set() for check in CHECKS}
    for finding in found(context, records):
        rows[finding.check].add(int(finding.uid[-12:]))
    assert rows["phone"] == {1, 2, 3, 4}
    assert rows["point.same"] == {6, 7}
    assert rows["point.stepped"] == {10, 11, 12, 13, 14}
    assert rows["point.rounded"] == {20}
    assert rows["scale"] == {25}
    assert rows["period"] == {30, 33}
    assert rows["duplicate"] == rows["spelling"] == set()


def test_most_points_being_wrong_makes_none_of_them_right():
    """Only the centre of the village is known, and the whole workbook has its axes the wrong way round."""
    village = Place("999901101001", "青塘村", *HOME)
    context = Context.of(load_standard(), [village, Place("999901101", "石湾镇")], "999901", date(2026, 7, 1))
    points = [(HOME[1] + n / 1317, HOME[0] + n / 1459) for n in range(5)]
    hits = found(context, [record(n, point=point) for n, point in enumerate(points)], "point.swapped")
    assert len(hits) == len(points)
