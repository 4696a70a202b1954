"""Which language the person reads, asked of QGIS once and in one place."""

from __future__ import annotations

import os

from qgis.core import QgsApplication

_TRADITIONAL = ("hant", "tw", "hk", "mo")


def locale_name() -> str:
    """The locale QGIS runs in (``zh-Hans``, ``en_US``); that of the environment where QGIS has none."""
    application = QgsApplication.instance()
    name = application.locale() if isinstance(application, QgsApplication) else ""
    if name in ("", "C"):
        name = os.environ.get("LANG", "").split(".")[0]
    return name


def language() -> str:
    """``zh`` for every Chinese locale, else ``en``: the key under which sentences stand in the catalogue."""
    return "zh" if locale_name().lower().startswith("zh") else "en"


def translation_name() -> str:
    """Name of the translation to load (``zh_Hans``), empty where the English source is shown."""
    parts = locale_name().lower().replace("-", "_").split("_")
    if parts[0] != "zh" or any(part in _TRADITIONAL for part in parts[1:]):
        return ""
    return "zh_Hans"
