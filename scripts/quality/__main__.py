"""Measure the checks: faults of every kind planted into clean invented counties; recall and precision, check by check.

Run: make quality-report
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from as_package import register_package

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Print the tables; with ``--write`` put them into docs/quality.md too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="plant other faults")
    parser.add_argument("--county", default="", help="counties whose name holds this")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/quality.md")
    parser.add_argument("--examples", action="store_true", help="show what was missed and found for nothing")
    options = parser.parse_args()
    register_package()
    from .catalogue import COUNTIES
    from .report import measure
    from .tables import below_aim, show_examples, tables, write

    tally = measure([plan for plan in COUNTIES if options.county in plan.name], options.seed)
    print(tables(tally))
    if options.examples:
        print(show_examples(tally))
    if options.write:
        write(tables(tally), ROOT / "docs" / "quality.md")
    print("below the aim:", ", ".join(below_aim(tally)) or "none")
    return 0


if __name__ == "__main__":
    sys.exit(main())
