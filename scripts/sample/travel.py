"""How far it is over hills and rivers: least-cost travel on a grid."""

from __future__ import annotations

import heapq
from typing import Iterable, Mapping

import numpy as np

_STEPS = ((-1, 0, 1.0), (1, 0, 1.0), (0, -1, 1.0), (0, 1, 1.0), (-1, -1, 1.4142), (-1, 1, 1.4142), (1, -1, 1.4142),
          (1, 1, 1.4142))


def nearest(cost: np.ndarray, height: np.ndarray, seeds: Mapping[int, int], climb: float) -> np.ndarray:
    """For every cell the label of the seed from which it is reached most cheaply.

    Args:
        cost: of crossing each cell, per cell.
        height: in the unit of ``climb``.
        seeds: label by flat cell index.
        climb: cost of one unit of height up or down.
    """
    _, label, _ = _spread(cost, height, climb, seeds, frozenset())
    return np.array(label).reshape(cost.shape)


def path(cost: np.ndarray, height: np.ndarray, climb: float, start: int, goals: Iterable[int]) -> list[int]:
    """Flat cells of the cheapest way from ``start`` to the first of the goals."""
    reached, _, before = _spread(cost, height, climb, {start: 1}, frozenset(goals))
    way = [reached]
    while before[way[-1]] >= 0:
        way.append(before[way[-1]])
    return way[::-1]


def _spread(
    cost: np.ndarray, height: np.ndarray, climb: float, seeds: Mapping[int, int], goals: frozenset[int]
) -> tuple[int, list[int], list[int]]:
    rows, columns = cost.shape
    price = cost.ravel().tolist()
    level = height.ravel().tolist()
    total = rows * columns
    best = [float("inf")] * total
    label = [0] * total
    before = [-1] * total
    heap = []
    for cell, name in seeds.items():
        best[cell] = 0.0
        label[cell] = name
        heap.append((0.0, cell))
    heapq.heapify(heap)
    while heap:
        so_far, cell = heapq.heappop(heap)
        if cell in goals:
            return cell, label, before
        if so_far > best[cell]:
            continue
        row, column = divmod(cell, columns)
        for down, right, length in _STEPS:
            if not (0 <= row + down < rows and 0 <= column + right < columns):
                continue
            other = cell + down * columns + right
            there = so_far + length * (price[cell] + price[other]) / 2 + climb * abs(level[other] - level[cell])
            if there < best[other]:
                best[other] = there
                label[other] = label[cell]
                before[other] = cell
                heapq.heappush(heap, (there, other))
    return -1, label, before
