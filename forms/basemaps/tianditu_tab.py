"""The tab for Tianditu: imagery or map, the key with its test, and where the key goes."""

from __future__ import annotations

from typing import Optional

from qgis.core import Qgis, QgsProject
from qgis.gui import QgsPasswordLineEdit
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from ...core.onemap import tianditu
from ...core.onemap.basemaps import one_tile
from ...core.standard.errors import OriginMapError
from ..workbench import Workbench
from . import key_store
from .adding import add_tianditu, kept
from .fetch import Fetch
from .keyed import KeyedLayers
from .parts import Outcome, button, small


class TiandituTab(QWidget):
    """``added`` comes when the layers stand in the project."""

    added = pyqtSignal()

    def __init__(self, workbench: Workbench, keyed: KeyedLayers, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._keyed = keyed
        self._fetch = Fetch(self)
        self._fetch.answered.connect(self._tested)
        self._fetch.silent.connect(self._failed)
        translate = QCoreApplication.translate
        self._imagery = QRadioButton(translate("originmap", "Imagery with names"))
        self._imagery.setObjectName("originmap_basemap_imagery")
        self._imagery.setChecked(True)
        self._vector = QRadioButton(translate("originmap", "Map with names"))
        self._vector.setObjectName("originmap_basemap_vector")
        self._line = QgsPasswordLineEdit()
        self._line.setObjectName("originmap_basemap_key")
        self._line.setAccessibleName(translate("originmap", "Tianditu key"))
        self._line.textChanged.connect(self._changed)
        self._line.returnPressed.connect(self._add_layers)
        self._test = button("test", "mActionRefresh.svg", translate("originmap", "Test the key"))
        self._test.clicked.connect(self._start_test)
        self._forget = button("forget", "mActionDeleteSelected.svg", translate("originmap", "Forget the key"))
        self._forget.clicked.connect(self._forget_key)
        self._outcome = Outcome(workbench)
        self._about_key = small()
        self._add = button("add_tianditu", "mActionAddXyzLayer.svg", translate("originmap", "Add to the map"))
        self._add.clicked.connect(self._add_layers)
        self._arrange()
        self.refresh()

    def _arrange(self) -> None:
        translate = QCoreApplication.translate
        where = small(
            translate(
                "originmap", "The national imagery, in the datum of the register. It needs a free key: {link}."
            ).format(link=f'<a href="{tianditu.CONSOLE}">{translate("originmap", "apply for one (kind 浏览器端)")}</a>')
        )
        where.setOpenExternalLinks(True)
        title = QLabel(translate("originmap", "&Key"))
        title.setBuddy(self._line)
        buttons = QHBoxLayout()
        for widget in (self._test, self._forget):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        for widget in (where, self._imagery, self._vector, title, self._line):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        for widget in (self._outcome, self._about_key):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._add)

    def refresh(self) -> None:
        """Say anew whether a key is kept and what keeping one will ask for."""
        kept = key_store.is_kept()
        translate = QCoreApplication.translate
        self._line.setPlaceholderText(
            translate("originmap", "A key is kept; paste another to replace it")
            if kept
            else translate("originmap", "Paste the 32 letters and digits here")
        )
        self._forget.setVisible(kept)
        self._about_key.setText(key_store.what_is_asked())

    def start(self) -> None:
        """The person can paste at once."""
        self._line.setFocus()

    def release(self) -> None:
        """Wait for no answer any more."""
        self._fetch.stop()

    @property
    def _chosen(self) -> tianditu.TiandituMap:
        return tianditu.TiandituMap.IMAGERY if self._imagery.isChecked() else tianditu.TiandituMap.VECTOR

    def _changed(self) -> None:
        self._fetch.stop()
        self._test.setEnabled(True)
        self._outcome.clear_words()

    def _typed_key(self) -> str:
        """The key in the line, else the one that is kept.

        Raises:
            OriginMapError: what is wrong with what was typed; ``TIANDITU_KEY_EMPTY`` without any.
        """
        if self._line.text().strip() or not key_store.is_kept():
            return tianditu.clean_key(self._line.text())
        key = self._keyed.key()
        if not key:
            raise OriginMapError("BASEMAP_KEY_LOCKED")
        return key

    # --- the test

    def _start_test(self) -> None:
        try:
            key = self._typed_key()
        except OriginMapError as error:
            self._outcome.bad(error)
            return
        self._outcome.wait(QCoreApplication.translate("originmap", "Asking Tianditu…"))
        self._test.setEnabled(False)
        address = one_tile(tianditu.sheets(self._chosen)[0].address)
        self._fetch.ask(f"{address}&tk={key}", tianditu.REFERER)

    def _tested(self, status: Optional[int], content: bytes) -> None:
        self._test.setEnabled(True)
        error = tianditu.refusal(status, content)
        if error is None:
            self._outcome.good(QCoreApplication.translate("originmap", "The key works."))
        else:
            self._outcome.bad(error)

    def _failed(self, error: OriginMapError) -> None:
        self._test.setEnabled(True)
        self._outcome.bad(error)

    # --- keeping and adding

    def _add_layers(self) -> None:
        try:
            key = self._typed_key()
            if self._line.text().strip():
                key_store.keep(key)
        except OriginMapError as error:
            self._outcome.bad(error)
            return
        self._keyed.use(key)
        with kept(self._workbench):
            layers = add_tianditu(QgsProject.instance(), self._chosen)
        self._line.clear()
        self.refresh()
        text = QCoreApplication.translate("originmap", "{title} is on the map.").format(title=layers[0].name())
        self._workbench.tell(text, Qgis.MessageLevel.Success)
        self.added.emit()

    def _forget_key(self) -> None:
        key_store.forget()
        self._keyed.use("")
        self._line.clear()
        self.refresh()
        self._outcome.wait(QCoreApplication.translate("originmap", "The key is no longer kept on this computer."))
        self._line.setFocus()
