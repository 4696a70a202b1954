"""Builds the sample county into ``resources/sample``."""

from __future__ import annotations

import sys
from pathlib import Path

from .aerial import write_aerial
from .county import build_county, write_county
from .producers import make_sites
from .shipped import read_sample

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    write_county(build_county(), folder)
    county = read_sample(folder)
    write_aerial(folder, county, make_sites(county))
