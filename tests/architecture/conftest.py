"""What the architecture tests look at: every Python file that reaches a user, parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SHIPPED = ("core", "forms", "plugin", "processing")


@dataclass(frozen=True)
class Source:
    """One shipped file; ``parts`` are those of its module inside the package."""

    path: Path
    parts: tuple[str, ...]
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The dotted name inside the package, empty for the root."""
        return ".".join(self.parts)

    @property
    def package(self) -> tuple[str, ...]:
        """The package that relative imports start from."""
        return self.parts if self.path.name == "__init__.py" else self.parts[:-1]

    def calls(self) -> Iterator[ast.Call]:
        """All calls of the file."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))


def _read(path: Path, root: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    parts = path.relative_to(root).with_suffix("").parts
    return Source(path, parts[:-1] if parts[-1] == "__init__" else parts, text, ast.parse(text))


@pytest.fixture(scope="session")
def sources(root: Path) -> list[Source]:
    """Every shipped Python file."""
    paths = [root / "__init__.py", *(path for room in SHIPPED for path in (root / room).rglob("*.py"))]
    return [_read(path, root) for path in sorted(paths)]
