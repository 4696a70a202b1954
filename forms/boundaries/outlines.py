"""The tab for official outlines: a polygon layer of the project or of a file, its code, its name, its CRS."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer
from qgis.gui import QgsFieldComboBox, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...core.register.division_fields import guess_fields
from ...core.register.division_sources import LayerSource
from ...core.register.divisions import DivisionFields, Judged, judge_boundaries
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress
from ..icons import theme_icon
from ..workbench import Workbench
from .marks import DivisionMarks
from .outline_source import MAP_ENDINGS, LayerPlace, layers_in, opened, project_layers, sample_of
from .tab import DivisionTab, Look

# China in degrees: numbers within it are no metres.
_DEGREES = (73.0, 3.0, 136.0, 54.0)


class OutlinesTab(DivisionTab):
    """Any polygon layer with code and name."""

    def __init__(self, workbench: Workbench, marks: DivisionMarks, parent: Optional[QWidget] = None) -> None:
        super().__init__(workbench, marks, parent)
        self._from_files: list[QgsVectorLayer] = []
        self._choice = QComboBox()
        self._choice.setObjectName("originmap_outlines_layer")
        self._choice.setAccessibleName(
            QCoreApplication.translate("originmap", "Outlines (a layer of the project, or a file)")
        )
        self._choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._code, self._name = QgsFieldComboBox(), QgsFieldComboBox()
        self._code.setObjectName("originmap_outlines_code")
        self._name.setObjectName("originmap_outlines_name")
        self._crs = QgsProjectionSelectionWidget()
        self._crs.setObjectName("originmap_outlines_crs")
        self._crs_title = QLabel(QCoreApplication.translate("originmap", "Coordinate reference system"))
        self._crs_note = QLabel()
        self._crs_note.setWordWrap(True)
        self.arrange(self._source())
        self._fill()
        self._choice.currentIndexChanged.connect(self._layer_chosen)
        self._code.currentIndexChanged.connect(self.recheck)
        self._name.currentIndexChanged.connect(self.recheck)
        self._crs.crsChanged.connect(self.recheck)
        QgsProject.instance().layersAdded.connect(self._fill)
        QgsProject.instance().layersRemoved.connect(self._fill)
        self._layer_chosen()

    def look(self) -> Optional[Look]:
        """Read the layer with the fields and the CRS chosen."""
        layer, session = self._layer(), self.workbench.session
        fields = DivisionFields(self._code.currentField(), self._name.currentField())
        if layer is None or session is None or not (fields.code and fields.name and self._crs.crs().isValid()):
            return None
        source, context = LayerSource(layer, self._crs.crs()), QgsProject.instance().transformContext()
        county = session.register.county_code

        def judge(progress: Progress) -> Judged:
            return judge_boundaries(county, source, fields, progress, context)

        return judge

    def hint(self) -> str:
        """What is missing, the first thing first."""
        translate = QCoreApplication.translate
        if self._layer() is None:
            return translate(
                "originmap", "Choose a file with the outlines: Shapefile, GeoPackage, GeoJSON, KML or zip."
            )
        if not (self._code.currentField() and self._name.currentField()):
            return translate("originmap", "Say which fields hold the code and the name.")
        return translate("originmap", "The file does not say its coordinate reference system; please choose it.")

    def choose_file(self, path: Path) -> None:
        """Look for outlines in a file and choose the first that seems to be of divisions."""
        self.remember_folder(path)
        title = QCoreApplication.translate("originmap", "Looking for layers")
        self.works.start("search", title, layers_in(path), self._found, self._not_found, instead=True)

    def release(self) -> None:
        """Stop, and let go of the project and the files."""
        super().release()
        QgsProject.instance().layersAdded.disconnect(self._fill)
        QgsProject.instance().layersRemoved.disconnect(self._fill)
        for combo in (self._code, self._name):
            combo.setLayer(None)
        self._from_files.clear()

    def _source(self) -> QWidget:
        translate = QCoreApplication.translate
        browse = QPushButton(theme_icon("mActionFileOpen.svg"), translate("originmap", "Choose a file…"))
        browse.setObjectName("originmap_outlines_browse")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        layer = QHBoxLayout()
        layer.addWidget(self._choice, 1)
        layer.addWidget(browse)
        fields = QGridLayout()
        titles = (
            (translate("originmap", "Field with the division code"), self._code),
            (translate("originmap", "Field with the name"), self._name),
        )
        for column, (title, combo) in enumerate(titles):
            label = QLabel(title)
            label.setBuddy(combo)
            fields.addWidget(label, 0, column)
            fields.addWidget(combo, 1, column)
            fields.setColumnStretch(column, 1)
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(QLabel(translate("originmap", "Outlines (a layer of the project, or a file)")))
        layout.addLayout(layer)
        layout.addLayout(fields)
        layout.addWidget(self._crs_title)
        layout.addWidget(self._crs)
        layout.addWidget(self._crs_note)
        return box

    def _browse(self) -> None:
        translate = QCoreApplication.translate
        kinds = translate("originmap", "Map layers ({endings})").format(endings=" ".join(f"*{e}" for e in MAP_ENDINGS))
        title = translate("originmap", "File with the outlines")
        chosen, _ = QFileDialog.getOpenFileName(self, title, self.folder(), f"{kinds};;*")
        if chosen:
            self.choose_file(Path(chosen))

    def _found(self, places: list[LayerPlace]) -> None:
        self._from_files[:0] = [opened(place) for place in places]
        self._fill()
        self._choice.setCurrentIndex(_likeliest(self._from_files[: len(places)]))
        self._layer_chosen()

    def _not_found(self, error: OriginMapError) -> None:
        self.say(error.sentence(self.workbench.language))

    def _fill(self) -> None:
        """What is in the project may have changed; what was chosen stays chosen."""
        chosen = self._choice.currentData()
        self._choice.blockSignals(True)
        self._choice.clear()
        for layer in (*self._from_files, *project_layers()):
            self._choice.addItem(theme_icon("mIconPolygonLayer.svg"), layer.name(), layer.id())
        at = self._choice.findData(chosen)
        self._choice.setCurrentIndex(max(at, 0))
        self._choice.blockSignals(False)
        if at < 0:
            self._layer_chosen()

    def _layer(self) -> Optional[QgsVectorLayer]:
        known = {layer.id(): layer for layer in (*self._from_files, *project_layers())}
        return known.get(self._choice.currentData())

    def _layer_chosen(self) -> None:
        layer = self._layer()
        guessed = DivisionFields("", "") if layer is None else _guessed(layer)
        for combo, name in ((self._code, guessed.code), (self._name, guessed.name)):
            combo.setLayer(layer)
            combo.setField(name)
            combo.setEnabled(layer is not None)
        self._show_crs(layer)
        self.recheck()

    def _show_crs(self, layer: Optional[QgsVectorLayer]) -> None:
        """What the layer says stands; where it says nothing, the person does."""
        crs = QgsCoordinateReferenceSystem() if layer is None else layer.crs()
        self._crs.setCrs(crs)
        for widget in (self._crs_title, self._crs):
            widget.setVisible(layer is not None)
        self._crs.setEnabled(layer is not None and not crs.isValid())
        note = "" if layer is None or crs.isValid() else _crs_advice(layer)
        self._crs_note.setText(note)
        self._crs_note.setVisible(bool(note))


def _likeliest(layers: list[QgsVectorLayer]) -> int:
    guesses = [_guessed(layer) for layer in layers]
    return next((at for at, guess in enumerate(guesses) if guess.code and guess.name), 0)


def _guessed(layer: QgsVectorLayer) -> DivisionFields:
    return guess_fields([field.name() for field in layer.fields()], sample_of(layer))


def _crs_advice(layer: QgsVectorLayer) -> str:
    translate = QCoreApplication.translate
    box = layer.extent()
    west, south, east, north = _DEGREES
    if west <= box.xMinimum() and box.xMaximum() <= east and south <= box.yMinimum() and box.yMaximum() <= north:
        return translate(
            "originmap", "The coordinates are degrees. Official data of recent years is in CGCS2000: EPSG:4490."
        )
    return translate(
        "originmap",
        "The coordinates are metres. Ask whoever made the file for the projection and the central meridian.",
    )
