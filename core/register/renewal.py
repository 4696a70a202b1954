"""A register that an earlier version made gets the form, the code lists and the bookkeeping of this one.

Only when the window opens it, by ``form_version``: what the rules need was made before, by whoever opened it for
writing (:mod:`.upgrade`, by ``register_version``).
"""

from __future__ import annotations

from pathlib import Path

from .form import FORM_VERSION
from .gpkg import COUNTS_TABLE
from .layers import renewed_form
from .register import Register, transaction
from .schema import RECORD, RECORD_INDEXES, fill_lists

# Up to so many records an index is made while the window waits; a larger register goes on without it, only slower.
_QUICKLY_INDEXED = 50_000
_WAIT_MILLISECONDS = 200


def is_behind(register: Register) -> bool:
    """Whether an earlier version made the register's form."""
    return int(register.setting("form_version", "0")) < FORM_VERSION


def renew(path: Path) -> None:
    """Bring a register up to date in one transaction; its records, and how they are drawn, stay as they are.

    Raises:
        RegisterError: it is read-only or locked just now, and as it was.
    """
    with Register.open(path) as register:
        connection, standard = register.connection, register.standard()
        connection.execute(f"PRAGMA busy_timeout = {_WAIT_MILLISECONDS}")
        form = renewed_form(path, standard, register.settings())
        with transaction(connection, path):
            connection.execute(COUNTS_TABLE)
            fill_lists(connection, standard)
            known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
            (last,) = connection.execute(f'SELECT coalesce(max(fid), 0) FROM "{RECORD}"').fetchone()
            for name, statement in RECORD_INDEXES.items():
                if name not in known and last <= _QUICKLY_INDEXED:
                    connection.execute(statement)
            # In the place of the old one: the symbols beside it may be a person's own.
            connection.execute(
                "UPDATE layer_styles SET styleQML = ? WHERE f_table_name = ? AND useAsDefault", (form, RECORD)
            )
            made_by = "INSERT OR REPLACE INTO setting (name, value) VALUES ('form_version', ?)"
            connection.execute(made_by, (str(FORM_VERSION),))
