"""The tables of a register, made from the standard: columns, cheap CHECKs that always hold, and indexes."""

from __future__ import annotations

import json
import sqlite3
from typing import Sequence

from ..review.counts import COUNT_TITLES, COUNTS_VIEW, counts_view
from ..standard.model import Field, FieldType, Standard
from ..standard.to_sql import quoted
from .gpkg import begin_geopackage, declare_attributes, declare_columns, declare_features

RECORD = "record"
DIVISION = "division"
FINDING_ASIDE = "finding_aside"

_TYPES = {
    FieldType.STRING: "TEXT",
    FieldType.NUMBER: "REAL",
    FieldType.INTEGER: "INTEGER",
    FieldType.DATE: "DATE",
}
# The numbers in circles, from ① to ⑳.
_FIRST_NUMBER, _NUMBERS = 0x2460, 20
_LABELS = ("label", "label_en")
_FINDINGS = "findings"
_STATES = "status"
_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_HEX = "[0-9a-f]"
_UID = "-".join(_HEX * length for length in (8, 4, 4, 4, 12))

# Tables beside the records: name, title, columns. Each has an INTEGER PRIMARY KEY, as GeoPackage asks.
_OTHERS = (
    (
        "variety",
        "产品",
        "code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, title_en TEXT NOT NULL, industry TEXT NOT NULL, "
        "unit TEXT NOT NULL, threshold REAL NOT NULL, threshold_engineered REAL, cadence TEXT NOT NULL, "
        "colour TEXT NOT NULL, symbol TEXT NOT NULL, aliases TEXT NOT NULL",
    ),
    (
        "choice",
        "代码表",
        "list TEXT NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL, title_en TEXT NOT NULL, "
        "position INTEGER NOT NULL, label TEXT, label_en TEXT, UNIQUE (list, code)",
    ),
    (
        "local_standard",
        "本地执行标准",
        "kind TEXT NOT NULL, code TEXT NOT NULL, value TEXT NOT NULL CHECK (json_valid(value)), set_at TEXT NOT NULL, "
        "set_by TEXT, UNIQUE (kind, code)",
    ),
    ("setting", "设置", "name TEXT NOT NULL UNIQUE, value TEXT NOT NULL"),
    (
        "import",
        "导入批次",
        "file TEXT NOT NULL, sha256 TEXT NOT NULL, sheet TEXT, started_at TEXT NOT NULL, finished_at TEXT, by TEXT, "
        "counts TEXT CHECK (counts IS NULL OR json_valid(counts)), datum TEXT, "
        "options TEXT CHECK (options IS NULL OR json_valid(options))",
    ),
    (
        "history",
        "变更历史",
        "uid TEXT NOT NULL, at TEXT NOT NULL, by TEXT, action TEXT NOT NULL, status TEXT, import_id INTEGER, "
        "before TEXT NOT NULL CHECK (json_valid(before))",
    ),
)
_KEYS = {"import": "id", "history": "id", "review_event": "id", "review_comment": "id", "seal": "id"}
# Whose steps, remarks and seals stand beside the records since the register's second version.
_OF_REVIEW = (
    (
        "review_event",
        "审核记录",
        "uid TEXT NOT NULL, event TEXT NOT NULL, from_status TEXT, to_status TEXT, at TEXT, by_name TEXT, "
        "by_phone TEXT, by_role TEXT, by_area TEXT, reason TEXT, deadline DATE, step TEXT, undoes INTEGER, "
        "history_id INTEGER, seen INTEGER, fields TEXT CHECK (fields IS NULL OR json_valid(fields))",
    ),
    (
        "review_comment",
        "审核意见",
        "event_id INTEGER NOT NULL, uid TEXT NOT NULL, field TEXT NOT NULL DEFAULT '', comment TEXT NOT NULL, "
        "settled TEXT",
    ),
    ("seal", "封存链", "subject TEXT NOT NULL, row INTEGER NOT NULL, digest BLOB NOT NULL, link BLOB NOT NULL"),
)
# Which findings of the checks a person set aside.
_OF_QUALITY = (
    (
        FINDING_ASIDE,
        "搁置的问题",
        'uid TEXT NOT NULL, "check" TEXT NOT NULL, code TEXT NOT NULL, field TEXT NOT NULL DEFAULT \'\', '
        "reason TEXT NOT NULL, by TEXT, at TEXT NOT NULL, fingerprint TEXT NOT NULL, "
        'UNIQUE (uid, "check", code, field)',
    ),
)
_DIVISION_COLUMNS = (
    "code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, level TEXT NOT NULL, parent TEXT, longitude REAL, latitude REAL, "
    "aliases TEXT CHECK (aliases IS NULL OR json_valid(aliases)), source TEXT"
)

