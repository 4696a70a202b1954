"""The keys of the plugin's actions, as QGIS's own manager of shortcuts holds them, to be changed by the person."""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QAction,
    QFormLayout,
    QGroupBox,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from ..forms.icons import theme_icon

_OURS = "originmap_"
# Pages of which one is in front at a time: the same key may mean a step of each.
_PAGES = ("originmap_queue_", "originmap_review_")


class ShortcutsBox(QGroupBox):
    """One line per action; keys that another action has are said and not taken."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(QCoreApplication.translate("originmap", "Keys"), parent)
        self._edits: dict[str, QKeySequenceEdit] = {}
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._note.setStyleSheet("color: #e04f3f;")
        self._note.hide()
        form = QFormLayout(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for action in _actions():
            edit = QKeySequenceEdit(action.shortcut())
            edit.setObjectName(f"originmap_options_key_{action.objectName()}")
            # Qt's own words there stay English.
            edit.findChild(QLineEdit).setPlaceholderText(QCoreApplication.translate("originmap", "Press the keys"))
            edit.keySequenceChanged.connect(self._look)
            self._edits[action.objectName()] = edit
            form.addRow(_title(action), edit)
        defaults = QPushButton(theme_icon("mActionUndo.svg"), QCoreApplication.translate("originmap", "Usual keys"))
        defaults.setObjectName("originmap_options_usual_keys")
        defaults.clicked.connect(self._usual)
        form.addRow(self._note)
        form.addRow(defaults)
        self.setVisible(bool(self._edits))

    def apply(self) -> None:
        """Hand the keys to QGIS, but those that are taken."""
        manager = QgsGui.shortcutsManager()
        taken = self._taken()
        for action in _actions():
            edit = self._edits.get(action.objectName())
            if edit is not None and action.objectName() not in taken and edit.keySequence() != action.shortcut():
                manager.setKeySequence(action, edit.keySequence().toString())

    def _usual(self) -> None:
        manager = QgsGui.shortcutsManager()
        for action in _actions():
            edit = self._edits.get(action.objectName())
            if edit is not None:
                edit.setKeySequence(QKeySequence(manager.defaultKeySequence(action)))

    def _look(self) -> None:
        words = []
        for name, other in self._taken().items():
            text = QCoreApplication.translate(
                "originmap", "{keys} already stands for “{action}” and is not taken over."
            )
            words.append(text.format(keys=self._edits[name].keySequence().toString(), action=other))
        self._note.setText("\n".join(words))
        self._note.setVisible(bool(words))

    def _taken(self) -> dict[str, str]:
        """By the name of our action the title of the other one that has its keys."""
        found = {}
        for name, edit in self._edits.items():
            keys = edit.keySequence()
            if keys.isEmpty():
                continue
            same = [
                other
                for other, line in self._edits.items()
                if other != name and line.keySequence() == keys and not _never_together(name, other)
            ]
            other = QgsGui.shortcutsManager().actionForSequence(keys)
            if same:
                found[name] = next(_title(action) for action in _actions() if action.objectName() == same[0])
            elif other is not None and other.objectName() not in self._edits:
                found[name] = _title(other)
        return found


def _never_together(one: str, other: str) -> bool:
    pages = [next((page for page in _PAGES if name.startswith(page)), "") for name in (one, other)]
    return all(pages) and pages[0] != pages[1]


def _actions() -> list[QAction]:
    return [action for action in QgsGui.shortcutsManager().listActions() if action.objectName().startswith(_OURS)]


def _title(action: QAction) -> str:
    return action.text().replace("&", "")
