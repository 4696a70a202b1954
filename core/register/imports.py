"""What one import brought, asked of the register afterwards."""

from __future__ import annotations

from typing import Optional

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
