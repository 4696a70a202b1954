"""Names and numbers of people as the wizard shows them: masked when the profile says so."""

from __future__ import annotations

import re
from typing import Optional

from ...core.standard.findings import Finding
from ...core.standard.masking import mask_name, mask_phone, masked_finding
from ...core.standard.model import Field, Standard

# Numbers of phones and of identity cards, wherever they stand.
_NUMBERS = re.compile(r"(?<![\w.])(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{17}[\dXx])(?!\w)")


class Masks:
    """Masks texts, or leaves them as they are while :attr:`on` is false."""

    def __init__(self, standard: Standard, on: bool) -> None:
        self._standard = standard
        self.on = on

    def cell(self, text: str, personal: Optional[Field]) -> str:
        """A cell of a column that holds a person's name or number, or of one that may hold anything (``None``)."""
        if not self.on or not text:
            return text
        if personal is None:
            return _NUMBERS.sub(lambda found: mask_phone(found.group()), text)
        return mask_phone(text) if personal.pattern == "phones" else mask_name(text)

    def finding(self, finding: Finding) -> Finding:
        """A finding whose sentence may quote the cell."""
        return masked_finding(finding, self._standard) if self.on else finding
