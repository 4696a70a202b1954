"""The button that tries a key: what it says is wrong, and that it keeps nobody waiting."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsProject,
)
from qgis.PyQt.QtWidgets import QLineEdit

from originmap.core.onemap import tianditu
from originmap.forms.basemaps import fetch, key_store

from .conftest import KEY, outcome, part, press, tile


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ((200, tile(), "image/png"), "works"),
        ((403, b'{"code":1}', "application/json"), "does not know this key"),
        ((403, b'{"code":7}', "application/json"), "white list"),
        ((403, b'{"code":12}', "application/json"), "kind"),
        ((403, b'{"code":18}', "application/json"), "kind"),
        ((418, b"", "text/html"), "418"),
        ((200, b"<html>log in</html>", "text/html"), "log-in page"),
    ],
)
def test_the_test_button_says_what_is_wrong(server, unlocked, log, dialog, qtbot, answer, word):
    server.answer = answer
    part(dialog, QLineEdit, "key").setText(KEY)
    press(qtbot, dialog, "test")
    qtbot.waitUntil(lambda: word in outcome(dialog.tianditu))
    ((path, headers),) = server.asked
    assert f"tk={KEY}" in path and headers["referer"] == tianditu.REFERER
    assert KEY not in str(log) and KEY not in outcome(dialog.tianditu)
    assert not key_store.is_kept()


def test_a_key_of_the_wrong_length_asks_nobody(server, unlocked, dialog, qtbot):
    part(dialog, QLineEdit, "key").setText(KEY[1:])
    press(qtbot, dialog, "test")
    assert "31" in outcome(dialog.tianditu)
    press(qtbot, dialog, "add_tianditu")
    assert "31" in outcome(dialog.tianditu) and not server.asked and not QgsProject.instance().mapLayers()


def test_no_server_and_no_patience(server, unlocked, dialog, qtbot, monkeypatch):
    server.delay = 2.0
    part(dialog, QLineEdit, "key").setText(KEY)
    ask = fetch.Fetch.ask
    monkeypatch.setattr(fetch.Fetch, "ask", lambda self, address, referer="": ask(self, address, referer, 0.2))
    press(qtbot, dialog, "test")
    qtbot.waitUntil(lambda: "did not answer" in outcome(dialog.tianditu))
    monkeypatch.setattr(tianditu, "SERVER", "http://127.0.0.1:1")
    press(qtbot, dialog, "test")
    qtbot.waitUntil(lambda: "cannot be reached" in outcome(dialog.tianditu))


def test_closing_while_asking_waits_for_nothing(server, unlocked, dialog, maps, qtbot):
    server.delay = 0.5
    part(dialog, QLineEdit, "key").setText(KEY)
    press(qtbot, dialog, "test")
    dialog.reject()
    qtbot.wait(700)
    assert maps.dialog is None
