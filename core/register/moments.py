"""Now, as the register writes it: ISO 8601 with the offset of China's one time zone, so that text sorts by time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))

# The same in SQL, for what triggers write.
NOW_SQL = "strftime('%Y-%m-%dT%H:%M:%S+08:00', 'now', '+8 hours')"


def now() -> str:
    """The present moment, to the second: ``2026-05-01T08:30:00+08:00``."""
    return datetime.now(CHINA).isoformat(timespec="seconds")


def stamp() -> str:
    """The same to the millisecond, for ``updated_at``: whoever sets it signs a change, and two of one second differ."""
    return datetime.now(CHINA).isoformat(timespec="milliseconds")
