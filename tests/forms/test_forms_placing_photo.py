"""Photos with and without a position: read, kept beside the register only once, and none left as an orphan."""

from __future__ import annotations

import json
import os
import struct
import time
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsExifTools, QgsPointXY, QgsSettings
from qgis.PyQt.QtCore import QMimeData, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QColor, QDropEvent, QImage
from qgis.PyQt.QtWidgets import QFileDialog, QLabel, QPushButton

from originmap.core.register import pending
from originmap.core.register.photos import keep_photo
from originmap.core.standard.errors import OriginMapError
from originmap.core.standard.progress import Cancelled, Silent
from originmap.forms.placing import unsettled
from originmap.forms.placing.geotag import by_gdal, by_qgis, read_geotag
from originmap.forms.placing.photo import PhotoPanel

SITE = (109.690508333, 19.912025)
UID = "0b0f1f6e-3a51-4f0e-9d5e-000000000001"
NORTH = ((19, 1), (54, 1), (4329, 100))
EAST = ((109, 1), (41, 1), (2583, 100))


def jpeg(path: Path, colour="#5a8c3c", size=(640, 480)) -> Path:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path), "JPG")
    return path


def tagged(path: Path, north=NORTH, east=EAST, error=None, colour="#5a8c3c") -> Path:
    """A photo with the tags that phones write (EXIF 2.3, 4.6.6), put into it byte by byte."""
    plain = jpeg(path, colour).read_bytes()
    entries = [(1, 2, b"N\0"), (2, 5, _ratios(north)), (3, 2, b"E\0"), (4, 5, _ratios(east))]
    if error is not None:
        entries.append((31, 5, _ratios([error])))
    taken = b"2026:11:20 08:30:00\0"
    # header, one directory with the pointers to the two others, which follow it
    gps_at = 8 + _length(2)
    exif_at = gps_at + _length(len(entries)) + sum(len(data) for _, _, data in entries if len(data) > 4)
    main = _directory(8, [(0x8769, 4, struct.pack(">I", exif_at)), (0x8825, 4, struct.pack(">I", gps_at))])
    body = b"MM\0*\0\0\0\x08" + main + _directory(gps_at, entries) + _directory(exif_at, [(0x9003, 2, taken)])
    segment = b"Exif\0\0" + body
    path.write_bytes(plain[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + plain[2:])
    return path


def _ratios(pairs):
    return b"".join(struct.pack(">II", *pair) for pair in pairs)


def _length(entries):
    return 2 + 12 * entries + 4


def _directory(at, entries):
    sizes = {2: 1, 4: 4, 5: 8}
    head, tail = struct.pack(">H", len(entries)), b""
    behind = at + _length(len(entries))
    for tag, kind, data in entries:
        value = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(">I", behind + len(tail))
        head += struct.pack(">HHI", tag, kind, len(data) // sizes[kind]) + value
        tail += data if len(data) > 4 else b""
    return head + b"\0\0\0\0" + tail


@pytest.fixture
def panel(opened, qtbot):
    panel = PhotoPanel(opened)
    qtbot.addWidget(panel)
    panel.show()
    panel.places = []
    panel.placed.connect(panel.places.append)
    yield panel
    panel.release()


def take(panel, qtbot, photo):
    with qtbot.waitSignal(panel.placed):
        panel.take(photo)
    qtbot.waitUntil(lambda: panel._works.running("tidy") is None)
    return panel.places[-1]


def kept(register_path):
    return sorted(path.name for path in (register_path.parent / "档案库_photos").iterdir())


def words(panel):
    return panel.findChild(QLabel, "originmap_photo_words").text()


@pytest.mark.parametrize(
    ("north", "east", "metres"),
    [
        (NORTH, EAST, 0.01),
        (((19, 1), (547215, 10000), (0, 1)), ((109, 1), (41430500, 1000000), (0, 1)), 1.0),
        (((199120250, 10000000), (0, 1), (0, 1)), ((1096905083, 10000000), (0, 1), (0, 1)), 60.0),
    ],
)
def test_both_readers_find_the_same_place(qgis_app, tmp_path, north, east, metres):
    photo = tagged(tmp_path / "IMG_1.jpg", north, east, (35, 10))
    ours, other = by_qgis(photo), by_gdal(photo)
    assert ours.position == pytest.approx(SITE, abs=1e-6)
    assert ours.radius == 3.5
    assert other.position == pytest.approx(ours.position, abs=metres / 111_320)
    assert other.radius == pytest.approx(max(3.5, metres), rel=0.1)
    assert ours.taken == other.taken == "2026-11-20 08:30"


def test_the_southern_and_western_halves_are_outside(qgis_app, tmp_path):
    photo = jpeg(tmp_path / "a.jpg")
    QgsExifTools.geoTagImage(str(photo), QgsPointXY(-70.5, -33.5))
    assert by_gdal(photo).position == pytest.approx((-70.5, -33.5), abs=1e-6)
    with pytest.raises(OriginMapError) as failed:
        read_geotag(photo)
    assert failed.value.code == "PHOTO_OUT"


def test_a_photo_places_and_is_kept_beside_the_register(panel, opened, register_path, tmp_path, qtbot):
    photo = tagged(tmp_path / "大棚 东侧.jpg")
    placed = take(panel, qtbot, photo)
    assert placed.position == pytest.approx(SITE, abs=1e-8)
    assert (placed.how.method, placed.how.quality, placed.how.radius) == ("photo", "exact", 10.0)
    assert placed.how.evidence == "档案库_photos/大棚 东侧.jpg"
    assert (register_path.parent / placed.how.evidence).read_bytes() == photo.read_bytes()
    assert "大棚 东侧.jpg" in placed.how.source and "2026-11-20 08:30" in placed.how.source
    assert not panel.findChild(QLabel, "originmap_photo_preview").pixmap().isNull()
    values = {"uid": UID, **placed.how.values("张示例")}
    saved = opened.session.editor.add(values, QgsPointXY(*placed.position), "photo")
    assert saved.ok, saved.error


def test_the_same_photo_twice_is_kept_once(panel, register_path, tmp_path, qtbot):
    photo = tagged(tmp_path / "IMG_1.jpg")
    first = take(panel, qtbot, photo)
    again = tagged(tmp_path / "copy.jpg")
    assert take(panel, qtbot, again).how.evidence == first.how.evidence
    assert kept(register_path) == ["IMG_1.jpg"]


def test_other_photos_of_the_same_name_are_all_kept(opened, register_path, tmp_path):
    names = []
    for number, colour in enumerate(("#111111", "#222222", "#333333")):
        folder = tmp_path / str(number)
        folder.mkdir()
        photo = tagged(folder / "IMG_1.jpg", colour=colour)
        names.append(keep_photo(register_path, photo, Silent()).evidence)
    assert len(set(names)) == 3
    assert kept(register_path) == ["IMG_1.jpg", "IMG_1_2.jpg", "IMG_1_3.jpg"]


def test_long_names_fit_the_record(opened, register_path, tmp_path):
    photo = tagged(tmp_path / f"{'照' * 78}.jpg")
    evidence = keep_photo(register_path, photo, Silent()).evidence
    assert len(evidence) < opened.session.standard.field("evidence").max_length


def test_another_photo_takes_the_place_of_one_that_was_not_saved(panel, register_path, tmp_path, qtbot):
    take(panel, qtbot, tagged(tmp_path / "one.jpg", colour="#111111"))
    take(panel, qtbot, tagged(tmp_path / "two.jpg", colour="#222222"))
    assert kept(register_path) == ["two.jpg"]
    assert [one.evidence for one in unsettled.listed()] == ["档案库_photos/two.jpg"]


def test_a_saved_photo_stays_also_when_its_record_gets_another(panel, opened, register_path, tmp_path, qtbot):
    first = take(panel, qtbot, tagged(tmp_path / "one.jpg", colour="#111111"))
    assert opened.session.editor.add({"uid": UID, **first.how.values("")}, QgsPointXY(*first.position), "new").ok
    second = take(panel, qtbot, tagged(tmp_path / "two.jpg", colour="#222222"))
    assert opened.session.editor.move(UID, QgsPointXY(*second.position), second.how, "move").ok
    take(panel, qtbot, tagged(tmp_path / "three.jpg", colour="#333333"))
    assert kept(register_path) == ["one.jpg", "three.jpg", "two.jpg"]


def test_a_photo_of_a_draft_after_a_crash_stays(panel, register_path, tmp_path, qtbot):
    folder = Path(QgsApplication.qgisSettingsDirPath()) / "originmap" / "drafts" / "x"
    draft = pending.draft_file(folder, register_path)
    for name, colour in (("draft.jpg", "#111111"), ("orphan.jpg", "#222222")):
        evidence = keep_photo(register_path, tagged(tmp_path / name, colour=colour), Silent()).evidence
        entries = [*unsettled.listed(), unsettled.Unsettled(str(register_path), evidence, time.time() - 100_000)]
        QgsSettings().setValue("originmap/placing/unsettled_photos", json.dumps(entries))
    pending.keep(draft, pending.Pending({"evidence": "档案库_photos/draft.jpg"}, SITE))
    try:
        take(panel, qtbot, tagged(tmp_path / "new.jpg", colour="#333333"))
        assert kept(register_path) == ["draft.jpg", "new.jpg"]
    finally:
        pending.forget(draft)


def test_what_was_copied_an_hour_ago_elsewhere_is_left_alone(panel, register_path, tmp_path, qtbot):
    evidence = keep_photo(register_path, tagged(tmp_path / "other.jpg", colour="#111111"), Silent()).evidence
    entry = unsettled.Unsettled(str(register_path), evidence, time.time() - 3600)
    QgsSettings().setValue("originmap/placing/unsettled_photos", json.dumps([entry]))
    take(panel, qtbot, tagged(tmp_path / "new.jpg", colour="#333333"))
    assert kept(register_path) == ["new.jpg", "other.jpg"]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: jpeg(path), "PHOTO_NO_PLACE"),
        (lambda path: tagged(path, ((0, 1),) * 3, ((0, 1),) * 3), "PHOTO_OUT"),
        (lambda path: path.write_text("no photo"), "PHOTO_UNREADABLE"),
        (lambda path: None, "PHOTO_UNREADABLE"),
    ],
)
def test_a_photo_without_a_place_says_what_to_do(panel, opened, register_path, tmp_path, qtbot, make, code):
    photo = tmp_path / "IMG_2.jpg"
    make(photo)
    panel.take(photo)
    choose = panel.findChild(QPushButton, "originmap_photo_choose")
    qtbot.waitUntil(choose.isEnabled)
    assert words(panel) == OriginMapError(code, file=photo.name).sentence(opened.language)
    assert not panel.places
    assert not (register_path.parent / "档案库_photos").exists()


