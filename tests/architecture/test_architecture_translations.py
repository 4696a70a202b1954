"""No sentence of the code stays English in a Chinese QGIS."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ET

import pytest


@pytest.fixture(scope="module")
def translations(root):
    """The script that collects the sentences, as a module."""
    spec = importlib.util.spec_from_file_location("collect_translations", root / "scripts" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_nothing_is_untranslated(translations):
    assert not translations.missing(), "run `make translations` and fill the gaps"


def test_nothing_is_left_over(translations):
    assert not set(translations.read_translations()) - set(translations.code_sources()), "run `make translations`"


def test_nothing_is_unfinished(translations):
    marks = {element.get("type") for element in ET.parse(translations.TS).getroot().iter("translation")}
    assert marks == {None}


def test_placeholders_survive(translations):
    holes = re.compile(r"\{\w*\}|%\d|%[sdn]")
    lost = [
        source
        for source, text in translations.read_translations().items()
        if sorted(holes.findall(source)) != sorted(holes.findall(text))
    ]
    assert not lost


def test_translator_speaks_chinese(translations, root, qgis_app):
    from qgis.PyQt.QtCore import QTranslator

    compiled = translations.TS.with_suffix(".qm")
    assert compiled.exists(), "`make setup` compiles it"
    translator = QTranslator()
    assert translator.load(str(compiled))
    assert translator.translate("originmap", "Origin Map") == "产地一张图"
