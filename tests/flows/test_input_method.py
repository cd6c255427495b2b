"""Single-key shortcuts with a Chinese input method on: the canvas takes no part in it, fields do.

With fcitx5, Xvfb and xdotool there, a real studio is typed into through the real Pinyin engine; what Qt alone can
tell is tested everywhere.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from studio import app
from studio.settings import Settings
from studio.ui import input_method, language, theme
from studio.ui.panels.layer_view import LayerView
from studio.ui.widgets.value_slider import ValueSlider

PROGRAMS = ("fcitx5", "Xvfb", "xdotool", "dbus-daemon")
PATIENCE = 20.0
PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
"""


def missing() -> str:
    """Why the input method cannot be tried here; empty when it can."""
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    if absent:
        return f"not installed: {', '.join(absent)}"
    pinyin = [Path(folder, "fcitx5/addon/pinyin.conf") for folder in ("/usr/share", "/usr/local/share")]
    return "" if any(path.exists() for path in pinyin) else "fcitx5 is there without its Pinyin engine"


class Typist:
    """A display of its own with a session bus, fcitx5 on Pinyin, and a studio; ends all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[str]] = []
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
        for name in ("config", "run", "data", "studio"):
            (folder / name).mkdir(mode=0o700)
        self.environment |= {
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "DANQING_HOME": str(folder / "studio"),
            "QT_IM_MODULE": "fcitx",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        settings = folder / "config" / "fcitx5"
        settings.mkdir()
        (settings / "profile").write_text(PROFILE)
        (settings / "config").write_text("[Behavior]\nActiveByDefault=True\n")

    def _start(self, *command: str, **more: Any) -> subprocess.Popen[str]:
        log = open(self.folder / f"{Path(command[0]).name}.log", "w", encoding="utf-8")
        with log:
            process = subprocess.Popen(
                command, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=log, **more
            )
        self.processes.append(process)
        return process

    def begin(self) -> None:
        read, write = os.pipe()
        self._start("Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as told:
            self.environment["DISPLAY"] = f":{told.readline().strip()}"
        bus = self._start("dbus-daemon", "--session", "--nofork", "--print-address=1")
        assert bus.stdout is not None
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        self._start("fcitx5", "--disable=wayland,waylandim,fcitx4frontend,notificationitem,emoji")
        addresses = self.folder / "config" / "ibus" / "bus"
        until(lambda: addresses.exists() and any(addresses.iterdir()), "fcitx5 does not answer as ibus")
        script = Path(__file__).with_name("typed_at.py")
        self.studio = self._start(sys.executable, str(script), stdin=subprocess.PIPE)
        until(lambda: self.ask()["canvas"] and self.ask()["active"], "the canvas never got the keyboard")

    def ask(self, command: str = "state") -> dict[str, Any]:
        assert self.studio.stdin is not None and self.studio.stdout is not None
        self.studio.stdin.write(command + "\n")
        self.studio.stdin.flush()
        return json.loads(self.studio.stdout.readline())

    def xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True, timeout=PATIENCE)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.xdotool("key", "--clearmodifiers", key)
            time.sleep(0.08)

    def windows(self) -> int:
        """How many windows the input method shows: its list of candidates is one."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--class", "fcitx"],
            check=False,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        return len(found.stdout.split())

    def end(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()


def until(told: Callable[[], object], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not told():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)


@pytest.fixture
def typist(tmp_path: Path) -> Iterator[Typist]:
    if reason := missing():
        pytest.skip(reason)
    one = Typist(tmp_path)
    try:
        one.begin()
        yield one
    finally:
        one.end()


def test_the_letters_behind_the_guide_are_letters_with_pinyin_on(typist: Typist):
    typist.press("F3")
    until(lambda: typist.ask()["palette"] == "KeyGuide", "F3 did not open the key guide")
    typist.press("d", "s")
    until(lambda: typist.ask()["tool"] == "smudge", "D, S did not take the smudge tool")
    until(lambda: typist.ask()["canvas"], "the canvas did not have the keyboard back")
    typist.press("grave", "y")
    assert typist.windows() == 0, "a letter opened the candidates"
    # from a field, where letters are the beginning of words
    assert typist.ask("rename")["enabled"]
    typist.press("F3")
    until(lambda: typist.ask()["palette"] == "KeyGuide", "F3 did not open the key guide from within a field")
    typist.press("d", "i")
    until(lambda: typist.ask()["tool"] == "ink", "D, I did not take the brush from within a field")
    assert typist.windows() == 0


def test_pinyin_is_for_fields_and_never_for_the_canvas(typist: Typist):
    assert typist.ask()["tool"] == "ink"
    typist.press("e")
    until(lambda: typist.ask()["tool"] == "eraser", "e did not take the eraser")
    typist.press("b")
    until(lambda: typist.ask()["tool"] == "ink", "b did not take the brush")
    assert typist.windows() == 0, "a letter on the canvas opened the candidates"

    # a layer's name is written through the input method
    before = typist.ask("rename")
    assert before["enabled"] and not before["canvas"]
    typist.press("ctrl+a", "s", "h", "a", "n")
    until(lambda: typist.windows() > 0, "no candidates for a word in a field")
    typist.press("space")
    until(lambda: any("一" <= letter <= "鿿" for letter in typist.ask()["text"]), "no Hanzi was written")
    typist.press("Return")
    until(lambda: typist.ask()["canvas"], "Enter in a field did not give the keyboard back")
    name = typist.ask()["layer"]
    assert any("一" <= letter <= "鿿" for letter in name), name

    # the canvas again: single keys are shortcuts, physical keys too
    typist.press("e")
    until(lambda: typist.ask()["tool"] == "eraser", "e did not take the eraser after Enter")
    assert typist.windows() == 0
    size = typist.ask()["size"]
    typist.press("bracketright")
    until(lambda: typist.ask()["size"] > size, "] did not make the brush larger")

    # Esc leaves a field, and so does a press on the canvas
    typist.ask("rename")
    typist.press("Escape")
    until(lambda: typist.ask()["canvas"], "Esc in a field did not give the keyboard back")
    assert typist.ask()["layer"] == name
    typist.ask("rename")
    x, y = typist.ask()["canvas_at"]
    typist.xdotool("mousemove", str(x), str(y), "click", "1")
    until(lambda: typist.ask()["canvas"], "a press on the canvas did not take the keyboard")
    typist.press("b")
    until(lambda: typist.ask()["tool"] == "ink", "b did not take the brush after a press on the canvas")
    assert typist.windows() == 0

    # the palette finds Chinese words
    typist.press("ctrl+k")
    until(lambda: typist.ask()["palette"] == "CommandPalette", "Ctrl+K did not open the palette")
    typist.press("b")
    until(lambda: typist.windows() > 0 or typist.ask()["text"] == "b", "the palette's field took no b")
    typist.press("Escape", "Escape", "Escape")
    until(lambda: typist.ask()["canvas"], "the palette kept the keyboard")


@pytest.fixture
def running(qapp: QApplication, qtbot: QtBot, home: Path) -> Iterator[app.Running]:
    theme.wear(qapp, "dark", language.speak(qapp, "en"))
    one = app.Running(qapp, Settings(language="en", theme="dark"), with_engine=False)
    one.window.show()
    qtbot.waitExposed(one.window)
    one.studio.new_picture(300, 200)
    one.window.activateWindow()
    one.window.canvas.setFocus()
    yield one
    one.close()
    one.window.close()
    one.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_fcitx_is_reached_where_qt_has_no_plugin_for_it(tmp_path: Path):
    named = {"QT_IM_MODULE": "fcitx"}
    input_method.choose(named, tmp_path)
    assert named == {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}
    displayed = {"XMODIFIERS": "@im=fcitx"}
    input_method.choose(displayed, tmp_path)
    assert displayed["QT_IM_MODULE"] == "ibus"
    own = {"QT_IM_MODULE": "ibus"}
    input_method.choose(own, tmp_path)
    assert own == {"QT_IM_MODULE": "ibus"}
    (tmp_path / "platforminputcontexts").mkdir()
    (tmp_path / "platforminputcontexts" / "libfcitx5platforminputcontextplugin.so").touch()
    plugged = {"QT_IM_MODULE": "fcitx"}
    input_method.choose(plugged, tmp_path)
    assert plugged == {"QT_IM_MODULE": "fcitx"}


def layers(running: app.Running) -> LayerView:
    view = running.window.docks.show_panel("layers").findChild(LayerView)
    assert view is not None
    return view


def name_field(running: app.Running) -> QLineEdit:
    view = layers(running)
    view.setFocus()
    view.edit(view.currentIndex())
    field = view.findChild(QLineEdit)
    assert field is not None
    return field


def test_the_canvas_takes_no_input_method(running: app.Running):
    takes = [
        type(widget).__name__
        for widget in running.window.findChildren(QWidget)
        if widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.window() is running.window
        and not isinstance(widget, QLineEdit)
    ]
    assert not running.window.canvas.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert takes == [], "only fields of words are written through an input method"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_finished_name_gives_the_keyboard_back(running: app.Running, key: Qt.Key):
    field = name_field(running)
    field.selectAll()
    QTest.keyClicks(field, "boxb")
    assert field.text() == "boxb"
    assert running.studio.painting.tool == "ink", "letters of a name are no shortcuts"
    QTest.keyClick(field, key)
    QApplication.processEvents()
    assert QApplication.focusWidget() is running.window.canvas
    QTest.keyClick(running.window.canvas, Qt.Key.Key_E)
    assert running.studio.painting.tool == "eraser"


def test_a_press_on_the_canvas_takes_the_keyboard(running: app.Running):
    name_field(running)
    QTest.mouseClick(running.window.canvas, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is running.window.canvas
    QTest.keyClick(running.window.canvas, Qt.Key.Key_E)
    assert running.studio.painting.tool == "eraser"


def test_a_typed_value_gives_the_keyboard_back(running: app.Running):
    slider = running.window.options.findChild(ValueSlider)
    assert slider is not None
    QTest.mouseDClick(
        slider, Qt.MouseButton.LeftButton, pos=slider.rect().center() + slider.rect().topRight() / 2
    )
    field = slider.findChild(QLineEdit)
    assert field is not None and field.isVisible()
    field.selectAll()
    QTest.keyClicks(field, "33")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert round(running.studio.painting.brush.size) == 33
    assert QApplication.focusWidget() is running.window.canvas


def test_every_single_key_can_be_written_in_a_field(running: app.Running):
    single = [
        key
        for action in running.window.actions_.actions.values()
        for key in action.shortcuts
        if len(key) == 1 and key.isprintable()
    ]
    assert {"B", "E", ",", "."} <= set(single)
    field = name_field(running)
    field.clear()
    for key in single:
        QTest.keyClicks(field, key.lower())
    assert field.text() == "".join(single).lower()
