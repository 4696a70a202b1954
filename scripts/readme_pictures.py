#!/usr/bin/env python3
"""Makes the pictures of the README anew from what ``make demo`` left in ``build/demo``; needs pdftoppm and convert."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "build" / "demo"
TARGET = ROOT / "docs" / "images"
# The picture, the PDF it is a page of, and which one.
_PICTURES = (("map", "分布图.pdf", 1), ("township", "乡镇图集.pdf", 2))
_WIDTH, _COLOURS, _DPI = 1500, 255, 220


def main() -> int:
    """Write them; the exit code is 1 where the demo has not run."""
    missing = [name for _, name, _ in _PICTURES if not (DEMO / name).is_file()]
    if missing:
        print(f"先运行 make demo：缺 {'、'.join(missing)}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        for picture, name, page in _PICTURES:
            raw = Path(folder) / picture
            pages = ["-f", str(page), "-l", str(page)]
            command = ["pdftoppm", "-r", str(_DPI), *pages, "-png", "-singlefile", str(DEMO / name), str(raw)]
            subprocess.run(command, check=True)
            smaller = ["-resize", f"{_WIDTH}x", "-strip", "+dither", "-colors", str(_COLOURS)]
            subprocess.run(["convert", f"{raw}.png", *smaller, f"PNG8:{TARGET / picture}.png"], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