# What waits for its point: the queue asks in these very words, so that SQLite uses the index made with them.
WAITING = (
    "coalesce(\"point_quality\", 'none') <> 'exact' AND \"status\" IN ('draft', 'returned') "
    'AND "aside_reason" IS NULL'
)
PHONE_TAIL_DIGITS = 4
PHONE_TAIL = f'substr("contact_phone", -{PHONE_TAIL_DIGITS})'

# Indexes on the records; bulk imports into an empty register make them at the end.
RECORD_INDEXES = {
    "record_uid": 'CREATE UNIQUE INDEX "record_uid" ON "record" ("uid")',
    "record_key": 'CREATE INDEX "record_key" ON "record" ("record_key")',
    # The state stands in it so that the usual counts need no look into the rows.
    "record_variety_division": 'CREATE INDEX "record_variety_division" ON "record" '
    '("variety", "division_code", "status")',
    "record_status": 'CREATE INDEX "record_status" ON "record" ("status")',
    "record_producer": 'CREATE INDEX "record_producer" ON "record" ("producer_name", "variety")',
    "record_village": 'CREATE INDEX "record_village" ON "record" ("township", "village", "point_quality", "status")',
    "record_waiting": 'CREATE INDEX "record_waiting" ON "record" ("township", "village", "producer_name", "uid") '
    f"WHERE {WAITING}",
    "record_aside": 'CREATE INDEX "record_aside" ON "record" ("township", "village", "producer_name", "uid") '
    'WHERE "aside_reason" IS NOT NULL',
    # What waits for a reviewer, by township, the longest first.
    "record_review": 'CREATE INDEX "record_review" ON "record" ("township", "updated_at", "uid") '
    "WHERE \"status\" = 'submitted'",
    "record_address": 'CREATE INDEX "record_address" ON "record" ("site_address")',
    "record_phone": f'CREATE INDEX "record_phone" ON "record" ({PHONE_TAIL})',
}
_OTHER_INDEXES = (
    'CREATE INDEX "history_uid" ON "history" ("uid")',
    'CREATE INDEX "division_parent" ON "division" ("parent")',
)
_REVIEW_INDEXES = (
    'CREATE INDEX "review_event_uid" ON "review_event" ("uid")',
    'CREATE INDEX "review_event_step" ON "review_event" ("step") WHERE "step" IS NOT NULL',
    'CREATE INDEX "review_event_return" ON "review_event" ("uid") WHERE "event" = \'return\'',
    'CREATE INDEX "review_comment_uid" ON "review_comment" ("uid")',
    'CREATE INDEX "review_comment_event" ON "review_comment" ("event_id")',
    'CREATE INDEX "history_deleted" ON "history" ("uid") WHERE "action" = \'delete\'',
    'CREATE INDEX "seal_row" ON "seal" ("subject", "row")',
)


def create_tables(connection: sqlite3.Connection, standard: Standard) -> None:
    """Make all tables of a register in an empty database; their triggers are made by :mod:`.triggers`."""
    begin_geopackage(connection)
    connection.execute(record_table(standard))
    connection.execute(
        f'CREATE TABLE "{DIVISION}" ("fid" INTEGER PRIMARY KEY NOT NULL, "geom" MULTIPOLYGON, {_DIVISION_COLUMNS})'
    )
    _create_others(connection, _OTHERS)
    for statement in (*RECORD_INDEXES.values(), *_OTHER_INDEXES):
        connection.execute(statement)
    declare_features(connection, RECORD, "采集记录", "POINT")
    declare_features(connection, DIVISION, "行政区划", "MULTIPOLYGON")
    declare_columns(connection, [_column_entry(field) for field in standard.fields])
    create_review_tables(connection)
    create_quality_tables(connection)


def create_quality_tables(connection: sqlite3.Connection) -> None:
    """Make the table of the findings set aside, where it is not there yet."""
    there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    if connection.execute(there, (FINDING_ASIDE,)).fetchone() is None:
        _create_others(connection, _OF_QUALITY)


