"""Symbols that would cover each other find places of their own, near where they belong."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from originmap.core.onemap.spreading import spread

_SHARE = 0.47


def test_symbols_apart_stay_where_they_are():
    places = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])
    found = spread(places, np.full(3, 2.0), 6.0)
    assert (found.places == places).all()
    assert found.farthest == found.crowded == 0


def test_a_village_of_fifty_becomes_readable():
    sizes = np.linspace(1.8, 4.2, 50)
    found = spread(np.zeros((50, 2)), sizes, 20.0)
    assert not found.crowded
    apart = np.hypot(*(found.places[:, None] - found.places[None]).transpose(2, 0, 1))
    needed = _SHARE * (sizes[:, None] + sizes[None])
    assert (apart + np.diag(np.full(50, 99.0)) >= needed - 1e-9).all()
    assert (found.places[-1] == 0).all(), "the largest keeps its place"


def test_no_symbol_leaves_its_ground():
    places = np.concatenate([np.full((30, 2), -0.1), np.full((30, 2), 0.1)])
    found = spread(places, np.full(60, 2.0), 20.0, lambda places: (places[:, 0] > 0).astype(np.uint32))
    assert not found.crowded
    assert (np.sign(found.places[:, 0]) == np.sign(places[:, 0])).all()


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0, 20)), max_size=60))
def test_nothing_goes_farther_than_allowed(points):
    places = np.array(points, float).reshape(-1, 2)
    found = spread(places, np.full(len(places), 2.5), 4.0)
    assert found.places.shape == places.shape
    assert (np.hypot(*(found.places - places).T) <= 4.0 + 1e-9).all()
    assert found.crowded < max(len(places), 1)
