"""The native form of the records, made from the standard: titles, topics, widgets, defaults and constraints."""

from __future__ import annotations

from typing import Iterable, Mapping

from qgis.core import (
    QgsAttributeEditorContainer,
    QgsAttributeEditorField,
    QgsAttributeTableConfig,
    QgsDefaultValue,
    QgsEditFormConfig,
    QgsEditorWidgetSetup,
    QgsExpression,
    QgsFieldConstraints,
    QgsOptionalExpression,
    QgsValueMapFieldFormatter,
    QgsVectorLayer,
)

from ..compat import form_with_tabs
from ..standard.model import Field, FieldType, Standard
from ..standard.to_expression import field_constraint, quoted

CHOICE_LAYER = "choice"
# Raised whenever the form changes, so that registers that have the one before get the new one.
FORM_VERSION = 2

_SYSTEM_GROUP = "system"
_NO_CHOICE = "—"
_LONG_TEXT = 255
_LARGEST_NUMBER = 1e9
_PERSON = "coalesce(@originmap_user, nullif(@user_full_name, ''), @user_account_name)"
_FOLLOWS_VARIETY = ("industry", "unit")
_SET_BY_SYSTEM = frozenset(("industry", "unit", "point_at", "point_by"))
_WIDE_FIELDS = frozenset(("site_address", "remark", "certification", "traceability", "verified_how"))


def build_form(layer: QgsVectorLayer, standard: Standard, settings: Mapping[str, str], choices: str) -> None:
    """Give the layer of the records its form.

    Args:
        layer: the table ``record`` of a register.
        standard: with the county's own values.
        settings: of the register; ``province_name``, ``city_name`` and ``county_name`` become defaults.
        choices: source of the code lists' table, relative to the register (``./x.gpkg|layername=choice``).
    """
    for field in standard.fields:
        index = layer.fields().indexOf(field.name)
        layer.setFieldAlias(index, field.title)
        layer.setEditorWidgetSetup(index, _widget(field, standard, choices))
        layer.setDefaultValueDefinition(index, _default(field, standard, settings))
        expression, description = field_constraint(standard, field.name)
        if expression:
            layer.setConstraintExpression(index, expression, description)
            strength = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard
            layer.setFieldConstraint(index, QgsFieldConstraints.Constraint.ConstraintExpression, strength)
    layer.setEditFormConfig(_arranged(layer, standard))
    layer.setAttributeTableConfig(_table(layer, standard))
    layer.setDisplayExpression('concat("producer_name", \' \', represent_value("variety"), \' \', "cycle")')


def _widget(field: Field, standard: Standard, choices: str) -> QgsEditorWidgetSetup:
    if field.several:
        return QgsEditorWidgetSetup("ValueRelation", _several(field, choices))
    if field.list:
        entries = [(_NO_CHOICE, QgsValueMapFieldFormatter.NULL_VALUE)]
        entries += [(choice.title, choice.code) for choice in standard.choices(field.name)]
        return QgsEditorWidgetSetup("ValueMap", {"map": [{title: code} for title, code in entries]})
    if field.hidden:
        return QgsEditorWidgetSetup("Hidden", {})
    return _plain_widget(field)


def _plain_widget(field: Field) -> QgsEditorWidgetSetup:
    if field.type is FieldType.DATE:
        day = {"display_format": "yyyy-MM-dd", "field_format": "yyyy-MM-dd"}
        return QgsEditorWidgetSetup("DateTime", {**day, "calendar_popup": True, "allow_null": True})
    if field.type in (FieldType.NUMBER, FieldType.INTEGER):
        lowest = -_LARGEST_NUMBER if field.minimum is None else field.minimum
        highest = _LARGEST_NUMBER if field.maximum is None else field.maximum
        config = {"Min": lowest, "Max": highest, "Step": 1, "Style": "SpinBox", "AllowNull": True, "Precision": 2}
        return QgsEditorWidgetSetup("Range", config)
    return QgsEditorWidgetSetup("TextEdit", {"IsMultiline": (field.max_length or 0) > _LONG_TEXT, "UseHtml": False})


def _several(field: Field, choices: str) -> Mapping[str, object]:
    """Check boxes over the code lists' table: the one widget of QGIS that keeps several choices as a JSON list.

    QGIS before 3.42, and QField, know no order but that of the codes or of what is shown: so the numbers stand in it.
    """
    return {
        "Layer": CHOICE_LAYER,
        "LayerName": CHOICE_LAYER,
        "LayerSource": choices,
        "LayerProviderName": "ogr",
        "Key": "code",
        "Value": "label",
        "FilterExpression": f'"list" = {quoted(field.list)}',
        "AllowMulti": True,
        "AllowNull": True,
        "OrderByValue": True,
        "NofColumns": 2,
    }


