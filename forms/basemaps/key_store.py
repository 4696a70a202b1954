"""Tianditu's key in QGIS's authentication database, encrypted by the master password: the only place it is kept in."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QCoreApplication

from ...core.standard.errors import OriginMapError

#: The entry's own id, so that nothing outside the database has to remember it; QGIS wants seven characters.
CONFIG = "omtdtk0"
_METHOD = "Basic"
_USER, _SECRET = "username", "password"


def is_kept() -> bool:
    """Whether there is a key; needs no password."""
    return CONFIG in QgsApplication.authManager().configIds()


def is_open() -> bool:
    """Whether the key can be read and kept without QGIS asking for its master password."""
    return QgsApplication.authManager().masterPasswordIsSet()


def opens_by_itself() -> bool:
    """Whether QGIS may know the master password from the computer's own store of passwords."""
    manager = QgsApplication.authManager()
    return manager.masterPasswordHashInDatabase() and manager.passwordHelperEnabled()


def read() -> str:
    """The key; QGIS asks for the master password where it has to. Empty when there is none or it stays closed."""
    manager = QgsApplication.authManager()
    if not is_kept() or not manager.setMasterPassword(True):
        return ""
    config = QgsAuthMethodConfig()
    found, config = manager.loadAuthenticationConfig(CONFIG, config, True)
    return config.config(_SECRET) if found else ""


def keep(key: str) -> None:
    """Keep a key in the place of the one before; QGIS asks for the master password where it has to.

    Raises:
        OriginMapError: ``BASEMAP_KEY_NOT_KEPT``.
    """
    manager = QgsApplication.authManager()
    if manager.isDisabled() or not manager.setMasterPassword(True):
        raise OriginMapError("BASEMAP_KEY_NOT_KEPT")
    config = QgsAuthMethodConfig(_METHOD)
    config.setId(CONFIG)
    config.setName(QCoreApplication.translate("originmap", "Tianditu key (Origin Map)"))
    config.setConfig(_USER, "tk")
    config.setConfig(_SECRET, key)
    if is_kept():
        manager.removeAuthenticationConfig(CONFIG)
    kept, _ = manager.storeAuthenticationConfig(config)
    if not kept:
        raise OriginMapError("BASEMAP_KEY_NOT_KEPT")


def forget() -> None:
    """Remove the key, and QGIS's store of fetched pictures with it: their addresses contain the key."""
    QgsApplication.authManager().removeAuthenticationConfig(CONFIG)
    cache = QgsNetworkAccessManager.instance().cache()
    if cache is not None:
        cache.clear()


def what_is_asked() -> str:
    """What a person should know before they keep the key: where it goes and which password QGIS will ask for."""
    translate = QCoreApplication.translate
    manager = QgsApplication.authManager()
    if manager.isDisabled():
        return translate("originmap", "QGIS's authentication database is switched off, so no key can be kept.")
    kept = translate(
        "originmap", "The key is kept encrypted in QGIS on this computer; it is in no project and no register."
    )
    if manager.masterPasswordIsSet():
        return kept
    if manager.masterPasswordHashInDatabase():
        asked = translate("originmap", "QGIS may ask for its master password: the one that you gave it before.")
    else:
        asked = translate(
            "originmap",
            "QGIS will ask you to think of a master password, which locks the kept keys. Note it down; "
            "if it is lost, the key has to be pasted again.",
        )
    return f"{kept} {asked}"
