"""What a map is asked to show: one value that becomes the layer's subset string and the words under the title."""

from __future__ import annotations

from dataclasses import dataclass

from ..standard.model import Standard
from ..standard.to_sql import quoted


@dataclass(frozen=True)
class MapQuery:
    """Conditions that must all hold; empty ones hold for every record.

    Attributes:
        varieties: codes of products.
        division: beginning of a division code.
    """

    varieties: tuple[str, ...] = ()
    division: str = ""

    def subset(self) -> str:
        """The condition in the data provider's words; records that ended are not on a map."""
        parts = ["\"status\" <> 'ended'"]
        if self.varieties:
            parts.append(f'"variety" IN ({", ".join(map(quoted, self.varieties))})')
        if self.division:
            parts.append(f'substr("division_code", 1, {len(self.division)}) = {quoted(self.division)}')
        return " AND ".join(parts)

    def in_words(self, standard: Standard, place: str) -> str:
        """The conditions as a reader of the map sees them, in Chinese; ``place`` names the division."""
        products = "、".join(v.title for v in standard.varieties if v.code in self.varieties)
        return f"{place}　产品：{products or '全部'}"
