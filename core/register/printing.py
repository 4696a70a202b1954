"""What a printed sheet needs to know of an open register."""

from __future__ import annotations

from functools import partial

from ..onemap.mapsheet import County
from .kept_styles import kept_styles
from .layers import open_layer
from .register import Register


def county_of(register: Register) -> County:
    """The register's names, standard and styles that people changed, and how its layers are opened."""
    opener = partial(open_layer, register.path, read_only=True)
    names, standard = register.division_names(), register.standard()
    kept = kept_styles(register.connection)
    return County(register.path, opener, register.county_code, register.county_name, names, standard, kept)