def test_a_folder_that_cannot_be_made_is_said(panel, opened, register_path, tmp_path, qtbot):
    register_path.with_name("档案库_photos").write_text("a file stands in the way")
    panel.take(tagged(tmp_path / "IMG_3.jpg"))
    qtbot.waitUntil(panel.findChild(QPushButton, "originmap_photo_choose").isEnabled)
    error = OriginMapError("PHOTO_NOT_KEPT", file="IMG_3.jpg", folder="档案库_photos")
    assert words(panel) == error.sentence(opened.language)
    assert not panel.places


def test_cancelling_leaves_no_file(opened, register_path, tmp_path):
    class Stop(Silent):
        def is_cancelled(self):
            return True

    with pytest.raises(Cancelled):
        keep_photo(register_path, tagged(tmp_path / "big.jpg"), Stop())
    assert kept(register_path) == []


def test_a_large_photo_is_copied_whole(opened, register_path, tmp_path):
    photo = tagged(tmp_path / "big.jpg")
    with photo.open("ab") as file:
        file.write(os.urandom(30_000_000))
    seen = []

    class Watching(Silent):
        def set_fraction(self, fraction):
            seen.append(fraction)

    evidence = keep_photo(register_path, photo, Watching()).evidence
    assert (register_path.parent / evidence).read_bytes() == photo.read_bytes()
    assert len(seen) > 20 and seen[-1] == 1.0 and seen == sorted(seen)


