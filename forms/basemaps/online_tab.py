"""The tab for any other map on the network: tiles by their address, or the layers of a WMTS service."""

from __future__ import annotations

from typing import Optional

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ...core.onemap import basemaps, tianditu
from ...core.onemap.wmts import TileLayer, capabilities_address, tile_layers
from ...core.standard.errors import OriginMapError
from ..workbench import Workbench
from .adding import add_tiles, kept
from .fetch import Fetch
from .parts import DatumChoice, Outcome, about_datum, button, small


class OnlineTab(QWidget):
    """``added`` comes when the layer stands in the project."""

    added = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._layers: list[TileLayer] = []
        self._fetch = Fetch(self)
        self._fetch.answered.connect(self._answered)
        self._fetch.silent.connect(self._failed)
        translate = QCoreApplication.translate
        self._address = QLineEdit()
        self._address.setObjectName("originmap_basemap_address")
        self._address.setPlaceholderText("https://…/{z}/{x}/{y}.png")
        self._address.textChanged.connect(self._address_changed)
        self._layer = QComboBox()
        self._layer.setObjectName("originmap_basemap_layer")
        self._layer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._layer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._layer.activated.connect(self._layer_chosen)
        self._title = QLineEdit()
        self._title.setObjectName("originmap_basemap_title")
        for line in (self._address, self._title):
            line.returnPressed.connect(self._add_layer)
        self._datum = DatumChoice()
        self._datum.setObjectName("originmap_basemap_datum")
        self._datum.currentIndexChanged.connect(self._datum_chosen)
        self._about_datum = small(about_datum(None))
        self._about_key = small()
        self._about_key.hide()
        self._outcome = Outcome(workbench)
        self._test = button("test_online", "mActionRefresh.svg", translate("originmap", "Test the address"))
        self._test.clicked.connect(self._start_test)
        self._add = button("add_online", "mActionAddXyzLayer.svg", translate("originmap", "Add to the map"))
        self._add.clicked.connect(self._add_layer)
        self._arrange()

    def _arrange(self) -> None:
        translate = QCoreApplication.translate
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow(translate("originmap", "A&ddress"), self._address)
        self._form.addRow(translate("originmap", "&Layer"), self._layer)
        self._form.addRow(translate("originmap", "&Name"), self._title)
        self._form.addRow(translate("originmap", "Da&tum"), self._datum)
        self._show_layers(False)
        layout = QVBoxLayout(self)
        layout.addWidget(small(translate("originmap", "The address of tiles (XYZ), or of a WMTS service.")))
        layout.addLayout(self._form)
        for widget in (self._about_datum, self._about_key, self._test, self._outcome):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._add)

    def release(self) -> None:
        """Wait for no answer any more."""
        self._fetch.stop()

    # --- what is typed

    def _address_changed(self, text: str) -> None:
        self._fetch.stop()
        self._test.setEnabled(True)
        self._outcome.clear_words()
        self._show_layers(False)
        self._look_at(text.strip())

    def _look_at(self, address: str) -> None:
        """What can be told from an address alone: the datum by its host, and a key that would be saved with it."""
        service = basemaps.known_service(address)
        if service is not None:
            self._datum.choose(service.datum)
        key = basemaps.key_in(address)
        text = QCoreApplication.translate(
            "originmap",
            "The address carries a key (“{name}”). It will be saved in the project, and whoever gets the project can "
            "read it.",
        )
        self._about_key.setText(text.format(name=key))
        self._about_key.setVisible(bool(key))

    def _datum_chosen(self) -> None:
        self._about_datum.setText(about_datum(self._datum.datum))

    def _layer_chosen(self) -> None:
        layer = self._layers[self._layer.currentIndex()]
        self._title.setText(layer.title)
        self._look_at(layer.address)

    def _show_layers(self, shown: bool) -> None:
        if not shown:
            self._layers = []
            self._layer.clear()
        self._layer.setVisible(shown)
        self._form.labelForField(self._layer).setVisible(shown)

    def _tiles(self) -> tuple[str, int]:
        """The address of the tiles and their last level.

        Raises:
            OriginMapError: what is wrong with the address.
        """
        if self._layers:
            layer = self._layers[self._layer.currentIndex()]
            return layer.address, layer.deepest
        return basemaps.checked_address(self._address.text()), basemaps.DEEPEST

    # --- test

    def _is_service(self) -> bool:
        """Whether the address is that of a WMTS service whose layers are still to be asked for."""
        address = self._address.text().strip().lower()
        return not self._layers and "{" not in address and address.startswith(("http://", "https://"))

    def _start_test(self) -> None:
        address = self._address.text().strip()
        try:
            address = capabilities_address(address) if self._is_service() else basemaps.one_tile(self._tiles()[0])
        except OriginMapError as error:
            self._outcome.bad(error)
            return
        self._outcome.wait(QCoreApplication.translate("originmap", "Asking the server…"))
        self._test.setEnabled(False)
        self._fetch.ask(address)

    def _answered(self, status: Optional[int], content: bytes) -> None:
        self._test.setEnabled(True)
        translate = QCoreApplication.translate
        try:
            if self._is_service():
                self._take_layers(status, content)
                return
        except OriginMapError as error:
            self._outcome.bad(error)
            return
        error = basemaps.trouble(status, content)
        if error is None:
            self._outcome.good(translate("originmap", "The address works."))
        else:
            self._outcome.bad(error)

    def _take_layers(self, status: Optional[int], content: bytes) -> None:
        error = basemaps.trouble(status, content)
        if error is not None and error.code != "BASEMAP_NO_PICTURE":
            raise error
        found = tile_layers(content)
        if not found:
            raise OriginMapError("BASEMAP_OTHER_GRID")
        self._show_layers(True)
        self._layers = found
        self._layer.addItems([layer.title for layer in found])
        self._layer_chosen()
        self._layer.setFocus()
        text = QCoreApplication.translate("originmap", "{count} layers. Choose one.").format(count=len(found))
        self._outcome.good(text)

    def _failed(self, error: OriginMapError) -> None:
        self._test.setEnabled(True)
        self._outcome.bad(error)

    # --- adding

    def _add_layer(self) -> None:
        if self._is_service():
            self._start_test()
            return
        try:
            address, deepest = self._tiles()
            if tianditu.without_key(address)[1]:
                raise OriginMapError("BASEMAP_IS_TIANDITU")
        except OriginMapError as error:
            self._outcome.bad(error)
            self._address.setFocus()
            return
        datum = self._datum.datum
        if datum is None:
            self._outcome.bad(OriginMapError("BASEMAP_NO_DATUM"))
            self._datum.setFocus()
            return
        title = self._title.text().strip() or QCoreApplication.translate("originmap", "Online map")
        with kept(self._workbench):
            layer = add_tiles(QgsProject.instance(), title, address, datum, deepest)
        text = QCoreApplication.translate("originmap", "{title} is on the map.").format(title=layer.name())
        self._workbench.tell(text, Qgis.MessageLevel.Success)
        self.added.emit()
