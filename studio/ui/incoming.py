"""Pictures in what the system's clipboard or a drag brings: files, bytes of a picture, or its pixels."""

from __future__ import annotations

import base64
import binascii
import re
from functools import partial
from urllib.parse import unquote_to_bytes

import numpy as np
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColorSpace, QImage

from studio.ui.widgets.picture_strip import PICTURE_MIME
from studio.workspace.inserting import Incoming

BYTES = ("image/png", "image/webp", "image/tiff", "image/jpeg", "image/gif", "image/bmp")
"""Kinds that are taken as they are, with their profile; those without loss first."""
_DATA_ADDRESS = re.compile(r"data:image/(?P<kind>[a-z+.-]+)(?P<coded>;base64)?,(?P<data>[^\"'\s>]+)")
_PICTURE_IN_PAGE = re.compile(r"<img\b", re.IGNORECASE)


def local_files(data: QMimeData) -> list[str]:
    """Paths of the files of this machine."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def pictures_of(data: QMimeData, name: str) -> list[Incoming]:
    """The picture that is not a file: its bytes, those in a data address, or its pixels. ``name``: what it is called."""
    if data.hasFormat(PICTURE_MIME):
        return []
    for kind in BYTES:
        if data.hasFormat(kind) and data.data(kind).size():
            return [Incoming.of_bytes(name, bytes(data.data(kind).data()))]
    if data.hasImage():
        found = data.imageData()
        pixels = straight(found if isinstance(found, QImage) else QImage())
        if pixels is not None:
            return [Incoming(name, partial(_png, pixels))]
    found = _of_address(" ".join((*(url.toString() for url in data.urls()), data.html())))
    return [] if found is None else [Incoming.of_bytes(name, found)]


def brings_pictures(data: QMimeData) -> bool:
    """Whether there may be pictures in it, as far as can be told without reading them."""
    kinds = data.hasImage() or any(data.hasFormat(kind) for kind in BYTES)
    return bool(data.urls()) or kinds or "data:image/" in data.html() or only_address(data)


def only_address(data: QMimeData) -> bool:
    """Whether all that came is where a picture lies on the net."""
    remote = any(url.scheme() in ("http", "https") for url in data.urls())
    return not local_files(data) and (remote or bool(_PICTURE_IN_PAGE.search(data.html())))


def straight(image: QImage) -> np.ndarray | None:
    """uint8 sRGB with alpha [h, w, 4], or None for an image that is none."""
    if image.isNull():
        return None
    if image.colorSpace().isValid():
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()


def _png(pixels: np.ndarray) -> bytes:
    from studio.project.png import encode_png

    return b"".join(encode_png(pixels))


def _of_address(words: str) -> bytes | None:
    """The picture inside a ``data:`` address, which browsers use for small ones."""
    found = _DATA_ADDRESS.search(words)
    if found is None:
        return None
    data = unquote_to_bytes(found["data"])
    try:
        return base64.b64decode(data) if found["coded"] else data
    except binascii.Error:
        return None
