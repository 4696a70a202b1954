"""What is looked over before a map is printed, by QGIS's own layout window as by our algorithms."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Iterable

from qgis.core import (
    NULL,
    QgsAbstractValidityCheck,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCsException,
    QgsFeedback,
    QgsLayout,
    QgsLayoutItemAttributeTable,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutValidityCheckContext,
    QgsLegendStyle,
    QgsRectangle,
    QgsValidityCheckContext,
    QgsValidityCheckResult,
    QgsVectorLayer,
)
from qgis.PyQt import sip

from ..compat import transform_between
from ..locale import language
from ..standard.messages import message
from ..standard.model import Field, load_standard

STALE_DAYS = 180
NEWEST = "originmap/newest"  # custom property of a layout: the latest day of collection on its maps
MOST_ENTRIES = 30
SMALLEST_POINTS = 5.0
# Mobile phones, also parted or with the country's number; landlines; identity numbers, which hold a day of birth, while
# a firm's credit code, as long, is public.
_PHONE_OR_IDENTITY = re.compile(
    r"(?<!\d)(?:(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-\d{7,8}"
    r"|\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx])(?!\d)"
)
_RECORD_COLUMNS = frozenset(("variety", "scale", "point_quality", "collected_on"))
_HAINAN = QgsRectangle(108.6, 18.1, 111.1, 20.2)
_ISLANDS = QgsRectangle(109.5, 4.5, 117.5, 16.5)  # the islands from Paracel to James Shoal


class LayoutCheck(QgsAbstractValidityCheck):
    """A check of a layout; a subclass gives ``CODE``, its sentence's code, and :meth:`faults`."""

    CODE = ""

    def create(self) -> LayoutCheck:
        """A fresh one, as QGIS asks for before each run."""
        return type(self)()

    def id(self) -> str:
        """The check's name, the same in every language."""
        return f"originmap_{self.CODE.lower()}"

    def checkType(self) -> int:
        """It is about layouts."""
        return QgsAbstractValidityCheck.Type.TypeLayoutCheck

    def prepareCheck(self, context: QgsValidityCheckContext, feedback: QgsFeedback) -> bool:
        """Look at the layout in the window's thread, since its items belong there."""
        self.results = [self._result(found) for found in self.faults(context.layout)] if _is_layout(context) else []
        return True

    def runCheck(self, context: QgsValidityCheckContext, feedback: QgsFeedback) -> list[QgsValidityCheckResult]:
        """What :meth:`prepareCheck` found."""
        return self.results

    def faults(self, layout: QgsLayout) -> Iterable[dict[str, object]]:
        """The parameters of the sentence for each fault."""
        raise NotImplementedError(self.CODE)

    def _result(self, params: dict[str, object]) -> QgsValidityCheckResult:
        told = message(self.CODE, language(), params)
        result = QgsValidityCheckResult()
        result.type = QgsValidityCheckResult.Type.Warning
        result.title, result.detailedDescription, result.checkId = told.title, f"{told.text}{told.advice}", self.id()
        return result


class PersonalDataCheck(LayoutCheck):
    """Names or numbers of people can be read off the sheet."""

    CODE = "CHECK_PERSONAL_DATA"

    def faults(self, layout: QgsLayout) -> Iterable[dict[str, object]]:
        """Numbers in texts and tables, personal columns in labels and attribute tables."""
        if any(_PHONE_OR_IDENTITY.search(text) for text in _texts(layout)):
            yield {"what": "电话或证件号码" if language() == "zh" else "a phone or identity number"}
        standard = load_standard()
        personal = {field.name: field.title_in(language()) for field in standard.fields if _names_people(field)}
        shown = "\n".join(_expressions(layout))
        for name, title in personal.items():
            if re.search(rf"\b{name}\b", shown):
                yield {"what": title}


class SouthChinaSeaCheck(LayoutCheck):
    """All of Hainan or of China is shown, without the islands of the South China Sea."""

    CODE = "CHECK_SOUTH_CHINA_SEA"

    def faults(self, layout: QgsLayout) -> Iterable[dict[str, object]]:
        """One for the sheet, however many maps are on it."""
        shown = [_in_degrees(item) for item in _items(layout, QgsLayoutItemMap)]
        if any(extent.contains(_HAINAN) for extent in shown) and not any(one.contains(_ISLANDS) for one in shown):
            yield {}


class NoRecordsCheck(LayoutCheck):
    """A layer of records shows none."""

    CODE = "CHECK_NO_RECORDS"

    def faults(self, layout: QgsLayout) -> Iterable[dict[str, object]]:
        """Each layer whose query finds nothing."""
        return ({"layer": layer.name()} for layer in _records(layout) if not layer.featureCount())


class StaleCheck(LayoutCheck):
    """The newest record is old."""

    CODE = "CHECK_STALE"

    def faults(self, layout: QgsLayout) -> Iterable[dict[str, object]]:
        """One when all layers of records together have nothing newer; sums are as old as what they were made of."""
        days = [str(layout.customProperty(NEWEST, "")), *(_newest(layer) for layer in _records(layout))]
        days = [day for day in days if day]
        limit = (date.today() - timedelta(days=STALE_DAYS)).isoformat()
        if days and max(days) < limit:
            yield {"day": max(days), "days": STALE_DAYS}


