"""A real QGIS desktop on a screen of its own (Xvfb), worked by mouse and keys of the X server from outside."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sysconfig
import time
from pathlib import Path
from types import TracebackType
from typing import Callable, Optional

ROOT = Path(__file__).resolve().parents[2]
SCREEN = (1400, 900)
_PATIENCE = 120.0
# Where the function keys F1 to F10 sit: an xdotool of 2016 finds their names behind Alt in newer keymaps.
_F1 = 67
_INI = """[app]
allowVersionCheck=false

[core]
NewsFeed\\httpsfeedqgisorg\\disabled=true

[fonts]
downloadMissingFonts=false

[locale]
globalLocale={locale}
overrideFlag=true
userLocale={locale}

[PythonPlugins]
originmap=true
processing=true

[qgis]
checkVersion=false
enableMacros=Never
firstRun=false
iconSize=24
newProjectDefault=false
showTips=false
"""
_STARTUP = """import importlib.util
import sys

spec = importlib.util.spec_from_file_location("originmap_desktop", {package!r}, submodule_search_locations=[{folder!r}])
sys.modules["originmap_desktop"] = importlib.util.module_from_spec(spec)
importlib.import_module("originmap_desktop.inside")
"""


class DesktopError(AssertionError):
    """Something did not come to be seen in time, or QGIS could not do what was asked."""


class Desktop:
    """QGIS with the plugin and a profile of its own; ``with Desktop(folder) as desktop:``.

    The same folder once more is the same person's next start: window, settings and documents are as they were left.

    Attributes:
        folder: where profile, home and logs stand.
        home: the person's home; documents stand in it.
        exit_code: what QGIS ended with, once it did.
        clicks, keys: how often a button of the mouse and a key went down since :meth:`start_counting`.
    """

    def __init__(
        self, folder: Path, locale: str = "zh-Hans", screen: tuple[int, int] = SCREEN, scale: str = ""
    ) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.clicks = self.keys = 0
        self.exit_code: Optional[int] = None
        self._locale = locale
        self._screen = screen
        self._scale = scale
        self._address = folder / "desktop.socket"
        self._xvfb: Optional[subprocess.Popen[bytes]] = None
        self._qgis: Optional[subprocess.Popen[bytes]] = None
        self._channel: Optional[socket.socket] = None
        self._display = ""

    def __enter__(self) -> Desktop:
        try:
            self._start_screen()
            self._write_profile()
            self._start_qgis()
            self.until("ready")
            self.ask("resize", *self._screen)
            self.pause(0.5)
        except BaseException:
            if self._display:
                self.shot(self.folder / "failed.png")
            self.close()
            raise
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None and self._channel is not None:
            self.shot(self.folder / "failed.png")
        self.close()

    # --- questions

    def ask(self, name: str, *arguments: object) -> object:
        """The answer of :class:`.inside.Teller` to a question."""
        assert self._channel is not None
        self._channel.sendall(json.dumps([name, arguments]).encode() + b"\n")
        received = b""
        while not received.endswith(b"\n"):
            part = self._channel.recv(65536)
            if not part:
                raise DesktopError(f"QGIS is gone, see {self.folder / 'qgis.log'}")
            received += part
        good, answer = json.loads(received)
        if not good:
            raise DesktopError(f"{name}{arguments}: {answer}")
        return answer

    def until(self, name: str, *arguments: object, good: Callable[[object], bool] = bool, patience: float = _PATIENCE):
        """Ask again until the answer is good, and give it."""
        end = time.monotonic() + patience
        while True:
            answer = self.ask(name, *arguments)
            if good(answer):
                return answer
            if time.monotonic() > end:
                self.shot(self.folder / "late.png")
                raise DesktopError(f"{name}{arguments} is still {answer!r} after {patience:.0f} s")
            time.sleep(0.03)

    def settle(self) -> None:
        """Wait until the map is drawn and nothing works in the background."""
        self.pause(0.15)
        self.until("idle")

    def says(self, text: str) -> str:
        """Wait for a message of the message bar that holds ``text``."""
        found = self.until("messages", good=lambda items: any(text in item for item in items))
        return next(item for item in found if text in item)

    # --- hands

    def click(self, name: str, button: int = 1) -> None:
        """Click in the middle of a widget."""
        self.click_at(self.until("where", name), button)

    def click_item(self, name: str, text: str, double: bool = False) -> None:
        """Click an item of a list, tree or open combo box by its text."""
        spot = self.until("where_item", name, text)
        self.click_at(spot)
        if double:
            self.click_at(spot)

    def click_button(self, text: str) -> None:
        """Click the button that shows a text."""
        self.click_at(self.until("where_button", text))

    def click_action(self, name: str) -> None:
        """Click an action in a tool bar or an open menu."""
        self.click_at(self.until("where_action", name))

    def click_tab(self, name: str, number: int) -> None:
        """Click a tab."""
        self.click_at(self.until("where_tab", name, number))

    def click_map(self, longitude: float, latitude: float) -> None:
        """Click the map at a place in CGCS2000 degrees."""
        self.click_at(self.ask("where_place", longitude, latitude))

    def click_at(self, spot: object, button: int = 1) -> None:
        """Move the mouse to a pixel of the screen and click there."""
        x, y = spot
        self._xdotool("mousemove", str(x), str(y), "click", str(button))
        self.clicks += 1
        self.pause(0.05)

    def point_at(self, spot: object) -> None:
        """Move the mouse only."""
        self._xdotool("mousemove", str(spot[0]), str(spot[1]))

    def key(self, *keys: str) -> None:
        """Press keys one after another, such as ``Tab`` or ``ctrl+Return``."""
        if not keys:
            return
        self.ask("activate")
        self._xdotool("key", "--delay", "15", *map(_by_place, keys))
        self.keys += sum(len(key.split("+")) for key in keys)
        self.pause(0.05)

    def write(self, text: str) -> None:
        """Type a text. What is not ASCII comes as an input method hands it on: whole, and counted letter by letter."""
        self.ask("activate")
        if text.isascii():
            self._xdotool("type", "--delay", "12", text)
        else:
            self.ask("clipboard", text)
            self._xdotool("key", "ctrl+v")
        self.keys += len(text)
        self.pause(0.05)

    def fill(self, name: str, text: str) -> None:
        """Click into a field and write over what stands there."""
        self.click(name)
        self.key("ctrl+a")
        self.write(text)

    def choose(self, name: str, text: str) -> None:
        """Open a combo box and click one of its items."""
        self.click(name)
        self.pause(0.15)
        self.click_item(name, text)

    def tab_to(self, field: str) -> None:
        """Press Tab until the keys go to a field of the record form."""
        for _ in range(80):
            if self.ask("field") == field:
                return
            self.key("Tab")
        raise DesktopError(f"Tab never comes to {field}")

    def pick(self, wanted: str) -> None:
        """Choose in the combo box that has the keys, by arrows."""
        choices = self.ask("choices")
        target = next((number for number, text in enumerate(choices) if wanted in text), None)
        if target is None:
            raise DesktopError(f"{wanted} is not among {choices}")
        steps = target - self.ask("chosen")
        self.key(*["Down" if steps > 0 else "Up"] * abs(steps))

    def tick(self, *wanted: str) -> None:
        """Tick check boxes in the table that has the keys, by arrows and space."""
        for text in wanted:
            choices = self.ask("choices")
            columns = 2
            here, there = divmod(self.ask("chosen"), columns), divmod(_place_of(text, choices), columns)
            rows, across = there[0] - here[0], there[1] - here[1]
            moves = ["Down" if rows > 0 else "Up"] * abs(rows) + ["Right" if across > 0 else "Left"] * abs(across)
            self.key(*moves, "space")

    def pause(self, seconds: float) -> None:
        """Let the window follow."""
        time.sleep(seconds)

    def start_counting(self) -> None:
        """Count clicks and keys from here."""
        self.clicks = self.keys = 0

    def shot(self, path: Path, frame: Optional[list[int]] = None) -> Path:
        """A picture of the screen, or of a part of it (left, top, width, height)."""
        path.parent.mkdir(parents=True, exist_ok=True)
        crop = []
        if frame is not None:
            left, top, width, height = frame
            crop = ["-crop", f"{width}x{height}+{left}+{top}", "+repage"]
        subprocess.run(["import", "-window", "root", *crop, str(path)], env=self._environment(), check=True)
        return path

    # --- beginning and end

    def close(self) -> None:
        """End QGIS, then its screen; nothing else is touched."""
        if self._qgis is not None and self._qgis.poll() is None and self._channel is not None:
            with contextlib.suppress(DesktopError, OSError):
                self.ask("leave")
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        for process, patience in ((self._qgis, 15.0), (self._xvfb, 0.0)):
            if process is not None:
                _end(process, patience)
        if self._qgis is not None:
            self.exit_code = self._qgis.returncode
        self._qgis = self._xvfb = None

    def crash(self) -> None:
        """End QGIS without a word, as when the power fails, and start it again on the same screen and profile."""
        assert self._qgis is not None and self._channel is not None
        self._qgis.kill()
        self._qgis.wait()
        self._channel.close()
        self._address.unlink()
        self._start_qgis()
        self.until("ready")
        self.ask("resize", *self._screen)
        self.pause(0.5)

    def _start_screen(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        reading, writing = os.pipe()
        width, height = self._screen
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
        with (self.folder / "xvfb.log").open("wb") as log:
            self._xvfb = subprocess.Popen(command, pass_fds=[writing], stdout=log, stderr=log)
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise DesktopError(f"Xvfb does not start, see {self.folder / 'xvfb.log'}")
        self._display = f":{number}"

    def _write_profile(self) -> None:
        place = self.folder / "profiles" / "profiles" / "default" / "QGIS"
        place.mkdir(parents=True, exist_ok=True)
        settings = place / "QGIS3.ini"
        if not settings.exists():
            settings.write_text(_INI.format(locale=self._locale), encoding="utf-8")
        (self.home / "Documents").mkdir(parents=True, exist_ok=True)
        plugins = self.folder / "plugins"
        plugins.mkdir(exist_ok=True)
        if not (plugins / "originmap").is_symlink():
            (plugins / "originmap").symlink_to(ROOT)

    def _start_qgis(self) -> None:
        binary = shutil.which("qgis.bin") or shutil.which("qgis")
        # QGIS runs the code among its own names; a module of its own keeps them apart.
        startup = self.folder / "startup.py"
        here = Path(__file__).parent
        startup.write_text(_STARTUP.format(package=str(here / "__init__.py"), folder=str(here)), encoding="utf-8")
        command = [
            binary, "--nologo", "--noversioncheck", "--profiles-path", str(self.folder / "profiles"),
            "--code", str(startup),
        ]
        with (self.folder / "qgis.log").open("wb") as log:
            self._qgis = subprocess.Popen(command, stdout=log, stderr=log, env=self._environment(), cwd=self.home)
        end = time.monotonic() + _PATIENCE
        while not self._address.exists():
            if self._qgis.poll() is not None or time.monotonic() > end:
                raise DesktopError(f"QGIS does not start, see {self.folder / 'qgis.log'}")
            time.sleep(0.05)
        self._channel = socket.socket(socket.AF_UNIX)
        self._channel.settimeout(120)
        self._channel.connect(str(self._address))

    def _environment(self) -> dict[str, str]:
        runtime, temporary = self.folder / "runtime", self.folder / "tmp"
        runtime.mkdir(mode=0o700, exist_ok=True)
        temporary.mkdir(exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "QGIS_"))}
        environment.update(
            DISPLAY=self._display,
            HOME=str(self.home),
            LC_ALL="C.UTF-8",
            PYTHONPATH=sysconfig.get_path("purelib"),  # shapely, which Debian's QGIS does not bring
            ORIGINMAP_DESKTOP=str(self._address),
            QGIS_PLUGINPATH=str(self.folder / "plugins"),
            QT_QPA_PLATFORM="xcb",
            TMPDIR=str(temporary),  # a register below QGIS's own temporary folder counts as one that may be lost
            XDG_RUNTIME_DIR=str(runtime),
            XDG_SESSION_TYPE="x11",
        )
        if self._scale:
            environment["QT_SCALE_FACTOR"] = self._scale
        return environment

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment(), check=True)


def _by_place(keys: str) -> str:
    """A combination such as ``shift+F8`` with its function key by keycode."""
    *held, last = keys.split("+")
    function = last[1:] if last[:1] == "F" else ""
    return "+".join((*held, str(_F1 - 1 + int(function)) if function.isdigit() else last))


def _place_of(title: str, choices: list[str]) -> int:
    """Where a title stands in a list that numbers its entries."""
    return next(number for number, text in enumerate(choices) if text[1:] == title)


def _end(process: subprocess.Popen[bytes], patience: float) -> None:
    """Wait for a process that was asked to end, then end it by force."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
