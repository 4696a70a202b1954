"""What the printed sheets need to know of an open register, for every algorithm that prints."""

from __future__ import annotations

from functools import partial

from ..core.onemap.mapsheet import County
from ..core.register.layers import open_layer
from ..core.register.register import Register


def county_of(register: Register) -> County:
    """The register's names and standard, and how its layers are opened."""
    opener = partial(open_layer, register.path)
    return County(opener, register.county_code, register.county_name, register.division_names(), register.standard())
