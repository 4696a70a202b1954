"""What the database said no to, told with the field it concerns: a rule's sentence leads back to its field."""

from __future__ import annotations

from typing import Sequence

from ..standard.messages import message
from ..standard.model import Rule, Standard
from ..standard.rules import rules_of
from .errors import RegisterError

# What the triggers refuse whatever the rules say.
_FIXED = (
    *("RECORD_NO_DELETE", "RECORD_UID_FIXED", "RECORD_REPLACED", "RECORD_GONE", "HISTORY_FIXED"),
    *("REVIEW_NOBODY", "REVIEW_STATE", "REVIEW_LAST", "REVIEW_ROLE", "REVIEW_OWN", "REVIEW_NOT_OWN", "REVIEW_AREA"),
    *("REVIEW_REASON", "REVIEW_DEADLINE", "REVIEW_CHANGED", "REVIEW_RAW", "REVIEW_FIXED"),
)
_LOCKED = ("database is locked", "database table is locked", "SQLITE_BUSY")


class RuleBroken(RegisterError):
    """A rule of the standard refused the record; its own sentence is what a person reads."""

    def __init__(self, rule: Rule, details: str) -> None:
        super().__init__("REGISTER_REFUSED", details, reason=rule.text_zh)
        self.rule = rule

    def sentence(self, language: str = "zh") -> str:
        """The rule in ``zh`` or ``en``."""
        return self.rule.text_in(language)


def is_locked(messages: Sequence[str]) -> bool:
    """Whether a commit failed only because someone else is writing; the same one works a little later."""
    text = "\n".join(messages)
    return any(part in text for part in _LOCKED)


def refusal_of(messages: Sequence[str], standard: Standard, file: str) -> tuple[RegisterError, str]:
    """The error and the name of the field it concerns (empty for the whole record), from a commit's messages."""
    text = "\n".join(messages)
    for rule in rules_of(standard):
        if rule.text_zh and rule.text_zh in text:
            return RuleBroken(rule, text), rule.field
    for code in _FIXED:
        if message(code, "zh", {}).sentence in text:
            return RegisterError(code, text), ""
    for field in standard.fields:
        if f"“{field.title}”" in text:
            reason = _sentence_in(text, field.title)
            return RegisterError("REGISTER_REFUSED", text, file=file, reason=reason), field.name
    if "readonly" in text or "read-only" in text:
        return RegisterError("REGISTER_READ_ONLY", text, file=file), ""
    if "disk is full" in text:
        return RegisterError("REGISTER_FULL", text, file=file), ""
    return RegisterError("REGISTER_REFUSED", text, file=file, reason=text.splitlines()[-1] if text else ""), ""


def _sentence_in(text: str, title: str) -> str:
    """The one line of a long message that names the field."""
    return next(line[line.index(f"“{title}”") :] for line in text.splitlines() if f"“{title}”" in line)
