"""What a county's empty collection sheet already knows, out of its register."""

from __future__ import annotations

from ..places.divisions import DivisionLevel
from ..sheets.template import Locality
from .register import Register


def locality_of(register: Register) -> Locality:
    """The register's own province, city, county and townships, for the drop-downs of a template."""
    townships = (d.name for d in register.divisions() if d.level is DivisionLevel.TOWNSHIP)
    return Locality(
        _known(register.setting("province_name")),
        _known(register.setting("city_name")),
        _known(register.county_name),
        tuple(dict.fromkeys(townships)),
    )


def _known(name: str) -> tuple[str, ...]:
    return (name,) if name else ()
