"""The terrain: fractal uplands cut by rivers until valleys, ridges and a plain stand where water would put them."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from .ground import COARSE, FINE, SEED, Ground

_EROSION = 0.16
_AREA_EXPONENT = 0.45
_NEIGHBOURS = ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


@dataclass(frozen=True)
class Drainage:
    """Where the water of each cell goes: flat index of the next cell, cells in order from the outlets up."""

    receiver: np.ndarray
    order: np.ndarray
    area: np.ndarray


@dataclass(frozen=True)
class Terrain:
    """Heights in metres on the fine grid, and their drainage (area in square kilometres)."""

    ground: Ground
    height: np.ndarray
    drainage: Drainage

    def slope(self) -> np.ndarray:
        """Slope of every cell, as rise over run."""
        north, east = np.gradient(self.height, self.ground.cell)
        return np.hypot(north, east)


def build_terrain() -> Terrain:
    """The county's terrain; the same on every call."""
    rng = np.random.default_rng(SEED)
    x, y = COARSE.centres()
    uplift = _uplift(x, y, rng)
    height = 20 + 90 * uplift + 25 * fractal(COARSE.shape, 2.0, rng)
    height = _erode(height, uplift, COARSE, steps=110)
    height = _doubled(height)[: FINE.rows, : FINE.columns]
    x, y = FINE.centres()
    detail = fractal(FINE.shape, 1.6, rng)
    fine_uplift = _doubled(uplift)[: FINE.rows, : FINE.columns]
    height = height + detail * (2 + 10 * np.clip(fine_uplift, 0, 1))
    height = _erode(height, fine_uplift, FINE, steps=14)
    height = 12 + (height - height.min()) * (860 / (height.max() - height.min()))
    return Terrain(FINE, height, drain(height, FINE))


def fractal(shape: tuple[int, int], steepness: float, rng: np.random.Generator) -> np.ndarray:
    """Fractal noise of zero mean and unit spread; a larger steepness is smoother."""
    rows, columns = shape
    size = 1 << (max(rows, columns) - 1).bit_length()
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(size), np.fft.rfftfreq(size), indexing="ij"))
    frequency[0, 0] = 1.0
    spectrum = np.fft.rfft2(rng.standard_normal((size, size))) / frequency ** (steepness / 2 + 0.5)
    spectrum[0, 0] = 0.0
    field = np.fft.irfft2(spectrum, s=(size, size))[:rows, :columns]
    return (field - field.mean()) / field.std()


def drain(height: np.ndarray, ground: Ground) -> Drainage:
    """Flow of water by priority flood: every cell drains to the edge, pits included."""
    rows, columns = ground.shape
    width = columns
    level = height.ravel().tolist()
    total = rows * columns
    # On flat ground water follows what is too small for the grid; without it rivers would run along the diagonals.
    roughness = (0.004 + 0.35 * np.random.default_rng(SEED).random(total) ** 4).tolist()
    receiver = list(range(total))
    seen = bytearray(total)
    heap: list[tuple[float, int]] = []
    for row in range(rows):
        for column in range(columns) if row in (0, rows - 1) else (0, columns - 1):
            cell = row * width + column
            seen[cell] = 1
            heap.append((level[cell], cell))
    heapq.heapify(heap)
    steps = [down * width + right for down, right in _NEIGHBOURS]
    order = []
    while heap:
        here, cell = heapq.heappop(heap)
        order.append(cell)
        for step in steps:
            other = cell + step
            # Only edge cells could step outside the grid, and all edge cells are seen from the start.
            if 0 <= other < total and not seen[other]:
                seen[other] = 1
                receiver[other] = cell
                heapq.heappush(heap, (max(level[other], here + roughness[other]), other))
    area = [ground.cell**2 / 1e6] * total
    for cell in reversed(order):
        if receiver[cell] != cell:
            area[receiver[cell]] += area[cell]
    return Drainage(np.array(receiver), np.array(order), np.array(area))


def _uplift(x: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """How fast the ground rises: hills in a broken ring open to the south-east, a plain along the main valley."""
    noise = fractal(x.shape, 2.6, rng)
    bend = 4500 * np.sin(x / 9000) + 2500 * np.sin(x / 4100 + 1.3)
    valley = np.abs(y + 0.42 * x + bend) / 11_000
    radius = np.hypot(x / 25_500, y / 22_500)
    ring = np.exp(-(((radius - 1.02) / 0.34) ** 2))
    direction = np.arctan2(y, x)
    open_side = np.exp(-(((direction + 0.55) / 0.55) ** 2))
    hills = 0.12 + 0.95 * ring * (1 - 0.9 * open_side) + 0.22 * noise * (1 - 0.5 * open_side)
    return np.clip(hills, 0.03, None) * (0.10 + 0.90 * np.clip(valley, 0, 1) ** 1.4)


def _erode(height: np.ndarray, uplift: np.ndarray, ground: Ground, steps: int) -> np.ndarray:
    """Uplift against river incision: the stream power law, implicit in the order of the flow.

    Source of the scheme: Braun and Willett, Geomorphology 180–181 (2013), equation 22 with a slope exponent of 1.
    """
    edge = np.zeros(ground.shape, dtype=bool)
    edge[[0, -1], :] = True
    edge[:, [0, -1]] = True
    rise = np.where(edge, 0.0, uplift * 14.0).ravel()
    rng = np.random.default_rng(SEED + 1)
    softness = np.exp(0.45 * fractal(ground.shape, 1.0, rng)).ravel() * _EROSION * (300.0 / ground.cell)
    microrelief = 1.2 * fractal(ground.shape, 0.8, rng)
    for _ in range(steps):
        flow = drain(height + microrelief, ground)
        rate = (softness * flow.area**_AREA_EXPONENT).tolist()
        level = (height.ravel() + rise).tolist()
        receiver = flow.receiver.tolist()
        for cell in flow.order.tolist():
            down = receiver[cell]
            if down != cell and level[cell] > level[down]:
                level[cell] = (level[cell] + rate[cell] * level[down]) / (1 + rate[cell])
        height = _creep(np.array(level).reshape(ground.shape))
    return height


def _creep(height: np.ndarray) -> np.ndarray:
    """Soil creep: rounds hilltops a little."""
    padded = np.pad(height, 1, mode="edge")
    around = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]
    return height + 0.03 * (around - 4 * height)


def _doubled(field: np.ndarray) -> np.ndarray:
    """The field on a grid of half the cell size, by linear interpolation."""
    rows, columns = field.shape
    along_rows = np.clip((np.arange(2 * rows) + 0.5) / 2 - 0.5, 0, rows - 1)
    along_columns = np.clip((np.arange(2 * columns) + 0.5) / 2 - 0.5, 0, columns - 1)
    top = np.minimum(along_rows.astype(int), rows - 2)
    left = np.minimum(along_columns.astype(int), columns - 2)
    down = (along_rows - top)[:, None]
    right = (along_columns - left)[None, :]
    corner = [field[np.ix_(top + i, left + j)] for i in (0, 1) for j in (0, 1)]
    upper = corner[0] * (1 - right) + corner[1] * right
    lower = corner[2] * (1 - right) + corner[3] * right
    return upper * (1 - down) + lower * down
