"""The plugin comes, registers, and leaves nothing behind."""

from __future__ import annotations

import configparser
import logging
import re
import sys

import pytest
from qgis.core import QgsApplication

from originmap import classFactory
from originmap.core import locale, vendored
from originmap.core.standard.errors import OriginMapError

NAME = re.compile(r'^    NAME = "(\w+)"', re.MULTILINE)


@pytest.fixture
def plugin(qgis_app):
    loaded = classFactory(None)
    yield loaded
    loaded.unload()


def test_provider_is_registered_once_and_withdrawn(plugin):
    registry = QgsApplication.processingRegistry()
    plugin.initProcessing()
    plugin.initGui()
    assert registry.providerById("originmap") is not None
    plugin.unload()
    assert registry.providerById("originmap") is None


def test_no_algorithm_is_forgotten(plugin, root):
    plugin.initProcessing()
    provider = QgsApplication.processingRegistry().providerById("originmap")
    listed = {algorithm.name() for algorithm in provider.algorithms()}
    written = {name for path in (root / "processing").glob("*.py") for name in NAME.findall(path.read_text("utf-8"))}
    assert listed == written


def test_every_algorithm_can_be_shown(plugin):
    plugin.initProcessing()
    for algorithm in QgsApplication.processingRegistry().providerById("originmap").algorithms():
        assert algorithm.displayName() and algorithm.group() and algorithm.shortHelpString() and algorithm.tags()
        assert algorithm.create() is not None


def test_nothing_of_the_log_is_left(qgis_app):
    package = logging.getLogger("originmap")
    before = (list(package.handlers), package.level)
    classFactory(None).unload()
    assert (list(package.handlers), package.level) == before


def test_nothing_of_the_carried_packages_is_left(qgis_app):
    plugin = classFactory(None)
    vendored.load("openpyxl")
    finders = len(sys.meta_path)
    plugin.unload()
    assert len(sys.meta_path) == finders - 1


def test_missing_package_names_the_command():
    with pytest.raises(OriginMapError) as caught:
        vendored.load("no_such_package_anywhere")
    assert "pip install" in caught.value.sentence("zh")


@pytest.mark.parametrize(
    ("name", "language", "translation"),
    [
        ("zh-Hans", "zh", "zh_Hans"),
        ("zh_CN", "zh", "zh_Hans"),
        ("zh", "zh", "zh_Hans"),
        ("zh-Hant", "zh", ""),
        ("zh_TW", "zh", ""),
        ("en_US", "en", ""),
        ("de", "en", ""),
    ],
)
def test_language_follows_the_locale(monkeypatch, name, language, translation):
    monkeypatch.setattr(locale, "locale_name", lambda: name)
    assert (locale.language(), locale.translation_name()) == (language, translation)


def test_metadata_is_complete(root):
    metadata = configparser.ConfigParser()
    metadata.read(root / "metadata.txt", encoding="utf-8")
    general = metadata["general"]
    wanted = ("name", "description", "version", "qgisMinimumVersion", "author", "email", "about", "tracker")
    assert general.get("repository")
    assert all(general.get(key) for key in wanted)
    assert (root / general["icon"]).is_file()
    assert general["version"] in (root / "CHANGELOG.md").read_text(encoding="utf-8")
