"""Sentences for people, by code, in Chinese and English, from ``resources/standard/messages.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Mapping

from .paths import STANDARD_FOLDER


@dataclass(frozen=True)
class Message:
    """A short title, the sentence, and what to do next."""

    title: str
    text: str
    advice: str

    @property
    def sentence(self) -> str:
        """Text and advice together, as a message bar or a log line shows them."""
        return f"{self.text} {self.advice}".strip()


class Phrase(str):
    """A parameter that is itself a code of the catalogue: its text is filled in, in the language of the sentence."""


class _Gaps(dict):
    """Placeholders without a value read as nothing instead of failing while an error is being told."""

    def __missing__(self, key: str) -> str:
        return ""


@lru_cache(maxsize=1)
def _catalogue() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return json.loads((STANDARD_FOLDER / "messages.json").read_text(encoding="utf-8"))


def message(code: str, language: str, params: Mapping[str, object]) -> Message:
    """The sentence of a code with its placeholders filled in.

    Args:
        code: a key of the catalogue; an unknown one is shown as it is.
        language: ``zh`` or ``en``.
        params: values of the placeholders.
    """
    entry = _catalogue().get(code)
    if entry is None:
        return Message(code, code, "")
    plain = {name: value for name, value in params.items() if not isinstance(value, Phrase)}
    phrases = {name: message(p, language, plain).text for name, p in params.items() if isinstance(p, Phrase)}
    filled = _Gaps({**plain, **phrases})
    return Message(*(entry.get(part, {}).get(language, "").format_map(filled) for part in ("title", "text", "advice")))


def known_codes() -> frozenset[str]:
    """All codes of the catalogue."""
    return frozenset(_catalogue())
