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
        ("郑祥敏", "郑敏祥", True, False),  # two signs at other places are another person
        ("曾秋", "曾义", True, False),  # half a name is no slip of the pen
        ("张伟", "张玮", True, True),
        ("劉國華", "刘国华", False, True),
        ("示例县兴盛家庭农场", "兴盛家庭农场", False, True),
        ("石湾徐洋秀家庭农场", "石湾徐秀家庭农场", False, False),
        ("塘青益华农业专业业合作社", "塘青益华农业专业合作社", True, True),
    ],
)
def test_names_of_one_producer(one, other, shared, same):
    assert same_producer(one, other, shared=shared) is same_producer(other, one, shared=shared) is same


def test_sheds_in_a_row_are_sites_and_a_name_by_ear_is_the_same_record(context):
    sheds = [
        record(n, point=(HOME[0] + n * 1.9e-4, HOME[1] + n % 2 * 1e-5), site_name=f"{n}号棚", scale=1.0 + n / 10)
        for n in range(9)
    ]
    brothers = [{**shed, "producer_name": f"郑祥{sign}", "contact_phone": ""} for shed, sign in zip(sheds, "敏强")]
    assert found(context, [*sheds, *brothers][:9], "duplicate", "point.stepped") == []
    heard = {**brothers[0], "uid": record(50)["uid"], "producer_name": "郑祥闽", "site_name": ""}
    assert len(found(context, [brothers[0], heard], "duplicate")) == 2
    assert found(context, [brothers[0], {**heard, "producer_name": "郑祥强"}], "duplicate") == []


def test_of_two_spellings_the_rarer_is_told_beside_the_other():
    rows = [record(n, cycle=f"2026-0{n}") for n in range(1, 6)]
    rows[3]["producer_name"] = str(rows[3]["producer_name"]).replace("合作社", "（合作社）")
    (finding,) = found(Context.of(load_standard(), [], "469005", date(2026, 7, 1)), rows, "spelling")
    assert finding.uid == rows[3]["uid"]
    assert set(finding.others) <= {row["uid"] for row in rows} - {finding.uid}
    assert finding.others


def test_a_village_known_by_name_alone_lies_where_its_records_do():
    names = [Place("469005100", "石湾镇"), Place("469005100201", "青塘村")]
    context = Context.of(load_standard(), names, "469005", date(2026, 7, 1))
    rng = np.random.default_rng(3)
    rows = [
        record(n, point=(HOME[0] + rng.normal(0, 0.006), HOME[1] + rng.normal(0, 0.006)), producer_name=f"{n}号农场")
        for n in range(12)
    ]
    for row in rows:
        row |= {"township": "石湾镇", "village": "青塘村", "division_code": ""}
    places = ("point.division", "point.county", "point.digit", "point.datum")
    assert found(context, rows, *places) == []
    rows[4]["point"] = (HOME[0] + 0.2, HOME[1])
    rows[7]["point"] = (rows[7]["point"][0] + 0.231, rows[7]["point"][1] + 0.117)
    told = {finding.uid: finding for finding in found(context, rows, *places)}
    assert set(told) == {rows[4]["uid"], rows[7]["uid"]}
    assert told[rows[4]["uid"]].check == "point.digit"
    assert metres(*map(np.float64, (*told[rows[4]["uid"]].proposal.point, *HOME))) < 1.0
    assert told[rows[7]["uid"]].proposal is None


def test_a_point_that_others_have_too_is_a_copy_and_no_slip_of_the_pen(context):
    slipped = (HOME[0], HOME[1] + 0.3)
    rows = [
        record(n, point=slipped, producer_name=name) for n, name in enumerate(("甲农场公司", "乙山果业", "丙水渔业"))
    ]
    findings = found(context, rows)
    assert {finding.check for finding in findings} >= {"point.same", "point.county"}
    assert all(finding.proposal is None for finding in findings)


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
