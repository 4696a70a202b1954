"""How often each product is collected: the list of products, and below it the rule of the one that is chosen."""

from __future__ import annotations

import re
from typing import Iterable, Mapping, Optional

from qgis.PyQt.QtCore import QCoreApplication, QSignalBlocker
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.quality.cadence import CADENCE_SETTING, SEASON_CROPS, CadenceRule, rule_from_json, with_rule
from ...core.standard.errors import OriginMapError
from ...core.standard.model import Cadence, LocalStandard, Standard, Variety
from ..icons import variety_icon
from ..label import wrapped_label
from .cadence_words import explained, in_words

_PRODUCT, _RULE = range(2)
_BETWEEN = re.compile(r"[\s、，,;；]+")
_MOST_DAYS, _LAST_DAY = 366, 31
_ROWS_SEEN = 5


class Cadences(QWidget):
    """Every change is kept at once; :meth:`values` gives the settings with them."""

    def __init__(self, national: Standard, language: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._national = national
        self._standard = national
        self._language = language
        self._settings: Mapping[str, str] = {}
        self._rules: dict[str, Optional[CadenceRule]] = {}
        translate = QCoreApplication.translate
        self.table = QTableWidget(0, 2)
        self.table.setObjectName("originmap_cadences")
        self.table.setHorizontalHeaderLabels(
            [translate("originmap", "Product"), translate("originmap", "To be collected again")]
        )
        self.table.setAccessibleName(translate("originmap", "How often each product is collected"))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(_PRODUCT, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(_RULE, QHeaderView.ResizeMode.Stretch)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * _ROWS_SEEN)
        self._rule = _RuleForm()
        self._meaning = wrapped_label("originmap_cadence_meaning")
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._rule)
        layout.addWidget(self._meaning)
        self.table.currentCellChanged.connect(self._chosen)
        self._rule.on_change(self._changed)

    def show_local(self, local: LocalStandard) -> None:
        """List the products with the rules that count, the county's own marked."""
        here = max(self.table.currentRow(), 0)
        self._settings = local.settings
        self._standard = self._national.with_local(local)
        self._rules = {variety.code: _own(local.settings, variety.code) for variety in self._standard.varieties}
        blocker = QSignalBlocker(self.table)
        self.table.setRowCount(len(self._rules))
        for row, variety in enumerate(self._standard.varieties):
            icon = variety_icon(variety.symbol, variety.colour)
            self.table.setItem(row, _PRODUCT, QTableWidgetItem(icon, variety.title_in(self._language)))
            self.table.setItem(row, _RULE, QTableWidgetItem())
            self._say(row)
        del blocker
        self.table.setCurrentCell(min(here, len(self._rules) - 1), _PRODUCT)
        self._chosen()

    def values(self, own_products: Iterable[Variety]) -> dict[str, str]:
        """The county's settings with the rules as they stand; that of a product that is given up goes with it."""
        settings = dict(self._settings)
        kept = {variety.code for variety in (*self._national.varieties, *own_products)}
        for code, rule in self._rules.items():
            rule = rule if code in kept else None
            if rule != _own(settings, code):
                settings = with_rule(settings, code, rule)
        return settings

    def _code(self) -> str:
        return self._standard.varieties[self.table.currentRow()].code

    def _national_rule(self, code: str) -> CadenceRule:
        return CadenceRule(self._standard.variety(code).cadence)

    def _chosen(self) -> None:
        if 0 <= self.table.currentRow() < len(self._rules):
            code = self._code()
            self._rule.show_rule(self._rules[code], self._national_rule(code))
            self._explain()

    def _changed(self) -> None:
        code = self._code()
        rule = self._rule.rule()
        if (rule is None) is not (self._rules[code] is None):
            # What counts as national, or begins as the county's own, is shown with its own numbers.
            self._rule.show_rule(rule, self._national_rule(code))
        self._rules[code] = rule
        self._say(self.table.currentRow())
        self._explain()

    def _say(self, row: int) -> None:
        code = self._standard.varieties[row].code
        own = self._rules[code]
        text = in_words(own or self._national_rule(code))
        if own is not None:
            text += QCoreApplication.translate("originmap", " (this county's own)")
        item = self.table.item(row, _RULE)
        item.setText(text)
        item.setToolTip(text)
        font = self.table.font()
        font.setBold(own is not None)
        item.setFont(font)

    def _explain(self) -> None:
        code = self._code()
        product = self._standard.variety(code).title_in(self._language)
        self._meaning.setText(explained(product, self._rules[code] or self._national_rule(code)))


