"""The data standard as values: fields, code lists, varieties, patterns and rules, read from ``resources/standard``.

A county's own thresholds, grades and varieties are laid over the national ones with :meth:`Standard.with_local`; the
result is again a :class:`Standard`, from which forms, database rules, templates and checks are made.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property, lru_cache
from typing import Mapping, Optional, Union

from .findings import Level
from .paths import STANDARD_FOLDER

# A condition is a small tree: its operator first, then its operands, which are field names, values or conditions.
Condition = tuple


class FieldType(str, Enum):
    """Types of the Frictionless Table Schema that the record uses."""

    STRING = "string"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"


class Stage(str, Enum):
    """When a rule has to hold: already when a row comes in, when a record is submitted, or over the whole register."""

    IMPORT = "import"
    SUBMIT = "submit"
    REGISTER = "register"


class Cadence(str, Enum):
    """How often a variety is collected: every crop (茬) or every month."""

    CROP = "crop"
    MONTH = "month"


@dataclass(frozen=True)
class Field:
    """One column of the record.

    ``required_at`` says from which stage on it must be filled; ``industries`` limits the field to some industries
    (empty: all); ``annex`` is its place in the collection sheet (annex 1), ``None`` when it is not in the sheet.
    """

    name: str
    title: str
    title_en: str
    type: FieldType = FieldType.STRING
    description: str = ""
    description_en: str = ""
    group: str = ""
    aliases: tuple[str, ...] = ()
    required_at: Optional[Stage] = None
    list: str = ""
    several: bool = False
    pattern: str = ""
    max_length: Optional[int] = None
    minimum: Optional[float] = None
    maximum: Optional[float] = None
    industries: tuple[str, ...] = ()
    personal: bool = False
    hidden: bool = False
    default: str = ""
    example: str = ""
    annex: Optional[int] = None

    def title_in(self, language: str) -> str:
        """The column's title in ``zh`` or ``en``."""
        return self.title if language == "zh" else self.title_en


@dataclass(frozen=True)
class SheetField:
    """A column that stands only in workbooks and is understood into others: longitude, latitude, serial number …"""

    name: str
    title: str
    title_en: str
    aliases: tuple[str, ...] = ()
    annex: Optional[int] = None


@dataclass(frozen=True)
class Choice:
    """One entry of a code list; ``industries`` and ``varieties`` limit what it fits (empty: everything)."""

    code: str
    title: str
    title_en: str
    aliases: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    varieties: tuple[str, ...] = ()

    def title_in(self, language: str) -> str:
        """The entry's title in ``zh`` or ``en``."""
        return self.title if language == "zh" else self.title_en


@dataclass(frozen=True)
class Variety:
    """One of the products collected.

    ``threshold`` is in ``unit``; ``threshold_engineered`` (亩) is the one of engineered aquatic facilities;
    ``colour`` is ``#rrggbb`` and ``symbol`` the stem of an SVG file in ``resources/symbols``.
    """

    code: str
    title: str
    title_en: str
    industry: str
    unit: str
    threshold: float
    cadence: Cadence
    colour: str
    symbol: str
    aliases: tuple[str, ...] = ()
    threshold_engineered: Optional[float] = None

    def title_in(self, language: str) -> str:
        """The product's name in ``zh`` or ``en``."""
        return self.title if language == "zh" else self.title_en

    def threshold_of(self, facility: str) -> float:
        """The threshold (in ``unit``) that counts for a pond or an engineered facility."""
        if facility == "engineered" and self.threshold_engineered is not None:
            return self.threshold_engineered
        return self.threshold


@dataclass(frozen=True)
class Rule:
    """One rule: where ``when`` holds, ``require`` must hold, else the record has the finding ``code`` at ``field``."""

    id: str
    field: str
    code: str
    level: Level
    stage: Stage
    require: Condition
    when: Optional[Condition] = None
    text_zh: str = ""
    text_en: str = ""

    def text_in(self, language: str) -> str:
        """The rule as one sentence in ``zh`` or ``en``."""
        return self.text_zh if language == "zh" else self.text_en


@dataclass(frozen=True)
class Group:
    """A topic under which the form shows its fields."""

    name: str
    title: str
    title_en: str


