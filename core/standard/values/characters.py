"""Full-width characters and Chinese numerals, brought to the form that numbers and dates are read in."""

from __future__ import annotations

from typing import Optional

# Full-width ASCII to ASCII, every kind of space to a space, every kind of dash to a hyphen.
_NARROW = {0xFF01 + i: 0x21 + i for i in range(94)}
_NARROW.update(dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F), 0x20))
_NARROW.update(dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x301C, 0xFF5E, 0x2500), 0x2D))
_NARROW.update({0x3002: 0x2E, 0x3010: 0x5B, 0x3011: 0x5D})
_NARROW.update(dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF)))

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_DIGITS.update({"〇": 0, "○": 0, "两": 2})
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}


def narrow(text: str) -> str:
    """The text with full-width letters, digits and signs as ASCII, dashes as hyphens, invisible characters gone."""
    return text.translate(_NARROW).strip()


def digits_of(text: str) -> str:
    """Chinese digits one by one (``二〇二三`` → ``2023``)."""
    return "".join(str(_DIGITS[character]) for character in text)


def chinese_number(text: str) -> Optional[float]:
    """A number in Chinese words (``三十``, ``一万二``, ``两百零五``, ``三点五``, ``半``); ``None`` when it is none."""
    if text == "半":
        return 0.5
    whole, point, fraction = text.partition("点")
    number = _whole_number(whole)
    if number is None or (point and not fraction) or any(character not in _DIGITS for character in fraction):
        return None
    return float(f"{number}.{digits_of(fraction)}") if point else float(number)


def _whole_number(text: str) -> Optional[int]:
    """Digits times their tens, hundreds, thousands, gathered below each 万 and 亿."""
    total = section = 0
    digit: Optional[int] = None
    step = 1  # what a closing digit without a word counts: 一万二 is 12,000, 一万零二 is 10,002
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
            step = 1 if digit == 0 else step
        elif character in _SMALL:
            if digit is None and (character != "十" or section):
                return None
            section += (1 if digit is None else digit) * _SMALL[character]
            step, digit = _SMALL[character] // 10, None
        elif character in _LARGE:
            if not total + section + (digit or 0):
                return None
            total = (total + section + (digit or 0)) * _LARGE[character]
            section, step, digit = 0, _LARGE[character] // 10, None
        else:
            return None
    return total + section + (digit or 0) * step if text else None
