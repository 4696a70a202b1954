"""Findings as rows of a Processing sink, the same for every algorithm that finds something."""

from __future__ import annotations

from typing import Iterable

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
)

from ..core.compat import FieldKind, new_field
from ..core.standard.findings import Finding
from ..core.standard.masking import masked_finding
from ..core.standard.model import Standard
from .sinks import add


class FindingsSink:
    """The columns of findings and how they are filled, in ``zh`` or ``en``."""

    def __init__(self, standard: Standard, language: str) -> None:
        self._language = language
        self._standard = standard
        columns = (*standard.fields, *standard.sheet_fields)
        self._titles = {column.name: column.title if language == "zh" else column.title_en for column in columns}
        self.fields = QgsFields()
        for name in ("level", "code", "field", "title", "sheet"):
            self.fields.append(new_field(name, FieldKind.TEXT))
        self.fields.append(new_field("row", FieldKind.INTEGER))
        for name in ("what", "advice", "proposal"):
            self.fields.append(new_field(name, FieldKind.TEXT))

    def write(self, findings: Iterable[Finding], sink: QgsFeatureSink) -> None:
        """Add a row per finding, in their order.

        Raises:
            QgsProcessingException: the sink does not take one.
        """
        for finding in findings:
            feature = QgsFeature(self.fields)
            feature.setAttributes(self._attributes(finding))
            add(sink, feature)

    def _attributes(self, finding: Finding) -> list[object]:
        finding = masked_finding(finding, self._standard)
        said = finding.message(self._language)
        title = self._titles.get(finding.field, "")
        place = [finding.level.value, finding.code, finding.field, title, finding.sheet, finding.row]
        return [*place, said.text, said.advice, finding.proposal]
