"""The repository root as the package it is, for scripts that run outside of QGIS."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def register_package() -> None:
    """Import the root, whatever its folder is called, under the name that QGIS knows the plugin by."""
    spec = importlib.util.spec_from_file_location(
        "originmap", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["originmap"] = module
    spec.loader.exec_module(module)
