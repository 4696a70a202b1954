"""The rules of the house that a linter does not know."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
from pathlib import Path

import pytest

LONGEST_FILE = 400
# a home of some person or machine; written in pieces so that this file does not find itself
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:" + "|".join(("work", "root", r"home/\w+", r"Users/\w+")) + r")/\w")


def test_files_stay_short(root):
    """Shipped ones and all others: a long file of tests is as hard to find one's way in."""
    listed = subprocess.run(["git", "ls-files", "-z", "*.py"], cwd=root, capture_output=True, check=True).stdout
    lengths = {name: _lines(root / name) for name in filter(None, listed.decode().split("\0"))}
    assert not {name: length for name, length in lengths.items() if length >= LONGEST_FILE}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else 0


def test_every_module_says_what_it_is_for(sources):
    silent = [source.name for source in sources if source.text and not (ast.get_docstring(source.tree) or "").strip()]
    assert not silent


def test_sub_packages_are_empty(sources):
    full = [source.name for source in sources if source.parts and source.path.name == "__init__.py" and source.text]
    assert not full


def test_no_broad_except(sources):
    """A handler that only cleans up and raises again may catch everything."""
    broad = {"Exception", "BaseException"}
    found = []
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ExceptHandler) and ast.unparse(node.body[-1]) != "raise":
                names = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else broad
                if names & broad:
                    found.append(f"{source.name}:{node.lineno}")
    assert not found


def test_no_print_and_no_search_path(sources):
    found = []
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
                found.append(f"{source.name}:{node.lineno} prints")
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.path":
                found.append(f"{source.name}:{node.lineno} touches sys.path")
    assert not found


def test_one_place_makes_coordinate_transforms(sources):
    """QGIS's own may leave coordinates as they are without a word; ``compat.transform_between`` never does."""
    found = [
        f"{source.name}:{node.lineno}"
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "QgsCoordinateTransform"
    ]
    assert {place.partition(":")[0] for place in found} == {"core.compat"}


def test_qt_enums_are_scoped(sources):
    """``Qt.LeftButton`` is gone in Qt 6, ``Qt.MouseButton.LeftButton`` works everywhere."""
    pytest.importorskip("qgis.core")
    found = []
    for source in sources:
        classes = _imported_classes(source.tree)
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in classes:
                value = getattr(classes[node.value.id], node.attr, None)
                if isinstance(value, int) and type(value) not in (int, bool):
                    found.append(f"{source.name}:{node.lineno} {ast.unparse(node)}")
    assert not found


def _imported_classes(tree: ast.Module) -> dict[str, object]:
    """What the file imports from QGIS, by the name it has there."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis."):
            module = importlib.import_module(node.module)
            found.update({alias.asname or alias.name: getattr(module, alias.name, None) for alias in node.names})
    return found


def test_no_path_of_a_machine(root):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout
    found = []
    for name in filter(None, listed.decode().split("\0")):
        path = root / name
        if path.suffix in {".py", ".sh", ".md", ".txt", ".toml", ".json", ".csv", ".ts", ".svg", ".qml", ".qpt", ""}:
            text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            found += [f"{name}: {match.group()}" for match in MACHINE_PATH.finditer(text)]
    assert not found