def _default(field: Field, standard: Standard, settings: Mapping[str, str]) -> QgsDefaultValue:
    if field.name in _FOLLOWS_VARIETY:
        pairs = ", ".join(f"{quoted(v.code)}, {quoted(getattr(v, field.name))}" for v in standard.varieties)
        return QgsDefaultValue(f'map_get(map({pairs}), "variety")', True)
    if field.name in _DEFAULTS:
        return QgsDefaultValue(_DEFAULTS[field.name], field.name in _ALWAYS)
    if field.name in ("province", "city", "county") and settings.get(f"{field.name}_name"):
        return QgsDefaultValue(quoted(settings[f"{field.name}_name"]))
    return QgsDefaultValue(quoted(field.default)) if field.default else QgsDefaultValue()


_DEFAULTS = {
    "uid": "uuid('WithoutBraces')",
    "origin": "'map'",
    "collected_on": "to_date(now())",
    "created_by": _PERSON,
    "updated_by": _PERSON,
}
_ALWAYS = ("updated_by",)


def _arranged(layer: QgsVectorLayer, standard: Standard) -> QgsEditFormConfig:
    config = layer.editFormConfig()
    config.setLayout(form_with_tabs())
    config.clearTabs()
    for group in standard.groups:
        fields = [f for f in standard.fields if f.group == group.name and not f.hidden]
        if group.name != _SYSTEM_GROUP and fields:
            config.addTab(_tab(layer, group.title, fields, standard))
    for field in standard.fields:
        index = layer.fields().indexOf(field.name)
        config.setReadOnly(index, field.name in _SET_BY_SYSTEM or (field.hidden and field.group == _SYSTEM_GROUP))
        config.setLabelOnTop(index, field.name in _WIDE_FIELDS)
    return config


def _tab(layer: QgsVectorLayer, title: str, fields: list[Field], standard: Standard) -> QgsAttributeEditorContainer:
    tab = QgsAttributeEditorContainer(title, None)
    tab.setIsGroupBox(False)
    tab.setColumnCount(1)
    _add_fields(layer, tab, (field for field in fields if not field.industries))
    for industries in dict.fromkeys(field.industries for field in fields if field.industries):
        box = _box(tab, industries, standard)
        _add_fields(layer, box, (field for field in fields if field.industries == industries))
        tab.addChildElement(box)
    return tab


def _box(
    parent: QgsAttributeEditorContainer, industries: tuple[str, ...], standard: Standard
) -> QgsAttributeEditorContainer:
    """A group that is seen only when the record's industry is one of those its fields are for."""
    titles = [choice.title for choice in standard.choices("industry") if choice.code in industries]
    box = QgsAttributeEditorContainer("、".join(titles), parent)
    box.setIsGroupBox(True)
    box.setColumnCount(1)
    condition = f'"industry" IN ({", ".join(quoted(code) for code in industries)})'
    box.setVisibilityExpression(QgsOptionalExpression(QgsExpression(condition), True))
    return box


def _add_fields(layer: QgsVectorLayer, container: QgsAttributeEditorContainer, fields: Iterable[Field]) -> None:
    for field in fields:
        index = layer.fields().indexOf(field.name)
        container.addChildElement(QgsAttributeEditorField(field.name, index, container))


def _table(layer: QgsVectorLayer, standard: Standard) -> QgsAttributeTableConfig:
    """The attribute table's columns: as the collection sheet first, then the others, those of the system hidden."""
    annex = [column.name for column in standard.annex() if column.name in layer.fields().names()]
    others = [field.name for field in standard.fields if field.name not in annex]
    hidden = {field.name for field in standard.fields if field.hidden and field.name != "status"}
    columns = [_table_column("fid", True)]
    columns += [_table_column(name, name in hidden) for name in ("status", *annex, *others)]
    config = QgsAttributeTableConfig()
    config.setColumns(_without_repeats(columns))
    return config


def _table_column(name: str, hidden: bool) -> QgsAttributeTableConfig.ColumnConfig:
    column = QgsAttributeTableConfig.ColumnConfig()
    column.name, column.hidden = name, hidden
    return column


def _without_repeats(columns: list[QgsAttributeTableConfig.ColumnConfig]) -> list[QgsAttributeTableConfig.ColumnConfig]:
    seen: dict[str, QgsAttributeTableConfig.ColumnConfig] = {}
    for column in columns:
        seen.setdefault(column.name, column)
    return list(seen.values())
