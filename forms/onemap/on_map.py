"""What everything below the conditions shares: whose map it is, and how the query comes onto it."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, NamedTuple

from qgis.core import QgsApplication

from ...core.onemap.query import Query
from ...core.onemap.query_words import in_words
from ..workbench import Workbench


class OnMap(NamedTuple):
    """The query on the map.

    Attributes:
        workbench: whose register and project it is.
        apply: lets the map show what is ticked; ``False`` when it cannot, and then nothing is made.
        query: gives the query that the map shows.
    """

    workbench: Workbench
    apply: Callable[[], bool]
    query: Callable[[], Query]

    @property
    def path(self) -> Path:
        """The register that is open."""
        return self.workbench.session.path

    @property
    def person(self) -> str:
        """Who exports: what leaves in full is always noted with somebody."""
        name = self.workbench.profile.name
        return name or QgsApplication.userFullName() or QgsApplication.userLoginName()

    @property
    def words(self) -> str:
        """The query in words, as they stand on maps and tables."""
        session = self.workbench.session
        return in_words(self.query(), session.standard, names=session.register.division_names())
