"""Hands Tianditu's key to its layers while the plugin is loaded, in memory only, and tells when it is refused.

A layer's source, which projects, layer files and the clipboard take along, never has the key: it is given to the
layer's data provider, which draws. So whoever opens the project sees the imagery with a key of their own.
"""

from __future__ import annotations

from typing import Iterable, Iterator

from qgis.core import QgsMapLayer, QgsNetworkAccessManager, QgsNetworkReplyContent, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer
from qgis.PyQt.QtNetwork import QNetworkRequest

from ...core.onemap import tianditu
from ..workbench import Workbench
from . import key_store

_REFUSED = (403, 418)
# Of QGIS's own patience: what runs into that is written into its log with the whole address.
_PATIENCE = 0.9


class KeyedLayers(QObject):
    """One per loaded plugin."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._key = ""
        self._told: set[int] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look)
        self._network = QgsNetworkAccessManager.instance()
        self._network.finished[QgsNetworkReplyContent].connect(self._answered)
        self._preprocessor = QgsNetworkAccessManager.setRequestPreprocessor(_give_up_in_time)
        QgsProject.instance().layersAdded.connect(self._layers_added)
        self._layers_added(QgsProject.instance().mapLayers().values())

    def use(self, key: str) -> None:
        """Draw with this key from now on; with the empty one, without."""
        self._key = key
        self._told.clear()
        for layer in _tianditu_layers(QgsProject.instance().mapLayers().values()):
            self._hand_over(layer)

    def key(self) -> str:
        """The key; QGIS asks for its master password where it has to."""
        return self._key or key_store.read()

    def release(self) -> None:
        """Take the key away from the layers, which stay."""
        self._soon.stop()
        self._network.finished[QgsNetworkReplyContent].disconnect(self._answered)
        QgsNetworkAccessManager.removeRequestPreprocessor(self._preprocessor)
        QgsProject.instance().layersAdded.disconnect(self._layers_added)
        self.use("")

    def _layers_added(self, layers: Iterable[QgsMapLayer]) -> None:
        needy = list(_tianditu_layers(layers))
        if not needy:
            return
        if not self._key and key_store.is_open():
            self._key = key_store.read()
        if self._key:
            for layer in needy:
                self._hand_over(layer)
        else:
            # Not while a project is being read: QGIS may have to ask for a password.
            self._soon.start(0)

    def _look(self) -> None:
        if not key_store.is_kept():
            self._offer_dialog(QCoreApplication.translate("originmap", "The Tianditu basemap needs a key."))
        elif key_store.opens_by_itself():
            self._unlock()
        else:
            self._offer_unlocking()

    def _unlock(self) -> None:
        key = key_store.read()
        if key:
            self.use(key)
        else:
            self._offer_unlocking()

    def _offer_unlocking(self) -> None:
        translate = QCoreApplication.translate
        self._workbench.tell(
            translate(
                "originmap",
                "The Tianditu basemap stays empty until its key is unlocked: QGIS asks for its master password.",
            ),
            action=translate("originmap", "Unlock"),
            on_action=self._unlock,
        )

    def _offer_dialog(self, text: str) -> None:
        wanted = self._workbench.basemaps_wanted.emit
        self._workbench.tell(text, action=QCoreApplication.translate("originmap", "Basemaps…"), on_action=wanted)

    def _hand_over(self, layer: QgsRasterLayer) -> None:
        source = layer.source()
        layer.dataProvider().setDataSourceUri(tianditu.with_key(source, self._key) if self._key else source)
        layer.triggerRepaint()

    def _answered(self, reply: QgsNetworkReplyContent) -> None:
        """Tiles are fetched far away from any widget; this is where a refusal can be seen."""
        status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        if status not in _REFUSED or status in self._told or not self._key:
            return
        error = tianditu.refusal(status, b"")
        if error is not None and tianditu.asks_tianditu(reply.request().url().toString()):
            self._told.add(status)
            self._offer_dialog(error.sentence(self._workbench.language))


def _give_up_in_time(request: QNetworkRequest) -> None:
    """Called by QGIS in any thread, before it asks: a tile that never comes is given up without a word."""
    if tianditu.asks_tianditu(request.url().toString()):
        request.setTransferTimeout(int(QgsNetworkAccessManager.timeout() * _PATIENCE))


def _tianditu_layers(layers: Iterable[QgsMapLayer]) -> Iterator[QgsRasterLayer]:
    for layer in layers:
        tiles = isinstance(layer, QgsRasterLayer) and layer.isValid() and layer.providerType() == "wms"
        if tiles and tianditu.needs_key(layer.source()):
            yield layer
