"""The products' symbols at 12 px: told apart by colour-blind readers, on black-and-white prints and by shape alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from originmap.core.standard.model import load_standard
from originmap.scripts.symbols_seen import Sight, difference, drawn, faintest, hardest, lightness_and_colour, seen

VARIETIES = load_standard().varieties
# ΔE, mean over the pixels of either symbol: a few are seen side by side, ten and more without being compared.
LEAST = {sight: 9.0 if sight is Sight.GREY else 16.0 for sight in Sight}


@pytest.mark.parametrize("sight", Sight)
def test_no_two_look_alike(qgis_app, sight):
    pair = hardest(VARIETIES, sight)
    assert pair.difference > LEAST[sight], pair


@pytest.mark.parametrize("sight", Sight)
def test_each_stands_out_from_the_paper(qgis_app, sight):
    darker, code = faintest(VARIETIES, sight)
    assert darker > 18, code


def test_shapes_differ_without_any_colour(qgis_app):
    pair = hardest(VARIETIES, Sight.GREY, ink="#000000")
    assert pair.difference > 16, pair


def test_the_measure_knows_what_is_the_same(qgis_app):
    """Red and green of one lightness: usual sight tells them, deuteranopia barely; the same symbol is no different."""
    one = VARIETIES[0]
    red, green = (drawn(replace(one, colour=colour)) for colour in ("#c05a3c", "#6f8a2d"))

    def apart(sight):
        return difference(lightness_and_colour(seen(red, sight)), lightness_and_colour(seen(green, sight)))

    assert apart(Sight.DEUTERANOPIA) < apart(Sight.USUAL) / 2
    same = lightness_and_colour(seen(red, Sight.USUAL))
    assert difference(same, same) == 0
