"""The triggers that hold a register's rules, as they stand in the file: what became of them, and made anew.

Whoever makes them notes the print of each in the settings, so that a trigger that somebody took away or altered is told
from one that an earlier version of ours made. Putting them right is itself an entry in the history, which is sealed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from enum import Enum
from typing import Mapping, Optional

from ..standard.messages import Phrase, message
from ..standard.model import Standard
from .moments import NOW_SQL
from .triggers import enforcing_triggers

# The action of such an entry, which tells of no record.
GUARDS = "guards"
_NOTED, _NOTED_SINCE = "triggers", 3
_TABLES = ("record", "history", "import", "review_event", "review_comment")
# Triggers of the spatial index, and of GDAL's count, which enforce nothing.
_NOT_OURS = ("rtree_", "trigger_insert_feature_count_", "trigger_delete_feature_count_")


class Fault(str, Enum):
    """What became of a trigger; the value is the code of its sentence."""

    MISSING = "TRIGGER_MISSING"
    CHANGED = "TRIGGER_CHANGED"
    STRANGE = "TRIGGER_STRANGE"


@dataclass(frozen=True)
class Repair:
    """Triggers that were put right: which, and when it was noticed."""

    at: str
    faults: Mapping[str, Fault]

    def sentence(self, language: str = "zh") -> str:
        """What was put right, and what may have happened before."""
        params = {"at": self.at[:16].replace("T", " "), "names": "、".join(self.faults)}
        return message("GUARDS_REPAIRED", language, params).sentence


def duty(name: str) -> Phrase:
    """What a trigger is there for, by the first word of its name."""
    return Phrase(f"GUARD_{name.partition('_')[0].upper()}")


def faults(connection: sqlite3.Connection, standard: Standard) -> dict[str, Fault]:
    """The triggers that somebody took away, altered or added, by name; nothing can be said of a register that no
    version noting them has opened for writing yet."""
    noted = _noted(connection, standard)
    if noted is None:
        return {}
    wanted, present = enforcing_triggers(standard), _present(connection)
    wrong = {name: Fault.MISSING for name in noted if name not in present}
    for name, sql in present.items():
        if name not in noted and name not in wanted:
            wrong[name] = Fault.STRANGE
        elif sql != wanted.get(name) and _print(sql) != noted.get(name):
            wrong[name] = Fault.CHANGED
    return wrong


def are_right(connection: sqlite3.Connection, standard: Standard) -> bool:
    """Whether all triggers stand there as this version makes them."""
    present = _present(connection)
    return all(present.get(name) == sql for name, sql in enforcing_triggers(standard).items())


def put_right(connection: sqlite3.Connection, standard: Standard) -> dict[str, Fault]:
    """Make all triggers as this version does, inside the caller's transaction; gives what somebody had done to them.

    All are made anew, in one order. One that is no trigger of ours is left to whoever made it.
    """
    wrong = {name: fault for name, fault in faults(connection, standard).items() if fault is not Fault.STRANGE}
    wanted = enforcing_triggers(standard)
    for name in {**wanted, **(_noted(connection, standard) or {})}:
        connection.execute(f'DROP TRIGGER IF EXISTS "{name}"')
    for statement in wanted.values():
        connection.execute(statement)
    prints = json.dumps({name: _print(sql) for name, sql in wanted.items()})
    connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (_NOTED, prints))
    if wrong:
        entry = f"INSERT INTO history (uid, at, action, before) VALUES ('', {NOW_SQL}, ?, ?)"
        connection.execute(entry, (GUARDS, json.dumps({name: fault.value for name, fault in wrong.items()})))
    return wrong


def drop_all(connection: sqlite3.Connection) -> None:
    """Away with all triggers of a register that did not note its own."""
    for name in _present(connection):
        connection.execute(f'DROP TRIGGER "{name}"')


def repairs(connection: sqlite3.Connection) -> list[Repair]:
    """What was put right so far, the latest last."""
    rows = connection.execute("SELECT at, before FROM history WHERE uid = '' AND action = ? ORDER BY id", (GUARDS,))
    return [Repair(at, {name: Fault(code) for name, code in json.loads(before).items()}) for at, before in rows]


def _noted(connection: sqlite3.Connection, standard: Standard) -> Optional[dict[str, str]]:
    """The prints by name; ``None`` where they never were noted. Whoever takes the note away makes nobody forget."""
    query = "SELECT name, value FROM setting WHERE name IN (?, 'register_version')"
    settings = dict(connection.execute(query, (_NOTED,)))
    if _NOTED in settings:
        return json.loads(settings[_NOTED])
    noted_once = int(settings.get("register_version", 0)) >= _NOTED_SINCE
    return dict.fromkeys(enforcing_triggers(standard), "") if noted_once else None


def _present(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: sql for name, table, sql in rows if table in _TABLES and not name.startswith(_NOT_OURS)}


def _print(sql: str) -> str:
    return hashlib.sha256(sql.encode()).hexdigest()[:16]
