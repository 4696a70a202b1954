"""Builds the installable zip in build/: the committed files, the compiled translation, the carried packages.

The same commit and the same packages in build/venv give the same bytes.
"""

from __future__ import annotations

import configparser
import importlib.metadata
import io
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "originmap"
CARRIED = ("openpyxl", "et_xmlfile", "xlrd")
LICENCES = ("LICENCE", "LICENSE", "METADATA")
LARGEST = 25 * 1024 * 1024


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout


def committed_files() -> Iterator[tuple[str, bytes]]:
    """What the last commit holds, less what .gitattributes keeps out."""
    with tarfile.open(fileobj=io.BytesIO(_git("archive", "--format=tar", "HEAD"))) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                yield member.name, content.read()


def translation_files() -> Iterator[tuple[str, bytes]]:
    """The compiled translations, which git does not hold."""
    for path in sorted((ROOT / "resources" / "translations").glob("*.qm")):
        yield str(path.relative_to(ROOT)), path.read_bytes()


def carried_files() -> Iterator[tuple[str, bytes]]:
    """Pure Python packages that most QGIS installations lack, with their licences."""
    for name in CARRIED:
        for path in importlib.metadata.files(name) or ():
            if path.suffix == ".py" or path.name.split(".")[0] in LICENCES:
                yield f"_vendor/{path.as_posix()}", path.read_binary()


def build() -> Path:
    """Write the zip and give its path."""
    moment = datetime.fromtimestamp(int(_git("log", "-1", "--format=%ct")), timezone.utc).timetuple()[:6]
    entries = dict([*committed_files(), *translation_files(), *carried_files()])
    metadata = configparser.ConfigParser()
    metadata.read_string(entries["metadata.txt"].decode("utf-8"))
    target = ROOT / "build" / f"{NAME}-{metadata['general']['version']}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(entries.items()):
            info = zipfile.ZipInfo(f"{NAME}/{name}", moment)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            archive.writestr(info, content)
    return target


def main() -> None:
    """The command line."""
    target = build()
    size = target.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{target.name} has {size} bytes; the plugin repository takes at most {LARGEST}")
    print(f"{target.relative_to(ROOT)}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
