"""What a check finds in the register: the record, the sentence, and what would repair it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Mapping, NamedTuple, Optional

from ..standard.findings import Level
from ..standard.messages import Message, message

POINT_FIELD = "geom"


class Kind(str, Enum):
    """The four kinds of R-079."""

    INCOMPLETE = "incomplete"
    STANDARD = "standard"
    OUTDATED = "outdated"
    WRONG = "wrong"

    def title(self, language: str = "zh") -> str:
        """The kind in ``zh`` or ``en``."""
        return message(f"KIND_{self.name}", language, {}).text


@dataclass(frozen=True)
class Proposal:
    """What would repair a record; applied only when a person says so.

    ``values`` are by field name, ``point`` is (longitude, latitude) in CGCS2000 degrees, ``repair`` the code of the
    sentence that says what was done to it, ``metres`` how far the point moves. ``sure`` is whether nothing else would
    have repaired it as well.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    point: Optional[tuple[float, float]] = None
    repair: str = ""
    metres: float = 0.0
    sure: bool = True

    def sentence(self, language: str = "zh") -> str:
        """What it would do, in words."""
        at = "" if self.point is None else f"{self.point[0]:.6f}, {self.point[1]:.6f}"
        return message(self.repair, language, {"point": at, "distance": distance_in_words(self.metres)}).text


class Hit(NamedTuple):
    """A check's finding by the record's place in the columns; ``others`` are the records it is about beside this."""

    row: int
    params: Mapping[str, object] = {}
    proposal: Optional[Proposal] = None
    others: tuple[int, ...] = ()
    code: str = ""


class QualityFinding(NamedTuple):
    """One finding about one record; a tuple, since there may be a million of them.

    ``field`` is a field of the standard, ``geom`` the point, empty the whole record; ``others`` are uids.
    """

    check: str
    kind: Kind
    level: Level
    code: str
    field: str
    uid: str
    fid: int
    params: Mapping[str, object] = {}
    proposal: Optional[Proposal] = None
    others: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is known by from one check to the next: uid, check, code, field."""
        return self.uid, self.check, self.code, self.field

    def message(self, language: str = "zh") -> Message:
        """Title, sentence and advice in ``zh`` or ``en``."""
        return message(self.code, language, self.params)


def distance_in_words(metres: float) -> str:
    """``350 m``, ``2.4 km``, ``1,250 km``."""
    if metres < 1000:
        return f"{metres:.0f} m"
    return f"{metres / 1000:.1f} km" if metres < 100_000 else f"{metres / 1000:,.0f} km"
