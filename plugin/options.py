"""The page in Settings ▸ Options: who works here, where files are kept, what is masked, which keys do what."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ..core.places.gazetteer import Gazetteer
from ..core.review.process import load_process
from ..core.standard.model import load_standard
from ..core.standard.values.readers import reader_of
from ..forms.area_picker import AreaPicker
from ..forms.icons import own_icon, theme_icon
from ..forms.workbench import Workbench
from .shortcuts import ShortcutsBox

_ROLE = "officer_role"


class OriginMapOptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page each time the options are opened."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(QCoreApplication.translate("originmap", "Origin Map"), own_icon("originmap"))
        self._workbench = workbench

    def createWidget(self, parent: Optional[QWidget] = None) -> QgsOptionsPageWidget:
        """Called by QGIS, which owns the page."""
        return OptionsPage(self._workbench, parent)


class OptionsPage(QgsOptionsPageWidget):
    """Shows the profile of the person and takes it over with :meth:`apply`."""

    def __init__(self, workbench: Workbench, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_options")
        self._workbench = workbench
        self._standard = load_standard() if workbench.session is None else workbench.session.standard
        profile = workbench.profile
        self._name = _line("name", profile.name)
        self._phone = _line("phone", profile.phone)
        self._phone_note = _note()
        self._review_role = _review_role_choice(profile.review_role, workbench.language)
        self._role = self._role_choice(profile.officer_role)
        self._officer_name = _line("officer_name", profile.officer_name)
        self._officer_phone = _line("officer_phone", profile.officer_phone)
        self._officer_phone_note = _note()
        self._same = QPushButton(
            theme_icon("mActionEditCopy.svg"), QCoreApplication.translate("originmap", "That is me too")
        )
        self._same.setObjectName("originmap_options_same")
        self._same.clicked.connect(self._take_over)
        self._area = self._area_picker()
        self._folder = self._folder_choice(profile.folder)
        self._masked = QCheckBox(QCoreApplication.translate("originmap", "&Mask names and phones where they are shown"))
        self._masked.setObjectName("originmap_options_masked")
        self._masked.setChecked(profile.masked)
        self._shortcuts = ShortcutsBox()
        for line, note, column in (
            (self._phone, self._phone_note, "collector_phone"),
            (self._officer_phone, self._officer_phone_note, "officer_phone"),
        ):
            line.textChanged.connect(lambda _, line=line, note=note, column=column: self._judge(line, note, column))
            self._judge(line, note, column)
        self._arrange()

    def apply(self) -> None:
        """Called by QGIS when the person says OK: hold it, and tell every page."""
        profile = replace(
            self._workbench.profile,
            name=self._name.text().strip(),
            phone=self._read("collector_phone", self._phone),
            review_role=self._review_role.currentData(),
            officer_role=self._role.currentData() or "",
            officer_name=self._officer_name.text().strip(),
            officer_phone=self._read("officer_phone", self._officer_phone),
            area_code=self._area.code,
            area_name=self._area.name,
            folder=self._folder.filePath().strip(),
            masked=self._masked.isChecked(),
        )
        if profile != self._workbench.profile:
            self._workbench.set_profile(profile)
        self._shortcuts.apply()

    # --- parts

    def _role_choice(self, chosen: str) -> QComboBox:
        choice = QComboBox()
        choice.setObjectName("originmap_options_role")
        choice.addItem(QCoreApplication.translate("originmap", "Not said"), "")
        for entry in self._standard.lists[_ROLE]:
            choice.addItem(entry.title_in(self._workbench.language), entry.code)
        choice.setCurrentIndex(max(0, choice.findData(chosen)))
        return choice

    def _area_picker(self) -> AreaPicker:
        session, profile = self._workbench.session, self._workbench.profile
        if session is None:
            picker = AreaPicker(Gazetteer.open())
        else:
            picker = AreaPicker(session.gazetteer, session.register.county_code)
        picker.setObjectName("originmap_options_area")
        picker.choose(profile.area_code, profile.area_name)
        return picker

    def _folder_choice(self, folder: str) -> QgsFileWidget:
        choice = QgsFileWidget()
        choice.setObjectName("originmap_options_folder")
        choice.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        choice.setDialogTitle(QCoreApplication.translate("originmap", "Folder for registers and workbooks"))
        choice.setFilePath(folder)
        return choice

    def _arrange(self) -> None:
        translate = QCoreApplication.translate
        me = _form(
            (translate("originmap", "Full &name"), self._name),
            (translate("originmap", "&Phone"), self._phone),
            ("", self._phone_note),
            (translate("originmap", "My &area"), self._area),
            (translate("originmap", "M&y role"), self._review_role),
        )
        officer = _form(
            (translate("originmap", "&Role"), self._role),
            (translate("originmap", "Nam&e"), self._officer_name),
            (translate("originmap", "P&hone"), self._officer_phone),
            ("", self._officer_phone_note),
            ("", self._same),
        )
        files = _form((translate("originmap", "&Folder"), self._folder))
        privacy = QVBoxLayout()
        privacy.addWidget(self._masked)
        privacy.addWidget(
            _said(translate("originmap", "On maps and in lists: 张*, 138****1234. Forms show them in full."))
        )
        content = QWidget()
        column = QVBoxLayout(content)
        for title, part in (
            (translate("originmap", "Who I am: stands as collector in new records"), me),
            (translate("originmap", "Grid officer: stands in new records"), officer),
            (translate("originmap", "Registers and workbooks"), files),
            (translate("originmap", "Personal data"), privacy),
        ):
            box = QGroupBox(title)
            box.setLayout(part)
            column.addWidget(box)
        column.addWidget(self._shortcuts)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    # --- what is typed

    def _take_over(self) -> None:
        self._officer_name.setText(self._name.text())
        self._officer_phone.setText(self._phone.text())

    def _judge(self, line: QLineEdit, note: QLabel, column: str) -> None:
        """Say at once what the register would say at every submission; what was typed is kept all the same."""
        text = line.text().strip()
        wrong = bool(text) and reader_of(self._standard, column)(text).value is None
        note.setVisible(wrong)
        note.setText(
            QCoreApplication.translate("originmap", "Not a phone number: a mobile has 11 digits, such as 13800000001.")
            if wrong
            else ""
        )

    def _read(self, column: str, line: QLineEdit) -> str:
        """The number in the form that the register stores; as typed where it cannot be understood."""
        text = line.text().strip()
        value = reader_of(self._standard, column)(text).value if text else None
        return text if value is None else str(value)


def _review_role_choice(chosen: str, language: str) -> QComboBox:
    choice = QComboBox()
    choice.setObjectName("originmap_options_review_role")
    for role in load_process().roles:
        choice.addItem(load_process().role_title(role, language), role.value)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))
    return choice


def _line(name: str, text: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setObjectName(f"originmap_options_{name}")
    return line


def _note() -> QLabel:
    label = _said("")
    label.setStyleSheet("color: #e04f3f;")
    label.hide()
    return label


def _said(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def _form(*rows: tuple[str, QWidget]) -> QFormLayout:
    form = QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for title, widget in rows:
        if title:
            form.addRow(title, widget)
        else:
            form.addRow(widget)
    return form
