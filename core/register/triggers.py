"""The triggers of a register: the gate, the history, what may be deleted, and the stamps that a writer left out."""

from __future__ import annotations

from ..review.process import load_process
from ..review.to_sql import after_update, noted_already, review_triggers
from ..standard.messages import message
from ..standard.model import Field, Standard
from ..standard.to_sql import DRAFT, compact_list, gate_triggers, quoted
from .gpkg import index_insert_trigger, index_name
from .moments import NOW_SQL
from .schema import RECORD

# SQLite allows 127 arguments to a function, a pair for each column.
_PAIRS_AT_ONCE = 60
_STAMPS = ("updated_at", "updated_by")
# Who changed a row is only known where the writer set one of the stamps, or announced the change by emptying
# ``updated_at`` (:func:`.writable.sign`); else the name that stands there is of whoever wrote before.
_SIGNED_BY = (
    "CASE WHEN NEW.updated_by IS NOT OLD.updated_by OR NEW.updated_at IS NOT OLD.updated_at OR OLD.updated_at IS NULL "
    "THEN NEW.updated_by END"
)
_DELETED_BY = "CASE WHEN OLD.updated_at IS NULL THEN OLD.updated_by END"
# Which of them look at every new record.
_OF_INSERTS = tuple(f"{what}_{RECORD}_insert" for what in ("gate", "review", "keep", "stamp", "tidy"))


def _there_already(table: str, key: str) -> str:
    return f'EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}")'


def _once_submitted() -> str:
    submitted_before = f"SELECT 1 FROM history WHERE history.uid = OLD.uid AND history.status IS NOT '{DRAFT}'"
    return f"OLD.status IS NOT '{DRAFT}' OR EXISTS ({submitted_before})"


# What is refused whatever the rules say, by the name of its trigger: the event, table, sentence and condition. A row
# that takes another's place ("OR REPLACE", also by way of its number under its other names rowid, oid and _rowid_)
# would leave no history.
_REFUSALS = {
    "keep_record_insert": (
        *("INSERT", RECORD, "RECORD_REPLACED"),
        f"{_there_already(RECORD, 'fid')} OR {_there_already(RECORD, 'uid')}",
    ),
    "keep_record": ("DELETE", RECORD, "RECORD_NO_DELETE", _once_submitted()),
    "keep_record_uid": ("UPDATE OF uid", RECORD, "RECORD_UID_FIXED", "OLD.uid IS NOT NEW.uid"),
    "keep_record_fid": ("UPDATE", RECORD, "RECORD_UID_FIXED", "OLD.fid IS NOT NEW.fid"),
    "keep_history_insert": ("INSERT", "history", "HISTORY_FIXED", _there_already("history", "id")),
    "keep_history_delete": ("DELETE", "history", "HISTORY_FIXED", "1"),
    "keep_history_update": ("UPDATE", "history", "HISTORY_FIXED", "1"),
    "keep_import_insert": ("INSERT", "import", "HISTORY_FIXED", _there_already("import", "id")),
    "keep_import": ("DELETE", "import", "HISTORY_FIXED", "1"),
    "keep_import_update": ("UPDATE", "import", "HISTORY_FIXED", "OLD.finished_at IS NOT NULL"),
}


def insert_triggers(standard: Standard) -> dict[str, str]:
    """The triggers that look at every new record, by name: a bulk import does their work for all rows at once."""
    triggers = enforcing_triggers(standard)
    return {
        **{name: triggers[name] for name in _OF_INSERTS},
        f"{index_name(RECORD)}_insert": index_insert_trigger(RECORD),
    }


def enforcing_triggers(standard: Standard) -> dict[str, str]:
    """The statements that make all triggers but those of the spatial index, by name, in the order in which they are
    made: gate, review, stamps, history, and what stays as it is."""
    return {
        **gate_triggers(standard, RECORD),
        **review_triggers(load_process(), standard),
        f"stamp_{RECORD}_insert": _stamp_insert(),
        f"tidy_{RECORD}_insert": _normalise(standard, "insert"),
        f"tidy_{RECORD}_update": _normalise(standard, "update"),
        f"history_{RECORD}_update": _history_update(standard),
        f"history_{RECORD}_delete": _history_delete(standard),
        **{name: _refusal(name, *what) for name, what in _REFUSALS.items()},
    }


