"""Where the rows of a file went, as a sum that a person can check, and in one sentence."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QWidget

from ...core.georeference.options import Counts, Outcome
from ...core.standard.messages import message

_SUM = ("new", "updated", "unchanged", "refused")
_BESIDE = ("without_point", "approximate", "drafts", "skipped")
_LARGER = 1.3


class CountsView(QWidget):
    """rows = new + updated + unchanged + refused; below it what these rows are like, and the sheets left out."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("originmap_import_counts")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(self.fontMetrics().height())
        self._numbers: dict[str, QLabel] = {}
        titles = count_titles()
        self._add_sum(titles)
        self._beside = {name: QLabel(titles[name]) for name in _BESIDE}
        for number, (name, title) in enumerate(self._beside.items(), start=2):
            self._numbers[name] = self._number(self._grid, number, 0)
            self._grid.addWidget(title, number, 2, 1, 8)
        self._left_out = QLabel()
        self._left_out.setObjectName("originmap_import_left_out")
        self._left_out.setWordWrap(True)
        self._grid.addWidget(self._left_out, len(_BESIDE) + 2, 0, 1, 11)
        self._grid.setColumnStretch(10, 1)

    def show_outcome(self, outcome: Outcome, language: str) -> None:
        """The counts of an import, or of a dry run."""
        for name, label in self._numbers.items():
            label.setText(f"{getattr(outcome.counts, name):,}")
        for name, title in self._beside.items():
            for widget in (title, self._numbers[name]):
                widget.setVisible(getattr(outcome.counts, name) > 0)
        reasons = (
            message(report.reason, language, {"sheet": report.name}).text
            if report.reason.startswith("SHEET")
            else _blocked(report.name, report.reason, outcome, language)
            for report in outcome.sheets
            if not report.read
        )
        self._left_out.setText("\n".join(reasons))

    def number(self, name: str) -> int:
        """A count as it is shown."""
        return int(self._numbers[name].text().replace(",", "") or 0)

    def _add_sum(self, titles: dict[str, str]) -> None:
        for place, name in enumerate(("rows", *_SUM)):
            if place:
                sign = QLabel("=" if place == 1 else "+")
                sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
                self._grid.addWidget(sign, 0, 2 * place - 1)
            self._numbers[name] = self._number(self._grid, 0, 2 * place)
            self._numbers[name].setAlignment(Qt.AlignmentFlag.AlignCenter)
            title = QLabel(titles[name])
            title.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(title, 1, 2 * place)

    def _number(self, grid: QGridLayout, row: int, column: int) -> QLabel:
        label = QLabel("0")
        font = label.font()
        font.setBold(True)
        if row == 0:
            font.setPointSizeF(font.pointSizeF() * _LARGER)
        label.setFont(font)
        label.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label, row, column)
        return label


def count_titles() -> dict[str, str]:
    """What the counts are called."""
    translate = QCoreApplication.translate
    return {
        "rows": translate("originmap", "Rows"),
        "new": translate("originmap", "New"),
        "updated": translate("originmap", "Updated"),
        "unchanged": translate("originmap", "Unchanged"),
        "refused": translate("originmap", "Refused"),
        "without_point": translate("originmap", "Waiting for a point"),
        "approximate": translate("originmap", "Approximate points"),
        "drafts": translate("originmap", "Kept with errors"),
        "skipped": translate("originmap", "Titles, notes and totals"),
    }


def told(counts: Counts) -> str:
    """The sentence of the message bar, short enough for one line of it."""
    text = QCoreApplication.translate(
        "originmap",
        "Imported {rows} rows: {new} new + {updated} updated + {unchanged} unchanged + {refused} refused; "
        "{waiting} wait for a point.",
    )
    return text.format(
        rows=counts.rows,
        new=counts.new,
        updated=counts.updated,
        unchanged=counts.unchanged,
        refused=counts.refused,
        waiting=counts.without_point,
    )


def _blocked(sheet: str, code: str, outcome: Outcome, language: str) -> str:
    finding = next((f for f in outcome.findings if f.sheet == sheet and f.code == code), None)
    where = QCoreApplication.translate("originmap", "Sheet “{sheet}” was left out: {reason}")
    reason = finding.message(language) if finding is not None else message(code, language, {})
    return where.format(sheet=sheet, reason=reason.sentence)