def create_review_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of the review and of the seals, which registers of the first version had not."""
    _create_others(connection, _OF_REVIEW)
    for statement in (*_REVIEW_INDEXES, counts_view()):
        connection.execute(statement)
    declare_attributes(connection, COUNTS_VIEW, "各乡镇审核进度")
    declare_columns(connection, [(COUNTS_VIEW, name, title, "", None) for name, title in COUNT_TITLES.items()])


def _create_others(connection: sqlite3.Connection, tables: Sequence[tuple[str, str, str]]) -> None:
    for name, title, columns in tables:
        key = f'"{_KEYS.get(name, "fid")}" INTEGER PRIMARY KEY NOT NULL'
        connection.execute(f'CREATE TABLE "{name}" ({key}, {columns})')
        declare_attributes(connection, name, title)


def fill_lists(connection: sqlite3.Connection, standard: Standard) -> None:
    """Write the code lists and varieties that count for this register, for forms and for other programs."""
    _add_labels(connection)
    connection.execute("DELETE FROM choice")
    connection.execute("DELETE FROM variety")
    connection.executemany(
        "INSERT INTO choice (list, code, title, title_en, position, label, label_en) VALUES (?, ?, ?, ?, ?, ?, ?)",
        _choice_rows(standard),
    )
    connection.executemany(
        "INSERT INTO variety (code, title, title_en, industry, unit, threshold, threshold_engineered, cadence, colour, "
        "symbol, aliases) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _variety_rows(standard),
    )


def _add_labels(connection: sqlite3.Connection) -> None:
    """A register of an earlier version has none."""
    known = {row[1] for row in connection.execute("PRAGMA table_info(choice)")}
    for name in _LABELS:
        if name not in known:
            connection.execute(f"ALTER TABLE choice ADD COLUMN {name} TEXT")


def _label(position: int, title: str) -> str:
    """A title behind its number, as on a printed form: the number keeps the order wherever a list is sorted."""
    return f"{chr(_FIRST_NUMBER + position)}{title}" if position < _NUMBERS else title


def _choice_rows(standard: Standard) -> list[tuple[str, str, str, str, int, str, str]]:
    lists: dict[str, Sequence] = {**standard.lists, "variety": standard.varieties}
    return [
        (
            *(name, entry.code, entry.title, entry.title_en, position),
            *(_label(position, entry.title), _label(position, entry.title_en)),
        )
        for name, entries in lists.items()
        for position, entry in enumerate(entries)
    ]


def _variety_rows(standard: Standard) -> list[tuple]:
    return [
        (
            *(v.code, v.title, v.title_en, v.industry, v.unit, v.threshold, v.threshold_engineered),
            *(v.cadence.value, v.colour, v.symbol, _json_list(v.aliases)),
        )
        for v in standard.varieties
    ]


def _json_list(texts: Sequence[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)


def record_table(standard: Standard) -> str:
    """The DDL of the records' table: the fields of the standard in its order, behind ``fid`` and ``geom``."""
    columns = ",\n  ".join(_column(field, standard) for field in standard.fields)
    return f'CREATE TABLE "{RECORD}" (\n  "fid" INTEGER PRIMARY KEY NOT NULL,\n  "geom" POINT,\n  {columns}\n)'


def _column(field: Field, standard: Standard) -> str:
    limit = f"({field.max_length})" if field.max_length and field.type is FieldType.STRING else ""
    return f'"{field.name}" {_TYPES[field.type]}{limit}{_strictness(field)}{_check(field, standard)}'


def _strictness(field: Field) -> str:
    if field.name == _STATES:
        return f" NOT NULL DEFAULT {quoted(field.default)}"
    return " NOT NULL" if field.name == "uid" else ""


def _check(field: Field, standard: Standard) -> str:
    """What holds for every record, drafts included; the constraint's name is what a person is shown."""
    test, sentence = _test(field, standard)
    return f' CONSTRAINT "“{field.title}”{sentence}" CHECK ({test})' if test else ""


def _test(field: Field, standard: Standard) -> tuple[str, str]:
    name = f'"{field.name}"'
    if field.name == "uid":
        return f"{name} GLOB {quoted(_UID)}", "须为小写的 UUID"
    if field.name == _STATES:
        # Not IN: SQLite builds a small table for its list, anew for every row.
        return " OR ".join(f"{name} = {quoted(choice.code)}" for choice in standard.choices(field.name)), "不在代码表内"
    if _is_json(field):
        return f"{name} IS NULL OR json_valid({name})", "须为 JSON"
    if field.type is FieldType.DATE:
        return f"{name} GLOB {quoted(_DAY)}", "须为 YYYY-MM-DD 的日期"
    if field.type in (FieldType.NUMBER, FieldType.INTEGER):
        return f"typeof({name}) NOT IN ('text', 'blob')", "须为数字"
    return "", ""


def _is_json(field: Field) -> bool:
    return field.several or field.name == _FINDINGS


def _column_entry(field: Field) -> tuple[str, str, str, str, str | None]:
    return RECORD, field.name, field.title, field.description, "application/json" if _is_json(field) else None
