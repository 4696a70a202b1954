"""The townships: whole small catchments dealt out among a dozen seats, so that borders run along ridges and rivers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .coverage import patches
from .ground import SEED
from .landscape import Terrain
from .travel import nearest

TOWNSHIPS = 12
_CHANNEL = 0.6  # km² of catchment from which a stream has a catchment of its own
_RIVER = 120.0  # km² from which the two banks are told apart, so that a border may follow the river


@dataclass(frozen=True)
class Division:
    """Township labels on the fine grid (1 … TOWNSHIPS, 0 outside the county), and each one's seed cell."""

    labels: np.ndarray
    seeds: tuple[int, ...]


def divide(terrain: Terrain) -> Division:
    """Deal the land out; the county is what falls to the seeds inside it and not to the ring of neighbours around."""
    seeds = _seeds(terrain)
    names = {cell: number + 1 if number < TOWNSHIPS else 99 for number, cell in enumerate(seeds)}
    area = terrain.drainage.area.reshape(terrain.ground.shape)
    cost = 1 + 6 * terrain.slope() + np.where(area > _RIVER, 8.0, 0.0)
    reached = nearest(cost, terrain.height, names, climb=0.06)
    reached[reached == 99] = 0
    labels = _majority(_catchments(terrain), reached)
    return Division(_whole(_without_needles(labels)), tuple(seeds[:TOWNSHIPS]))


def _seeds(terrain: Terrain) -> list[int]:
    """Flat cells: the seats well apart on low ground inside the county, then the neighbours' seats around it."""
    rng = np.random.default_rng(SEED + 2)
    x, y = terrain.ground.centres()
    radius = np.hypot(x / 22_300, y / 19_600)
    open_ground = (terrain.slope() < 0.05) & (radius < 0.86)
    chosen: list[int] = []
    spots = rng.permutation(np.flatnonzero(open_ground))
    spacing = 10_300.0
    while len(chosen) < TOWNSHIPS:
        chosen = []
        for cell in spots.tolist():
            if all(_apart(x, y, cell, other) > spacing for other in chosen):
                chosen.append(cell)
            if len(chosen) == TOWNSHIPS:
                break
        spacing *= 0.97
    ring = np.linspace(0, 2 * np.pi, 22, endpoint=False)
    reach = 1.36 + 0.16 * np.cos(2 * ring + 1.1) + 0.09 * np.sin(3 * ring + 0.4) + rng.uniform(-0.09, 0.09, len(ring))
    around = [
        terrain.ground.cell_of(21_800 * r * np.cos(a), 19_300 * r * np.sin(a)) for a, r in zip(ring, reach)
    ]
    return chosen + [row * terrain.ground.columns + column for row, column in around]


def _apart(x: np.ndarray, y: np.ndarray, one: int, other: int) -> float:
    return float(np.hypot(x.flat[one] - x.flat[other], y.flat[one] - y.flat[other]))


def _catchments(terrain: Terrain) -> np.ndarray:
    """Numbers of the small catchments: one for each stretch of stream, and for a river's two banks one each."""
    flow = terrain.drainage
    columns = terrain.ground.columns
    area = flow.area
    streams_in = np.bincount(flow.receiver[area > _CHANNEL], minlength=len(area))
    receiver = flow.receiver.tolist()
    number = [0] * len(receiver)
    following = 1
    for cell in flow.order.tolist():
        down = receiver[cell]
        if down == cell or (area[cell] > _CHANNEL and streams_in[down] > 1):
            number[cell] = following
            following += 2
        elif area[cell] <= _CHANNEL and area[down] > _RIVER:
            number[cell] = number[down] // 2 * 2 + (1 if _on_left(cell, down, receiver[down], columns) else 0)
        else:
            number[cell] = number[down]
    return np.array(number).reshape(terrain.ground.shape)


def _on_left(cell: int, river: int, onward: int, columns: int) -> bool:
    """Whether a cell lies left of the river as it flows from ``river`` to ``onward``."""
    down, right = onward // columns - river // columns, onward % columns - river % columns
    off_down, off_right = cell // columns - river // columns, cell % columns - river % columns
    return right * off_down - down * off_right < 0


def _majority(catchment: np.ndarray, reached: np.ndarray) -> np.ndarray:
    """Every catchment goes whole to the township that holds most of it."""
    votes = np.zeros((catchment.max() + 1, TOWNSHIPS + 1))
    np.add.at(votes, (catchment.ravel(), reached.ravel()), 1)
    return votes.argmax(axis=1)[catchment]


def _without_needles(labels: np.ndarray) -> np.ndarray:
    """Each cell takes the label that most of the 5 × 5 cells around it bear: no strips a few cells wide."""
    for _ in range(2):
        votes = np.stack([_box_sum(labels == township) for township in range(TOWNSHIPS + 1)])
        labels = votes.argmax(axis=0)
    return labels


def _box_sum(mask: np.ndarray, reach: int = 2) -> np.ndarray:
    padded = np.pad(mask.astype(int), reach + 1)[: mask.shape[0] + 2 * reach + 1, : mask.shape[1] + 2 * reach + 1]
    total = padded.cumsum(axis=0).cumsum(axis=1)
    size = 2 * reach + 1
    return total[size:, size:] - total[:-size, size:] - total[size:, :-size] + total[:-size, :-size]


def _whole(labels: np.ndarray) -> np.ndarray:
    """Each township in one patch and the county without holes: loose pieces go to the neighbour around them."""
    labels = labels.copy()
    for _ in range(4):
        for township in range(TOWNSHIPS + 1):
            patch = patches(labels == township)
            sizes = np.bincount(patch.ravel())[1:]
            for number in np.flatnonzero(sizes < sizes.max()) + 1:
                piece = patch == number
                grown = np.zeros_like(piece)
                grown[1:, :] |= piece[:-1, :]
                grown[:-1, :] |= piece[1:, :]
                grown[:, 1:] |= piece[:, :-1]
                grown[:, :-1] |= piece[:, 1:]
                labels[piece] = np.bincount(labels[grown & ~piece]).argmax()
    return labels
