"""Whatever a point is written in reads back as that point, and nothing else reads as a point."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from originmap.core.coordinates.parse import parse_coordinates
from originmap.core.coordinates.verdict import Verdict

LONGITUDES = st.floats(73.01, 135.49)
LATITUDES = st.floats(3.01, 53.99)
FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.,:;()ENX"}


def _decimal(degrees: float) -> str:
    return f"{degrees:.6f}"


def _minutes(degrees: float) -> tuple[int, str]:
    units = round(degrees * 60 * 10**5)
    whole, rest = divmod(units, 60 * 10**5)
    return whole, f"{Decimal(rest) / 10**5:.5f}"


def _seconds(degrees: float) -> tuple[int, int, str]:
    units = round(degrees * 3600 * 10**3)
    whole, rest = divmod(units, 3600 * 10**3)
    minutes, seconds = divmod(rest, 60 * 10**3)
    return whole, minutes, f"{Decimal(seconds) / 10**3:.3f}"


ANGLES = {
    "decimal": _decimal,
    "degree sign": lambda value: f"{_decimal(value)}°",
    "dms": lambda value: "{}°{}′{}″".format(*_seconds(value)),
    "dms ascii": lambda value: "{}°{}'{}\"".format(*_seconds(value)),
    "dms two apostrophes": lambda value: "{}º{}’{}''".format(*_seconds(value)),
    "dms words": lambda value: "{}度{}分{}秒".format(*_seconds(value)),
    "dms without last sign": lambda value: "{}°{}′{}".format(*_seconds(value)),
    "colons": lambda value: "{}:{}:{}".format(*_seconds(value)),
    "dashes": lambda value: "{}-{}-{}".format(*_seconds(value)),
    "spaces": lambda value: "{} {} {}".format(*_seconds(value)),
    "minutes": lambda value: "{}°{}′".format(*_minutes(value)),
    "minutes words": lambda value: "{}度{}分".format(*_minutes(value)),
    "minutes spaces": lambda value: "{} {}".format(*_minutes(value)),
}
SLIPS = {"spaces", "minutes spaces", "colons", "dashes", "dms without last sign"}
#: How two halves stand together; ``{e}`` and ``{n}`` are longitude and latitude.
TOGETHER = [
    "{e},{n}", "{e}，{n}", "{e}、{n}", "{e}；{n}", "{e}/{n}", " {e} , {n} ", "({e},{n})", "【{e}，{n}】",
    "东经{e}，北纬{n}", "东经：{e} 北纬：{n}", "北纬{n}，东经{e}", "北纬{n}东经{e}", "E{e} N{n}", "N{n} E{e}",
    "{e}E,{n}N", "{e}E {n}N", "{n}N, {e}E", "经度:{e} 纬度:{n}", "纬度：{n}；经度：{e}", "lng={e}&lat={n}",
    "lat: {n}, lon: {e}", "坐标：{e}，{n}。", "{e}\n,{n}",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(LONGITUDES, LATITUDES, st.sampled_from(sorted(ANGLES)), st.sampled_from(TOGETHER), st.booleans())
def test_reads_back(longitude: float, latitude: float, notation: str, together: str, wide: bool) -> None:
    angle = ANGLES[notation]
    text = together.format(e=angle(longitude), n=angle(latitude))
    reading = parse_coordinates(text.translate(FULL_WIDTH) if wide else text)
    assert reading.verdict is Verdict.OK, text
    assert (reading.longitude, reading.latitude) == pytest.approx((longitude, latitude), abs=6e-7), text


@settings(max_examples=200, deadline=None)
@given(LONGITUDES, LATITUDES, st.sampled_from(sorted(ANGLES)), st.sampled_from(sorted(ANGLES)))
def test_two_cells_read_back(longitude: float, latitude: float, one: str, other: str) -> None:
    if {one, other} & SLIPS:  # beside another notation it may be a slip of the finger
        other = one
    east, north = ANGLES[one](longitude), ANGLES[other](latitude)
    reading = parse_coordinates(east, north)
    assert reading.verdict is Verdict.OK
    assert (reading.longitude, reading.latitude) == pytest.approx((longitude, latitude), abs=6e-7)
    exchanged = parse_coordinates(north, east)
    assert exchanged.verdict is Verdict.SWAPPED
    assert (exchanged.longitude, exchanged.latitude) == (reading.longitude, reading.latitude)


@settings(max_examples=300, deadline=None)
@given(LONGITUDES, LATITUDES, st.integers(0, 30), st.sampled_from("x0.,-°'几万#~E ５"))
def test_one_wrong_sign_never_makes_another_point(longitude: float, latitude: float, at: int, sign: str) -> None:
    """An inserted digit may give a neighbour; anything else gives the same point or none."""
    text = f"{longitude:.6f},{latitude:.6f}"
    spoilt = text[:at] + sign + text[at:]
    reading = parse_coordinates(spoilt)
    if reading.longitude is None or sign in "0５":
        return
    assert (reading.longitude, reading.latitude) == pytest.approx((longitude, latitude), abs=6e-7), spoilt


GARBAGE = st.text("0123456789.,:;-+/°'\"′″度分秒EeNnSsWwXy经纬东北 \t\n()[]{}=&#abc。，", max_size=40)


@settings(max_examples=1500, deadline=None)
@given(GARBAGE, st.one_of(st.just(""), GARBAGE))
def test_garbage_is_never_another_number(text: str, second: str) -> None:
    """A point comes from the digits of the text alone: its whole degrees stand there as a number's beginning."""
    reading = parse_coordinates(text, second, central_meridian=108)
    assert (reading.longitude is None) == (reading.verdict in (Verdict.ASK, Verdict.ERROR, Verdict.EMPTY))
    if reading.verdict in (Verdict.OK, Verdict.SWAPPED) and reading.code != "":
        assert reading.code in ("COORD_LOWPREC", "COORD_SWAPPED")
    if reading.verdict is Verdict.OK:
        written = {int(number) for number in re.findall(r"[0-9]+", f"{text} {second}") if len(number) < 10}
        packed = {number // 100 for number in written} | {number // 10_000 for number in written}
        assert {int(reading.longitude), int(reading.latitude)} <= written | packed


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_gets_a_verdict(text: str, second: str) -> None:
    assert parse_coordinates(text, second).verdict in Verdict
