"""Queries, counts and statistics against the SQL that does the bare work; what is painted against QGIS's own styles;
how long a tick holds the window."""

from __future__ import annotations

import argparse
import os
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from harness import register_package
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsMapRendererParallelJob,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsMarkerSymbol,
    QgsRectangle,
    QgsRendererCategory,
)
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtWidgets import QApplication
from window import window_with_map

ROOT = Path(__file__).resolve().parents[1]
CHUNK = 10_000
TOWNS, VILLAGES = 15, 12


def _columns(count: int) -> dict[str, list]:
    """Records of all kinds, as varied as a county's; drafts, so that the import takes them."""
    from originmap.core.register.writing import new_uids
    from originmap.core.standard.model import load_standard

    rng = np.random.default_rng(1)
    varieties = load_standard().varieties
    which = rng.integers(0, len(varieties), count).tolist()
    town, village = rng.integers(0, TOWNS, count).tolist(), rng.integers(0, VILLAGES, count).tolist()
    start = np.datetime64("2025-01-01") + rng.integers(0, 365, count)
    end = np.datetime_as_string(start + rng.integers(20, 150, count)).tolist()
    collected = np.datetime_as_string(start - rng.integers(0, 60, count)).tolist()
    ratio = np.round(rng.lognormal(1, 1, count), 1).tolist()

    def any_of(*values: str) -> list[str]:
        return [values[place] for place in rng.integers(0, len(values), count).tolist()]

    return {
        "uid": new_uids(count),
        "township": [f"镇{number}" for number in town],
        "village": [f"村{number}" for number in village],
        "division_code": [f"9999011{a:02d}{b:03d}" for a, b in zip(town, village)],
        "producer_name": [f"示例合作社{number}" for number in rng.integers(0, max(count // 3, 1), count).tolist()],
        "producer_type": any_of("enterprise", "cooperative", "family_farm", "household"),
        "industry": [varieties[number].industry for number in which],
        "variety": [varieties[number].code for number in which],
        "unit": [varieties[number].unit for number in which],
        "scale": [times * varieties[number].threshold for times, number in zip(ratio, which)],
        "certification": any_of('["none"]', '["green"]', '["green","organic"]'),
        "traceability": any_of('["certificate"]', '["certificate","trace_code"]'),
        "site_name": [f"基地{number}" for number in range(count)],
        "site_address": [f"镇{a}村{b}第{c % 9}组" for a, b, c in zip(town, village, range(count))],
        "contact_phone": [f"138{number:08d}" for number in range(count)],
        "cycle": [day[:7] for day in collected],
        "market_start": np.datetime_as_string(start).tolist(),
        "market_end": end,
        "collected_on": collected,
        "collector_name": [f"王示例{a * 3 + b % 3}" for a, b in zip(town, village)],
        "point_quality": any_of("exact", "exact", "exact", "approximate"),
        "record_key": [f"{number:016x}" for number in range(count)],
    }


def _fill(path: Path, count: int) -> None:
    from originmap.core.register.create import create_register
    from originmap.core.register.geometry import area_blob, point_blobs
    from originmap.core.register.writing import ImportInfo

    columns = _columns(count)
    rng = np.random.default_rng(2)
    town = np.array([int(name[1:]) for name in columns["township"]])
    x = 110 + 0.1 * (town % 5) + rng.uniform(0, 0.1, count)
    y = 19 + 0.1 * (town // 5) + rng.uniform(0, 0.1, count)
    with create_register(path, "999901", "示例县", replace=True) as register:
        with register.importing(ImportInfo("bench.xlsx", "0" * 64)) as session:
            for first in range(0, count, CHUNK):
                piece = slice(first, first + CHUNK)
                rows = zip(*(column[piece] for column in columns.values()), point_blobs(x[piece], y[piece]))
                session.insert((*columns, "geom"), list(rows))
        for number in range(TOWNS):
            register.connection.execute(
                "INSERT INTO division (code, name, level, geom) VALUES (?, ?, 'township', ?)",
                (f"9999011{number:02d}", f"镇{number}", area_blob(_square(number))),
            )


def _square(number: int):  # type: ignore[no-untyped-def]
    from qgis.core import QgsGeometry, QgsRectangle

    west, south = 110 + 0.1 * (number % 5), 19 + 0.1 * (number // 5)
    shape = QgsGeometry.fromRect(QgsRectangle(west, south, west + 0.1, south + 0.1))
    shape.convertToMultiType()
    return shape


def _against(name: str, ours: Callable[[], object], peer: Callable[[], object], rounds: int, peer_name: str) -> None:
    """Both take turns; print the medians, the ratio of each round from the least to the largest, and that of
    processor time, which other work on the machine disturbs less."""
    times: tuple[list[float], list[float]] = ([], [])
    processor: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, taken, used in zip((ours, peer), times, processor):
            began, began_work = time.perf_counter(), time.process_time()
            work()
            taken.append(time.perf_counter() - began)
            used.append(time.process_time() - began_work)
    mine, theirs = (1000 * median(taken) for taken in times)
    each = sorted(one / other for one, other in zip(*times))
    work_ratio = median(processor[0]) / median(processor[1])
    ratios = f"ratio {mine / theirs:.2f} ({each[0]:.2f}–{each[-1]:.2f}), processor {work_ratio:.2f}"
    print(f"{name}: {mine:.0f} ms, {peer_name} {theirs:.0f} ms, {ratios}", flush=True)


def _settings(layer, extent=None) -> QgsMapSettings:  # type: ignore[no-untyped-def]
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(1000, 700))
    settings.setExtent(extent or layer.extent())
    settings.setFlag(QgsMapSettings.Flag.Antialiasing, True)
    settings.setFlag(QgsMapSettings.Flag.UseRenderingOptimization, True)
    return settings


def _paint(layer, extent=None) -> None:  # type: ignore[no-untyped-def]
    job = QgsMapRendererSequentialJob(_settings(layer, extent))
    job.start()
    job.waitForFinished()


def _first_paint(layer) -> None:  # type: ignore[no-untyped-def]
    """As a canvas does it, until the picture shows anything."""
    job = QgsMapRendererParallelJob(_settings(layer))
    job.start()
    blank = job.renderedImage()
    while job.isActive() and job.renderedImage() == blank:
        time.sleep(0.002)
    job.cancelWithoutBlocking()
    job.waitForFinished()


def _plain(standard, symbol_of) -> QgsCategorizedSymbolRenderer:  # type: ignore[no-untyped-def]
    """Categories of the product as QGIS makes them with "Classify", all other values among them."""
    categories = [QgsRendererCategory(v.code, symbol_of(v), v.title) for v in standard.varieties]
    return QgsCategorizedSymbolRenderer("variety", [*categories, QgsRendererCategory("", symbol_of(None), "")])


def _measure(path: Path, rounds: int) -> None:
    from originmap.core.onemap.facets import facets
    from originmap.core.onemap.filtered import count, filter_layer
    from originmap.core.onemap.query import TICKED, Query, Scale, seasons_of_months
    from originmap.core.onemap.statistics import By, read_cube
    from originmap.core.register.layers import open_layer
    from originmap.core.standard.model import load_standard

    standard = load_standard()
    asked = {
        "one product": Query(varieties=("cowpea",)),
        "product, township, scale, months": Query(
            ("cowpea",), (), (Scale(2, unit="mu"),), ("999901105",), on_market=seasons_of_months([4, 5, 6])
        ),
        "one township": Query(divisions=("999901105",)),
        "scale in multiples": Query(scales=(Scale(5, 20),)),
        "months over New Year": Query(on_market=seasons_of_months([11, 12, 1])),
        "a word": Query(text="合作社77"),
    }
    _measure_paint(path, rounds)
    layer = open_layer(path)
    with closing(sqlite3.connect(path)) as connection:

        def sql(statement: str) -> Callable[[], object]:
            return lambda: connection.execute(statement).fetchall()

        def apply(query: Query) -> None:
            layer.setSubsetString("")
            filter_layer(layer, query, standard)
            layer.featureCount()

        bare = sql("SELECT count(*) FROM record NOT INDEXED WHERE status <> 'ended'")
        for name, query in asked.items():
            _against(f"count: {name}", lambda q=query: count(connection, q, standard), bare, rounds, "bare count")
            _against(f"apply: {name}", lambda q=query: apply(q), bare, rounds, "bare count")
        one = sql("SELECT producer_type, count(*) FROM record NOT INDEXED WHERE status <> 'ended' GROUP BY 1")
        _against("counts of 15 conditions", lambda: facets(connection, Query(), standard), one, rounds, "one GROUP BY")
        columns = (*TICKED.values(), "cycle", "division_code", "substr(market_start, 6, 2)", "scale > 10")
        fifteen = [
            sql(f"SELECT {column}, count(*) FROM record NOT INDEXED WHERE status <> 'ended' GROUP BY 1")
            for column in columns
        ]
        _against(
            "counts of 15 conditions",
            lambda: facets(connection, Query(), standard),
            lambda: [group() for group in fifteen],
            rounds,
            "fifteen GROUP BY",
        )
        grouped = sql(
            "SELECT substr(division_code, 1, 9), variety, substr(market_start, 6, 2), count(*), sum(scale), "
            "count(DISTINCT producer_name) FROM record WHERE status <> 'ended' GROUP BY 1, 2, 3"
        )

        def statistics() -> None:
            cube = read_cube(connection, Query(), standard)
            for by in ((), (By.DIVISION,), (By.VARIETY,), (By.DIVISION, By.VARIETY), tuple(By)):
                cube.grouped(*by)
            cube.calendar()

        _against("statistics, six tables", statistics, grouped, rounds, "one GROUP BY")


def _measure_pause(path: Path, rounds: int) -> None:
    """The longest time that the window is held, from a tick until the new numbers stand beside the conditions."""
    from originmap.forms.onemap.page import OneMapPage
    from originmap.forms.onemap.tick_tree import TickTree
    from originmap.forms.workbench import Workbench

    workbench = Workbench(window_with_map())
    workbench.open(path)
    page = OneMapPage(workbench)
    page.resize(360, 800)
    page.show()
    _longest(page, page.enter)
    products = page.findChild(TickTree, "originmap_onemap_varieties")
    ticks = [products.topLevelItem(number) for number in range(rounds)]
    pauses = [_longest(page, lambda t=tick: t.setCheckState(0, Qt.CheckState.Checked)) for tick in ticks]
    print(f"longest pause after a tick: {1000 * median(pauses):.0f} ms ({1000 * max(pauses):.0f} at most)", flush=True)
    page.release()
    workbench.close()
    workbench.release()


def _longest(page, begin: Callable[[], object]) -> float:  # type: ignore[no-untyped-def]
    held = [_seconds(begin)]
    while page.counting:
        held.append(_seconds(QApplication.processEvents))
    return max(held)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _measure_paint(path: Path, rounds: int) -> None:
    from originmap.core.onemap.aggregates import cell_layer, division_layer
    from originmap.core.onemap.graduated import graduated_renderer
    from originmap.core.onemap.pies import style_pies
    from originmap.core.onemap.query import Query
    from originmap.core.onemap.renderer import variety_renderer, variety_symbol
    from originmap.core.register.layers import open_layer
    from originmap.core.standard.model import load_standard

    standard = load_standard()

    def symbol(variety):  # type: ignore[no-untyped-def]
        return variety_symbol(variety, 2.0) if variety else QgsMarkerSymbol.createSimple({})

    ours, plain, silhouettes = (open_layer(path) for _ in range(3))
    ours.setRenderer(variety_renderer(standard))
    plain.setRenderer(_plain(standard, lambda v: QgsMarkerSymbol.createSimple({"color": v.colour if v else "grey"})))
    silhouettes.setRenderer(_plain(standard, symbol))
    township = QgsRectangle(110.1, 19.1, 110.2, 19.2)
    for name, paint in (
        ("paint all", _paint),
        ("paint one township", lambda layer: _paint(layer, township)),
        ("first paint", _first_paint),
    ):
        _against(name, lambda p=paint: p(ours), lambda p=paint: p(plain), rounds, "circles by product")
    _against("paint all", lambda: _paint(ours), lambda: _paint(silhouettes), rounds, "silhouettes by product")
    areas = division_layer(path, Query(), standard, 9)
    areas.setRenderer(graduated_renderer(areas, "records"))
    pies = cell_layer(path, Query(), standard, 0.05)
    style_pies(pies, Query(), standard)
    _against("paint divisions by number", lambda: _paint(areas), lambda: _paint(plain), rounds, "circles by product")
    _against("paint pies", lambda: _paint(pies), lambda: _paint(plain), rounds, "circles by product")


def main() -> None:
    """Print milliseconds and ratios of medians, both ways in one run and taking turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    application = QgsApplication([], True)
    application.initQgis()
    QgsGui.editorWidgetRegistry().initEditors()
    register_package()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "county.gpkg"
        _fill(path, options.rows)
        print(f"{options.rows:,} records")
        _measure(path, options.rounds)
        _measure_pause(path, options.rounds)


if __name__ == "__main__":
    main()
