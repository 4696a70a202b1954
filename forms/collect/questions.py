"""What the collect page asks inside the page: the question, and its answers with what each does."""

from __future__ import annotations

from typing import Callable, Mapping, Sequence

from qgis.PyQt.QtCore import QCoreApplication

from ...core.standard.findings import Finding
from ...core.standard.model import Standard
from ..ask_bar import Answer
from . import telling

Question = tuple[str, list[Answer]]
_Do = Callable[[], None]


def dropping(values: Mapping[str, object], standard: Standard, language: str, drop: _Do, keep: _Do) -> Question:
    """Whether what was typed is to be thrown away."""
    translate = QCoreApplication.translate
    text = translate("originmap", "Throw away what was typed for “{name}”? It cannot be brought back.")
    answers = [(translate("originmap", "Throw it away"), drop), (translate("originmap", "Keep it"), keep)]
    return text.format(name=telling.name_of(values, standard, language)), answers


def layer_in_edit(sentence: str, go: _Do, later: _Do) -> Question:
    """What to do while the person edits the layer by QGIS's own tools."""
    translate = QCoreApplication.translate
    return sentence, [(translate("originmap", "Go to the layer"), go), (translate("originmap", "Later"), later)]


def conflicting(findings: Sequence[Finding], language: str, save: _Do, move: _Do, cancel: _Do) -> Question:
    """Whether a point is right that lies elsewhere than stated, or beside a known site."""
    translate = QCoreApplication.translate
    answers = [
        (translate("originmap", "Save anyway"), save),
        (translate("originmap", "Move the point"), move),
        (translate("originmap", "Cancel"), cancel),
    ]
    return telling.question(findings, language), answers


def unanswered(titles: Sequence[str], language: str, submit: _Do, go: _Do) -> Question:
    """Whether a returned record is to be handed in although some of the reviewer's comments led to no edit."""
    translate = QCoreApplication.translate
    text = translate("originmap", "Nothing was changed where the reviewer asked for it: {items}. Submit all the same?")
    answers = [(translate("originmap", "Submit all the same"), submit), (translate("originmap", "Go to the first"), go)]
    return text.format(items=("、" if language == "zh" else ", ").join(titles)), answers
