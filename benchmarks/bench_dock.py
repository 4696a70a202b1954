"""What a person waits for in a small and a large register: the panel, the form after a click, the end of saving."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from harness import start_qgis
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsProject, QgsRectangle
from qgis.gui import QgsGui
from window import settle, window_with_map

ROOT = Path(__file__).resolve().parents[1]
CHUNK = 5_000
SMALL = 1_000


def _make_register(path: Path, count: int) -> None:
    """Drafts of annex 1 with names of their own, at points of their own."""
    from originmap.core.register.create import create_register
    from originmap.core.register.geometry import point_blobs
    from originmap.core.register.writing import ImportInfo, new_uids
    from originmap.core.standard.model import load_standard

    fields = [field for field in load_standard().fields if field.annex is not None]
    names = tuple(field.name for field in fields if field.name != "uid")
    examples = {field.name: field.example or None for field in fields}
    examples.update(certification='["green"]', traceability='["certificate"]', scale=12.5)
    rng = np.random.default_rng(1)
    made = create_register(path, "999901", "示例县", city_name="示例市", province_name="示例省")
    with made as register, register.importing(ImportInfo("bench.xlsx", "0" * 64)) as session:
        for start in range(0, count, CHUNK):
            size = min(CHUNK, count - start)
            blobs = point_blobs(rng.uniform(110, 111, size), rng.uniform(19, 20, size))
            rows = []
            for number, uid, blob in zip(range(start, start + size), new_uids(size), blobs):
                own = {**examples, "producer_name": f"示例主体{number}"}
                rows.append((*(own[name] for name in names), uid, "draft", blob))
            session.insert((*names, "uid", "status", "geom"), rows)


def _measure(path: Path, rounds: int) -> dict[str, float]:
    """Median seconds of each wait."""
    from originmap.forms.collect.page import CollectPage
    from originmap.forms.panel import Panel
    from originmap.forms.workbench import Workbench

    iface = window_with_map()
    canvas = iface.mapCanvas()
    workbench = Workbench(iface)
    waits: dict[str, list[float]] = {}
    waits["register to open"] = [_timed(lambda: workbench.open(path))]
    panels: list[Panel] = []
    waits["panel to open"] = [_timed(lambda: panels.append(_shown(Panel(workbench))))]
    settle(lambda: bool(QgsProject.instance().fileName()))
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    page = CollectPage(workbench)
    _shown(page)
    page.enter()
    for number in range(rounds + 1):
        click, save = _one_record(workbench, page, number)
        if number:
            waits.setdefault("click to form", []).append(click)
            waits.setdefault("save to ready", []).append(save)
    page.release()
    panels[0].release()
    workbench.close()
    workbench.release()
    return {name: median(seconds) for name, seconds in waits.items()}


def _one_record(workbench: object, page: object, number: int) -> tuple[float, float]:
    from originmap.core.register.editing import PointHow
    from originmap.forms.placing.placed import Placed

    place = QgsPointXY(110.2 + number * 0.001, 19.4)
    workbench.canvas.setExtent(QgsRectangle.fromCenterAndSize(place, 0.002, 0.002))
    page.picker.show_chosen("cowpea")
    desk = page.desk
    placed = Placed((place.x(), place.y()), PointHow("imagery"))
    click = _timed(lambda: (desk.placed(placed), page.grab()))
    desk.sheet.form.set_value("producer_name", f"示例采集户{number}")
    save = _timed(lambda: (desk.save(), page.grab(), settle(lambda: not desk.saving.busy)))
    desk.next_point()
    return click, save


def _timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _shown(widget: object) -> object:
    widget.resize(360, 800)
    widget.show()
    widget.grab()
    return widget


def main() -> None:
    """Print seconds for a small and a large register, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    application = start_qgis(windows=True)
    QgsGui.editorWidgetRegistry().initEditors()
    with tempfile.TemporaryDirectory() as folder:
        waits = []
        # The first one warms up: what it imports and caches is no matter of the register's size.
        for number, count in enumerate((SMALL, SMALL, options.rows)):
            path = Path(folder) / f"{number}.gpkg"
            _make_register(path, count)
            waits.append(_measure(path, options.rounds))
        for name, small in waits[1].items():
            large = waits[2][name]
            print(
                f"{name}: {small:.3f} s with {SMALL:,}, {large:.3f} s with {options.rows:,}, ratio {large / small:.2f}"
            )
    del application


if __name__ == "__main__":
    main()
