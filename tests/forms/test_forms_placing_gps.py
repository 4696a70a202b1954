"""QGIS's own GPS connection, fed with the sentences of a receiver."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsNmeaConnection
from qgis.PyQt.QtCore import QIODevice, Qt
from qgis.PyQt.QtWidgets import QDockWidget, QLabel, QPushButton

from originmap.forms.placing import gps
from originmap.forms.placing.gps import GpsPanel

LEFT = Qt.MouseButton.LeftButton
SITE = (109.690508333, 19.912025)
PLACE = "1954.7215,N,10941.4305,E"


class Receiver(QIODevice):
    """A serial port at whose other end a receiver speaks."""

    def __init__(self):
        super().__init__()
        self._waiting = b""
        self.open(QIODevice.OpenModeFlag.ReadWrite)

    def isSequential(self):
        return True

    def bytesAvailable(self):
        return len(self._waiting) + super().bytesAvailable()

    def readData(self, most):
        said, self._waiting = self._waiting[:most], self._waiting[most:]
        return said

    def writeData(self, data):
        return len(data)

    def say(self, *bodies):
        for body in bodies:
            check = 0
            for letter in body:
                check ^= ord(letter)
            self._waiting += f"${body}*{check:02X}\r\n".encode()
        self.readyRead.emit()

    def fix(self, second=0, hdop="0.9", satellites=9, place=PLACE):
        time = f"0600{second:02d}.00"
        self.say(
            f"GPGGA,{time},{place},1,{satellites:02d},{hdop},25.0,M,-10.0,M,,",
            f"GPGSA,A,3,01,02,03,04,05,06,07,08,09,,,,1.6,{hdop},1.3",
            f"GPRMC,{time},A,{place},0.0,0.0,241126,,,A",
        )

    def lost(self, second=1):
        time = f"0600{second:02d}.00"
        self.say(f"GPGGA,{time},,,,,0,03,,,M,,M,,", f"GPRMC,{time},V,,,,,,,241126,,,N")


@pytest.fixture
def receiver(qgis_app):
    """A receiver that QGIS is connected to."""
    device = Receiver()
    connection = QgsNmeaConnection(device)
    connection.connect()
    QgsApplication.gpsConnectionRegistry().registerConnection(connection)
    yield device
    QgsApplication.gpsConnectionRegistry().unregisterConnection(connection)
    connection.close()


@pytest.fixture
def panel(workbench, qtbot):
    panel = GpsPanel(workbench)
    qtbot.addWidget(panel)
    panel.places = []
    panel.placed.connect(panel.places.append)
    yield panel
    panel.release()


def words(panel):
    return panel.findChild(QLabel, "originmap_gps_words").text()


def take(panel):
    return panel.findChild(QPushButton, "originmap_gps_take")


def test_without_a_receiver_it_says_how_to_connect_one(panel, qtbot, iface):
    dock = QDockWidget(iface.mainWindow())
    dock.setObjectName("GPSInformation")
    dock.hide()
    panel.show()
    assert "QGIS is not connected" in words(panel)
    assert not take(panel).isVisible()
    iface.mainWindow().show()
    qtbot.mouseClick(panel.findChild(QPushButton, "originmap_gps_connect"), LEFT)
    assert dock.isVisible()
    dock.setParent(None)


def test_a_fix_is_shown_and_taken(panel, receiver, qtbot):
    receiver.fix()
    panel.show()
    assert "9 satellites" in words(panel) and "109.690508" in words(panel)
    qtbot.mouseClick(take(panel), LEFT)
    (placed,) = panel.places
    assert placed.position == pytest.approx(SITE, abs=1e-9)
    assert (placed.how.method, placed.how.quality) == ("gps", "exact")
    assert placed.how.radius == pytest.approx(4.5)
    assert "9" in placed.how.source and "HDOP 0.9" in placed.how.source
    assert placed.warning == ""


def test_what_the_receiver_says_of_its_error_goes_before_the_dilution(panel, receiver, qtbot):
    receiver.fix()
    receiver.say("GPGST,060000.00,1.2,,,,2.1,2.4,3.0")
    panel.show()
    qtbot.mouseClick(take(panel), LEFT)
    assert panel.places[0].how.radius == pytest.approx(2.3)


def test_a_poor_fix_is_approximate_and_said(panel, receiver, qtbot):
    receiver.fix(hdop="9.0", satellites=4)
    panel.show()
    qtbot.mouseClick(take(panel), LEFT)
    (placed,) = panel.places
    assert placed.how.quality == "approximate"
    assert "45" in placed.warning


def test_a_receiver_without_satellites_gives_nothing(panel, receiver, qtbot):
    panel.show()
    assert not take(panel).isEnabled()
    receiver.fix()
    qtbot.waitUntil(take(panel).isEnabled)
    receiver.lost()
    qtbot.waitUntil(lambda: not take(panel).isEnabled())
    assert "looking for satellites" in words(panel)
    receiver.fix(second=2)
    qtbot.waitUntil(take(panel).isEnabled)


def test_a_receiver_that_fell_silent_gives_nothing(panel, receiver, qtbot, monkeypatch):
    monkeypatch.setattr(gps, "_STALE_SECONDS", 0.2)
    receiver.fix()
    panel.show()
    assert take(panel).isEnabled()
    qtbot.waitUntil(lambda: not take(panel).isEnabled())
    assert "nothing new" in words(panel)
    receiver.fix(second=1)
    qtbot.waitUntil(take(panel).isEnabled)


def test_outside_china_is_no_fix(panel, receiver):
    receiver.fix(place="5123.0000,N,00010.0000,W")
    panel.show()
    assert not take(panel).isEnabled()


def test_unplugging_while_the_panel_is_open(panel, qtbot):
    device = Receiver()
    connection = QgsNmeaConnection(device)
    connection.connect()
    registry = QgsApplication.gpsConnectionRegistry()
    registry.registerConnection(connection)
    device.fix()
    panel.show()
    assert take(panel).isEnabled()
    registry.unregisterConnection(connection)
    connection.close()
    del connection
    qtbot.waitUntil(lambda: "not connected" in words(panel))


def test_it_looks_only_while_it_can_be_seen(panel, receiver, qtbot):
    panel.show()
    panel.hide()
    receiver.fix()
    qtbot.wait(700)
    assert not take(panel).isEnabled()
    panel.show()
    assert take(panel).isEnabled()
