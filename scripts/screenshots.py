#!/usr/bin/env python3
"""Takes the pictures of the manual and of the README: the day's work of the tests once more, with a few side steps."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from as_package import register_package

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "images" / "manual"
_WIDTH = 1000
_COLOURS = 160


def main() -> None:
    """Write ``docs/images/manual``; every picture is taken anew."""
    register_package()
    # Moments in the pictures are China's, so days are too.
    os.environ["TZ"] = "Asia/Shanghai"
    time.tzset()
    # Its name can be read in some pictures, so it is the same on every machine.
    folder = Path(tempfile.gettempdir()) / "originmap"
    shutil.rmtree(folder, ignore_errors=True)
    _take(folder, folder / "raw")
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for picture in sorted((folder / "raw").glob("*.png")):
        _shrink(picture, TARGET / picture.name)
    shutil.rmtree(folder)
    size = sum(picture.stat().st_size for picture in TARGET.iterdir())
    print(f"{len(list(TARGET.iterdir()))} pictures, {size / 1e6:.1f} MB in {TARGET.relative_to(ROOT)}")


def _take(folder: Path, raw: Path) -> None:
    from originmap.scripts.desktop.checking import Checking
    from originmap.scripts.desktop.people import SAMPLE, ten_records
    from originmap.scripts.desktop.reviewing import Review
    from originmap.scripts.desktop.scenario import Day
    from originmap.scripts.desktop.session import Desktop
    from originmap.scripts.sample.workbooks import write_workbooks

    wanted = ten_records()
    with Desktop(folder) as desktop:
        day = Day(desktop, raw)
        day.get_ready()
        day.begin_collecting()
        day.take_up(wanted[0])
        day.picture("form")
        day.submit_too_early()
        for number, record in enumerate(wanted):
            if number:
                day.take_up(record)
            day.fill_in(record, pins=() if number else ("certification", "traceability"))
            if not number:
                day.picture("complete")
            day.submit(record)
            if not number:
                day.picture("submitted")
        day.search("示例采集户3")
        # Nothing of it stands in the later pictures.
        desktop.key("ctrl+k", "ctrl+a", "Delete")
        desktop.ask("show", wanted[2].longitude, wanted[2].latitude, 200)
        desktop.click("originmap_collect_next")
        day.look_at_other_ways()
        workbook, livestock = (written.path for written in write_workbooks(SAMPLE, folder)[:2])
        day.import_workbook(Path(shutil.copy(workbook, day.documents)))
        day.go_to_queue()
        for number in range(4):
            if number == 3:
                day.picture("queue_at_hand")
            day.place_one()
        day.picture("queue_placed")
        day.look_at_verifying()
        day.put_aside("电话打不通")
        day.ask_one_map("豇豆", "韭菜")
        day.style_one_map("pies")
        day.print_one_map("分布图.pdf")
        day.forget_one_map()
        Review(day).whole((wanted[0].longitude + 0.0004, wanted[0].latitude - 0.0002))
        # Livestock is collected every month: something is due on whatever day the pictures are taken.
        second = Path(shutil.copy(livestock, day.documents))
        Day(desktop).import_workbook(second)
        desktop.click("originmap_import_close")
        Checking(day).whole(next_cycle=True)
        Day(desktop).search("示例采集户3")
        desktop.click("originmap_collect_next")
        day.place_by_photo(_photo(SAMPLE / "aerial.tif", folder / "IMG_20261124.jpg"), wanted[1])
        desktop.crash()
        day.come_back()


def _photo(aerial: Path, target: Path) -> Path:
    """Something that stands for a phone's photo: a part of the aerial picture."""
    window = ["-srcwin", "900", "900", "160", "120", "-outsize", "1200", "900", "-r", "cubic"]
    subprocess.run(["gdal_translate", "-q", "-of", "JPEG", *window, str(aerial), str(target)], check=True)
    return target


def _shrink(picture: Path, target: Path) -> None:
    """Small enough for a page: at most so many pixels wide, one palette, nothing but the picture in the file."""
    subprocess.run(
        ["convert", str(picture), "-resize", f"{_WIDTH}x>", "-strip", "-colors", str(_COLOURS),
         "-define", "png:compression-level=9", f"PNG8:{target}"],
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
