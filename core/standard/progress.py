"""How long work tells the person how far it is, and how it learns that the person wants it stopped."""

from __future__ import annotations

from typing import Protocol

from .errors import OriginMapError


class Cancelled(OriginMapError):
    """The person stopped the work; whoever raises it leaves everything as it was."""

    def __init__(self) -> None:
        super().__init__("CANCELLED")


class Progress(Protocol):
    """What long work is given; the caller decides whether a dialog, a log or nobody listens."""

    def set_fraction(self, fraction: float) -> None:
        """How much is done, from 0 to 1."""

    def is_cancelled(self) -> bool:
        """Whether the person asked to stop; asked once per row or chunk."""

    def note(self, text: str) -> None:
        """A sentence for the log, already in the person's language."""


class Silent:
    """Nobody listens and nobody cancels."""

    def set_fraction(self, fraction: float) -> None:
        """Tells nobody."""

    def is_cancelled(self) -> bool:
        """Never."""
        return False

    def note(self, text: str) -> None:
        """Tells nobody."""


def stop_if_cancelled(progress: Progress) -> None:
    """Raise :class:`Cancelled` when the person asked to stop."""
    if progress.is_cancelled():
        raise Cancelled
