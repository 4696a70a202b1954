"""What one import brought, asked of the register afterwards."""

from __future__ import annotations

import json
from typing import Collection, Optional

from .gpkg import index_name
from .register import Register
from .schema import RECORD

Extent = tuple[float, float, float, float]


def extent_of_import(register: Register, import_id: int) -> Optional[Extent]:
    """West, south, east and north (CGCS2000 degrees) of the points that an import brought; ``None`` without any."""
    found = register.connection.execute(
        f'SELECT min(i.minx), min(i.miny), max(i.maxx), max(i.maxy) FROM "{RECORD}" AS r '
        f'JOIN "{index_name(RECORD)}" AS i ON i.id = r.fid WHERE r.import_id = ?',
        (import_id,),
    ).fetchone()
    return None if found[0] is None else found


def import_titles(register: Register, numbers: Collection[int]) -> dict[int, str]:
    """File and day of imports by their number; one that is not there is left out."""
    query = (
        'SELECT id, file, substr(started_at, 1, 10) FROM "import" WHERE id IN (SELECT value FROM json_each(?)) '
        "ORDER BY id"
    )
    rows = register.connection.execute(query, (json.dumps(list(numbers)),))
    return {number: f"{file} {day}" for number, file, day in rows}
