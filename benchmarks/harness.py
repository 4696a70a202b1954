"""What the measurements stand on: the plugin under its name, and QGIS started."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.core import QgsApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]


def register_package() -> None:
    """Import the root, whatever its folder is called, under the name that QGIS knows the plugin by."""
    spec = importlib.util.spec_from_file_location(
        "originmap", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["originmap"] = module
    spec.loader.exec_module(module)


def start_qgis(windows: bool = False) -> QgsApplication:
    """QGIS with its own algorithms within reach, and the plugin; to be kept until the end."""
    from qgis.core import QgsApplication

    application = QgsApplication([], windows)
    application.initQgis()
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    register_package()
    return application
