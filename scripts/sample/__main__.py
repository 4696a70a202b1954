"""Builds the sample county into ``resources/sample``."""

from __future__ import annotations

import sys
from pathlib import Path

from .county import build_county, write_county

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"

if __name__ == "__main__":
    write_county(build_county(), Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