def test_the_file_dialog_leads_to_the_photo(panel, tmp_path, qtbot):
    photo = tagged(tmp_path / "IMG_4.jpg")
    panel.begin()
    dialog = panel.findChild(QFileDialog)
    with qtbot.waitSignal(panel.placed):
        dialog.fileSelected.emit(str(photo))
    dialog.reject()
    assert panel.places[0].how.evidence.endswith("IMG_4.jpg")
    assert QgsSettings().value("originmap/placing/photo_folder") == str(tmp_path)


def test_a_photo_can_be_dropped(panel, tmp_path, qtbot):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tagged(tmp_path / "IMG_5.JPG")))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(panel.placed):
        panel.dropEvent(drop)
    assert panel.places


def test_a_register_closed_meanwhile_gets_no_point(panel, opened, tmp_path, qtbot):
    panel.take(tagged(tmp_path / "IMG_6.jpg"))
    opened.close()
    qtbot.waitUntil(panel.findChild(QPushButton, "originmap_photo_choose").isEnabled)
    assert not panel.places


def test_a_photo_that_comes_too_late_does_not_hit_the_next_record(panel, register_path, tmp_path, qtbot):
    panel.take(tagged(tmp_path / "IMG_6.jpg", colour="#111111"))
    panel.reset()
    qtbot.waitUntil(panel.findChild(QPushButton, "originmap_photo_choose").isEnabled)
    assert not panel.places
    take(panel, qtbot, tagged(tmp_path / "IMG_7.jpg", colour="#222222"))
    assert kept(register_path) == ["IMG_7.jpg"]


def test_release_while_a_photo_is_read(opened, tmp_path, qtbot):
    panel = PhotoPanel(opened)
    qtbot.addWidget(panel)
    panel.placed.connect(lambda placed: pytest.fail("nobody is there any more"))
    panel.take(tagged(tmp_path / "IMG_7.jpg"))
    panel.release()
    qtbot.wait(300)
