"""What is looked at before anything is unpacked: how large a file becomes, whether it has a password, forbidden XML."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Iterator, Optional
from xml.parsers import expat

from .errors import SheetError, corrupt

CHUNK = 1 << 20
# A million rows of our 24 columns are 700 MB of XML at a ratio of up to 30; far beyond that is no collection sheet.
_MAX_RATIO = 100
_RATIO_COUNTS_FROM = 100_000_000
_MAX_PART = 4 << 30
_MAX_TOTAL = 6 << 30
_MAX_PARTS = 20_000
_READ_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open a zip whose directory promises nothing that would hurt.

    Raises:
        SheetError: ``CORRUPT``, ``TOO_LARGE``, ``ENCRYPTED``.
    """
    try:
        archive = zipfile.ZipFile(path)
    except _READ_ERRORS as error:
        raise corrupt(path, "REASON_ZIP", str(error)) from error
    try:
        _check_directory(path, archive.infolist())
    except SheetError:
        archive.close()
        raise
    return archive


def _check_directory(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise SheetError("ENCRYPTED", file=path.name)
    size = path.stat().st_size
    total = sum(part.file_size for part in parts)
    # Parts that overlap in the file promise each of them the same bytes: the file's own size is the honest measure.
    if total > _MAX_TOTAL or len(parts) > _MAX_PARTS or _is_bomb(total, size):
        raise SheetError("TOO_LARGE", f"{total} bytes in {len(parts)} parts from {size}", file=path.name)
    for part in parts:
        if part.file_size > _MAX_PART or _is_bomb(part.file_size, min(part.compress_size, size)):
            raise SheetError("TOO_LARGE", f"{part.filename}: {part.file_size} bytes", file=path.name)


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > _RATIO_COUNTS_FROM and unpacked > _MAX_RATIO * packed


def read_chunks(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo, size: int = CHUNK) -> Iterator[bytes]:
    """The unpacked bytes of a part, piece by piece, its checksum proved at the end.

    ``zipfile`` never gives more than the size that the directory declared.

    Raises:
        SheetError: ``CORRUPT``, also when fewer bytes come than were declared.
    """
    count = 0
    try:
        with archive.open(part) as stream:
            while True:
                data = stream.read(size)
                if not data:
                    break
                count += len(data)
                yield data
    except _READ_ERRORS as error:
        raise corrupt(path, "REASON_ZIP", f"{part.filename}: {error}") from error
    except RuntimeError as error:  # what zipfile raises for a part with a password
        raise SheetError("ENCRYPTED", str(error), file=path.name) from error
    if count != part.file_size:
        raise corrupt(path, "REASON_CUT", f"{part.filename}: {count} of {part.file_size} bytes")


class GuardedParser:
    """An expat parser that refuses document types and entities and tells damaged XML as a :class:`SheetError`.

    Names come with their namespace: ``http://… local``.
    """

    def __init__(self, path: Path, part: str) -> None:
        self._path, self._part = path, part
        self.expat = expat.ParserCreate(namespace_separator=" ")
        self.expat.buffer_text = True
        self.expat.StartDoctypeDeclHandler = self._forbid
        self.expat.EntityDeclHandler = self._forbid
        self.expat.ExternalEntityRefHandler = self._forbid
        self.expat.XmlDeclHandler = self._declaration
        self.is_utf8 = True

    def _declaration(self, _version: str, encoding: Optional[str], _standalone: int) -> None:
        self.is_utf8 = encoding is None or encoding.lower() in ("utf-8", "utf8", "us-ascii")

    def _forbid(self, *_declaration: object) -> int:
        raise SheetError("XML_FORBIDDEN", self._part, file=self._path.name)

    def feed(self, data: bytes, final: bool = False) -> None:
        """Parse the next bytes; ``final`` proves that the document is complete."""
        try:
            self.expat.Parse(data, final)
        except expat.ExpatError as error:
            raise corrupt(self._path, "REASON_XML", f"{self._part}: {error}") from error
        except (LookupError, ValueError) as error:  # an encoding that Python does not know
            raise corrupt(self._path, "REASON_XML", f"{self._part}: {error}") from error
