"""The tab for pictures on this computer: aerial photographs and downloaded maps, with their CRS said or asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import Qgis, QgsApplication, QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer
from qgis.gui import QgsFileWidget, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from ...core.register.crs import refuse_secret_datum
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..work import Work
from ..workbench import Workbench
from .adding import add, kept, open_raster, usual_datum, zoom_to
from .parts import DatumChoice, Outcome, about_datum, button, small


class LocalTab(QWidget):
    """``added`` comes when the layer stands in the project."""

    added = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._layer: Optional[QgsRasterLayer] = None
        self._work: Optional[Work] = None
        translate = QCoreApplication.translate
        self._file = QgsFileWidget()
        self._file.setObjectName("originmap_basemap_file")
        self._file.setDialogTitle(translate("originmap", "Choose an image"))
        self._file.setFilter(translate("originmap", "Georeferenced images (*.tif *.tiff *.mbtiles *.jp2 *.img *.vrt)"))
        self._file.setDefaultRoot(workbench.profile.folder)
        self._file.fileChanged.connect(self._file_chosen)
        self._crs = QgsProjectionSelectionWidget()
        self._crs.setObjectName("originmap_basemap_crs")
        self._crs.setOptionVisible(QgsProjectionSelectionWidget.CrsOption.CrsNotSet, True)
        self._crs.setNotSetText(translate("originmap", "Please choose"))
        self._crs.crsChanged.connect(self._crs_chosen)
        self._about_crs = small()
        self._datum = DatumChoice()
        self._datum.setObjectName("originmap_basemap_local_datum")
        self._datum.currentIndexChanged.connect(self._datum_chosen)
        self._about_datum = small()
        self._outcome = Outcome(workbench)
        self._add = button("add_local", "mActionAddRasterLayer.svg", translate("originmap", "Add to the map"))
        self._add.clicked.connect(self._add_layer)
        self._arrange()
        self._show_layer(None)

    def _arrange(self) -> None:
        translate = QCoreApplication.translate
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow(translate("originmap", "&File"), self._file)
        self._form.addRow(translate("originmap", "&CRS"), self._crs)
        self._form.addRow(translate("originmap", "Da&tum"), self._datum)
        layout = QVBoxLayout(self)
        layout.addWidget(
            small(translate("originmap", "An aerial photograph or a downloaded map (GeoTIFF, MBTiles); works offline."))
        )
        layout.addLayout(self._form)
        for widget in (self._about_crs, self._about_datum, self._outcome):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._add)

    def release(self) -> None:
        """Wait for no file any more."""
        if self._work is not None:
            self._work.abandon()
            self._work = None
        self._layer = None

    # --- the file

    def _file_chosen(self, path: str) -> None:
        self.release()
        self._show_layer(None)
        self._outcome.clear_words()
        if not path.strip():
            return
        self._outcome.wait(QCoreApplication.translate("originmap", "Opening the image…"))
        title = Path(path).stem
        main = QgsApplication.instance().thread()

        def job(_: Progress) -> QgsRasterLayer:
            layer = open_raster(path, title)
            layer.moveToThread(main)
            return layer

        self._work = Work(QCoreApplication.translate("originmap", "Open an image"), job)
        self._work.done.connect(self._opened)
        self._work.failed.connect(self._failed)
        self._work.start()

    def _failed(self, error: OriginMapError) -> None:
        self._work = None
        self._outcome.bad(error)

    def _opened(self, layer: QgsRasterLayer) -> None:
        self._work = None
        self._outcome.clear_words()
        self._show_layer(layer)

    def _show_layer(self, layer: Optional[QgsRasterLayer]) -> None:
        """Say the CRS, or ask for it when the file has none."""
        self._layer = layer
        asked = layer is not None and not layer.crs().isValid()
        for widget in (self._crs, self._form.labelForField(self._crs)):
            widget.setVisible(asked)
        for widget in (self._datum, self._form.labelForField(self._datum), self._about_datum):
            widget.setVisible(layer is not None)
        self._add.setEnabled(layer is not None)
        if layer is None:
            self._about_crs.clear()
            return
        self._datum.choose(None if asked else usual_datum(layer.crs()))
        self._datum_chosen()
        self._about_crs.setText(_crs_in_words(layer.crs()))
        if asked:
            self._crs.setFocus()

    def _crs_chosen(self, crs: QgsCoordinateReferenceSystem) -> None:
        if not crs.isValid():
            return
        try:
            refuse_secret_datum(crs)
        except OriginMapError as error:
            self._outcome.bad(error)
            return
        self._outcome.clear_words()
        if self._datum.datum is None:
            self._datum.choose(usual_datum(crs))

    def _datum_chosen(self) -> None:
        self._about_datum.setText(about_datum(self._datum.datum))

    # --- adding

    def _add_layer(self) -> None:
        layer, datum = self._layer, self._datum.datum
        if layer is None:
            return
        try:
            if not layer.crs().isValid():
                layer.setCrs(self._asked_crs())
            if datum is None:
                raise OriginMapError("BASEMAP_NO_DATUM")
        except OriginMapError as error:
            self._outcome.bad(error)
            return
        self._layer = None
        with kept(self._workbench):
            add(QgsProject.instance(), layer, datum)
        self._show_layer(None)
        text = QCoreApplication.translate("originmap", "{title} is on the map.").format(title=layer.name())
        extent = layer.extent()
        show = QCoreApplication.translate("originmap", "Show it")
        canvas, crs = self._workbench.canvas, layer.crs()
        self._workbench.tell(text, Qgis.MessageLevel.Success, show, lambda: zoom_to(canvas, crs, extent))
        self.added.emit()

    def _asked_crs(self) -> QgsCoordinateReferenceSystem:
        crs = self._crs.crs()
        if not crs.isValid():
            raise OriginMapError("BASEMAP_NO_CRS")
        refuse_secret_datum(crs)
        return crs


def _crs_in_words(crs: QgsCoordinateReferenceSystem) -> str:
    if crs.isValid():
        text = QCoreApplication.translate("originmap", "Coordinate system of the image: {crs}")
        return text.format(crs=crs.userFriendlyIdentifier())
    return QCoreApplication.translate(
        "originmap",
        "The image does not say its coordinate system. Choose the one it was delivered in; whoever made it knows.",
    )