def _refusal(name: str, event: str, table: str, code: str, when: str) -> str:
    sentence = quoted(message(code, "zh", {}).sentence)
    return f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" WHEN {when} BEGIN SELECT RAISE(ABORT, {sentence}); END'


def _stamp_insert() -> str:
    return (
        f'CREATE TRIGGER "stamp_{RECORD}_insert" AFTER INSERT ON "{RECORD}" WHEN NEW.created_at IS NULL BEGIN\n'
        f'UPDATE "{RECORD}" SET created_at = {NOW_SQL}, updated_at = coalesce(NEW.updated_at, {NOW_SQL}) '
        "WHERE fid = NEW.fid;\nEND"
    )


def _normalise(standard: Standard, event: str) -> str:
    """Several choices in one spelling (JSON without spaces, nothing for an empty list), however they were written."""
    names = [f'"{field.name}"' for field in standard.fields if field.several]
    unlike = " OR ".join(f"NEW.{name} IS NOT {compact_list('NEW.' + name)}" for name in names)
    tidy = ", ".join(f"{name} = {compact_list(name)}" for name in names)
    when = f"UPDATE OF {', '.join(names)}" if event == "update" else "INSERT"
    return (
        f'CREATE TRIGGER "tidy_{RECORD}_{event}" AFTER {when} ON "{RECORD}" WHEN {unlike} BEGIN\n'
        f'UPDATE "{RECORD}" SET {tidy} WHERE fid = NEW.fid;\nEND'
    )


def _history_update(standard: Standard) -> str:
    """Keep what a row was, when anything but a stamp really changed; stamp it when the writer did not."""
    fields = [field for field in standard.fields if field.name not in _STAMPS]
    old = ", ".join(("OLD.geom", *(_before(field) for field in fields)))
    new = ", ".join(("NEW.geom", *(_after(field) for field in fields)))
    review = ";\n".join(after_update(load_process(), standard))
    cause = "CASE WHEN NEW.import_id IS NOT OLD.import_id THEN NEW.import_id END"
    return (
        f'CREATE TRIGGER "history_{RECORD}_update" AFTER UPDATE ON "{RECORD}" WHEN ({old}) IS NOT ({new}) '
        f"AND NOT {noted_already()} BEGIN\n"
        f"{_history_entry(standard, 'update', _SIGNED_BY, cause)};\n"
        f'UPDATE "{RECORD}" SET updated_at = {NOW_SQL} WHERE fid = NEW.fid AND updated_at IS OLD.updated_at;\n'
        f"{review};\nEND"
    )


def _before(field: Field) -> str:
    if field.name == "created_at":  # the stamp that the insert's trigger adds is no change
        return "coalesce(OLD.created_at, NEW.created_at)"
    return compact_list(f'OLD."{field.name}"') if field.several else f'OLD."{field.name}"'


def _after(field: Field) -> str:
    return compact_list(f'NEW."{field.name}"') if field.several else f'NEW."{field.name}"'


def _history_delete(standard: Standard) -> str:
    entry = _history_entry(standard, "delete", _DELETED_BY, "NULL")
    return f'CREATE TRIGGER "history_{RECORD}_delete" AFTER DELETE ON "{RECORD}" BEGIN\n{entry};\nEND'


def _history_entry(standard: Standard, action: str, by: str, cause: str) -> str:
    return (
        "INSERT INTO history (uid, at, by, action, status, import_id, before) "
        f"VALUES (OLD.uid, {NOW_SQL}, {by}, '{action}', OLD.status, {cause}, {_row_as_json(standard)})"
    )


def _row_as_json(standard: Standard) -> str:
    """The row before the change as a JSON object; its geometry as hexadecimal GeoPackage binary."""
    pairs = [("fid", "OLD.fid"), ("geom", "CASE WHEN OLD.geom IS NOT NULL THEN hex(OLD.geom) END")]
    pairs += [(field.name, f'OLD."{field.name}"') for field in standard.fields]
    arguments = ", ".join(f"'{name}', {value}" for name, value in pairs[:_PAIRS_AT_ONCE])
    result = f"json_object({arguments})"
    for start in range(_PAIRS_AT_ONCE, len(pairs), _PAIRS_AT_ONCE):
        more = ", ".join(f"'$.{name}', {value}" for name, value in pairs[start : start + _PAIRS_AT_ONCE])
        result = f"json_set({result}, {more})"
    return result
