"""The profile that the system keeps for the screen: read from an X server, followed by the window, shown in the view."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from ctypes import byref, c_char_p, c_int, c_uint8, c_uint32, c_void_p

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.document.artwork import Artwork
from studio.project import profiles
from studio.ui import screen_profile
from studio.ui.screen_profile import ScreenProfile
from studio.workspace.viewing import ViewOptions
from tests.project.table_profile import table_profile
from tests.workspace.conftest import Bench, Engine

P3 = profiles.space("Display P3").icc


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An X server of this test's own."""
    if shutil.which("Xvfb") is None:
        pytest.skip("there is no Xvfb here")
    read, write = os.pipe()
    started = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "320x200x24", "-noreset"], pass_fds=(write,),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as said:
        monkeypatch.setenv("DISPLAY", f":{said.readline().strip()}")
    yield
    started.terminate()
    started.wait(10)


def keep(name: bytes, data: bytes) -> None:
    """Writes a property of the root window, as colord does."""
    xcb = screen_profile._library("libxcb.so.1")
    xcb.xcb_change_property.argtypes = (
        c_void_p, c_uint8, c_uint32, c_uint32, c_uint32, c_uint8, c_uint32, c_char_p,
    )  # fmt: skip
    xcb.xcb_get_input_focus.restype = screen_profile._Cookie
    xcb.xcb_get_input_focus.argtypes = (c_void_p,)
    xcb.xcb_get_input_focus_reply.restype = c_void_p
    xcb.xcb_get_input_focus_reply.argtypes = (c_void_p, screen_profile._Cookie, c_void_p)
    number = c_int()
    connection = xcb.xcb_connect(None, byref(number))
    cookie = xcb.xcb_intern_atom(connection, 0, len(name), name)
    atom = xcb.xcb_intern_atom_reply(connection, cookie, None)
    root = screen_profile._root(xcb, connection, number.value)
    xcb.xcb_change_property(connection, 0, root, atom.contents.atom, 6, 8, len(data), data)
    screen_profile._free(atom)
    # an answer to what was asked later: what was written before is there
    screen_profile._free(xcb.xcb_get_input_focus_reply(connection, xcb.xcb_get_input_focus(connection), None))
    xcb.xcb_disconnect(connection)


def test_a_profile_is_read_from_the_x_server(server: None) -> None:
    assert screen_profile._on_x11(None) == b""
    whole = table_profile()
    keep(b"_ICC_PROFILE", whole)
    assert screen_profile._on_x11(None) == whole
    keep(b"_ICC_PROFILE", b"")
    assert screen_profile._on_x11(None) == b""


def test_of_several_screens_the_one_at_its_corner_is_asked(server: None) -> None:
    keep(b"_ICC_PROFILE", P3)
    assert screen_profile._on_x11((0, 0)) == P3
    assert screen_profile._on_x11((320, 0)) == b"", "there is no such screen"


def test_without_a_server_or_its_library_nothing_is_known(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = QGuiApplication.primaryScreen()
    monkeypatch.setenv("DISPLAY", ":64999")
    assert screen_profile.profile_of(screen) == b"", "this is no X11"
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "xcb"))
    assert screen_profile.profile_of(screen) == b""

    def missing(_name: str) -> None:
        raise OSError("cannot open shared object file")

    monkeypatch.setattr(screen_profile, "_library", missing)
    assert screen_profile.profile_of(screen) == b""


def test_a_window_tells_when_it_is_shown_and_when_its_screen_changes(qapp: QApplication) -> None:
    told: list[bytes] = []
    seen: list[QScreen] = []

    def read(screen: QScreen) -> bytes:
        seen.append(screen)
        return b"%d" % len(seen)

    window = QWidget()
    follower = ScreenProfile(window, told.append, read)
    QTest.qWait(1)
    assert not told, "a window that was never shown is on no screen"
    window.show()
    QTest.qWait(5)
    assert told == [b"1"]
    window.hide()
    window.show()
    QTest.qWait(5)
    assert told == [b"1"]
    handle = window.windowHandle()
    assert handle is not None
    handle.screenChanged.emit(QGuiApplication.primaryScreen())
    QTest.qWait(5)
    assert told == [b"1", b"2"]
    assert follower.parent() is window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents()


@pytest.fixture
def bench() -> Iterator[Bench]:
    one = Bench(Engine())
    yield one
    one.close()


def test_the_screens_own_profile_counts_until_another_is_chosen(bench: Bench, tmp_path) -> None:
    viewing, artwork = bench.studio.viewing, Artwork(width=8, height=8)
    changes: list[int] = []
    viewing.look_changed.connect(lambda: changes.append(1))
    assert viewing.lookup(artwork) is None and not viewing.wants_numbers
    viewing.set_screen(P3)
    assert viewing.display == P3 and viewing.wants_numbers
    viewing.lookup(artwork)
    bench.settle()
    made = viewing.lookup(artwork)
    assert made is not None
    count = len(changes)
    viewing.set_screen(P3)
    assert len(changes) == count, "the same screen once more"
    path = tmp_path / "by hand.icc"
    path.write_bytes(profiles.space("Adobe RGB (1998)").icc)
    viewing.change(display_profile=str(path), display_auto=False)
    assert viewing.display == str(path)
    viewing.set_screen(b"")
    viewing.set_screen(P3)
    assert viewing.display == str(path), "what the hand chose stays"
    viewing.change(display_profile="", display_auto=False)
    assert not viewing.display and not viewing.wants_numbers
    viewing.change(display_auto=True)
    assert viewing.display == P3
    viewing.set_screen(b"")
    assert not viewing.wants_numbers and viewing.lookup(artwork) is None


def test_a_screen_of_srgb_needs_no_table(bench: Bench) -> None:
    from PIL import ImageCms

    bench.studio.viewing.set_screen(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    assert not bench.studio.viewing.wants_numbers


def test_a_broken_profile_of_the_screen_is_told_and_the_colours_stay(bench: Bench) -> None:
    viewing, artwork = bench.studio.viewing, Artwork(width=8, height=8)
    viewing.set_screen(b"no profile at all")
    viewing.lookup(artwork)
    bench.settle()
    assert viewing.lookup(artwork) is None
    (sentence,) = bench.sentences("warn")
    assert "of the screen" in sentence


def test_options_of_earlier_versions_follow_the_screen() -> None:
    import msgspec

    kept = msgspec.convert({"rulers": True, "display_profile": ""}, ViewOptions)
    assert kept.display_auto and not kept.display_profile
