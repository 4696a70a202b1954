"""Counts of divisions in words."""

from __future__ import annotations

from collections import Counter

from qgis.PyQt.QtCore import QCoreApplication

from ...core.places.divisions import DivisionLevel
from ...core.register.divisions import Judged, LoadReport, RefusedRow
from .found_list import ELSEWHERE


def outlook(judged: Judged, known: set[str]) -> str:
    """What loading would do."""
    translate = QCoreApplication.translate
    report = judged.report(known)
    if not judged.divisions:
        return " ".join([translate("originmap", "Nothing here can be loaded."), *_left_out(judged.refused)])
    parts = [
        translate("originmap", "{divisions} – {new} new, {replaced} replaced.").format(
            divisions=_levels(report.loaded + report.replaced),
            new=sum(report.loaded.values()),
            replaced=sum(report.replaced.values()),
        )
    ]
    return " ".join(parts + _left_out(judged.refused))


def outcome(report: LoadReport) -> str:
    """What loading has done."""
    told = QCoreApplication.translate("originmap", "Loaded {divisions} – {new} new, {replaced} replaced.").format(
        divisions=_levels(report.loaded + report.replaced),
        new=sum(report.loaded.values()),
        replaced=sum(report.replaced.values()),
    )
    return " ".join([told, *_left_out(report.refused)])


def _left_out(rows: tuple[RefusedRow, ...]) -> list[str]:
    translate = QCoreApplication.translate
    refused = sum(row.code != ELSEWHERE for row in rows)
    others = len(rows) - refused
    told = []
    if refused:
        told.append(translate("originmap", "{count} rows are refused, see the list.").format(count=refused))
    if others:
        told.append(translate("originmap", "{count} rows of other counties are left out.").format(count=others))
    return told


def _levels(counts: Counter[DivisionLevel]) -> str:
    translate = QCoreApplication.translate
    titles = {
        DivisionLevel.PROVINCE: translate("originmap", "provinces: {count}"),
        DivisionLevel.CITY: translate("originmap", "cities: {count}"),
        DivisionLevel.COUNTY: translate("originmap", "counties: {count}"),
        DivisionLevel.TOWNSHIP: translate("originmap", "townships: {count}"),
        DivisionLevel.VILLAGE: translate("originmap", "villages: {count}"),
    }
    parts = [title.format(count=counts[level]) for level, title in titles.items() if counts[level]]
    return translate("originmap", ", ").join(parts)
