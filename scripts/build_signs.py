"""Builds ``resources/standard/signs.json``: which signs of a name are one in another script, and which sound alike.

Needs the packages ``pypinyin`` (MIT; readings) and ``opencc-python-reimplemented`` (Apache-2.0; the table of
traditional signs, from OpenCC), neither of which the plugin needs itself.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import opencc
from pypinyin import lazy_pinyin

_TARGET = Path(__file__).resolve().parents[1] / "resources" / "standard" / "signs.json"
_SOURCE = "Readings: pypinyin 0.55 (MIT). Traditional signs: TSCharacters of OpenCC (Apache-2.0). build_signs.py"


def _common_signs() -> list[str]:
    """The 6,763 signs of GB 2312, which the names of people and firms are written with."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [sign for code in codes if (sign := code.decode("gb2312", "ignore"))]


def _simplified() -> dict[str, str]:
    """Traditional sign → simplified sign, where a sign of common use is meant."""
    lines = (Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    common = set(_common_signs())
    pairs = (line.split()[:2] for line in lines)
    return {old: new for old, new in pairs if old != new and new in common and old not in common and old < "\U00020000"}


def main() -> None:
    sounds: dict[str, str] = defaultdict(str)
    for sign in _common_signs():
        sounds[lazy_pinyin(sign)[0]] += sign
    pairs = _simplified()
    signs = {"source": _SOURCE, "traditional": "".join(pairs), "simplified": "".join(pairs.values())}
    text = json.dumps({**signs, "sounds": [sounds[key] for key in sorted(sounds)]}, ensure_ascii=False, indent=1)
    _TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
