"""Styles that a person changes in QGIS's own dialogs: kept in the register at once, and used wherever it is opened."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Callable, Optional

from qgis.core import Qgis, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer

from ...core.onemap.look import Look, Style
from ...core.onemap.qml import style_of
from ...core.register.kept_styles import drop_style, keep_style
from ...core.register.register import Register
from ...core.register.schema import DIVISION, RECORD
from ...core.standard.progress import Progress
from ..work import Job, Works
from ..workbench import Workbench

# Milliseconds without a change after which a person has made up their mind.
_SETTLED = 1200


class OwnStyles(QObject):
    """Watches the layers of styles.

    Args:
        workbench: whose register keeps the styles.
        anew: makes the layer of a style again.
    """

    def __init__(self, workbench: Workbench, anew: Callable[[Look], None], parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._anew = anew
        self._works = Works()
        self._watched: dict[str, tuple[Look, QgsVectorLayer, str]] = {}
        self._changed: dict[str, str] = {}
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED)
        self._settled.timeout.connect(self.keep)

    def watch(self, layer: QgsVectorLayer, look: Look) -> None:
        """Follow what becomes of a layer's style from now on."""
        self._watched[look.name] = (look, layer, style_of(layer))
        layer.styleChanged.connect(self._settled.start)
        layer.willBeDeleted.connect(partial(self._watched.pop, look.name, None))

    def changed(self, name: str) -> str:
        """How a person changed a style since the register was opened, as QML; empty where they did not."""
        return self._changed.get(name, "")

    def keep(self) -> None:
        """Write down what has changed."""
        self._settled.stop()
        session = self._workbench.session
        for name, (look, layer, before) in list(self._watched.items()):
            now = style_of(layer)
            if now == before or session is None:
                continue
            self._watched[name] = (look, layer, now)
            self._changed[name] = now
            if session.read_only:
                self._workbench.tell(session.read_only, Qgis.MessageLevel.Warning)
                continue
            title = QCoreApplication.translate("originmap", "Keeping the style")
            job = _keep_job(session.path, look, now, self._workbench.profile.name)
            self._works.start(name, title, job, partial(self._kept, look), self._workbench.tell_error, instead=True)

    def reset(self, look: Look) -> None:
        """Back to the style as it comes."""
        self._settled.stop()
        self._watched.pop(look.name, None)
        self._changed.pop(look.name, None)
        title = QCoreApplication.translate("originmap", "Keeping the style")
        job = _drop_job(self._workbench.session.path, look.name)
        follow = partial(self._dropped, look)
        self._works.start(look.name, title, job, follow, self._workbench.tell_error, instead=True)

    def release(self) -> None:
        """Hear of nothing any more; what is being written is written."""
        self._settled.stop()
        self._watched.clear()
        self._changed.clear()

    def _kept(self, look: Look, outcome: object) -> None:
        translate = QCoreApplication.translate
        text = translate("originmap", "Your style is kept in the register: {style}").format(style=look.name)
        back = translate("originmap", "Back to the usual style")
        self._workbench.tell(text, Qgis.MessageLevel.Success, back, partial(self.reset, look))

    def _dropped(self, look: Look, outcome: object) -> None:
        self._anew(look)


def _keep_job(path: Path, look: Look, qml: str, by: str) -> Job:
    def job(progress: Progress) -> None:
        with Register.open(path) as register:
            keep_style(register, look.name, qml, by, DIVISION if look.style is Style.DIVISIONS else RECORD)

    return job


def _drop_job(path: Path, name: str) -> Job:
    def job(progress: Progress) -> None:
        with Register.open(path) as register:
            drop_style(register, name)

    return job
