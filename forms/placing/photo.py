"""Placing from a photo that knows where it was taken; the photo is kept beside the register as evidence.

It is copied when it is taken, so that nothing depends on a memory card that is pulled out before the record is saved.
A copy that no record came to use is removed when the person takes another photo: their last one at once, what was left
by a crash or by a record thrown away after a day.
"""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import NamedTuple, Optional

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageReader, QPixmap
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...core.register.editing import PointHow
from ...core.register.photos import keep_photo
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..work import Works
from ..workbench import Workbench
from . import unsettled
from .geotag import GeoTag, read_geotag
from .placed import Placed
from .unsettled import Unsettled
from .words import Words, shortened

_FOLDER = "originmap/placing/photo_folder"
_EXACT_METRES = 20.0
_SUFFIXES = (".jpg", ".jpeg")
_PREVIEW_LINES = 5
_SOURCE_LENGTH = 150


class _Taken(NamedTuple):
    """What came out of a photo."""

    register: Path
    tag: GeoTag
    name: str
    evidence: str
    new: bool
    preview: QImage

    def pixmap(self) -> QPixmap:
        """The small picture, for the window."""
        return QPixmap.fromImage(self.preview)


class PhotoPanel(QWidget):
    """Choose a photo or drop one here; the file is read and copied in the background."""

    placed = pyqtSignal(object)

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._works = Works()
        self._last: Optional[Unsettled] = None
        self._record = 0
        self.setAcceptDrops(True)
        self._preview = QLabel()
        self._preview.setObjectName("originmap_photo_preview")
        self._preview.hide()
        self._words = Words("originmap_photo_words", _what_to_do())
        self._choose = QPushButton(QCoreApplication.translate("originmap", "Choose a photo…"))
        self._choose.setObjectName("originmap_photo_choose")
        self._choose.clicked.connect(self.choose)
        row = QHBoxLayout()
        row.addWidget(self._preview, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._choose)

    def begin(self) -> None:
        """The panel was opened."""
        self._choose.setFocus()
        self.choose()

    def reset(self) -> None:
        """The next record: a photo that is still being read was meant for the last one."""
        self._record += 1
        self._preview.hide()
        if self._works.running("photo") is None:
            self._words.setText(_what_to_do())

    def release(self) -> None:
        """Hear no more of a photo that is under way."""
        self._works.abandon()

    def choose(self) -> None:
        """Let the person choose a photo; the window stays usable for everything else."""
        title = QCoreApplication.translate("originmap", "Choose a photo")
        kinds = QCoreApplication.translate("originmap", "Photos (*.jpg *.jpeg *.JPG *.JPEG)")
        folder = QgsSettings().value(_FOLDER, self._workbench.profile.folder, type=str)
        dialog = QFileDialog(self, title, folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def take(self, photo: Path) -> None:
        """Read a photo, keep it beside the register, and hand its place on."""
        session = self._workbench.session
        if session is None or self._works.running("photo") is not None:
            return
        self._choose.setEnabled(False)
        self._preview.hide()
        words = QCoreApplication.translate("originmap", "Reading {file}…")
        self._words.setText(words.format(file=shortened(photo.name)))
        title = QCoreApplication.translate("originmap", "Read a photo")
        job = partial(_take, session.path, photo, self._preview_size())
        self._works.start("photo", title, job, partial(self._taken, self._record), self._failed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One photo may be dropped."""
        if _photo_in(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        photo = _photo_in(event)
        if photo is not None:
            event.acceptProposedAction()
            self.take(photo)

    def _chosen(self, name: str) -> None:
        QgsSettings().setValue(_FOLDER, str(Path(name).parent))
        self.take(Path(name))

    def _taken(self, record: int, taken: _Taken) -> None:
        self._ready()
        before, self._last = self._last, None
        if taken.new:
            self._last = unsettled.note(taken.register, taken.evidence)
        session = self._workbench.session
        if record != self._record:
            self._words.setText(_what_to_do())
        elif session is not None and session.path == taken.register:
            self._preview.setPixmap(taken.pixmap())
            self._preview.show()
            self._words.setText(_in_words(taken))
            self.placed.emit(_placed(taken))
        self._tidy(before, taken)

    def _tidy(self, before: Optional[Unsettled], taken: _Taken) -> None:
        """Remove copies that nothing came to use; it may take a while in a large register."""
        old = unsettled.forgotten(before)
        waiting = [one for one in old if (one.register, one.evidence) != (str(taken.register), taken.evidence)]
        if waiting:
            title = QCoreApplication.translate("originmap", "Tidy up photos")
            self._works.start("tidy", title, partial(unsettled.settle, waiting), unsettled.strike, self._not_tidied)

    def _not_tidied(self, error: OriginMapError) -> None:
        """They stay listed for the next time."""

    def _failed(self, error: OriginMapError) -> None:
        self._ready()
        self._words.setText(error.sentence(self._workbench.language))

    def _ready(self) -> None:
        self._choose.setEnabled(True)
        self._choose.setText(QCoreApplication.translate("originmap", "Choose another photo…"))

    def _preview_size(self) -> tuple[int, float]:
        """Side in pixels of the screen, and how many of them are one of the window."""
        ratio = self.devicePixelRatioF()
        return round(self.fontMetrics().height() * _PREVIEW_LINES * ratio), ratio


def _take(register: Path, photo: Path, preview: tuple[int, float], progress: Progress) -> _Taken:
    """Runs in another thread."""
    tag = read_geotag(photo)
    kept = keep_photo(register, photo, progress)
    return _Taken(register, tag, photo.name, kept.evidence, kept.new, _preview(photo, *preview))


def _preview(photo: Path, side: int, ratio: float) -> QImage:
    """A small picture, upright as the phone was held; read small at once, since photos are large."""
    reader = QImageReader(str(photo))
    reader.setAutoTransform(True)
    size = reader.size()
    size.scale(side, side, Qt.AspectRatioMode.KeepAspectRatio)
    reader.setScaledSize(size)
    image = reader.read()
    image.setDevicePixelRatio(ratio)
    return image


def _placed(taken: _Taken) -> Placed:
    tag = taken.tag
    exact = tag.radius <= _EXACT_METRES
    how = PointHow(
        method="photo",
        quality="exact" if exact else "approximate",
        radius=tag.radius,
        source=" ".join(filter(None, (taken.name[:_SOURCE_LENGTH], tag.taken))),
        evidence=taken.evidence,
    )
    warning = ""
    if not exact:
        text = QCoreApplication.translate(
            "originmap", "The photo's position is good to {metres} m only; the point counts as approximate."
        )
        warning = text.format(metres=round(tag.radius))
    return Placed(tag.position, how, warning)


def _what_to_do() -> str:
    return QCoreApplication.translate(
        "originmap",
        "Choose a photo that was taken on site with the phone's location switched on, or drop it here. "
        "It is kept beside the register as evidence.",
    )


def _in_words(taken: _Taken) -> str:
    text = QCoreApplication.translate(
        "originmap", "{file}\n{taken}\nLongitude {longitude}°, latitude {latitude}°, good to about {metres} m."
    )
    longitude, latitude = taken.tag.position
    words = text.format(
        file=shortened(taken.name),
        taken=taken.tag.taken,
        longitude=f"{longitude:.6f}",
        latitude=f"{latitude:.6f}",
        metres=math.ceil(taken.tag.radius),
    )
    return "\n".join(filter(None, words.split("\n")))


def _photo_in(event: QDropEvent) -> Optional[Path]:
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    photo = Path(urls[0].toLocalFile())
    return photo if photo.suffix.lower() in _SUFFIXES else None
