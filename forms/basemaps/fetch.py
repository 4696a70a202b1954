"""One answer from a server, asked for without making the window wait, and why there was none."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QObject, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ...core.standard.errors import OriginMapError

SECONDS = 15
_LARGEST = 32 * 1024 * 1024


class Fetch(QObject):
    """Asks once at a time; a new question takes the place of the one before.

    ``answered`` brings the status of HTTP (``None`` without an answer) and the content; ``silent`` an error that says
    that no answer came in time. One of them comes once.
    """

    answered = pyqtSignal(object, bytes)
    silent = pyqtSignal(object)

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._reply: Optional[QNetworkReply] = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._too_late)

    @property
    def asking(self) -> bool:
        """Whether an answer is waited for."""
        return self._reply is not None

    def ask(self, address: str, referer: str = "", seconds: float = SECONDS) -> None:
        """Ask the server itself; nothing comes out of a cache or goes into one."""
        self.stop()
        request = QNetworkRequest(QUrl(address))
        attributes = QNetworkRequest.Attribute
        always = QNetworkRequest.CacheLoadControl.AlwaysNetwork
        follow = QNetworkRequest.RedirectPolicy.NoLessSafeRedirectPolicy
        request.setAttribute(attributes.CacheLoadControlAttribute, always)
        request.setAttribute(attributes.CacheSaveControlAttribute, False)
        request.setAttribute(attributes.RedirectPolicyAttribute, follow)
        if referer:
            request.setRawHeader(b"Referer", referer.encode("ascii"))
        self._reply = QgsNetworkAccessManager.instance().get(request)
        self._reply.downloadProgress.connect(self._watch_size)
        self._reply.finished.connect(self._finished)
        self._patience.start(round(seconds * 1000))

    def stop(self) -> None:
        """Wait no longer; nothing is told."""
        self._patience.stop()
        reply, self._reply = self._reply, None
        if reply is not None:
            reply.finished.disconnect(self._finished)
            reply.downloadProgress.disconnect(self._watch_size)
            reply.abort()
            reply.deleteLater()

    def _watch_size(self, received: int, _total: int) -> None:
        if received > _LARGEST and self._reply is not None:
            self._reply.abort()

    def _too_late(self) -> None:
        seconds = round(self._patience.interval() / 1000)
        self.stop()
        self.silent.emit(OriginMapError("BASEMAP_TIMEOUT", seconds=seconds))

    def _finished(self) -> None:
        reply = self._reply
        if reply is None:
            return
        status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        content = bytes(reply.readAll())
        self._reply = None
        self._patience.stop()
        reply.deleteLater()
        self.answered.emit(status, content)
