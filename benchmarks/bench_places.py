"""Address matching per second: files whose addresses share their divisions, and addresses that share nothing."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from harness import register_package

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3


def _addresses(gazetteer: object, counties: list[str], rng: random.Random) -> list[str]:
    villages = [
        gazetteer.full_name(village.code)
        for county in counties
        for township in gazetteer.children(county)
        for village in gazetteer.children(township.code)
    ]
    return [f"{name}{rng.randrange(1, 300)}号" for name in rng.sample(villages, len(villages))]


def _per_second(gazetteer: object, addresses: list[str]) -> float:
    began = time.perf_counter()
    for address in addresses:
        gazetteer.match(address)
    return len(addresses) / (time.perf_counter() - began)


def main() -> None:
    """Print the rates; the first pass over a file includes reading its counties from the gazetteer."""
    register_package()
    from originmap.core.places.gazetteer import Gazetteer

    rng = random.Random(1)
    gazetteer = Gazetteer.open()
    all_counties = [
        c.code for p in ("45", "46") for city in gazetteer.children(p) for c in gazetteer.children(city.code)
    ]
    for title, counties in (("one county", ["469002"]), (f"{len(all_counties)} counties", all_counties)):
        addresses = _addresses(gazetteer, counties, rng)
        addresses *= max(1, 20_000 // len(addresses))
        fresh = Gazetteer.open()
        first = _per_second(fresh, addresses)
        again = sorted(_per_second(fresh, addresses) for _ in range(ROUNDS))[ROUNDS // 2]
        sys.stdout.write(f"{title:>14}: {len(addresses)} addresses, first pass {first:,.0f}/s, then {again:,.0f}/s\n")
    # Each address read on its own, as if no other had been seen; only the names of its county are at hand.
    reader = fresh._matcher._whole
    began = time.perf_counter()
    for address in addresses:
        reader(address, "", "")
    sys.stdout.write(f"nothing shared: {len(addresses) / (time.perf_counter() - began):,.0f}/s\n")


if __name__ == "__main__":
    main()
