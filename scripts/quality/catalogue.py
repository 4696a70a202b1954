"""Every fault that is planted, and the counties it is planted into."""

from __future__ import annotations

from . import further, names, periods, slips
from .county import Record
from .faults import (
    Fault,
    any_step,
    as_bd09,
    as_gcj02,
    copied,
    copied_apart,
    days,
    doubled_digit,
    exchanged_digits,
    last_digit,
    lost_digit,
    minutes_misread,
    moved,
    one_sign,
    other_county,
    other_township,
    other_village,
    phone_as_scale,
    point_slipped,
    rounded,
    scale_times,
    shifted_import,
    shifted_sibling,
    square_metres,
    stepped,
    swapped,
    taken_off_twice,
    whole_degree,
    whole_minutes,
    wrong_digit,
)
from .ground import Plan

COUNTIES = (
    Plan("southern plain, villages drawn", 11, 109.69, 19.91, 9, 14, 2_200, 2_400, (6, 9, 12)),
    Plan("dense delta, townships drawn", 23, 113.12, 22.84, 12, 20, 1_300, 8_000, (6, 9)),
    Plan("mountains, county drawn", 37, 102.42, 26.91, 14, 8, 4_200, 900, (6,)),
    Plan("coast, no outlines", 41, 117.61, 24.12, 8, 12, 2_600, 1_500, ()),
    Plan("northern plain, villages drawn", 53, 118.8, 36.88, 10, 24, 1_700, 5_000, (6, 9, 12)),
    Plan("sparse, one township known", 67, 98.49, 25.02, 5, 7, 5_500, 260, (6, 9)),
    Plan("north, names alone", 71, 113.92, 38.31, 9, 16, 2_300, 1_900, (), centres=False),
    Plan("northwest, names and county", 83, 79.93, 37.11, 8, 10, 3_100, 900, (6,), centres=False, peoples=True),
)  # fmt: skip
#: Faults that need the outline of this level (length of the code) to be told at all.
NEEDS_OUTLINE = {"another township": 9, "another village": 12}

#: What the records themselves cannot tell, as they can where a village lies: all points of it are shifted alike.
NEEDS_CENTRES = ("GCJ-02, ", "BD-09, ", "shift taken off")

#: What is out of season in the north is in season further south.
NEEDS_NORTH = {"out of season": 28.0}
#: Told by plain rules and held to them elsewhere; the clean counties hold small producers that the threshold names.
UNMEASURED = ("below_threshold", "outdated")

_FORENSIC = ("point.swapped", "point.sign", "point.minutes", "point.digit")
_AWAY = ("point.county", "point.division", "point.datum", *_FORENSIC)
_SPOT = ("duplicate", "point.same", "point.rounded", *_AWAY)
_NAMES = ("spelling", "phone")
_DATUM = ("point.datum", *_AWAY)
_DUPLICATE = ("duplicate",)


def _digit(name: str, change: object) -> Fault:
    return Fault(name, ("point.digit", *_AWAY, "point.minutes"), moved(change))  # type: ignore[arg-type]


def _spelled(name: str, change: object) -> tuple[Fault, Fault]:
    return (
        Fault(f"{name}, same phone", ("spelling",), names.spelled(change, "phone"), ("phone",)),  # type: ignore[arg-type]
        Fault(f"{name}, same code", ("spelling",), names.spelled(change, "code"), ("phone",)),  # type: ignore[arg-type]
    )


def _is_named(record: Record) -> bool:
    return bool(record["credit_code"])


def _is_person(record: Record) -> bool:
    return record["producer_type"] == "household" and len(str(record["producer_name"])) > 2


_BY_EAR = names.entered_twice(further.sounds_the_same, further.can_be_misheard)

