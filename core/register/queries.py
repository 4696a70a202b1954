"""Queries kept in the register under a name, with who saved them and when, for everybody who opens the file."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass

from ..onemap.query import Query, from_json, to_json
from ..standard.errors import OriginMapError
from .errors import RegisterError
from .moments import now
from .register import Register, transaction

_PREFIX = "query/"  # of the setting's name
_LONGEST_NAME = 60

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class SavedQuery:
    """A query under its name; ``by`` whom and when (ISO 8601 with offset) it was saved."""

    name: str
    query: Query
    by: str = ""
    at: str = ""


def save_query(register: Register, name: str, query: Query, by: str = "") -> SavedQuery:
    """Keep a query under a name, in the place of one that had it.

    Raises:
        RegisterError: ``QUERY_NAME`` for an empty or endless name; what :func:`.errors.told_plainly` says.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= _LONGEST_NAME:
        raise RegisterError("QUERY_NAME", value=name[:_LONGEST_NAME], longest=_LONGEST_NAME)
    saved = SavedQuery(name, query, by, now())
    entry = {"query": json.loads(to_json(query)), "by": saved.by, "at": saved.at}
    register.set_setting(f"{_PREFIX}{name}", json.dumps(entry, ensure_ascii=False))
    return saved


def saved_queries(register: Register) -> list[SavedQuery]:
    """All saved queries by name; one that a newer version wrote is left out and told in the log."""
    found = []
    for setting in sorted(register.settings()):
        if setting.startswith(_PREFIX):
            try:
                found.append(saved_query(register, setting[len(_PREFIX) :]))
            except OriginMapError as error:
                logger.warning("%s: %s", setting, error)
    return found


def saved_query(register: Register, name: str) -> SavedQuery:
    """The query of that name.

    Raises:
        OriginMapError: ``QUERY_GONE`` when there is none, ``QUERY_UNREADABLE`` when a newer version wrote it.
    """
    text = register.setting(f"{_PREFIX}{' '.join(name.split())}")
    if not text:
        raise RegisterError("QUERY_GONE", value=name)
    try:
        entry = json.loads(text)
        return SavedQuery(name, from_json(json.dumps(entry["query"])), str(entry["by"]), str(entry["at"]))
    except (ValueError, TypeError, KeyError) as error:
        raise RegisterError("QUERY_UNREADABLE", str(error)) from error


def drop_query(register: Register, name: str) -> None:
    """Forget the query of that name, if there is one."""
    with transaction(register.connection, register.path):
        register.connection.execute("DELETE FROM setting WHERE name = ?", (f"{_PREFIX}{name}",))
