"""What a step of a record's history says: what was done, when, by whom, by what way, and what it changed."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ...core.register.history import CREATED, DELETED, Entry
from ...core.review.comparing import POINT, FieldChange
from ...core.review.process import Event, load_process
from ..field_words import FieldWords
from ..told_list import Told
from ..wording import distance_text, moment_text

_MADE, _CHANGED, _IMPORTED, DELETED_COLOUR, _OUTSIDE = "#2e7d32", "#607d8b", "#6a1b9a", "#8d1f17", "#a15c00"
# Told apart by their words too; read on light and on dark.
_COLOURS = {
    Event.SUBMIT: "#1e78c8",
    Event.APPROVE: "#2e9e46",
    Event.RETURN: "#d64534",
    Event.REOPEN: "#d9822b",
    Event.END: "#757575",
    Event.RESTORE: "#00897b",
    Event.UNDO: "#757575",
    Event.WITHDRAW: "#757575",
}


def told(entry: Entry, words: FieldWords, language: str) -> Told:
    """One entry of the history in words."""
    who = words.person(entry.by)
    about = [moment_text(entry.at), who, entry.import_file or ""]
    read = (change for change in entry.changes if change.field == POINT or change.field in words.fields)
    lines = [*_terms(entry), *(_line(change, words) for change in read), *_comments(entry, words)]
    title = _title(entry, language)
    if entry.event is not None and entry.from_status != entry.to_status:
        about.append(" → ".join(filter(None, map(words.state, (entry.from_status, entry.to_status)))))
    return Told(title, " · ".join(filter(None, about)), tuple(filter(_says, lines)), _colour(entry))


def _title(entry: Entry, language: str) -> str:
    translate = QCoreApplication.translate
    if entry.event is not None:
        return load_process().event_title(entry.event, language)
    if entry.kind == CREATED:
        by_import = entry.how == "import"
        return translate("originmap", "Came by an import") if by_import else translate("originmap", "New record")
    if entry.kind == DELETED:
        return translate("originmap", "Draft deleted")
    if entry.how == "import":
        return translate("originmap", "Changed by an import")
    if entry.how == "outside":
        return translate("originmap", "Changed outside the panel, or without a name")
    return translate("originmap", "Changed")


def _colour(entry: Entry) -> str:
    if entry.event is not None:
        return _COLOURS[entry.event]
    if entry.kind in (CREATED, DELETED):
        return _MADE if entry.kind == CREATED else DELETED_COLOUR
    return {"import": _IMPORTED, "outside": _OUTSIDE}.get(entry.how, _CHANGED)


def _terms(entry: Entry) -> list[tuple[str, str]]:
    translate = QCoreApplication.translate
    return [
        (translate("originmap", "Reason"), entry.reason or ""),
        (translate("originmap", "Deadline"), entry.deadline or ""),
    ]


def _comments(entry: Entry, words: FieldWords) -> list[tuple[str, str]]:
    return [(words.subject(comment.field), f"“{comment.text}”") for comment in entry.comments]


def _line(change: FieldChange, words: FieldWords) -> tuple[str, str]:
    if change.field == POINT:
        return words.subject(POINT), moved_text(change)
    nothing = QCoreApplication.translate("originmap", "(empty)")
    before, after = words.value(change.field, change.before), words.value(change.field, change.after)
    return words.title(change.field), f"{before or nothing} → {after or nothing}"


def moved_text(change: FieldChange) -> str:
    """What became of a point."""
    translate = QCoreApplication.translate
    if change.from_point is None:
        return translate("originmap", "point set")
    if change.to_point is None:
        return translate("originmap", "point taken away")
    return translate("originmap", "moved by {distance}").format(distance=distance_text(change.metres or 0.0))


def _says(line: tuple[str, str]) -> bool:
    return bool(line[1])
