"""By what a record is known again when its row comes in once more: producer, product, site and cycle."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import Iterable, Mapping, Optional, Sequence

# Of these a key is made, in this order of :func:`key_of_values`.
KEY_FIELDS = ("producer_name", "variety", "site_name", "site_address", "cycle")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_DIGEST_BYTES = 8
_SEPARATOR = "\x1f"
_MOST_SITES = 1_000


def normal(text: object) -> str:
    """A name as it counts for recognition: without spaces, punctuation, width and case."""
    if text is None:
        return ""
    plain = unicodedata.normalize("NFKC", str(text))
    # Asked of every name and address: most hold letters and digits only.
    return (plain if plain.isalnum() else _NOT_A_LETTER.sub("", plain)).casefold()


def record_key(producer: str, variety: Optional[str], site: str, cycle: Optional[str]) -> str:
    """The key of producer + variety + site + cycle, 16 hexadecimal digits.

    Args:
        producer: normalised name.
        variety: code.
        site: normalised name of the site, its address where it has none.
        cycle: ``2026-春茬``, ``2026-06``.
    """
    return digest((producer, variety or "", site, cycle or "", ""))


def key_of_further_site(key: str, ordinal: int) -> str:
    """The key of another site (``ordinal`` 1, 2 …) that nothing but its place tells from the one with this key."""
    return digest((key, "", "", "", str(ordinal)))


def sites_of(names: Sequence[object], addresses: Sequence[object]) -> list[str]:
    """The normalised site of each row."""
    return [normal(name) or normal(address) for name, address in zip(names, addresses)]


def key_of_values(producer: object, variety: object, site: object, address: object, cycle: object) -> str:
    """The key that an import would give a record with these values of :data:`KEY_FIELDS`."""
    where = normal(site) or normal(address)
    return record_key(normal(producer), str(variety or ""), where, str(cycle or ""))


def key_in_cycle(values: Mapping[str, object], cycle: str) -> Optional[str]:
    """The key under which an import of another cycle knows the site of a record; a further site stays the same one.

    ``None`` where no import knew the record: the import that meets it finds it by its values.
    """
    stored = values.get("record_key")
    if not stored:
        return None
    own = key_of_values(*(values.get(name) for name in KEY_FIELDS))
    there = key_of_values(*(cycle if name == "cycle" else values.get(name) for name in KEY_FIELDS))
    ordinals = range(1, _MOST_SITES) if stored != own else ()
    further = next((n for n in ordinals if key_of_further_site(own, n) == stored), 0)
    return key_of_further_site(there, further) if further else there


def digest(parts: Iterable[str]) -> str:
    """A short hash of texts, 16 hexadecimal digits."""
    text = _SEPARATOR.join(parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()
