"""The steps a person can take with the record at hand, as buttons and as keys that can be changed in QGIS."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QAction, QGridLayout, QPushButton, QWidget

from .icons import theme_icon
from .workbench import Workbench

_COLUMNS = 2


class StepRow(QWidget):
    """Rows of two buttons; a key does nothing while its button is not enabled.

    Args:
        workbench: registers the keys.
        page: begins the names of buttons and actions, as in ``queue``.
        owner: the keys work while it can be seen.
    """

    def __init__(self, workbench: Workbench, page: str, owner: QWidget, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._page = page
        self._owner = owner
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._keyed: list[tuple[QAction, QPushButton, str, bool]] = []

    def add(self, name: str, title: str, icon: str) -> QPushButton:
        """A button in the next place."""
        button = QPushButton(theme_icon(icon), title)
        button.setObjectName(f"originmap_{self._page}_{name}")
        self._rows.addWidget(button, *divmod(self._rows.count(), _COLUMNS))
        return button

    def key(self, button: QPushButton, name: str, title: str, keys: str, named: bool = False) -> None:
        """Give a button a key, which its tool tip says, and with ``named`` its title as well."""
        action = self.free_key(name, title, keys, button.click)
        self._keyed.append((action, button, button.text(), named))
        action.changed.connect(self._name_keys)
        self._name_keys()

    def free_key(self, name: str, title: str, keys: str, slot: Callable[[], None]) -> QAction:
        """A key without a button."""
        return self._workbench.add_action(f"{self._page}_{name}", title, keys, slot, self._owner)

    def _name_keys(self) -> None:
        """Say the keys where people look for them; they can be changed at any time."""
        for action, button, title, named in self._keyed:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{action.text()} ({keys})" if keys else action.text())
            if named:
                button.setText(f"{title} ({keys})" if keys else title)
