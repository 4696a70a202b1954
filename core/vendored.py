"""Third-party packages: the system's own first, then the copies the packaged plugin carries, else a plain sentence."""

from __future__ import annotations

import importlib
import logging
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Optional, Sequence

from .standard.errors import OriginMapError

CARRIED = ("openpyxl", "et_xmlfile", "xlrd")
FOLDER = Path(__file__).resolve().parents[1] / "_vendor"
_LEAST_MAJOR = {"shapely": 2}

logger = logging.getLogger(__name__)


class _CarriedFinder(MetaPathFinder):
    """Finds the carried packages, and nothing else, after every other finder failed to."""

    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]], target: Optional[ModuleType] = None
    ) -> Optional[ModuleSpec]:
        """Only top-level names are ours: a package finds its own modules by itself."""
        if fullname not in CARRIED:
            return None
        return PathFinder.find_spec(fullname, [str(FOLDER)])


_finder = _CarriedFinder()


class MissingDependency(OriginMapError):
    """A package is nowhere, too old or broken (code ``MISSING_DEPENDENCY``)."""


def load(name: str) -> ModuleType:
    """Import a package such as ``openpyxl`` or ``shapely``, or a module of one (``openpyxl.styles``).

    Raises:
        MissingDependency: with the command that installs it.
    """
    if _finder not in sys.meta_path:
        sys.meta_path.append(_finder)
    top = name.split(".")[0]
    try:
        module = importlib.import_module(name)
        version = getattr(sys.modules[top], "__version__", "")
    except ImportError as error:
        raise _missing(top, str(error)) from error
    if version and int(version.split(".")[0]) < _LEAST_MAJOR.get(top, 0):
        raise _missing(top, f"{top} {version} is too old")
    return module


def withdraw() -> None:
    """Take the finder and the modules it brought away again, so that a plugin reload starts afresh."""
    if _finder in sys.meta_path:
        sys.meta_path.remove(_finder)
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in CARRIED and str(FOLDER) in str(getattr(module, "__file__", "")):
            del sys.modules[name]


def _missing(name: str, details: str) -> MissingDependency:
    logger.warning("%s cannot be used: %s", name, details)
    return MissingDependency("MISSING_DEPENDENCY", details, name=name, command=install_command(name))


def install_command(name: str) -> str:
    """What a person types into a terminal (on Windows: the OSGeo4W shell) to get a package."""
    package = f'"{name}>={_LEAST_MAJOR[name]}"' if name in _LEAST_MAJOR else name
    if sys.platform == "win32":
        return f"python -m pip install --user {package}"
    if sys.platform == "darwin":
        return f"/Applications/QGIS.app/Contents/MacOS/bin/python3 -m pip install --user {package}"
    return f"/usr/bin/python3 -m pip install --user --break-system-packages {package}"
