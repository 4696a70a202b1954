"""A layout with a project of its own, made, printed and taken down in one thread, whichever it is.

Layouts and layers belong to the thread that made them: none may be left to Python's own tidying, which may happen in
another one.
"""

from __future__ import annotations

import threading
import traceback
from contextlib import contextmanager
from typing import Iterator, NamedTuple

from qgis.core import QgsPrintLayout, QgsProject
from qgis.PyQt import sip

from ..standard.errors import OriginMapError
from .sheet import new_layout

# Scenes are listed in one place for the whole application: no two threads make and take down layouts side by side.
_one_thread = threading.RLock()


class Book(NamedTuple):
    """The layout that gets the pages, and the project that owns their layers."""

    project: QgsProject
    layout: QgsPrintLayout


@contextmanager
def new_book(name: str) -> Iterator[Book]:
    """A layout without a page yet; at the end it is gone with everything that was put on it.

    Args:
        name: of the layout, which is a PDF's title.
    """
    with _one_thread:
        project = QgsProject()
        layout = new_layout(project, name)
        try:
            yield Book(project, layout)
        except OriginMapError as error:
            # The frames behind an error hold what was made in them.
            traceback.clear_frames(error.__traceback__)
            raise
        finally:
            sip.delete(layout)
            sip.delete(project)
