"""Queries kept in the register under a name: chosen from a menu, kept by typing a name, forgotten after a question."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Callable, Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from ...core.onemap.query import Query
from ...core.register.queries import SavedQuery, drop_query, save_query, saved_queries
from ...core.register.register import Register
from ...core.standard.progress import Progress
from ..ask_bar import AskBar
from ..icons import theme_icon
from ..work import Job, Works
from ..workbench import Workbench

_LONGEST = 60


class SavedQueries(QWidget):
    """The line for the name and the questions; the menu hangs on a button of the page.

    Args:
        workbench: whose register keeps the queries.
        button: that opens the menu.
        query_of: what would be saved.
    """

    chosen = pyqtSignal(object)

    def __init__(
        self,
        workbench: Workbench,
        button: QToolButton,
        query_of: Callable[[], Query],
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._query_of = query_of
        self._works = Works()
        self._button = button
        self._menu = QMenu(button)
        self._menu.setObjectName("originmap_onemap_saved_menu")
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill)
        button.setMenu(self._menu)
        self._name = QLineEdit()
        self._name.setObjectName("originmap_onemap_save_name")
        self._name.setMaxLength(_LONGEST)
        self._name.setPlaceholderText(QCoreApplication.translate("originmap", "Name of the query"))
        self._name.setAccessibleName(self._name.placeholderText())
        self._name.returnPressed.connect(self._keep)
        self._line = self._save_line()
        self.ask = AskBar()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._line)
        layout.addWidget(self.ask)

    def release(self) -> None:
        """Leave the threads to themselves, and ask nothing any more."""
        self._works.abandon()
        self.close_all()

    def close_all(self) -> None:
        """No line and no question."""
        self._line.hide()
        self.ask.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the line."""
        if event.key() == Qt.Key.Key_Escape and self._line.isVisible():
            self._close_line()
            return
        super().keyPressEvent(event)

    def _save_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        keep = QPushButton(QCoreApplication.translate("originmap", "Save"))
        keep.setObjectName("originmap_onemap_save_keep")
        cancel = QPushButton(QCoreApplication.translate("originmap", "Cancel"))
        cancel.setObjectName("originmap_onemap_save_cancel")
        keep.clicked.connect(self._keep)
        cancel.clicked.connect(self._close_line)
        row.addWidget(self._name, 1)
        row.addWidget(keep)
        row.addWidget(cancel)
        line.hide()
        return line

    def _fill(self) -> None:
        """The menu as the register has it now: other people may save queries too."""
        self._menu.clear()
        known = self._saved()
        for saved in known:
            action = self._menu.addAction(_plain(saved.name), partial(self.chosen.emit, saved.query))
            action.setToolTip(" ".join((saved.by, saved.at[:10])).strip())
        if self._menu.isEmpty():
            nothing = self._menu.addAction(QCoreApplication.translate("originmap", "No query is saved yet"))
            nothing.setEnabled(False)
        self._menu.addSeparator()
        save = self._menu.addAction(
            theme_icon("mActionFileSave.svg"),
            QCoreApplication.translate("originmap", "Save this query…"),
            self._open_line,
        )
        writable = self._workbench.session is not None and self._workbench.session.read_only is None
        save.setEnabled(writable)
        if known and writable:
            delete = self._menu.addMenu(
                theme_icon("mActionDeleteSelected.svg"), QCoreApplication.translate("originmap", "Delete")
            )
            for saved in known:
                delete.addAction(_plain(saved.name), partial(self._ask_delete, saved.name))

    def _saved(self) -> list[SavedQuery]:
        session = self._workbench.session
        return [] if session is None else saved_queries(session.register)

    def _open_line(self) -> None:
        self.ask.dismiss()
        self._line.show()
        self._name.setFocus()
        self._name.selectAll()

    def _close_line(self) -> None:
        self._line.hide()
        self._button.setFocus()

    def _keep(self) -> None:
        """Save under the typed name; one that is taken is asked about."""
        name = " ".join(self._name.text().split())
        if not name:
            self._name.setFocus()
            return
        if name not in {saved.name for saved in self._saved()}:
            self._save(name)
            return
        translate = QCoreApplication.translate
        text = translate("originmap", "There is a query “{name}” already. Replace it?")
        self.ask.ask(
            text.format(name=name),
            [
                (translate("originmap", "Replace"), partial(self._save, name)),
                (translate("originmap", "Keep it"), _nothing),
            ],
        )

    def _save(self, name: str) -> None:
        session = self._workbench.session
        if session is None:
            return
        job = _save_job(session.path, name, self._query_of(), self._workbench.profile.name)
        title = QCoreApplication.translate("originmap", "Saving the query")
        self._works.start("save", title, job, self._was_saved, self._workbench.tell_error)

    def _was_saved(self, name: str) -> None:
        self._name.clear()
        self._line.hide()
        text = QCoreApplication.translate("originmap", "The query “{name}” is saved in the register.")
        self._workbench.tell(text.format(name=name), Qgis.MessageLevel.Success)

    def _ask_delete(self, name: str) -> None:
        translate = QCoreApplication.translate
        self._line.hide()
        self.ask.ask(
            translate("originmap", "Delete the query “{name}” for everybody?").format(name=name),
            [
                (translate("originmap", "Delete"), partial(self._delete, name)),
                (translate("originmap", "Keep it"), _nothing),
            ],
        )

    def _delete(self, name: str) -> None:
        session = self._workbench.session
        if session is None:
            return
        title = QCoreApplication.translate("originmap", "Deleting the query")
        job = _delete_job(session.path, name)
        self._works.start("delete", title, job, self._was_deleted, self._workbench.tell_error)

    def _was_deleted(self, name: str) -> None:
        text = QCoreApplication.translate("originmap", "The query “{name}” is deleted.")
        self._workbench.tell(text.format(name=name))


def _save_job(path: Path, name: str, query: Query, by: str) -> Job:
    def job(progress: Progress) -> str:
        with Register.open(path) as register:
            return save_query(register, name, query, by).name

    return job


def _delete_job(path: Path, name: str) -> Job:
    def job(progress: Progress) -> str:
        with Register.open(path) as register:
            drop_query(register, name)
        return name

    return job


def _plain(name: str) -> str:
    """As the menu shows it, in which a single ampersand marks a key."""
    return name.replace("&", "&&")


def _nothing() -> None:
    """What was asked about stays as it is."""
