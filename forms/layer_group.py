"""The register's layers in the project: one group, found again by custom property, kept in a project of its own.

A blank project becomes the register's own: it is written beside the register (``x.gpkg`` → ``x.qgz``) and opens with it
from then on. Into a project that a person made only the group is put, and the project is theirs to save.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Optional

from qgis.core import (
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsLayerTreeNode,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.register.editing import path_of
from ..core.register.form import CHOICE_LAYER, build_form
from ..core.register.layers import ROLE, choices_beside, open_layer
from ..core.register.schema import DIVISION, RECORD
from .session import Session

GROUP = "group"
BASEMAP = "basemap"


def project_beside(register: Path) -> Path:
    """Where the project of a register lies."""
    return register.with_suffix(".qgz")


def is_blank(project: QgsProject) -> bool:
    """Whether nobody has done anything with the project yet."""
    return not project.fileName() and not project.mapLayers()


def is_own(project: QgsProject, register: Path) -> bool:
    """Whether the project is the register's own one."""
    return bool(project.fileName()) and Path(project.fileName()) == project_beside(register)


def register_in(project: QgsProject) -> Optional[Path]:
    """The register whose records stand in the project, where there is one."""
    layers = [layer for layer in project.mapLayers().values() if layer.customProperty(ROLE) == RECORD]
    return path_of(layers[0]) if layers else None


def put_into(project: QgsProject, register: Path, county: str) -> QgsVectorLayer:
    """Make sure that the register's layers stand in the project, and say which layer holds its records.

    Raises:
        RegisterError: ``REGISTER_NOT_ONE``.
    """
    records = _layer(project, register, RECORD)
    if records is not None:
        return records
    group = _new_group(project, county)
    # The form of the records looks its code lists up in this layer; nobody needs to see it.
    choices = open_layer(register, CHOICE_LAYER)
    choices.setFlags(choices.flags() | QgsMapLayer.LayerFlag.Private)
    project.addMapLayer(choices, False)
    for table in (RECORD, DIVISION):
        layer = open_layer(register, table)
        project.addMapLayer(layer, False)
        node = QgsLayerTreeLayer(layer)
        # Folded before it is seen: four sizes of twelve products would fill the whole panel of layers.
        node.setExpanded(False)
        group.addChildNode(node)
    return _layer(project, register, RECORD)


def renew_form(project: QgsProject, session: Session) -> None:
    """Give the layers that stood in the project before the form that their register has now."""
    choices = _layer(project, session.path, CHOICE_LAYER)
    if choices is not None:
        choices.reload()
    with kept_with_register(project, session.path):
        build_form(session.layer, session.standard, session.register.settings(), choices_beside(session.path.name))


def divisions_in(project: QgsProject, register: Path) -> Optional[QgsVectorLayer]:
    """The register's outlines as a layer of the project."""
    return _layer(project, register, DIVISION)


def take_out(project: QgsProject, register: Path) -> None:
    """Remove the register's layers and group; basemaps stay, they are no part of the register."""
    ours = [
        layer.id() for layer in project.mapLayers().values() if layer.customProperty(ROLE) and _is_of(layer, register)
    ]
    project.removeMapLayers(ours)
    group = _group(project)
    if group is not None and not group.children():
        group.parent().removeChildNode(group)


def add_basemap(project: QgsProject, layer: QgsMapLayer) -> None:
    """Put a layer under all others but over the basemaps that are there, which might hide it; marked as a basemap."""
    layer.setCustomProperty(ROLE, BASEMAP)
    project.addMapLayer(layer, False)
    root = project.layerTreeRoot()
    place = len(root.children())
    while place and _is_basemap(root.children()[place - 1]):
        place -= 1
    node = QgsLayerTreeLayer(layer)
    node.setExpanded(False)
    if isinstance(layer, QgsRasterLayer) and isinstance(layer.renderer(), QgsMultiBandColorRenderer):
        # The bands of a picture say nothing to anybody.
        QgsMapLayerLegendUtils.setLegendNodeOrder(node, [])
    root.insertChildNode(place, node)


def _is_basemap(node: QgsLayerTreeNode) -> bool:
    layer = node.layer() if isinstance(node, QgsLayerTreeLayer) else None
    return layer is not None and layer.customProperty(ROLE) == BASEMAP


@contextmanager
def kept_with_register(project: QgsProject, register: Path) -> Iterator[None]:
    """Save the project behind what is changed inside, when it is the register's own.

    It is saved whole: every move of the map counts as a change, and a basemap must not depend on an answer at the exit.
    """
    yield
    if is_own(project, register):
        project.write()


def _layer(project: QgsProject, register: Path, table: str) -> Optional[QgsVectorLayer]:
    for layer in project.mapLayers().values():
        if layer.customProperty(ROLE) == table and _is_of(layer, register):
            return layer
    return None


def _is_of(layer: QgsMapLayer, register: Path) -> bool:
    return isinstance(layer, QgsVectorLayer) and layer.isValid() and path_of(layer).resolve() == register.resolve()


def _group(project: QgsProject) -> Optional[QgsLayerTreeGroup]:
    groups = project.layerTreeRoot().findGroups(True)
    return next((group for group in groups if group.customProperty(ROLE) == GROUP), None)


def _new_group(project: QgsProject, county: str) -> QgsLayerTreeGroup:
    group = _group(project)
    if group is None:
        title = QCoreApplication.translate("originmap", "Origin map · {county}").format(county=county)
        group = project.layerTreeRoot().insertGroup(0, title)
        group.setCustomProperty(ROLE, GROUP)
    return group
