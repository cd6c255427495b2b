"""Icons: the SVG files of ``resources/icons`` in the colours of the theme, with a line of 1.5 px on screen at any size."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from studio import paths
from studio.ui import theme

GRID = 24
LINE = 1.5


class IconError(FileNotFoundError):
    """An icon's file is missing; the message names it."""


def pixmap(name: str, size: int = 20, token: str = "text", ratio: float = 1.0) -> QPixmap:
    """The icon ``name`` at ``size`` × ``size`` device-independent pixels in the colour of ``token``. Raises IconError."""
    return _coloured(name, size, theme.current().colour(token).name(), ratio)


def coloured(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """The icon in a given ``#rrggbb``, for the few that stand on something that is no token."""
    return _coloured(name, size, colour, ratio)


def icon(name: str, size: int = 20, token: str = "text") -> QIcon:
    """The icon for Qt's own widgets. It keeps today's colours: ask again when the palette changes."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(pixmap(name, size, token, ratio), QIcon.Mode.Normal)
        result.addPixmap(pixmap(name, size, "disabled", ratio), QIcon.Mode.Disabled)
    return result


@lru_cache(maxsize=512)
def _coloured(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    # The line's width is given on the 24 px grid: 36 / size makes it 1.5 px on screen (1.8 at 20 px, 2.25 at 16 px).
    width = f"{LINE * GRID / size:.3f}"
    text = re.sub(r'stroke-width="[\d.]+"', f'stroke-width="{width}"', _source(name)).replace(
        "currentColor", colour
    )
    renderer = QSvgRenderer(QByteArray(text.encode()))
    image = QPixmap(QSize(size, size) * ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    path = paths.resources() / "icons" / f"{name}.svg"
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise IconError(f"The icon {path} is missing. Install Danqing again.") from error
