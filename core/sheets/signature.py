"""What a file is, decided by its content; its ending only has to fit."""

from __future__ import annotations

import codecs
import re
import zipfile
from enum import Enum
from pathlib import Path
from typing import Optional

from ..standard.messages import Phrase
from .errors import SheetError, corrupt

_HEAD_BYTES = 8192
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF_WITHOUT_OLE2 = (
    b"\x09\x08\x10\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x00\x04\x00",
)
_OLE2_ENTRY = 128  # bytes; directory entries lie at multiples of it, their name's size in bytes at offset 64


class Kind(str, Enum):
    """The kinds of file that are told apart; the value names the phrase that says it to people."""

    XLSX = "KIND_XLSX"
    XLSB = "KIND_XLSB"
    XLS = "KIND_XLS"
    ODS = "KIND_ODS"
    TEXT = "KIND_TEXT"
    XML_2003 = "KIND_XML_2003"
    HTML = "KIND_HTML"
    OTHER = "KIND_OTHER"


_ENDINGS = {
    Kind.XLSX: {".xlsx", ".xlsm", ".xltx", ".xltm"},
    Kind.XLS: {".xls", ".xlt", ".et", ".ett"},
    Kind.ODS: {".ods", ".ots"},
    Kind.TEXT: {".csv", ".txt", ".tsv", ".tab"},
}
_FOREIGN = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\x7fELF",
    b"MZ", b"RIFF", b"II*\x00", b"MM\x00*", b"SQLite format 3",
)  # fmt: skip


def kind_of(path: Path) -> Kind:
    """Look at the content of a file.

    Raises:
        SheetError: ``EMPTY_FILE``, ``ENCRYPTED``, ``CORRUPT``; ``FILE_MISSING``, ``FILE_IS_FOLDER``, ``FILE_LOCKED``.
    """
    head = _head_of(path)
    if not head:
        raise SheetError("EMPTY_FILE", file=path.name)
    if head.startswith(_OLE2):
        return _kind_in_ole2(path)
    if head.startswith(_BIFF_WITHOUT_OLE2):
        return Kind.XLS
    if head.startswith(b"PK") or (not head.startswith(_FOREIGN) and _ends_like_zip(path)):
        return _kind_in_zip(path)
    if head.startswith(_FOREIGN):
        return Kind.OTHER
    return _kind_of_text(head)


def require_fitting_ending(path: Path, kind: Kind) -> None:
    """Refuse what is no spreadsheet and what has the ending of another kind.

    Raises:
        SheetError: ``NOT_A_SPREADSHEET`` or ``EXT_MISMATCH``, both with ``actual``.
    """
    ending = path.suffix.lower()
    known = any(ending in endings for endings in _ENDINGS.values())
    if kind in (Kind.OTHER, Kind.XLSB) or (kind is Kind.TEXT and not known):
        raise SheetError("NOT_A_SPREADSHEET", file=path.name, actual=Phrase(kind.value))
    if ending not in _ENDINGS.get(kind, ()):
        raise SheetError("EXT_MISMATCH", file=path.name, actual=Phrase(kind.value))


def _head_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise SheetError("FILE_MISSING", str(error), file=path.name) from error
    except IsADirectoryError as error:
        raise SheetError("FILE_IS_FOLDER", str(error), file=path.name) from error
    except OSError as error:
        # Windows answers a folder with "permission denied" too.
        code = "FILE_IS_FOLDER" if path.is_dir() else "FILE_LOCKED"
        raise SheetError(code, str(error), file=path.name) from error


def _ends_like_zip(path: Path) -> bool:
    return zipfile.is_zipfile(path)


def _kind_in_ole2(path: Path) -> Kind:
    """Streams are told by their names in the directory, wherever in the file its sectors lie."""
    content = path.read_bytes()
    if _has_stream(content, "EncryptedPackage"):
        raise SheetError("ENCRYPTED", file=path.name)
    if any(_has_stream(content, name) for name in ("Workbook", "Book", "WORKBOOK", "BOOK")):
        return Kind.XLS
    return Kind.OTHER


def _has_stream(content: bytes, name: str) -> bool:
    stored = (name + "\0").encode("utf-16-le")
    at = content.find(stored)
    while at >= 0:
        size = int.from_bytes(content[at + 64 : at + 66], "little")
        if at % _OLE2_ENTRY == 0 and size == len(stored):
            return True
        at = content.find(stored, at + 1)
    return False


def _kind_in_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}
            return _kind_by_parts(path, archive, names)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise corrupt(path, "REASON_ZIP", str(error)) from error


def _kind_by_parts(path: Path, archive: zipfile.ZipFile, names: dict[str, str]) -> Kind:
    if "mimetype" in names and "content.xml" in names:
        if "opendocument.spreadsheet" not in _small_part(archive, names["mimetype"]):
            return Kind.OTHER
        if "encryption-data" in _small_part(archive, names.get("meta-inf/manifest.xml")):
            raise SheetError("ENCRYPTED", file=path.name)
        return Kind.ODS
    if "encryptedpackage" in names:
        raise SheetError("ENCRYPTED", file=path.name)
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        return Kind.XLSB
    if any(name.startswith(("word/", "ppt/")) for name in names) and not any(n.startswith("xl/") for n in names):
        return Kind.OTHER
    if "[content_types].xml" in names or any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    return Kind.OTHER


def _small_part(archive: zipfile.ZipFile, name: Optional[str]) -> str:
    if name is None:
        return ""
    with archive.open(name) as part:
        return part.read(1 << 20).decode("utf-8", "replace")


def _kind_of_text(head: bytes) -> Kind:
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if re.match(rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype html|<html|<table|<meta|<head|<style)", text, re.S):
        return Kind.HTML
    if text.startswith((b"<?xml", b"<workbook", b"<ss:workbook")):
        return Kind.XML_2003 if b"urn:schemas-microsoft-com:office:spreadsheet" in text else Kind.OTHER
    if b"multipart/related" in text and b"mime-version" in text:
        return Kind.HTML
    return Kind.OTHER if _looks_binary(head) else Kind.TEXT


def is_wide(head: bytes) -> bool:
    """Whether bytes look like UTF-16 without a byte order mark: every other byte of its ASCII part is zero."""
    zeros = head[0::2].count(0), head[1::2].count(0)
    return max(zeros) > len(head) // 20 and min(zeros) == 0


def _looks_binary(head: bytes) -> bool:
    """Whether there are control characters that no text holds; the bytes of UTF-16 say nothing of the kind."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or is_wide(head):
        return False
    controls = sum(head.count(bytes([code])) for code in (*range(1, 9), *range(14, 27), 28, 29, 30, 31))
    return controls > len(head) // 50
