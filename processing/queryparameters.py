"""The parameters with which every algorithm asks for records: the same names and meanings, one query out of them."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any, Sequence

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.locale import language
from ..core.onemap.query import NOT_FILLED, TICKED, Days, Query, Scale, seasons_of_months
from ..core.register.queries import saved_query
from ..core.register.register import Register
from ..core.standard.errors import OriginMapError
from ..core.standard.masking import PHONE_SEPARATOR
from ..core.standard.model import Standard, load_standard

UNITS = ("", "mu", "head", "bird")

# Ticked in a list of the national standard; the county's own lists are typed, for they are in its register.
_TICKED = (
    ("VARIETIES", "varieties"),
    ("STATUS", "states"),
    ("INDUSTRIES", "industries"),
    ("PRODUCER_TYPES", "producer_types"),
    ("CERTIFICATIONS", "certifications"),
    ("TRACEABILITY", "traceability"),
    ("PRODUCTION_MODES", "production_modes"),
    ("VERIFIED", "verified"),
    ("POINTS", "point_qualities"),
)
_TYPED = (
    ("PRODUCTS", "varieties"),
    ("CREDIT_GRADES", "credit_grades"),
    ("CYCLES", "cycles"),
    ("COLLECTORS", "collectors"),
)
_SEPARATORS = str.maketrans(dict.fromkeys(f",;，；\t\n{PHONE_SEPARATOR}", " "))


def add_query_parameters(algorithm: QgsProcessingAlgorithm) -> None:
    """Product, division and state in sight, all other conditions among the advanced parameters."""
    translate = QCoreApplication.translate
    titles = _titles()
    ticked = {name: _several(name, titles[name], _options(condition)) for name, condition in _TICKED}
    division = _text("DIVISION", translate("originmap", "Division codes (6, 9 or 12 digits; empty: all)"))
    products = _text("PRODUCTS", translate("originmap", "Further products by name, also the county's own"))
    for parameter in (ticked.pop("VARIETIES"), products, division, ticked.pop("STATUS")):
        algorithm.addParameter(parameter)
    units = [translate("originmap", "multiples of the threshold"), *_units()]
    real = QgsProcessingParameterNumber.Type.Double
    for parameter in (
        QgsProcessingParameterNumber("SCALE_MIN", translate("originmap", "Scale from"), real, None, True, 0),
        QgsProcessingParameterNumber("SCALE_MAX", translate("originmap", "Scale below"), real, None, True, 0),
        QgsProcessingParameterEnum("SCALE_UNIT", translate("originmap", "Scale in"), units, False, 0, True),
        _several("MONTHS", translate("originmap", "On the market in"), _months()),
        _text("MARKET_FROM", translate("originmap", "On the market from (YYYY-MM-DD)")),
        _text("MARKET_TO", translate("originmap", "On the market until (YYYY-MM-DD)")),
        _text("COLLECTED_FROM", translate("originmap", "Collected from (YYYY-MM-DD)")),
        _text("COLLECTED_TO", translate("originmap", "Collected until (YYYY-MM-DD)")),
        _text("CYCLES", translate("originmap", "Cycles or years, such as 2026-06 or 2026")),
        *ticked.values(),
        _text("CREDIT_GRADES", translate("originmap", "Credit grades")),
        _text("COLLECTORS", translate("originmap", "Collectors")),
        _text("TEXT", translate("originmap", "Words in names, places, phones, remarks")),
        _text("FILTER", translate("originmap", "Further condition (SQL)")),
        _text("QUERY", translate("originmap", "Name of a saved query, on which the other conditions are laid")),
    ):
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        algorithm.addParameter(parameter)


def query_of(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, register: Register
) -> Query:
    """The query that the parameters say, laid on the saved one where a name is given.

    Raises:
        OriginMapError: for what is no condition, or when no query of that name is saved.
    """

    def given(name: str) -> str:
        return algorithm.parameterAsString(parameters, name, context).strip()

    def words(name: str) -> tuple[str, ...]:
        return tuple(given(name).translate(_SEPARATORS).split())

    standard = register.standard()
    asked: dict[str, Any] = {"divisions": words("DIVISION"), "text": given("TEXT"), "condition": given("FILTER")}
    for name, condition in _TICKED:
        codes = [code for code, _ in _options(condition)]
        asked[condition] = tuple(codes[i] for i in algorithm.parameterAsEnums(parameters, name, context))
    for name, condition in _TYPED:
        typed = tuple(_code(condition, word, standard) for word in words(name))
        asked[condition] = (*asked.get(condition, ()), *typed)
    asked["scales"] = _scales(algorithm, parameters, context)
    asked["on_market"] = seasons_of_months(i + 1 for i in algorithm.parameterAsEnums(parameters, "MONTHS", context))
    asked["marketed"] = Days(given("MARKET_FROM"), given("MARKET_TO"))
    asked["collected"] = Days(given("COLLECTED_FROM"), given("COLLECTED_TO"))
    base = saved_query(register, given("QUERY")).query if given("QUERY") else Query()
    return replace(base, **{name: value for name, value in asked.items() if value not in ((), "", Days())})


def _scales(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> tuple[Scale, ...]:
    bounds = [
        algorithm.parameterAsDouble(parameters, name, context) if parameters.get(name) is not None else None
        for name in ("SCALE_MIN", "SCALE_MAX")
    ]
    if bounds == [None, None]:
        return ()
    unit = UNITS[algorithm.parameterAsEnum(parameters, "SCALE_UNIT", context)]
    return (Scale(bounds[0] or 0.0, inf if bounds[1] is None else bounds[1], unit),)


def _code(condition: str, word: str, standard: Standard) -> str:
    """A code, from itself or its title; columns without a list take every word."""
    choices = standard.choices(TICKED[condition]) if condition in TICKED else ()
    for choice in choices:
        if word in (choice.code, choice.title, choice.title_en, *choice.aliases):
            return choice.code
    if choices:
        raise OriginMapError("QUERY_VALUE", value=word, field=standard.field(TICKED[condition]).title_in(language()))
    return word


def _options(condition: str) -> list[tuple[str, str]]:
    """Code and title of what can be ticked; how a record was verified has one more: not at all."""
    choices = [(choice.code, choice.title_in(language())) for choice in load_standard().choices(TICKED[condition])]
    if condition == "verified":
        choices.append((NOT_FILLED, QCoreApplication.translate("originmap", "not verified")))
    return choices


def _units() -> list[str]:
    titles = {choice.code: choice.title_in(language()) for choice in load_standard().choices("unit")}
    return [titles[code] for code in UNITS if code]


def _months() -> list[tuple[str, str]]:
    month = QCoreApplication.translate("originmap", "month {number}")
    return [(f"{number:02d}", month.format(number=number)) for number in range(1, 13)]


def _titles() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "VARIETIES": translate("originmap", "Products (none: all)"),
        "STATUS": translate("originmap", "States (none: all but ended)"),
        "INDUSTRIES": translate("originmap", "Industries"),
        "PRODUCER_TYPES": translate("originmap", "Kinds of producer"),
        "CERTIFICATIONS": translate("originmap", "Certifications"),
        "TRACEABILITY": translate("originmap", "Means of tracing"),
        "PRODUCTION_MODES": translate("originmap", "Modes of production"),
        "VERIFIED": translate("originmap", "Verification"),
        "POINTS": translate("originmap", "Quality of the point"),
    }


def _several(name: str, title: str, options: Sequence[tuple[str, str]]) -> QgsProcessingParameterEnum:
    return QgsProcessingParameterEnum(name, title, [text for _, text in options], True, [], True)


def _text(name: str, title: str) -> QgsProcessingParameterString:
    return QgsProcessingParameterString(name, title, optional=True)