class LegendCheck(LayoutCheck):
    """The legend has too many entries, or something on the sheet is written too small."""

    CODE = "CHECK_UNREADABLE"

    def faults(self, layout: QgsLayout) -> Iterable[dict[str, object]]:
        """One for each legend and each size of type."""
        chinese = language() == "zh"
        for legend in _items(layout, QgsLayoutItemLegend):
            entries = sum(
                len(legend.model().layerLegendNodes(node)) for node in legend.model().rootGroup().findLayers()
            )
            if entries > MOST_ENTRIES:
                yield {"what": f"图例有 {entries} 项" if chinese else f"the legend has {entries} entries"}
        small = min(_sizes(layout), default=SMALLEST_POINTS)
        if small < SMALLEST_POINTS:
            yield {"what": f"文字小到 {small:g} 磅" if chinese else f"text of {small:g} points"}


CHECKS: tuple[type[LayoutCheck], ...] = (
    PersonalDataCheck,
    SouthChinaSeaCheck,
    NoRecordsCheck,
    StaleCheck,
    LegendCheck,
)


def register_checks() -> tuple[LayoutCheck, ...]:
    """Hand the checks to QGIS, which runs them before it prints any layout; give them back to withdraw them."""
    made = tuple(kind() for kind in CHECKS)
    for one in made:
        QgsApplication.validityCheckRegistry().addCheck(one)
    return made


def withdraw_checks(checks: Iterable[LayoutCheck]) -> None:
    """Take the checks away again, those that are still there: at its end QGIS lets go of them before the provider."""
    for one in checks:
        if not sip.isdeleted(one):
            QgsApplication.validityCheckRegistry().removeCheck(one)


def check(layout: QgsLayout) -> list[QgsValidityCheckResult]:
    """What our checks find on a layout, whether or not QGIS knows of them."""
    context, feedback, found = QgsLayoutValidityCheckContext(layout), QgsFeedback(), []
    for kind in CHECKS:
        one = kind()
        one.prepareCheck(context, feedback)
        found.extend(one.runCheck(context, feedback))
    return found


def _names_people(field: Field) -> bool:
    """Whether a column may hold people's data; what a household is called is a person's name."""
    return field.personal or field.name == "producer_name"


def _is_layout(context: QgsValidityCheckContext) -> bool:
    return isinstance(context, QgsLayoutValidityCheckContext) and context.layout is not None


def _items(layout: QgsLayout, kind: type) -> list:
    return [item for item in layout.items() if isinstance(item, kind)]


def _texts(layout: QgsLayout) -> Iterable[str]:
    yield from (label.currentText() for label in _items(layout, QgsLayoutItemLabel))
    for table in layout.multiFrames():
        if isinstance(table, QgsLayoutItemManualTable):
            yield from (str(cell.content() or "") for row in table.tableContents() for cell in row)


def _expressions(layout: QgsLayout) -> Iterable[str]:
    """What maps are labelled with and attribute tables show."""
    for layer in _layers(layout):
        if layer.labelsEnabled() and layer.labeling() is not None:
            labeling = layer.labeling()
            yield from (labeling.settings(provider).fieldName for provider in labeling.subProviders())
    for table in layout.multiFrames():
        if isinstance(table, QgsLayoutItemAttributeTable):
            yield from (column.attribute() for column in table.columns())


def _layers(layout: QgsLayout) -> list[QgsVectorLayer]:
    drawn = layout.project().layerTreeRoot().checkedLayers()
    shown = [layer for item in _items(layout, QgsLayoutItemMap) for layer in (item.layers() or drawn)]
    return list({layer.id(): layer for layer in shown if isinstance(layer, QgsVectorLayer)}.values())


def _records(layout: QgsLayout) -> list[QgsVectorLayer]:
    return [layer for layer in _layers(layout) if set(layer.fields().names()) >= _RECORD_COLUMNS]


def _newest(layer: QgsVectorLayer) -> str:
    value = layer.maximumValue(layer.fields().indexOf("collected_on"))
    if value is None or value == NULL:
        return ""
    return value if isinstance(value, str) else value.toString("yyyy-MM-dd")


def _in_degrees(item: QgsLayoutItemMap) -> QgsRectangle:
    degrees = QgsCoordinateReferenceSystem.fromEpsgId(4490)
    try:
        transform = transform_between(item.crs(), degrees, item.layout().project().transformContext())
        return transform.transformBoundingBox(item.extent())
    except QgsCsException:
        return QgsRectangle()


def _sizes(layout: QgsLayout) -> Iterable[float]:
    for label in _items(layout, QgsLayoutItemLabel):
        if label.text():
            yield label.textFormat().size() if hasattr(label, "textFormat") else label.font().pointSizeF()
    for legend in _items(layout, QgsLayoutItemLegend):
        style = legend.style(QgsLegendStyle.Style.SymbolLabel)
        yield style.textFormat().size() if hasattr(style, "textFormat") else style.font().pointSizeF()
