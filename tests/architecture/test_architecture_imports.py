"""The arrows of the house go down only, and the rooms that need no QGIS do not import it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator

# from the roof to the ground; rooms on one floor do not know each other
FLOORS = (
    ("",),
    ("plugin",),
    ("forms", "processing"),
    ("core.georeference",),
    ("core.register",),
    ("core.onemap",),
    ("core.quality",),
    ("core.review",),
    ("core.places",),
    ("core.sheets",),
    ("core.coordinates",),
    ("core.compat", "core.locale", "core.vendored"),
    ("core.standard",),
)
WITHOUT_QGIS = ("core.coordinates", "core.places", "core.standard", "core.vendored")
NEEDS_QGIS = ("qgis", "osgeo", "processing", "PyQt5", "PyQt6")
MAY_ASK_PROJ = "core.coordinates.projected"

BLOCK_QGIS = """
import importlib.util, pathlib, sys
for name in ("qgis", "osgeo", "PyQt5", "PyQt6"):
    sys.modules[name] = None
root = pathlib.Path(sys.argv[1])
spec = importlib.util.spec_from_file_location("originmap", root / "__init__.py", submodule_search_locations=[str(root)])
module = importlib.util.module_from_spec(spec)
sys.modules["originmap"] = module
spec.loader.exec_module(module)
for name in sys.argv[2:]:
    importlib.import_module("originmap." + name)
"""


def _room(module: str) -> str:
    """The room a dotted module belongs to."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "core" and len(parts) > 1 else parts[0]


def _floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def _inside(source) -> Iterator[tuple[int, str]]:
    """Line and dotted module of every relative import."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = source.package[: len(source.package) - node.level + 1]
            stem = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            if node.module and stem != "core":
                yield node.lineno, stem
            else:
                yield from ((node.lineno, f"{stem}.{alias.name}".strip(".")) for alias in node.names)


def _outside(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and top-level name of every absolute import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, (node.module or "").split(".")[0]


def test_every_room_has_its_floor(sources):
    rooms = {_room(source.name) for source in sources} - {"core"}
    assert rooms <= {room for floor in FLOORS for room in floor}


def test_arrows_go_down(sources):
    wrong = []
    for source in sources:
        here = _room(source.name)
        for line, module in _inside(source):
            there = _room(module)
            if there != here and _floor(there) <= _floor(here):
                wrong.append(f"{source.name}:{line} imports {module}")
    assert not wrong


def test_rooms_without_qgis(sources):
    wrong = []
    for source in sources:
        if _room(source.name) not in WITHOUT_QGIS:
            continue
        tree = ast.Module(source.tree.body, []) if source.name != MAY_ASK_PROJ else _module_level(source.tree)
        wrong += [f"{source.name}:{line} imports {name}" for line, name in _outside(tree) if name in NEEDS_QGIS]
        wrong += [
            f"{source.name}:{line} imports {module}"
            for line, module in _inside(source)
            if module.startswith(("core.compat", "core.locale"))
        ]
    assert not wrong


def _module_level(tree: ast.Module) -> ast.Module:
    """The file without the bodies of its functions, where an import may wait until it is needed."""
    kept = [node for node in tree.body if not isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    return ast.Module(kept, [])


def test_rooms_without_qgis_import_where_there_is_none(sources, root):
    modules = [source.name for source in sources if _room(source.name) in WITHOUT_QGIS]
    done = subprocess.run(
        [sys.executable, "-c", BLOCK_QGIS, str(root), *modules], cwd=root.parent, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_osgeo_in_sheets_only_where_ods_is_read(sources):
    users = {
        source.name
        for source in sources
        if _room(source.name) == "core.sheets" and any(name == "osgeo" for _, name in _outside(source.tree))
    }
    assert users <= {"core.sheets.ods"}


def test_core_has_no_widget(sources):
    wrong = []
    for source in sources:
        if source.parts[:1] != ("core",):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ImportFrom) and node.module in ("qgis.PyQt.QtWidgets", "qgis.utils"):
                wrong.append(f"{source.name}:{node.lineno} imports {node.module}")
            if isinstance(node, ast.Name) and node.id == "iface":
                wrong.append(f"{source.name}:{node.lineno} uses iface")
    assert not wrong


def test_the_package_knows_itself_only_relatively(sources):
    found = [(source.name, line) for source in sources for line, name in _outside(source.tree) if name == "originmap"]
    assert not found
