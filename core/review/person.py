"""Who acts on a record, and whether that is who collected it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .process import Role

PHONE_SEPARATOR = "、"
MOBILE_GLOB = "1[3-9]" + "[0-9]" * 9
_MOBILE = re.compile("1[3-9][0-9]{9}")


@dataclass(frozen=True)
class Person:
    """A person as the profile names them.

    Attributes:
        name: as it stands at every change.
        phone: as the register stores phones; several are parted by ``、``.
        role: as what they act.
        area_code: division they look after; empty for the whole register.
    """

    name: str
    phone: str = ""
    role: Role = Role.COLLECTOR
    area_code: str = ""

    def collected(self, collector_name: str, collector_phone: str) -> bool:
        """Whether this person is that collector.

        A mobile phone belongs to one person, a name may belong to several: one phone in common decides, else the same
        name, unless both have mobile phones and these differ. Landlines, which an office shares, decide nothing.
        """
        mine, theirs = _mobiles(self.phone), _mobiles(collector_phone)
        if mine & theirs:
            return True
        name = self.name.strip(" ")
        return bool(name) and name == (collector_name or "").strip(" ") and not (mine and theirs)


def _mobiles(phones: str) -> frozenset[str]:
    return frozenset(part for part in (phones or "").split(PHONE_SEPARATOR) if _MOBILE.fullmatch(part))
