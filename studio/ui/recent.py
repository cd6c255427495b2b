"""Small faces of recent files, read in the background."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

SIDE = 72


def faces(paths: tuple[str, ...]) -> Iterator[tuple[str, QImage]]:
    """A small picture for each path that has one, path by path; for the files lane. What cannot be read is passed over."""
    for path in paths:
        image = _of_project(path) if path.lower().endswith(".danqing") else _of_picture(path)
        if not image.isNull():
            yield path, image


def _of_picture(path: str) -> QImage:
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        # JPEG is then decoded at a fraction of its size
        reader.setScaledSize(size.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return squared(reader.read())


def _of_project(path: str) -> QImage:
    from studio.project.archive import Archive
    from studio.project.errors import StoreError
    from studio.project.store import Reader

    try:
        archive = Archive([Reader(Path(path))])
    except StoreError:
        return QImage()
    try:
        return squared(QImage.fromData(archive.thumbnail()))
    finally:
        archive.close()


def squared(image: QImage) -> QImage:
    """The middle square of an image at the size of a face."""
    if image.isNull():
        return image
    side = min(image.width(), image.height())
    middle = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    return middle.scaled(
        SIDE, SIDE, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
