"""What goes wrong on sheets of real offices: mistakes that must be found, and odd ways of writing that must be read."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Callable

import numpy as np

from .rows import Outcome, Row, without_point

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Mistake:
    """A mistake, the finding it must lead to, and whether the row is then refused."""

    name: str
    code: str
    outcome: Outcome
    spoil: Callable[[Row], None]


def _put(field: str, value: object) -> Callable[[Row], None]:
    def spoil(row: Row) -> None:
        row.cells[field] = value  # type: ignore[assignment]

    return spoil


def _phone_rounded(row: Row) -> None:
    row.cells["contact_phone"] = "1.38E+10"


def _phone_short(row: Row) -> None:
    row.cells["contact_phone"] = str(row.cells["contact_phone"])[:-1]


def _unit_wrong(row: Row) -> None:
    row.cells["unit"] = "亩" if row.cells["unit"] != "亩" else "头"


def _scale_negative(row: Row) -> None:
    row.cells["scale"] = -abs(float(row.scale))


def _period_backwards(row: Row) -> None:
    row.cells["market_start"], row.cells["market_end"] = "2026-06-20", "2026-04-15"


def _identity_card(row: Row) -> None:
    body = "99990119000101001"
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS)) % 11]
    row.cells["remark"] = f"身份证{body}{check}"


def _axes_swapped(row: Row) -> None:
    row.cells["longitude"], row.cells["latitude"] = row.cells["latitude"], row.cells["longitude"]


def _point_lost(row: Row) -> None:
    row.cells["longitude"] = int(round(float(str(row.cells["longitude"])) * 1e6))


def _far_away(row: Row) -> None:
    row.cells["longitude"] = round(float(str(row.cells["longitude"])) + 1.25, 6)


def _no_numbers(row: Row) -> None:
    row.cells["longitude"], row.cells["latitude"] = "村口往东500米", ""


_REFUSED = Outcome.REFUSED
MISTAKES = (
    Mistake("phone missing", "REQ_EMPTY", _REFUSED, _put("contact_phone", "")),
    Mistake("producer missing", "REQ_EMPTY", _REFUSED, _put("producer_name", "")),
    Mistake("phone rounded by the spreadsheet", "PHONE_LOSSY", _REFUSED, _phone_rounded),
    Mistake("phone one digit short", "PHONE_BAD", _REFUSED, _phone_short),
    Mistake("unit of another product", "UNIT_BAD", _REFUSED, _unit_wrong),
    Mistake("product not collected", "PROD_UNKNOWN", _REFUSED, _put("variety", "水稻")),
    Mistake("day that does not exist", "DATE_BAD", _REFUSED, _put("market_start", "2026-13-45")),
    Mistake("no date but words", "DATE_BAD", _REFUSED, _put("market_end", "看天气")),
    Mistake("end before start", "DATE_ORDER", _REFUSED, _period_backwards),
    Mistake("negative size", "SCALE_NEG", _REFUSED, _scale_negative),
    Mistake("size in words", "NUM_BAD", _REFUSED, _put("scale", "一大片")),
    Mistake("type not in the list", "ENUM_BAD", _REFUSED, _put("producer_type", "事业单位")),
    Mistake("identity-card number", "ID_CARD", _REFUSED, _identity_card),
)
POINT_MISTAKES = (
    Mistake("axes swapped", "COORD_SWAPPED", _REFUSED, _axes_swapped),
    Mistake("decimal point lost", "COORD_NOPOINT", _REFUSED, _point_lost),
    Mistake("outside the county", "COORD_ADMIN", Outcome.ACCEPTED, _far_away),
    Mistake("words for coordinates", "COORD_BAD", _REFUSED, _no_numbers),
)


def plant(rows: list[Row], rng: np.random.Generator, each: int = 1) -> None:
    """Put every mistake into some rows; a mistake about coordinates into rows that have them."""
    free = [row for row in rows if row.longitude is not None]
    order = iter(rng.permutation(len(free)).tolist())
    for mistake in (*MISTAKES, *POINT_MISTAKES):
        for _ in range(each):
            row = free[next(order)]
            mistake.spoil(row)
            row.outcome, row.code, row.planted = mistake.outcome, mistake.code, mistake.name


def oddities(rows: list[Row], rng: np.random.Generator) -> None:
    """Odd ways of writing that mean what they say, in about one row of nine."""
    for row in rows:
        if row.planted or rng.random() > 0.11:
            continue
        _ODDITIES[int(rng.integers(len(_ODDITIES)))](row)


def _about(row: Row) -> None:
    if row.cells["unit"] == "亩":
        row.cells["scale"] = f"约{row.scale:g}亩"


def _half(row: Row) -> None:
    if row.cells["unit"] == "亩" and row.variety == "cowpea" and row.scale < 4:
        row.cells["scale"], row.scale = "两亩半", 2.5


def _full_width(row: Row) -> None:
    row.cells["contact_phone"] = str(row.cells["contact_phone"]).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    )


def _grouped(row: Row) -> None:
    phone = str(row.cells["contact_phone"])
    row.cells["contact_phone"] = f"+86 {phone[:3]}-{phone[3:7]}-{phone[7:]}"


def _with_unit(row: Row) -> None:
    row.cells["scale"] = f"{row.scale:g} {row.cells['unit']}"


def _spaced(row: Row) -> None:
    row.cells["contact_name"] = f" {row.cells['contact_name']}\u3000"


_ODDITIES = (_about, _half, _full_width, _grouped, _with_unit, _spaced)


def repeat(rows: list[Row], rng: np.random.Generator, number: int) -> list[Row]:
    """The rows with a few clean ones entered a second time further down."""
    clean = [index for index, row in enumerate(rows) if not row.planted]
    result = list(rows)
    for index in rng.permutation(len(clean))[:number].tolist():
        again = deepcopy(rows[clean[index]])
        again.outcome, again.code, again.planted = Outcome.DUPLICATE, "DUP_ROW", "entered twice"
        result.append(again)
    return result


def leave_points_out(rows: list[Row], rng: np.random.Generator, share: float) -> None:
    """Take the coordinates from a share of the rows."""
    for row in rows:
        if rng.random() < share:
            without_point(row)
