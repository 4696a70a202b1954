"""Records in words for lists and cards on paper, where people stay unnamed unless there is a purpose to name them."""

from __future__ import annotations

from typing import Iterable, Iterator, Mapping

from ..sheets.table_rows import RowMaker
from ..standard.masking import mask_name
from ..standard.model import Standard

# A registered name is public; whoever farms in no such form, or where nobody said in which, is a person.
REGISTERED = frozenset(("enterprise", "cooperative", "family_farm"))

Record = Mapping[str, object]


def shown_records(
    standard: Standard, records: Iterable[Record], *, masked: bool
) -> Iterator[tuple[Record, dict[str, str]]]:
    """Each record with what is said of it: words by the name of the field, and as ``amount`` the scale in its unit.

    Args:
        standard: gives the words, a county's own included.
        records: as :func:`core.register.selection.records` gives them.
        masked: whether names and phones of people are hidden, the producer's name of a household among them.
    """
    maker = RowMaker(standard, masked=masked)
    names = [field.name for field in standard.annex()]
    verified = {choice.code: choice.title for choice in standard.choices("verified_how")}
    for record in records:
        (row,) = maker.rows([record])
        said = {name: _plain(value) for name, value in zip(names, row) if value not in (None, "")}
        if masked and record.get("producer_type") not in REGISTERED and "producer_name" in said:
            said["producer_name"] = mask_name(said["producer_name"])
        how = str(record.get("verified_how") or "")
        said["amount"] = f"{said.get('scale', '')} {said.get('unit', '')}".strip()
        said["verified_how"] = "、".join(title for code, title in verified.items() if f'"{code}"' in how)
        said["verified_on"] = str(record.get("verified_on") or "")
        yield record, said


def _plain(value: object) -> str:
    return f"{value:,.12g}" if isinstance(value, float) else str(value)
