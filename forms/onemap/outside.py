"""Whether a record lies outside of what a query finds, read from the file by its number."""

from __future__ import annotations

from ...core.onemap.filtered import ask
from ...core.onemap.query import Query
from ...core.register.errors import told_plainly
from ...core.register.register import Register
from ...core.standard.errors import OriginMapError


def is_outside(register: Register, uid: str, query: Query) -> bool:
    """Whether the query does not find the record; a file that cannot be read now gives no reason to say so."""
    statement = 'SELECT ({}) FROM record WHERE "uid" = ?'
    try:
        with told_plainly(register.path):
            row = ask(register.connection, statement, query, register.standard(), (uid,)).fetchone()
    except OriginMapError:
        return False
    return row is not None and not row[0]
