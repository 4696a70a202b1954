"""Who works here, as the options page keeps it: what a record's form starts with and how names are shown."""

from __future__ import annotations

from dataclasses import dataclass, fields

from qgis.core import QgsSettings

_PREFIX = "originmap/profile/"
_AS_COLLECTOR = {"name": "collector_name", "phone": "collector_phone"}
_AS_OFFICER = ("officer_role", "officer_name", "officer_phone")
_COLLECTOR = "collector"


@dataclass(frozen=True)
class Profile:
    """The person at this computer.

    Attributes:
        name: of the collector; stands at every change in the history too.
        phone: of the collector.
        officer_role: ``township_officer`` or ``village_assistant``: the grid officer of new records.
        officer_name: of the grid officer.
        officer_phone: of the grid officer.
        area_code: division that the person looks after; empty for the whole register.
        area_name: its name, as the options page shows it.
        folder: where registers and workbooks are kept.
        masked: whether names and phones are masked wherever they are only shown.
        review_role: ``collector``, who submits records; ``reviewer``, who approves and returns them; ``enterprise``,
            which collects its own.
    """

    name: str = ""
    phone: str = ""
    officer_role: str = ""
    officer_name: str = ""
    officer_phone: str = ""
    area_code: str = ""
    area_name: str = ""
    folder: str = ""
    masked: bool = True
    review_role: str = _COLLECTOR

    @classmethod
    def load(cls) -> Profile:
        """As it was saved; the defaults for what never was."""
        settings = QgsSettings()
        kept = {
            field.name: settings.value(_PREFIX + field.name, field.default, type=type(field.default))
            for field in fields(cls)
        }
        return cls(**kept)

    def save(self) -> None:
        """Keep it in the QGIS profile."""
        settings = QgsSettings()
        for field in fields(self):
            settings.setValue(_PREFIX + field.name, getattr(self, field.name))

    def record_values(self) -> dict[str, object]:
        """What a new record takes over, under the names of the record's fields; empty values are left out."""
        values = {column: getattr(self, name) for name, column in _AS_COLLECTOR.items()}
        values.update({name: getattr(self, name) for name in _AS_OFFICER})
        return {name: value for name, value in values.items() if value}
