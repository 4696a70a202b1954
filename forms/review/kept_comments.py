"""Comments that were written and not sent yet: kept on this computer, so that no crash and no other page loses them."""

from __future__ import annotations

import json
from typing import Mapping

from qgis.core import QgsSettings

_KEY = "originmap/review/comments"


class KeptComments:
    """By record and field; a record's comments go when it is returned or approved."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, str]] = {}
        try:
            kept = json.loads(QgsSettings().value(_KEY, "{}", type=str))
        except ValueError:
            return
        self._said = {uid: dict(said) for uid, said in kept.items() if isinstance(said, dict)}

    def of(self, uid: str) -> Mapping[str, str]:
        """What was said about a record, by field."""
        return self._said.get(uid, {})

    def say(self, uid: str, field: str, text: str) -> None:
        """Say something about a field (empty: the whole record); no words take it back."""
        said = self._said.setdefault(uid, {})
        said.pop(field, None)
        if text:
            said[field] = text
        elif not said:
            del self._said[uid]
        self._keep()

    def forget(self, uid: str) -> None:
        """They were sent, or are not needed any more."""
        if self._said.pop(uid, None) is not None:
            self._keep()

    def _keep(self) -> None:
        QgsSettings().setValue(_KEY, json.dumps(self._said, ensure_ascii=False))
