"""Every code the rooms use has its sentences, in Chinese and English alike."""

from __future__ import annotations

import ast
import json
import re
import string

import pytest

CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def catalogue(root):
    return json.loads((root / "resources" / "standard" / "messages.json").read_text(encoding="utf-8"))


def _codes(call: ast.Call):
    """Literals that stand where a code is expected: in an error, a finding or a ``code=``."""
    callee = ast.unparse(call.func)
    candidates = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    if callee.endswith("Error") or callee == "super().__init__":
        candidates += call.args[:1]
    elif callee.split(".")[-1] == "Finding":
        candidates += call.args[1:2]
    for node in candidates:
        for literal in ast.walk(node):
            if isinstance(literal, ast.Constant) and isinstance(literal.value, str) and CODE.fullmatch(literal.value):
                yield literal.value


def test_every_code_has_sentences(sources, catalogue):
    used = {(code, source.name) for source in sources for call in source.calls() for code in _codes(call)}
    assert used
    assert not sorted((code, name) for code, name in used if code not in catalogue)


def test_every_sentence_is_there_in_both_languages(catalogue):
    """Title and advice may be missing, but in both languages then."""
    gaps = []
    for code, entry in catalogue.items():
        gaps += [(code, language) for language in LANGUAGES if not entry["text"].get(language, "").strip()]
        gaps += [(code, part) for part, texts in entry.items() if len({not texts.get(key) for key in LANGUAGES}) > 1]
    assert not gaps


def test_both_languages_have_the_same_placeholders(catalogue):
    different = [
        (code, part)
        for code, entry in catalogue.items()
        for part, texts in entry.items()
        if len({frozenset(_placeholders(texts.get(language, ""))) for language in LANGUAGES}) > 1
    ]
    assert not different


def _placeholders(text: str):
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


def test_catalogue_is_sorted(catalogue):
    assert list(catalogue) == sorted(catalogue)
