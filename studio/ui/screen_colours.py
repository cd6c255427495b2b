"""Colours and small pictures as the screen shows them: beside the canvas, a swatch looks like the stroke it makes.

Widgets keep sRGB and ask here as they paint, so that another screen needs nothing but a repaint. Without a profile of the
screen everything is painted as it is.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui.bind import bind

if TYPE_CHECKING:
    from studio.project.proof import Lookup
    from studio.workspace.studio import Studio

KEPT_BYTES = 32 << 20
KEPT_COLOURS = 4096
_PREMULTIPLIED = QImage.Format.Format_ARGB32_Premultiplied


class _Shown:
    """From sRGB to the screen, and what was converted with it; one for the process, as there is one look."""

    def __init__(self) -> None:
        self.table: Lookup | None = None
        self.colours: dict[tuple[int, ...], QColor] = {}
        self.images: OrderedDict[int, QImage] = OrderedDict()
        self.bytes = 0

    def use(self, table: Lookup | None) -> None:
        self.table, self.bytes = table, 0
        self.colours.clear()
        self.images.clear()

    def keep(self, key: int, made: QImage) -> None:
        self.images[key] = made
        self.bytes += made.sizeInBytes()
        while self.bytes > KEPT_BYTES and len(self.images) > 1:
            self.bytes -= self.images.popitem(last=False)[1].sizeInBytes()


_shown = _Shown()


def table() -> Lookup | None:
    """What changes sRGB into the screen's colours; None where that is nothing."""
    return _shown.table


def screen_colour(colour: tuple[float, ...]) -> QColor:
    """What to paint for an encoded sRGB colour, each of its three parts cut to 0–1."""
    parts = tuple(min(max(part, 0.0), 1.0) for part in colour)
    if _shown.table is None:
        return QColor.fromRgbF(*parts)
    red, green, blue = key = tuple(round(255 * part) for part in parts)
    found = _shown.colours.get(key)
    if found is None:
        blue, green, red, _ = _shown.table.view(np.array([[[blue, green, red, 255]]], np.uint8))[
            0, 0
        ].tolist()
        if len(_shown.colours) >= KEPT_COLOURS:
            _shown.colours.clear()
        found = _shown.colours[key] = QColor(red, green, blue)
    return found


def screen_image(image: QImage) -> QImage:
    """What to paint for an sRGB picture of some hundred pixels a side (256² take 2 ms, the next time nothing)."""
    if _shown.table is None or image.isNull():
        return image
    key = image.cacheKey()
    found = _shown.images.get(key)
    if found is None:
        found = converted(image, _shown.table)
        _shown.keep(key, found)
    else:
        _shown.images.move_to_end(key)
    return found


def converted(image: QImage, table: Lookup) -> QImage:
    """``image`` in the colours that ``table`` gives, in memory of its own. For large ones, on any thread."""
    plain = image.convertToFormat(_PREMULTIPLIED)
    width, height, row = plain.width(), plain.height(), plain.bytesPerLine()
    pixels = np.frombuffer(plain.constBits(), np.uint8).reshape(height, row)[:, : 4 * width]
    seen = np.ascontiguousarray(table.view(np.ascontiguousarray(pixels).reshape(height, width, 4)))
    made = QImage(seen.data, width, height, 4 * width, _PREMULTIPLIED).copy()
    made.setDevicePixelRatio(image.devicePixelRatio())
    return made


class ScreenColours(QObject):
    """Keeps the process's table that of the window's screen; all widgets are painted again where it changes."""

    def __init__(self, window: QWidget, studio: Studio) -> None:
        super().__init__(window)
        self._viewing = studio.viewing
        bind(self, studio.viewing.look_changed, self._look)
        _shown.use(None)
        self._look()

    def _look(self) -> None:
        found = self._viewing.screen_lookup()
        if found is _shown.table:
            return
        _shown.use(found)
        for widget in QApplication.allWidgets():
            widget.update()
