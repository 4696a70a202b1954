"""Copied photos that perhaps no record uses: listed in the QGIS profile, so that none stays behind as an orphan."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path
from typing import NamedTuple, Optional

from qgis.core import QgsApplication, QgsSettings

from ...core.register.photos import drop_unused
from ...core.standard.errors import OriginMapError
from ...core.standard.progress import Progress, stop_if_cancelled

_LOG = logging.getLogger(__name__)
_KEY = "originmap/placing/unsettled_photos"
_FORGOTTEN_SECONDS = 24 * 3600
# Where the pages keep what was typed and not saved (core/register/pending).
_DRAFTS = "originmap"


class Unsettled(NamedTuple):
    """A copy: its register, its path relative to it, and when it was made (seconds since 1970)."""

    register: str
    evidence: str
    at: float


def note(register: Path, evidence: str) -> Unsettled:
    """List a copy that was just made."""
    new = Unsettled(str(register), evidence, time.time())
    _write([*listed(), new])
    return new


def listed() -> list[Unsettled]:
    """All copies of which nobody knows yet whether a record uses them."""
    try:
        return [Unsettled(*entry) for entry in json.loads(QgsSettings().value(_KEY, "[]", type=str))]
    except (ValueError, TypeError):
        return []


def forgotten(before: Optional[Unsettled]) -> list[Unsettled]:
    """Those that can be looked after: the one a person just replaced, and all that are older than a day."""
    old = time.time() - _FORGOTTEN_SECONDS
    return [one for one in listed() if one == before or one.at < old]


def settle(waiting: list[Unsettled], progress: Progress) -> list[Unsettled]:
    """Remove those that nothing uses; those that need no further look. Runs in another thread."""
    drafts = list(Path(QgsApplication.qgisSettingsDirPath(), _DRAFTS).rglob("*.draft.json"))
    settled = []
    for one in waiting:
        stop_if_cancelled(progress)
        register = Path(one.register)
        try:
            if not register.is_file() or drop_unused(register, one.evidence, drafts):
                settled.append(one)
        except (OriginMapError, OSError) as error:
            _LOG.info("the photo %s stays for now: %s", one.evidence, error)
    return settled


def strike(settled: list[Unsettled]) -> None:
    """Take them off the list."""
    _write([one for one in listed() if one not in settled])


def _write(entries: list[Unsettled]) -> None:
    QgsSettings().setValue(_KEY, json.dumps(entries))