@dataclass(frozen=True)
class LocalStandard:
    """What a county sets for itself: thresholds by variety code (in its unit), grades, varieties, settings."""

    thresholds: Mapping[str, float] = field(default_factory=dict)
    thresholds_engineered: Mapping[str, float] = field(default_factory=dict)
    credit_grades: tuple[Choice, ...] = ()
    varieties: tuple[Variety, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Standard:
    """The whole standard, with a county's own values laid over it where there are any."""

    version: int
    fields: tuple[Field, ...]
    sheet_fields: tuple[SheetField, ...]
    groups: tuple[Group, ...]
    lists: Mapping[str, tuple[Choice, ...]]
    varieties: tuple[Variety, ...]
    patterns: Mapping[str, str]
    separators: Mapping[str, str]
    explicit_rules: tuple[Rule, ...]
    settings: Mapping[str, str]

    def field(self, name: str) -> Field:
        """The field of that name; ``KeyError`` when there is none."""
        return self._fields_by_name[name]

    def variety(self, code: str) -> Variety:
        """The variety of that code; ``KeyError`` when there is none."""
        for variety in self.varieties:
            if variety.code == code:
                return variety
        raise KeyError(code)

    def choices(self, field_name: str) -> tuple[Choice, ...]:
        """The entries of a field's code list; empty when it has none. Varieties read as a list too."""
        name = self.field(field_name).list
        if name == "variety":
            return tuple(
                Choice(v.code, v.title, v.title_en, v.aliases, industries=(v.industry,)) for v in self.varieties
            )
        return self.lists.get(name, ())

    def annex(self) -> tuple[Union[Field, SheetField], ...]:
        """The columns of the collection sheet (annex 1) in their order."""
        columns = [f for f in (*self.fields, *self.sheet_fields) if f.annex is not None]
        return tuple(sorted(columns, key=lambda f: f.annex or 0))

    def with_local(self, local: LocalStandard) -> Standard:
        """This standard with a county's own thresholds, grades, varieties and settings laid over it."""
        own = {variety.code for variety in local.varieties}
        varieties = tuple(v for v in self.varieties if v.code not in own) + local.varieties
        lists = dict(self.lists)
        if local.credit_grades:
            lists["credit_grade"] = local.credit_grades
        return replace(
            self,
            varieties=tuple(_with_thresholds(v, local) for v in varieties),
            lists=lists,
            settings={**self.settings, **local.settings},
        )

    @cached_property
    def _fields_by_name(self) -> Mapping[str, Field]:
        return {f.name: f for f in self.fields}


def _with_thresholds(variety: Variety, local: LocalStandard) -> Variety:
    return replace(
        variety,
        threshold=local.thresholds.get(variety.code, variety.threshold),
        threshold_engineered=local.thresholds_engineered.get(variety.code, variety.threshold_engineered),
    )


@lru_cache(maxsize=1)
def load_standard() -> Standard:
    """The national standard as it stands in ``resources/standard``."""
    record = _read("record.json")
    own = record["originmap"]
    return Standard(
        version=own["version"],
        fields=tuple(_field(entry) for entry in record["fields"]),
        sheet_fields=tuple(_sheet_field(entry) for entry in own["sheet_fields"]),
        groups=tuple(Group(**entry) for entry in own["groups"]),
        lists={name: tuple(_choice(entry) for entry in entries) for name, entries in _read("lists.json").items()},
        varieties=tuple(_variety(entry) for entry in _read("varieties.json")),
        patterns=own["patterns"],
        separators=own["separators"],
        explicit_rules=tuple(_rule(entry) for entry in _read("rules.json")),
        settings=own["settings"],
    )


def _read(name: str):  # type: ignore[no-untyped-def]  # the JSON's shape is checked by the dataclasses it fills
    return json.loads((STANDARD_FOLDER / name).read_text(encoding="utf-8"))


def _field(entry: Mapping) -> Field:
    own, limits = entry["originmap"], entry.get("constraints", {})
    required_at = own.get("required_at")
    return Field(
        name=entry["name"],
        title=entry["title"],
        title_en=own["title_en"],
        type=FieldType(entry["type"]),
        description=entry.get("description", ""),
        description_en=own.get("description_en", ""),
        group=own["group"],
        aliases=tuple(own.get("aliases", ())),
        required_at=Stage(required_at) if required_at else None,
        list=own.get("list", ""),
        several=own.get("several", False),
        pattern=own.get("pattern", ""),
        max_length=limits.get("maxLength"),
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        industries=tuple(own.get("industries", ())),
        personal=own.get("personal", False),
        hidden=own.get("hidden", False),
        default=own.get("default", ""),
        example=own.get("example", ""),
        annex=own.get("annex"),
    )


def _sheet_field(entry: Mapping) -> SheetField:
    return SheetField(**{**entry, "aliases": tuple(entry.get("aliases", ()))})


def _choice(entry: Mapping) -> Choice:
    lists = {key: tuple(entry.get(key, ())) for key in ("aliases", "industries", "varieties")}
    return Choice(entry["code"], entry["title"], entry["title_en"], **lists)


def _variety(entry: Mapping) -> Variety:
    return Variety(**{**entry, "aliases": tuple(entry["aliases"]), "cadence": Cadence(entry["cadence"])})


def _rule(entry: Mapping) -> Rule:
    return Rule(
        id=entry["id"],
        field=entry["field"],
        code=entry["code"],
        level=Level(entry["level"]),
        stage=Stage(entry["at"]),
        require=as_condition(entry["require"]),
        when=as_condition(entry["when"]) if "when" in entry else None,
        text_zh=entry["text"]["zh"],
        text_en=entry["text"]["en"],
    )


def as_condition(tree: object) -> Condition:
    """A condition as nested tuples, so that it can be hashed and compared."""
    if isinstance(tree, list):
        return tuple(as_condition(part) for part in tree)  # type: ignore[return-value]
    return tree  # type: ignore[return-value]