#: Planted one after another into one county: no two in one record.
FAULTS = (
    Fault("GCJ-02, whole workbook", _DATUM, shifted_import(as_gcj02, 1.0)),
    Fault("BD-09, whole workbook", _DATUM, shifted_import(as_bd09, 1.0)),
    Fault("shift taken off without cause", _DATUM, shifted_import(taken_off_twice, 1.0)),
    Fault("GCJ-02, half a workbook", _DATUM, shifted_import(as_gcj02, 0.5)),
    Fault("another season in another datum", _DATUM, shifted_sibling),
    Fault("GCJ-02, one of two collectors", _DATUM, further.shifted_collector(as_gcj02)),
    Fault("BD-09, one of two collectors", _DATUM, further.shifted_collector(as_bd09)),
    Fault("evenly stepped", ("point.stepped",), stepped(any_step), _SPOT),
    Fault("last digit counted up", ("point.stepped",), stepped(last_digit), _SPOT),
    Fault("degrees counted up", ("point.stepped",), stepped(whole_degree), _SPOT),
    Fault("copied down", ("point.same",), copied, _SPOT),
    Fault("copied from elsewhere", ("point.same",), copied_apart, _SPOT),
    Fault("another county", ("point.county", *_AWAY), moved(other_county)),
    Fault("another township", ("point.division", *_AWAY), moved(other_township)),
    Fault("another village", ("point.division", *_AWAY), moved(other_village)),
    Fault("the other end of the county", ("point.division", *_AWAY), moved(further.far_village)),
    Fault("axes swapped", ("point.swapped", *_AWAY), moved(swapped)),
    Fault("sign", ("point.sign", *_AWAY), moved(one_sign)),
    Fault("minutes read as decimals", ("point.minutes", *_AWAY), moved(minutes_misread)),
    Fault("minutes in one number", ("point.minutes", *_AWAY), moved(further.minutes_of_one)),
    _digit("digit lost", lost_digit),
    _digit("digit mistyped", wrong_digit),
    _digit("digits exchanged", exchanged_digits),
    _digit("digit doubled", doubled_digit),
    _digit("decimal point slipped", point_slipped),
    Fault("rounded to 2 decimals", ("point.rounded",), rounded(2), _SPOT),
    Fault("rounded to 3 decimals", ("point.rounded",), rounded(3), _SPOT),
    Fault("cut to 2 decimals", ("point.rounded",), rounded(2, cut=True), _SPOT),
    Fault("cut to 3 decimals", ("point.rounded",), rounded(3, cut=True), _SPOT),
    Fault("one number rounded", ("point.rounded",), moved(further.one_rounded), _SPOT),
    Fault("whole minutes", ("point.rounded",), moved(whole_minutes), _SPOT),
    Fault("left blank", ("incomplete", "standard"), slips.blank(slips.ASKED)),
    Fault("against the standard", ("standard",), slips.against_the_standard, ("phone", "incomplete")),
    Fault("scale in square metres", ("scale",), square_metres),
    Fault("scale is a phone", ("scale",), phone_as_scale),
    Fault("scale ×1,000", ("scale",), scale_times(lambda field: 1_000)),
    Fault("scale ×100", ("scale",), scale_times(lambda field: 100)),
    Fault("scale ÷1,000", ("scale", "below_threshold"), scale_times(lambda field: 0.001)),
    Fault("end before start", ("standard", "incomplete", "period"), days(periods.end_before_start, periods.is_short)),
    Fault("sold before planted", ("period",), days(periods.sold_before_planted, periods.is_short)),
    Fault("sold at once", ("period",), days(periods.sold_at_once, periods.is_short)),
    Fault("year mistyped", ("period",), days(periods.year_mistyped, periods.is_short)),
    Fault("two years on the market", ("period", "standard"), days(periods.one_year_off, periods.is_short)),
    Fault("eleven months of one planting", ("period",), days(periods.much_too_long, periods.is_annual)),
    Fault("planted a year before", ("period",), days(periods.waited_too_long, periods.is_annual)),
    Fault("out of season", ("period",), days(periods.out_of_season, periods.is_cowpea)),
    Fault("not its cycle", ("period",), days(periods.not_its_cycle, periods.is_annual)),
    Fault("phone of many", ("phone",), names.phone_of_many),
    *_spelled("brackets and county", names.brackets),
    *_spelled("short form", names.short_form),
    *_spelled("longer form", names.longer_form),
    *_spelled("look-alike sign", names.lookalike),
    *_spelled("traditional signs", further.traditional),
    Fault("entered twice, word for word", _DUPLICATE, names.entered_twice(names.word_for_word), _NAMES),
    Fault("entered twice, beside", _DUPLICATE, names.entered_twice(names.beside), _NAMES),
    Fault("entered twice, respelled", _DUPLICATE, names.entered_twice(names.beside_respelled, _is_named), _NAMES),
    Fault("entered twice, mistyped person", _DUPLICATE, names.entered_twice(names.person_mistyped, _is_person), _NAMES),
    Fault("entered twice, by ear", _DUPLICATE, _BY_EAR, (*_NAMES, "incomplete")),
)  # fmt: skip
