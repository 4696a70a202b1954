"""A record checked again is judged as when all are checked, whatever is wrong with it, and reads what has changed."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
import shapely

from originmap.core.quality.registry import CHECKS
from originmap.core.register.checking import Checked, check_register
from originmap.core.register.geometry import SRS_ID, point_blobs
from originmap.core.register.rechecking import Rechecker

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture
def planting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import quality.report

    yield quality.report
    for name in [name for name in sys.modules if name.split(".")[0] == "quality"]:
        del sys.modules[name]


@pytest.fixture
def county_of_two(insert) -> list[str]:
    uids = [f"1b0f1f6e-3a51-4f0e-9d5e-{number:012d}" for number in range(3)]
    for uid in uids:
        insert(uid=uid)
    return uids[:2]


@pytest.fixture
def planted(register, planting):
    """A small county with every kind of fault in it; gives all checks' findings."""
    plan = type(planting.COUNTIES[0])("small", 5, 109.69, 31.91, 4, 6, 1_800, 700, (6, 9, 12))
    ground = planting.make_ground(plan)
    records = planting.clean_records(ground)
    spoiling = planting.Field(ground, records, np.random.default_rng(2), 2)
    for fault in planting.FAULTS:
        fault.plant(spoiling)
    register.connection.execute("BEGIN")
    _write_divisions(register, planting, ground)
    points = point_blobs(*np.array([record.pop("point") for record in records], np.float64).T)
    names = ", ".join((*records[0], "geom"))
    register.connection.executemany(
        f"INSERT INTO record ({names}) VALUES ({', '.join('?' * (len(records[0]) + 1))})",
        [
            (*(value or None for value in {**record, "status": "draft"}.values()), point)
            for record, point in zip(records, points)
        ],
    )
    register.connection.execute("UPDATE setting SET value = ? WHERE name = 'county_code'", (planting.COUNTY,))
    register.connection.execute("COMMIT")
    return Rechecker()


def _write_divisions(register, planting, ground) -> None:
    county = (planting.COUNTY, "示例县", "county", None, None, ground.outline)
    areas = [(area.code, area.name, "", *area.centre, area.outline) for area in (*ground.townships, *ground.villages)]
    for code, name, level, x, y, outline in (county, *areas):
        blob = b"GP\x00\x01" + SRS_ID.to_bytes(4, "little") + shapely.to_wkb(outline)
        level = level or ("township" if len(code) == 9 else "village")
        register.connection.execute(
            "INSERT INTO division (code, name, level, longitude, latitude, geom) VALUES (?, ?, ?, ?, ?, ?)",
            (code, name, level, x, y, blob),
        )


def told(checked: Checked, uid: str) -> list:
    """All that is said of a record, what is proposed and which others it is about among it."""
    found = [one for one in checked.findings if one.uid == uid]
    return sorted((one.key, one.level, dict(one.params), one.proposal, one.others) for one in found)


def test_every_kind_of_fault_is_judged_again_as_when_all_are_checked(register, planted):
    whole = planted.check(register)
    by_kind: dict[tuple[str, str], set[str]] = defaultdict(set)
    for finding in whole.findings:
        by_kind[finding.check, finding.code].add(finding.uid)
    assert {check for check, _ in by_kind} >= {check.id for check in CHECKS}
    every = register.connection.execute("SELECT uid FROM record ORDER BY fid").fetchall()
    sample = {uid for uids in by_kind.values() for uid in sorted(uids)[:3]} | {uid for (uid,) in every[::20]}
    different = [uid for uid in sorted(sample) if told(planted.again(register, [uid]), uid) != told(whole, uid)]
    assert different == []
    together = planted.again(register, sorted(sample))
    assert [uid for uid in sorted(sample) if told(together, uid) != told(whole, uid)] == []


def test_what_was_changed_made_or_deleted_since_is_taken_over(register, planted):
    planted.check(register)
    execute = register.connection.execute
    changed, twin, third = (uid for (uid,) in execute("SELECT uid FROM record ORDER BY fid LIMIT 300, 3"))
    names = ", ".join(name for _, name, *_ in execute("PRAGMA table_info(record)") if name not in ("fid", "uid"))
    execute("UPDATE record SET contact_phone = '13900001111、13900002222', scale = 99999 WHERE uid = ?", (changed,))
    made = "0b0f1f6e-3a51-4f0e-9d5e-000000000009"
    execute(f"INSERT INTO record (uid, {names}) SELECT ?, {names} FROM record WHERE uid = ?", (made, twin))
    again = planted.again(register, [changed, made, twin])
    fresh = Rechecker().check(register)
    for uid in (changed, made, twin):
        assert told(again, uid) == told(fresh, uid)
    assert again.records == 3
    assert "duplicate" in {one.check for one in again.findings if one.uid == made}
    assert again.lines[made].uid == made
    execute("DELETE FROM record WHERE uid = ?", (made,))
    assert planted.again(register, [made]).records == 0
    assert not any(made in one.others for one in planted.again(register, [twin, third]).findings)


def test_all_are_read_where_nothing_was_kept_or_the_divisions_are_others(register, planted):
    uids = [uid for (uid,) in register.connection.execute("SELECT uid FROM record ORDER BY fid")]
    whole = check_register(register)
    uid = next(uid for uid in uids if "geom" not in {one.field for one in whole.findings if one.uid == uid})
    assert told(planted.again(register, [uid]), uid) == told(whole, uid)
    own = register.connection.execute("SELECT division_code FROM record WHERE uid = ?", (uid,)).fetchone()
    other = "SELECT geom FROM division WHERE level = 'village' AND code <> ? ORDER BY code DESC LIMIT 1"
    register.connection.execute(f"UPDATE division SET geom = ({other}) WHERE code = ?", own * 2)
    moved = planted.again(register, [uid])
    assert "geom" in {one.field for one in moved.findings}


def test_any_number_of_records_can_be_chosen(register, county_of_two):
    chosen = [*county_of_two, *(f"0b0f1f6e-3a51-4f0e-9d5e-{number:012d}" for number in range(40_000))]
    assert check_register(register, chosen).records == 2
