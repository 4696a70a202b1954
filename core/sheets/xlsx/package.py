"""The parts of an XLSX file and how they refer to one another."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from typing import Iterator, NamedTuple, Optional

from ..errors import corrupt
from ..safety import GuardedParser, open_archive, read_chunks

_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
SPREADSHEET_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "",
)
_RELATIONSHIP_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)


def element_names(local: str) -> frozenset[str]:
    """The names that expat gives an element of SpreadsheetML: transitional, strict, or written without namespace."""
    return frozenset(f"{namespace} {local}".strip() for namespace in SPREADSHEET_NAMESPACES)


class Relationship(NamedTuple):
    """A reference to another part: its path inside the zip and its kind (``worksheet``, ``sharedStrings`` …)."""

    target: str
    kind: str


class SheetPart(NamedTuple):
    """A sheet as the workbook part lists it."""

    name: str
    hidden: bool
    relationship: str


class Package:
    """An open XLSX file; parts are found whatever slashes and case their names are written with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._archive = open_archive(path)
        self._parts: dict[str, list[zipfile.ZipInfo]] = {}
        for part in self._archive.infolist():
            self._parts.setdefault(_normal(part.filename), []).append(part)

    def close(self) -> None:
        """Close the file."""
        self._archive.close()

    def part(self, name: str) -> Optional[zipfile.ZipInfo]:
        """The directory entry of a part, ``None`` when there is none; ``CORRUPT`` when two claim its name."""
        found = self._parts.get(_normal(name), [])
        if len(found) > 1:
            raise corrupt(self.path, "REASON_ZIP", f"{len(found)} parts are called {name}")
        return found[0] if found else None

    def required(self, name: str) -> zipfile.ZipInfo:
        """The directory entry of a part; ``SheetError`` ``CORRUPT`` when there is none."""
        part = self.part(name)
        if part is None:
            raise corrupt(self.path, "REASON_PART", name)
        return part

    def chunks(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """The bytes of a part, about a megabyte at a time."""
        return read_chunks(self.path, self._archive, part)

    def parse(self, parser: GuardedParser, part: zipfile.ZipInfo) -> None:
        """Feed a whole part to a parser."""
        for data in self.chunks(part):
            parser.feed(data)
        parser.feed(b"", final=True)

    def relationships(self, source: str) -> dict[str, Relationship]:
        """The references that a part holds, by their id; ``source`` empty: those of the whole package."""
        folder, name = posixpath.split(source)
        part = self.part(f"{folder}/_rels/{name}.rels")
        found: dict[str, Relationship] = {}
        if part is None:
            return found

        def start(element: str, attributes: dict[str, str]) -> None:
            if element == _RELATIONSHIP and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                path = target if target.startswith("/") else posixpath.join(folder, target)
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = Relationship(posixpath.normpath("/" + path).lstrip("/"), kind)

        parser = GuardedParser(self.path, part.filename)
        parser.expat.StartElementHandler = start
        self.parse(parser, part)
        return found

    def workbook_part(self) -> str:
        """The path of the workbook part, by the package's relationships, else where it usually is."""
        for relationship in self.relationships("").values():
            if relationship.kind == "officeDocument" and self.part(relationship.target):
                return relationship.target
        self.required("xl/workbook.xml")
        return "xl/workbook.xml"


class WorkbookParser:
    """What the workbook part says: the sheets in their order and the date system."""

    def __init__(self, package: Package, part: zipfile.ZipInfo) -> None:
        self.sheets: list[SheetPart] = []
        self.date1904 = False
        self._sheet, self._properties = element_names("sheet"), element_names("workbookPr")
        parser = GuardedParser(package.path, part.filename)
        parser.expat.StartElementHandler = self._start
        package.parse(parser, part)

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        if element in self._sheet:
            relationship = next((attributes[key] for key in _RELATIONSHIP_ID if key in attributes), "")
            hidden = attributes.get("state", "visible").lower() in ("hidden", "veryhidden")
            self.sheets.append(SheetPart(attributes.get("name", ""), hidden, relationship))
        elif element in self._properties:
            self.date1904 = attributes.get("date1904", "0").lower() in ("1", "true", "on")


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
