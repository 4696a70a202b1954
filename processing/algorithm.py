"""The frame all algorithms share: groups, tags, icon, and errors told as one sentence."""

from __future__ import annotations

import logging
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from ..core.locale import language
from ..core.standard.errors import OriginMapError
from ..core.standard.paths import RESOURCES
from .targets import check_targets

__all__ = ["FeedbackProgress", "OriginMapAlgorithm", "language"]

ICON = RESOURCES / "icons" / "originmap.svg"
MANUAL = "https://github.com/originmap/originmap/blob/main/docs/algorithms.md"

logger = logging.getLogger(__name__)


class FeedbackProgress:
    """Processing's feedback in the shape core asks for (:class:`core.standard.progress.Progress`).

    Args:
        feedback: where progress goes and cancelling comes from.
        start: where on the bar this piece of work begins, from 0 to 1.
        end: where it ends.
    """

    def __init__(self, feedback: QgsProcessingFeedback, start: float = 0.0, end: float = 1.0) -> None:
        self._feedback = feedback
        self._start = start
        self._width = end - start

    def set_fraction(self, fraction: float) -> None:
        """Move the bar within this piece's share."""
        self._feedback.setProgress(100.0 * (self._start + self._width * fraction))

    def is_cancelled(self) -> bool:
        """Whether the person pressed cancel."""
        return self._feedback.isCanceled()

    def note(self, text: str) -> None:
        """Write a line into the log of the run."""
        self._feedback.pushInfo(text)


class OriginMapAlgorithm(QgsProcessingAlgorithm):
    """Base of all algorithms.

    A subclass gives ``NAME``, ``GROUP`` (``register``, ``georeference``, ``review``, ``quality``, ``map``,
    ``coordinates``) and ``TAGS`` (search words in Chinese and English), ``displayName``, ``shortHelpString``,
    ``initAlgorithm`` and ``carry_out``; and ``PICTURE``, a file of ``resources/icons``, where it has one of its own.
    """

    NAME = ""
    GROUP = ""
    TAGS: tuple[str, ...] = ()
    PICTURE = ICON.name

    def __init_subclass__(cls) -> None:
        """Keep ``run`` free: Processing calls it on the algorithm, with other arguments and another result."""
        super().__init_subclass__()
        if "run" in vars(cls):
            raise TypeError(f"{cls.__name__}.run hides QgsProcessingAlgorithm.run; name it carry_out")

    def createInstance(self) -> OriginMapAlgorithm:
        """A fresh one of the same kind, as Processing asks for before each run."""
        return type(self)()

    def name(self) -> str:
        """The identifier behind ``originmap:``."""
        return self.NAME

    def group(self) -> str:
        """The group's name in the toolbox."""
        return {
            "register": QCoreApplication.translate("originmap", "Register"),
            "georeference": QCoreApplication.translate("originmap", "Georeference"),
            "coordinates": QCoreApplication.translate("originmap", "Coordinates"),
            "review": QCoreApplication.translate("originmap", "Review"),
            "quality": QCoreApplication.translate("originmap", "Quality"),
            "map": QCoreApplication.translate("originmap", "Map"),
        }[self.GROUP]

    def groupId(self) -> str:
        """The group's identifier, the same in every language."""
        return self.GROUP

    def tags(self) -> list[str]:
        """Words the toolbox search finds the algorithm by, whatever the language of QGIS."""
        return list(self.TAGS)

    def icon(self) -> QIcon:
        """The algorithm's own icon, else the plugin's."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """The same icon for the places where Processing draws it itself."""
        return str(ICON.with_name(self.PICTURE))

    def helpUrl(self) -> str:
        """The algorithm's section of the manual."""
        return f"{MANUAL}#{self.NAME}"

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Run, and turn what a person has to know into the one error Processing shows."""
        try:
            check_targets(self, parameters, context)
            return self.carry_out(parameters, context, feedback)
        except OriginMapError as error:
            if error.details:
                logger.warning("%s: %s", error.code, error.details)
                feedback.pushDebugInfo(error.details)
            # QGIS never lets go of what an algorithm raises, and the frames behind it hold layers and layouts, which
            # have to go before the application does.
            error.__traceback__ = None
            del parameters, context, feedback
            raise QgsProcessingException(error.sentence(language())) from error

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, object]:
        """Read the parameters, call core, fill the outputs.

        Raises:
            OriginMapError: told to the person in the language of QGIS.
        """
        raise NotImplementedError(self.NAME)