class _RuleForm(QWidget):
    """The rule of one product; only what bears on it is shown."""

    def __init__(self) -> None:
        super().__init__()
        translate = QCoreApplication.translate
        self._every = _named(QComboBox(), "every")
        self._every.addItem("", None)
        self._every.addItem(translate("originmap", "Every crop"), Cadence.CROP)
        self._every.addItem(translate("originmap", "Every month"), Cadence.MONTH)
        self._seasons = {name: _named(QCheckBox(name), f"crop_{number}") for number, name in enumerate(SEASON_CROPS)}
        self._others = _named(QLineEdit(), "others")
        self._others.setPlaceholderText(translate("originmap", "Parted by 、"))
        self._grace = _days("grace", _MOST_DAYS)
        self._last_day = _days("last_day", _LAST_DAY)
        self._last_day.setSpecialValueText(translate("originmap", "its end"))
        self._soon = _days("soon", _MOST_DAYS)
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._crops = QWidget()
        crops = QHBoxLayout(self._crops)
        crops.setContentsMargins(0, 0, 0, 0)
        for box in self._seasons.values():
            crops.addWidget(box)
        crops.addStretch()
        self._crops.setToolTip(translate("originmap", "None ticked: those that each site grew before."))
        for title, widget in (
            (translate("originmap", "Collected again"), self._every),
            (translate("originmap", "Told how many days ahead"), self._soon),
            (translate("originmap", "Until which day of the month"), self._last_day),
            (translate("originmap", "Crops of a year"), self._crops),
            (translate("originmap", "Other crops"), self._others),
            (translate("originmap", "Days given after planting"), self._grace),
        ):
            self._layout.addRow(title, widget)

    def on_change(self, slot) -> None:  # type: ignore[no-untyped-def]  # any slot without arguments
        """Call a slot whenever the person changes something."""
        self._every.activated.connect(slot)
        for box in self._seasons.values():
            box.clicked.connect(slot)
        self._others.textEdited.connect(slot)
        for number in (self._grace, self._last_day, self._soon):
            number.valueChanged.connect(slot)

    def show_rule(self, own: Optional[CadenceRule], national: CadenceRule) -> None:
        """Fill in a rule; nothing counts as a change."""
        rule = own or national
        blockers = [QSignalBlocker(number) for number in (self._grace, self._last_day, self._soon)]
        text = QCoreApplication.translate("originmap", "As the national standard says: {words}")
        self._every.setItemText(0, text.format(words=in_words(national)))
        self._every.setCurrentIndex(0 if own is None else self._every.findData(own.every))
        for name, box in self._seasons.items():
            box.setChecked(name in rule.crops)
        self._others.setText("、".join(name for name in rule.crops if name not in self._seasons))
        self._grace.setValue(rule.grace)
        self._last_day.setValue(rule.last_day)
        self._soon.setValue(rule.soon)
        del blockers
        self._show_rows(own is not None, rule.every)

    def rule(self) -> Optional[CadenceRule]:
        """What the form says; ``None`` for the national rule."""
        every: Optional[Cadence] = self._every.currentData()
        if every is None:
            return None
        self._show_rows(True, every)
        named = [name for name, box in self._seasons.items() if box.isChecked()]
        crops = (*named, *filter(None, _BETWEEN.split(self._others.text())))
        month = every is Cadence.MONTH
        return CadenceRule(
            every,
            () if month else tuple(dict.fromkeys(crops)),
            self._soon.value(),
            CadenceRule.grace if month else self._grace.value(),
            self._last_day.value() if month else CadenceRule.last_day,
        )

    def _show_rows(self, own: bool, every: Cadence) -> None:
        crop = every is Cadence.CROP
        for widget, shown in (
            (self._crops, own and crop),
            (self._others, own and crop),
            (self._grace, own and crop),
            (self._last_day, own and not crop),
            (self._soon, own),
        ):
            widget.setVisible(shown)
            self._layout.labelForField(widget).setVisible(shown)


def _own(settings: Mapping[str, str], code: str) -> Optional[CadenceRule]:
    """The county's rule; one that cannot be read counts as none, so that it can be set anew here."""
    text = settings.get(f"{CADENCE_SETTING}{code}")
    try:
        return rule_from_json(text) if text else None
    except OriginMapError:
        return None


def _days(name: str, most: int) -> QSpinBox:
    box = _named(QSpinBox(), name)
    box.setRange(0, most)
    return box


def _named(widget, name: str):  # type: ignore[no-untyped-def]  # gives back the widget it got
    widget.setObjectName(f"originmap_cadence_{name}")
    return widget
