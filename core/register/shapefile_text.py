"""Shapefiles that do not say in which encoding their texts are: UTF-8 or GBK, told from the texts themselves."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from qgis.core import QgsFeatureRequest, QgsProviderRegistry, QgsVectorLayer

_CHINESE = "GB18030"
_UNREADABLE = "\ufffd"
_SAMPLE_BYTES = 262_144
_SAMPLE_FEATURES = 50
# Texts that were cut in the middle of a letter, as the format's limits do, break UTF-8 here and there.
_LOST_SHARE = 0.1


def mend_encoding(layer: QgsVectorLayer) -> None:
    """Let a layer of a shapefile read its texts right: the system's guess differs between computers.

    A ``.cpg`` beside the file is believed, unless what it says makes the texts unreadable.
    """
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source()) if layer.providerType() == "ogr" else {}
    path = Path(parts.get("path") or "")
    if path.suffix.lower() != ".shp":
        return
    if not path.with_suffix(".cpg").exists() and not path.with_suffix(".CPG").exists():
        layer.setProviderEncoding(_encoding_of(path.with_suffix(".dbf")))
    if _is_unreadable(layer):
        layer.setProviderEncoding(_CHINESE)


def _encoding_of(table: Path) -> str:
    content = b""
    with suppress(OSError), table.open("rb") as file:
        content = file.read(_SAMPLE_BYTES)
    beyond_ascii = sum(byte > 0x7F for byte in content)
    lost = len(content) - len(content.decode("utf-8", "ignore").encode("utf-8"))
    return _CHINESE if lost > _LOST_SHARE * beyond_ascii else "UTF-8"


def _is_unreadable(layer: QgsVectorLayer) -> bool:
    texts = [field.name() for field in layer.fields()]
    request = QgsFeatureRequest().setLimit(_SAMPLE_FEATURES).setFlags(QgsFeatureRequest.Flag.NoGeometry)
    for feature in layer.getFeatures(request):
        texts += [value for value in feature.attributes() if isinstance(value, str)]
    return any(_UNREADABLE in text for text in texts)
