"""Where the invented county stands and how its plane in metres becomes degrees.

The county lies on open water: off Guangdong, west of the straight baseline of 1996, with no land within 30 km. No
place, no county and no neighbour's border can be mistaken for it, whatever base map is laid under it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CENTRE_LONGITUDE = 111.58
CENTRE_LATITUDE = 20.90
SEED = 999901
WIDTH = 66_000.0
HEIGHT = 57_600.0

# Lengths of one degree on the GRS80 ellipsoid at the centre's latitude, in metres.
_METRES_PER_LONGITUDE = 104_043.0
_METRES_PER_LATITUDE = 110_714.0


@dataclass(frozen=True)
class Ground:
    """A square grid over the plane; row 0 is the northern edge, x runs east and y north from the centre, in metres."""

    cell: float

    @property
    def rows(self) -> int:
        return int(HEIGHT // self.cell)

    @property
    def columns(self) -> int:
        return int(WIDTH // self.cell)

    @property
    def shape(self) -> tuple[int, int]:
        return self.rows, self.columns

    def centres(self) -> tuple[np.ndarray, np.ndarray]:
        """x and y of every cell's centre, each of the grid's shape."""
        x = (np.arange(self.columns) + 0.5) * self.cell - WIDTH / 2
        y = HEIGHT / 2 - (np.arange(self.rows) + 0.5) * self.cell
        return np.meshgrid(x, y)

    def corner_plane(self, corners: np.ndarray) -> np.ndarray:
        """Plane coordinates of grid positions given as (row, column), where whole numbers are cell corners."""
        corners = np.asarray(corners, dtype=float)
        return np.stack(
            [corners[..., 1] * self.cell - WIDTH / 2, HEIGHT / 2 - corners[..., 0] * self.cell], axis=-1
        )

    def cell_plane(self, flat: np.ndarray) -> np.ndarray:
        """Plane coordinates of the centres of cells given by their flat index."""
        row, column = np.divmod(np.asarray(flat), self.columns)
        return self.corner_plane(np.stack([row + 0.5, column + 0.5], axis=-1))

    def cell_of(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of the cell that holds a point of the plane, clipped to the grid."""
        row = int((HEIGHT / 2 - y) // self.cell)
        column = int((x + WIDTH / 2) // self.cell)
        return min(max(row, 0), self.rows - 1), min(max(column, 0), self.columns - 1)


FINE = Ground(150.0)
COARSE = Ground(300.0)


def to_degrees(plane: np.ndarray) -> np.ndarray:
    """Plane metres (…, 2) to longitude, latitude in degrees (EPSG:4490), rounded to 7 decimals."""
    plane = np.asarray(plane, dtype=float)
    scale = np.array([_METRES_PER_LONGITUDE, _METRES_PER_LATITUDE])
    return np.round(plane[..., :2] / scale + np.array([CENTRE_LONGITUDE, CENTRE_LATITUDE]), 7)


def to_plane(degrees: np.ndarray) -> np.ndarray:
    """Longitude, latitude (…, 2) in degrees to plane metres."""
    scale = np.array([_METRES_PER_LONGITUDE, _METRES_PER_LATITUDE])
    return (np.asarray(degrees, dtype=float) - np.array([CENTRE_LONGITUDE, CENTRE_LATITUDE])) * scale
