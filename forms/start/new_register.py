"""The dialog that makes a register: which county, and where the file shall stand."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...core.register.county import County
from ...core.standard.errors import OriginMapError
from ..icons import theme_icon
from ..work import Work
from ..workbench import Workbench
from .county_picker import CountyPicker
from .register_place import ENDING, folder_of, free_place, make_register, name_of

_WIDTH_IN_LETTERS = 56


class NewRegisterDialog(QDialog):
    """Makes the register and opens it; stays open with a sentence when that fails."""

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_new_register")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("originmap", "New register"))
        self._workbench = workbench
        self._work: Optional[Work] = None
        self._own_place = False
        self._there: Optional[Path] = None
        self._picker = CountyPicker()
        self._picker.setObjectName("originmap_county")
        self._unlisted = QCheckBox(QCoreApplication.translate("originmap", "The county is not in the list"))
        self._by_hand = _CountyByHand()
        self._place = QLineEdit()
        self._place.setObjectName("originmap_register_place")
        self._browse = QPushButton(QCoreApplication.translate("originmap", "Browse…"))
        self._note = QLabel()
        self._open_there = QPushButton(QCoreApplication.translate("originmap", "Open that one"))
        self._buttons = QDialogButtonBox()
        self._arrange()
        self._connect()
        self._changed()

    def done(self, result: int) -> None:
        """Closing stops what is under way."""
        if self._work is not None:
            self._work.abandon()
            self._work = None
        super().done(result)

    @property
    def county(self) -> Optional[County]:
        """The county chosen; ``None`` while it is not clear."""
        return self._by_hand.county() if self._unlisted.isChecked() else self._picker.county

    def _arrange(self) -> None:
        translate = QCoreApplication.translate
        place = QHBoxLayout()
        place.addWidget(self._place, 1)
        place.addWidget(self._browse)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(translate("originmap", "County"), self._picker)
        form.addRow(self._unlisted)
        form.addRow(self._by_hand)
        form.addRow(translate("originmap", "File of the register"), place)
        self._by_hand.hide()
        self._note.setWordWrap(True)
        self._note.setObjectName("originmap_new_register_note")
        self._create = QPushButton(
            theme_icon("mActionFileNew.svg"), translate("originmap", "Create and open the register")
        )
        self._create.setObjectName("originmap_create_register")
        self._create.setDefault(True)
        for button in (self._browse, self._open_there):
            button.setAutoDefault(False)
        cancel = QPushButton(translate("originmap", "Cancel"))
        self._buttons.addButton(self._create, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._note)
        layout.addWidget(self._open_there, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        layout.addWidget(self._buttons)
        self.resize(self.fontMetrics().averageCharWidth() * _WIDTH_IN_LETTERS, self.sizeHint().height())

    def _connect(self) -> None:
        self._picker.picked.connect(self._changed)
        self._by_hand.changed(self._changed)
        self._unlisted.toggled.connect(self._by_hand.setVisible)
        self._unlisted.toggled.connect(self._picker.setDisabled)
        self._unlisted.toggled.connect(self._changed)
        self._place.textEdited.connect(self._place_typed)
        self._browse.clicked.connect(self._choose_place)
        self._open_there.clicked.connect(self._open_existing)
        self._buttons.accepted.connect(self._start)
        self._buttons.rejected.connect(self.reject)

    def _changed(self) -> None:
        """Another county: another name is proposed, unless the person has chosen one."""
        county = self.county
        self._there = None
        if not self._own_place:
            wanted = folder_of(self._workbench.profile) / name_of(county.name) if county else None
            self._place.setText(str(free_place(wanted)) if wanted else "")
            self._there = wanted if wanted and wanted.exists() else None
        self._say(self._sentence())
        self._create.setEnabled(county is not None and bool(self._place.text().strip()) and self._work is None)

    def _sentence(self) -> str:
        translate = QCoreApplication.translate
        if self._there is not None:
            return translate("originmap", "“{file}” is there already; another name is proposed for a new one.").format(
                file=self._there.name
            )
        if self.county is None and self._unlisted.isChecked():
            return translate("originmap", "Give the six-digit division code and the county's name.")
        if self.county is None:
            return translate("originmap", "Type a part of the county's name or its code, then choose it from the list.")
        return translate("originmap", "The register is one file: keep it where it is backed up.")

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._open_there.setVisible(self._there is not None)

    def _place_typed(self) -> None:
        self._own_place = True
        self._changed()

    def _choose_place(self) -> None:
        translate = QCoreApplication.translate
        proposed = self._place.text() or str(folder_of(self._workbench.profile))
        title, kinds = translate("originmap", "New register"), translate("originmap", "Register (*.gpkg)")
        # A file that is there is refused later, with the offer to open it: asking twice would only puzzle.
        keep = QFileDialog.Option.DontConfirmOverwrite
        chosen, _ = QFileDialog.getSaveFileName(self, title, proposed, kinds, options=keep)
        if chosen:
            self._place.setText(chosen)
            self._place_typed()

    def _path(self) -> Path:
        path = Path(self._place.text().strip())
        path = path if path.is_absolute() else folder_of(self._workbench.profile) / path
        return path if path.suffix.lower() == ENDING else path.with_name(path.name + ENDING)

    def _start(self) -> None:
        county, path, by = self.county, self._path(), self._workbench.profile.name
        if county is None or self._work is not None:
            return
        title = QCoreApplication.translate("originmap", "Making the register of {county}").format(county=county.name)
        self._work = Work(title, lambda progress: make_register(path, county, by))
        self._work.done.connect(self._made)
        self._work.failed.connect(self._failed)
        self._create.setEnabled(False)
        self._note.setText(title + " …")
        self._work.start()

    def _made(self, path: Path) -> None:
        self._work = None
        self._open(path)

    def _failed(self, error: OriginMapError) -> None:
        self._work = None
        self._changed()
        path = self._path()
        self._there = path if error.code == "REGISTER_EXISTS" else None
        self._say(error.sentence(self._workbench.language))

    def _open_existing(self) -> None:
        if self._there is not None:
            self._open(self._there)

    def _open(self, path: Path) -> None:
        try:
            self._workbench.open(path)
        except OriginMapError as error:
            self._say(error.sentence(self._workbench.language))
            return
        self.accept()


class _CountyByHand(QGroupBox):
    """A county that no list knows: its code and the names above it."""

    def __init__(self) -> None:
        super().__init__()
        translate = QCoreApplication.translate
        self._code, self._province, self._city, self._name = (QLineEdit() for _ in range(4))
        self._code.setObjectName("originmap_county_code")
        self._name.setObjectName("originmap_county_name")
        form = QFormLayout(self)
        for title, edit in (
            (translate("originmap", "Six-digit code"), self._code),
            (translate("originmap", "Province"), self._province),
            (translate("originmap", "City"), self._city),
            (translate("originmap", "County"), self._name),
        ):
            form.addRow(title, edit)

    def changed(self, slot) -> None:  # type: ignore[no-untyped-def]  # any slot without arguments
        """Call a slot whenever something is typed."""
        for edit in (self._code, self._province, self._city, self._name):
            edit.textEdited.connect(slot)

    def county(self) -> Optional[County]:
        """What was typed, when it is enough."""
        code, name = self._code.text().strip(), self._name.text().strip()
        if not (code.isascii() and code.isdigit() and len(code) == 6 and name):
            return None
        return County(code, name, self._city.text().strip(), self._province.text().strip())
