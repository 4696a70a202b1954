"""Registers the repository root as the package ``originmap`` and finds the example data, for all tests."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The same examples at every run, so that a failure is the change's; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=3000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def _leave_sys_path() -> None:
    """QGIS has a package ``processing`` of its own, which ours would hide if the root could be searched."""
    sys.path[:] = [entry for entry in sys.path if Path(entry or os.curdir).resolve() != ROOT]


def _register_root() -> None:
    """Import the root, whatever its folder is called, under the name that QGIS knows the plugin by."""
    spec = importlib.util.spec_from_file_location(
        "originmap", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["originmap"] = module
    spec.loader.exec_module(module)


_leave_sys_path()
_register_root()


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository root, which is the plugin package."""
    return ROOT


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The example data that came with the project's requirements; tests that need it skip where it is absent."""
    for folder in (os.environ.get("ORIGINMAP_SHARED_DATA"), ROOT.parent / "shared" / "data"):
        if folder and Path(folder).is_dir():
            return Path(folder)
    pytest.skip("the requirements' example data is not at hand")
