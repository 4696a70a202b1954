"""Typed coordinates in words: what they are understood to say, what is wrong with them, what to use instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication

from ...core.coordinates.datums import Datum, datum_named
from ...core.coordinates.located import SHIFTED, Located, locate
from ...core.coordinates.parse import parse_coordinates
from ...core.coordinates.verdict import Reading, Verdict
from ...core.onemap.basemaps import short_name
from ...core.register.editing import PointHow
from ...core.standard.errors import OriginMapError
from ...core.standard.messages import message
from .placed import Placed
from .words import shortened

_WITH_POINT = (Verdict.OK, Verdict.PROJECTED)
_TEXT_LENGTH = 300


@dataclass(frozen=True)
class Understanding:
    """What was made of a text.

    Attributes:
        words: the reading, or why there is none; empty for an empty text.
        placed: the place when there is one.
        proposal: what was probably meant, to be used only when the person says so.
        asks_datum: whether somebody has to say which datum it is in, because the text does not.
        asks_meridian: whether the central meridian decides where it lies.
    """

    words: str
    placed: Optional[Placed] = None
    proposal: str = ""
    asks_datum: bool = False
    asks_meridian: bool = False


def understand(
    text: str, written: str, datum: Datum, central_meridian: Optional[float], language: str
) -> Understanding:
    """Read typed coordinates.

    Args:
        text: as it stands in the field.
        written: as the person wrote it first, before they accepted a proposal; kept with the record word for word.
        datum: chosen for coordinates that do not say it themselves.
        central_meridian: degrees east, for eastings without their zone; ``None`` when none was chosen.
        language: of the sentences, ``zh`` or ``en``.
    """
    reading = parse_coordinates(text)
    asks_meridian = reading.verdict is Verdict.ASK
    if asks_meridian and central_meridian is not None:
        reading = parse_coordinates(text, central_meridian=central_meridian)
    plane = asks_meridian or reading.verdict is Verdict.PROJECTED
    open_datum = plane or (reading.longitude is not None and reading.datum is None)
    if reading.verdict in _WITH_POINT:
        found = _with_point(reading, text, written, datum, language)
    else:
        found = _without_point(reading, language)
    return replace(found, asks_datum=open_datum and datum_named(text) is None, asks_meridian=asks_meridian)


def _without_point(reading: Reading, language: str) -> Understanding:
    if reading.verdict is Verdict.EMPTY:
        return Understanding("")
    if reading.verdict is Verdict.ASK:
        return Understanding(_ask_meridian())
    return Understanding(_sentence(reading, language), proposal=_proposal(reading))


def _with_point(reading: Reading, text: str, written: str, datum: Datum, language: str) -> Understanding:
    try:
        located = locate(reading, datum)
    except OriginMapError as error:
        return Understanding(message(error.code, language, {**error.params, "value": shortened(text)}).sentence)
    warning = _warning(reading, located, language)
    placed = Placed((located.longitude, located.latitude), _how(written, located), warning)
    plane = reading.verdict is Verdict.PROJECTED
    return Understanding(" ".join(filter(None, (_in_words(located, plane), warning))), placed)


def _proposal(reading: Reading) -> str:
    """What the reader proposes, with the datum that the text named, when it can be read."""
    proposal = str(reading.params.get("proposal") or "")
    if proposal and reading.datum is not None:
        proposal = f"{short_name(reading.datum)} {proposal}"
    return proposal if parse_coordinates(proposal).verdict in _WITH_POINT else ""


def _how(written: str, located: Located) -> PointHow:
    return PointHow(
        method="typed",
        quality="exact" if located.exact else "approximate",
        radius=round(located.radius, 1),
        text=written.strip()[:_TEXT_LENGTH],
        datum=located.datum.value,
    )


def _warning(reading: Reading, located: Located, language: str) -> str:
    sentences = []
    if located.datum in SHIFTED:
        sentences.append(message("CRS_SUSPECT", language, {"datum": short_name(located.datum)}).sentence)
    if reading.code:
        sentences.append(_sentence(reading, language))
    return " ".join(sentences)


def _sentence(reading: Reading, language: str) -> str:
    value = shortened(str(reading.params.get("value", "")))
    return message(reading.code, language, {**reading.params, "value": value}).sentence


def _ask_meridian() -> str:
    return QCoreApplication.translate(
        "originmap", "These are plane coordinates whose easting does not carry its zone. Choose the central meridian."
    )


def _in_words(located: Located, plane: bool) -> str:
    text = QCoreApplication.translate("originmap", "Longitude {longitude}° ({east}), latitude {latitude}° ({north}).")
    words = text.format(
        longitude=f"{located.longitude:.6f}",
        latitude=f"{located.latitude:.6f}",
        east=_sexagesimal(located.longitude),
        north=_sexagesimal(located.latitude),
    )
    if plane:
        words += " " + QCoreApplication.translate("originmap", "From plane coordinates (Gauss–Krüger).")
    return words


def _sexagesimal(degrees: float) -> str:
    """Degrees, minutes and seconds to a tenth, rounded as a whole so that no 60 appears."""
    tenths = round(degrees * 36_000)
    whole, rest = divmod(tenths, 36_000)
    minutes, seconds = divmod(rest, 600)
    return f"{whole}°{minutes:02d}′{seconds / 10:04.1f}″"
