"""Copy, cut and paste between Danqing and the system's clipboard."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColorSpace, QGuiApplication, QImage

from studio.raster.geometry import Rect
from studio.ui.bind import bind
from studio.ui.incoming import local_files, straight
from studio.ui.widgets.colour_wheel import from_hexadecimal
from studio.workspace.clip import Clip
from studio.workspace.pasted_text import paste_text
from studio.workspace.pasting import Point

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow
    from studio.workspace.studio import Studio

CLIP_MIME = "application/x-danqing-clip"
"""Says that the system's clipboard still holds what Danqing put there: then its own layers are pasted, not their picture."""


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    studio = window.studio
    bind(window, studio.clipboard.copied, offer)
    return {
        "paste": lambda: paste(window),
        "paste_new": lambda: paste_new(window),
        "paste_into": lambda: paste_into(window),
    }


def offer(clip: Clip) -> None:
    """A clip as an sRGB picture for other programs, alpha included."""
    data = QMimeData()
    data.setData(CLIP_MIME, _name(clip))
    if clip.seen.size:
        data.setImageData(image_of(clip.seen))
    QGuiApplication.clipboard().setMimeData(data)


def image_of(pixels: np.ndarray) -> QImage:
    """Straight uint8 pixels [h, w, 4] as a QImage of its own memory, marked as sRGB."""
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return image


def is_ours(window: MainWindow) -> bool:
    """Whether the system's clipboard still holds what Danqing put there last."""
    clip = window.studio.clipboard.clip
    told = _held().data(CLIP_MIME)
    return clip is not None and bytes(told.data()) == _name(clip)


def _held() -> QMimeData:
    """What lies on the system's clipboard, which may be nothing at all."""
    return QGuiApplication.clipboard().mimeData() or QMimeData()


def _name(clip: Clip) -> bytes:
    """Of this clip of this process: another Danqing may run beside it."""
    return f"{os.getpid()} {id(clip)}".encode()


def paste(window: MainWindow) -> None:
    """Our own clip, else files, else a picture, else a colour written as #rrggbb, else words as a text layer."""
    studio, data = window.studio, _held()
    centre, seen = looked_at(window)
    words = data.text().strip()
    if is_ours(window):
        studio.clipboard.paste(centre, seen)
    elif local_files(data):
        window.dropping.bring(data, centre, seen)
    elif data.hasImage():
        pixels = straight(QGuiApplication.clipboard().image())
        if pixels is not None:
            studio.clipboard.paste_picture(pixels, centre, seen)
    elif words.startswith("#") and not _types(studio) and (colour := from_hexadecimal(words)) is not None:
        studio.painting.set_colour(colour)
    elif words:
        paste_words(window, data.text())
    elif data.urls() or data.hasHtml():
        window.dropping.bring(data, centre, seen)
    else:
        studio.clipboard.nothing()


def _types(studio: Studio) -> bool:
    """Whether a text is open, into which words go whatever they are."""
    return studio.painting.session is not None and studio.painting.session.takes_text


def looked_at(window: MainWindow) -> tuple[Point | None, Rect | None]:
    """(the middle of the view, what it shows) in document pixels; nothing without a picture."""
    viewport = window.canvas.viewport
    if window.studio.current is None:
        return None, None
    return (viewport.centre_x, viewport.centre_y), viewport.visible()


def paste_words(window: MainWindow, words: str) -> None:
    """As a text layer in the middle of the view; where nothing is open, of a new picture of the paper's size."""
    if window.studio.current is None:
        size = window.start_page.paper_size()
        window.studio.new_picture(size.width(), size.height())
    paste_text(window.studio, words, *looked_at(window))


def paste_new(window: MainWindow) -> None:
    """The picture in the clipboard as a new picture of its size; our own as it is, in its colour space."""
    if is_ours(window):
        window.studio.clipboard.paste_new()
        return
    pixels = straight(QGuiApplication.clipboard().image())
    if pixels is None:
        window.studio.clipboard.nothing()
    else:
        window.studio.choose(None)
        window.studio.clipboard.paste_picture(pixels)


def paste_into(window: MainWindow) -> None:
    """Our own clip, or the picture in the clipboard, masked by the selection."""
    board = window.studio.clipboard
    if is_ours(window):
        board.paste_into()
        return
    pixels = straight(QGuiApplication.clipboard().image())
    if pixels is None:
        board.nothing()
    else:
        board.paste_into(pixels)
