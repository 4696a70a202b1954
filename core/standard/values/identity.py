"""Tells an identity-card number from a unified social credit code, since both are 18 characters long."""

from __future__ import annotations

_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"

_CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code_is_identity(code: str) -> bool:
    """Whether 18 characters in the credit-code column are an identity-card number.

    The check character decides (GB 11643 for the card, GB 32100 for the code): it has to be right for the card and
    wrong for the credit code.
    """
    digits, check = code[:17], code[17:]
    return digits.isdecimal() and check == _identity_check(digits) and check != _credit_check(digits)


def _identity_check(digits: str) -> str:
    return _IDENTITY_CHECKS[sum(int(d) * w for d, w in zip(digits, _IDENTITY_WEIGHTS)) % 11]


def _credit_check(digits: str) -> str:
    total = sum(_CREDIT_DIGITS.index(d) * w for d, w in zip(digits, _CREDIT_WEIGHTS))
    return _CREDIT_DIGITS[(31 - total % 31) % 31]
