"""How people are shown on lists that leave the office: masked, or in full for a purpose that is noted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..sheets.counted_table import CountedColumn
from ..sheets.report_workbook import ReportColumn
from ..sheets.table_rows import REGISTERED
from ..standard.masking import mask_name, mask_phone

_UNKNOWN = "未填"
_LONGEST_PERSON = 4  # signs of a person's name


@dataclass(frozen=True)
class Shown:
    """In full, or the surname and the ends of the number."""

    masked: bool = True

    @property
    def unknown(self) -> str:
        """What stands where nothing was filled in."""
        return _UNKNOWN

    def name(self, text: str) -> str:
        """A person's name, or that there is none."""
        return (mask_name(text) if self.masked else text) or _UNKNOWN

    def phone(self, text: str) -> str:
        """A number."""
        return mask_phone(text) if self.masked else text

    def person(self, name: str, phone: str) -> str:
        """A name with its number."""
        return f"{self.name(name)} {self.phone(phone)}".strip()

    def producer(self, text: str, kind: str) -> str:
        """A producer's name: that of a household is a person's."""
        return (text if kind in REGISTERED else self.name(text)) or _UNKNOWN

    def listed(self, text: str) -> str:
        """A producer's name of whom nobody said what kind it is: short ones are taken for a person's."""
        return self.name(text) if len(text) <= _LONGEST_PERSON else text


class Named(Protocol):
    """A township, or a person with a phone."""

    @property
    def name(self) -> str:
        """Of the township or person."""

    @property
    def phone(self) -> str:
        """Of the person."""


def collector_columns(people: Shown) -> tuple[CountedColumn[Named], ...]:
    """The columns that say which collector the numbers of a row are about."""
    return (
        (ReportColumn("信息采集员", 14), lambda collector: people.name(collector.name)),
        (ReportColumn("联系方式", 16), lambda collector: people.phone(collector.phone)),
    )


def township_columns(people: Shown) -> tuple[CountedColumn[Named], ...]:
    """The column that says which township the numbers of a row are about."""
    return ((ReportColumn("乡镇（街道）", 18), lambda township: township.name or people.unknown),)
