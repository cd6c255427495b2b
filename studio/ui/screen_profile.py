"""The colour profile that the system keeps for the screen a window is on.

On X11 it is a property of the root window, ``_ICC_PROFILE`` and for further screens ``_ICC_PROFILE_1`` … (ICC Profiles in X
Specification 0.4), which colord and the desktops set. It is read over a connection of its own, through ctypes. Elsewhere
nothing is known, and the profile is chosen by hand.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_uint, c_uint8, c_uint16, c_uint32, c_void_p
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

LARGEST = 16 << 20
"""Bytes of a profile; a larger property is none."""


class _Cookie(Structure):
    _fields_ = (("sequence", c_uint),)


class _Roots(Structure):
    _fields_ = (("data", POINTER(c_uint32)), ("rem", c_int), ("index", c_int))


class _Atom(Structure):
    _fields_ = (
        ("response_type", c_uint8), ("pad", c_uint8), ("sequence", c_uint16), ("length", c_uint32), ("atom", c_uint32),
    )  # fmt: skip


class _Heads(Structure):
    """What Xinerama says: how many screens; each is four 16-bit numbers behind it."""

    _fields_ = (
        ("response_type", c_uint8), ("pad", c_uint8), ("sequence", c_uint16), ("length", c_uint32), ("number", c_uint32),
    )  # fmt: skip


class ScreenProfile(QObject):
    """Tells ``take`` the profile of the screen that ``window`` is on: when it is first shown, moved to another screen, or
    another set of screens is there. Empty bytes: unknown."""

    def __init__(
        self, window: QWidget, take: Callable[[bytes], None], read: Callable[[QScreen], bytes] | None = None
    ) -> None:
        super().__init__(window)
        self._window, self._take, self._read = window, take, read or profile_of
        self._followed = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and not self._followed:
            self._follow()
        return False

    def _follow(self) -> None:
        handle = self._window.windowHandle()
        if handle is None:
            return
        self._followed = True
        handle.screenChanged.connect(self._look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._look)
            application.screenRemoved.connect(self._look)
        self._look()

    def _look(self, *_: object) -> None:
        """After what is under way: while screens come and go, a window may stand between two of them."""
        QTimer.singleShot(0, self, self._now)

    def _now(self) -> None:
        screen = self._window.screen()
        self._take(self._read(screen) if screen is not None else b"")


def profile_of(screen: QScreen) -> bytes:
    """The profile of a screen; empty where the system says nothing, or cannot be asked."""
    if QGuiApplication.platformName() != "xcb":
        return b""
    place = screen.geometry().topLeft()
    alone = len(QGuiApplication.screens()) == 1
    try:
        return _on_x11(None if alone else (place.x(), place.y()))
    except (OSError, AttributeError):  # a library, or a function in it, that is not there
        return b""


def _on_x11(place: tuple[int, int] | None) -> bytes:
    """``place``: the upper left corner of the screen; None for the only one. Raises OSError, AttributeError."""
    xcb = _library("libxcb.so.1")
    number = c_int()
    connection = xcb.xcb_connect(None, byref(number))
    try:
        if xcb.xcb_connection_has_error(connection):
            return b""
        head = 0 if place is None else _head_at(xcb, connection, place)
        if head < 0:
            return b""
        root = _root(xcb, connection, number.value)
        name = b"_ICC_PROFILE" if head == 0 else f"_ICC_PROFILE_{head}".encode()
        return _property(xcb, connection, root, name) if root else b""
    finally:
        xcb.xcb_disconnect(connection)


def _library(name: str) -> Any:
    xcb = ctypes.CDLL(name)
    for function, result, arguments in (
        ("xcb_connect", c_void_p, (c_char_p, POINTER(c_int))),
        ("xcb_connection_has_error", c_int, (c_void_p,)),
        ("xcb_disconnect", None, (c_void_p,)),
        ("xcb_get_setup", c_void_p, (c_void_p,)),
        ("xcb_setup_roots_iterator", _Roots, (c_void_p,)),
        ("xcb_screen_next", None, (POINTER(_Roots),)),
        ("xcb_intern_atom", _Cookie, (c_void_p, c_uint8, c_uint16, c_char_p)),
        ("xcb_intern_atom_reply", POINTER(_Atom), (c_void_p, _Cookie, c_void_p)),
        (
            "xcb_get_property", _Cookie, (c_void_p, c_uint8, c_uint32, c_uint32, c_uint32, c_uint32, c_uint32),
        ),
        ("xcb_get_property_reply", c_void_p, (c_void_p, _Cookie, c_void_p)),
        ("xcb_get_property_value", c_void_p, (c_void_p,)),
        ("xcb_get_property_value_length", c_int, (c_void_p,)),
    ):  # fmt: skip
        made = getattr(xcb, function)
        made.restype, made.argtypes = result, arguments
    return xcb


def _root(xcb: Any, connection: Any, number: int) -> int:
    """The root window of an X screen: the first field of what describes it. 0 where there is none."""
    roots = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(connection))
    while roots.rem > 0 and number > 0:
        xcb.xcb_screen_next(byref(roots))
        number -= 1
    return roots.data[0] if roots.rem > 0 else 0


def _property(xcb: Any, connection: Any, root: int, name: bytes) -> bytes:
    cookie = xcb.xcb_intern_atom(connection, 1, len(name), name)
    atom = xcb.xcb_intern_atom_reply(connection, cookie, None)
    if not atom:
        return b""
    known = atom.contents.atom
    _free(atom)
    if not known:
        return b""
    cookie = xcb.xcb_get_property(connection, 0, root, known, 0, 0, LARGEST // 4)
    reply = xcb.xcb_get_property_reply(connection, cookie, None)
    if not reply:
        return b""
    size = xcb.xcb_get_property_value_length(reply)
    found = ctypes.string_at(xcb.xcb_get_property_value(reply), size) if size > 0 else b""
    _free(reply)
    return found


def _head_at(xcb: Any, connection: Any, place: tuple[int, int]) -> int:
    """Which of Xinerama's screens has its corner at ``place``; −1 for none."""
    xinerama = ctypes.CDLL("libxcb-xinerama.so.0")
    ask, answer, first = (
        getattr(xinerama, f"xcb_xinerama_query_screens{part}") for part in ("", "_reply", "_screen_info")
    )
    ask.restype, ask.argtypes = _Cookie, (c_void_p,)
    answer.restype, answer.argtypes = POINTER(_Heads), (c_void_p, _Cookie, c_void_p)
    first.restype, first.argtypes = POINTER(ctypes.c_int16), (POINTER(_Heads),)
    reply = answer(connection, ask(connection), None)
    if not reply:
        return -1
    numbers = first(reply)
    corners = [(numbers[4 * head], numbers[4 * head + 1]) for head in range(reply.contents.number)]
    _free(reply)
    return corners.index(place) if place in corners else -1


def _free(reply: Any) -> None:
    libc = ctypes.CDLL(None)
    libc.free.argtypes = (c_void_p,)
    libc.free(ctypes.cast(reply, c_void_p))
