"""Copy, cut and paste between Danqing and the system's clipboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColorSpace, QGuiApplication, QImage

from studio.ui.bind import bind
from studio.ui.widgets.colour_wheel import from_hexadecimal
from studio.workspace.clipboard import Clip, paste_text

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow

CLIP_MIME = "application/x-danqing-clip"
"""Says that the system's clipboard still holds what Danqing put there: then its own layers are pasted, not their picture."""


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    studio = window.studio
    bind(window, studio.clipboard.copied, offer)
    return {"paste": lambda: paste(window), "paste_new": lambda: paste_new(window)}


def offer(clip: Clip) -> None:
    """A clip as an sRGB picture for other programs, alpha included."""
    data = QMimeData()
    data.setData(CLIP_MIME, str(id(clip)).encode())
    if clip.seen.size:
        data.setImageData(image_of(clip.seen))
    QGuiApplication.clipboard().setMimeData(data)


def image_of(straight: np.ndarray) -> QImage:
    """Straight uint8 pixels [h, w, 4] as a QImage of its own memory, marked as sRGB."""
    height, width = straight.shape[:2]
    image = QImage(straight.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return image


def is_ours(window: MainWindow) -> bool:
    """Whether the system's clipboard still holds what Danqing put there last."""
    clip = window.studio.clipboard.clip
    told = QGuiApplication.clipboard().mimeData().data(CLIP_MIME)
    return clip is not None and bytes(told.data()) == str(id(clip)).encode()


def paste(window: MainWindow) -> None:
    """Our own clip, else a picture, else files, else a colour written as #rrggbb, else words as a text layer."""
    studio, board = window.studio, QGuiApplication.clipboard()
    data = board.mimeData()
    viewport = window.canvas.viewport
    centre = (viewport.centre_x, viewport.centre_y) if studio.current is not None else None
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    if is_ours(window):
        studio.clipboard.paste(centre, viewport.visible())
    elif data.hasImage():
        straight = _straight(board.image())
        if straight is not None:
            studio.clipboard.paste_picture(straight, centre)
    elif paths:
        for path in paths:
            studio.open(path)
    elif (colour := from_hexadecimal(data.text().strip())) is not None and data.text().strip().startswith(
        "#"
    ):
        studio.painting.set_colour(colour)
    elif data.text().strip() and centre is not None:
        paste_text(studio, data.text(), centre)
    else:
        studio.clipboard.paste(centre)


def paste_new(window: MainWindow) -> None:
    """The picture in the clipboard as a new picture of its size; our own as it is, in its colour space."""
    if is_ours(window):
        window.studio.clipboard.paste_new()
        return
    straight = _straight(QGuiApplication.clipboard().image())
    if straight is not None:
        window.studio.choose(None)
        window.studio.clipboard.paste_picture(straight, None)


def _straight(image: QImage) -> np.ndarray | None:
    """uint8 sRGB with alpha [h, w, 4], or None for an image that is none."""
    if image.isNull():
        return None
    if image.colorSpace().isValid():
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()
