"""Two photographs side by side with lines between what was found in both."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio.ui import theme
from studio.ui.screen_colours import screen_image
from studio.ui.widgets.picture_image import image_of

GAP = 8
DOT = 1.5
AGREES, REJECTED = "good", "danger_text"
"""Colours of the theme."""


class MatchView(QWidget):
    """Matches that agree are whole lines; those that do not are broken ones of another colour, below them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self._points: list[np.ndarray] = []
        self._agrees = np.zeros(0, bool)

    def show_pair(
        self,
        pictures: tuple[np.ndarray, np.ndarray],
        points: tuple[np.ndarray, np.ndarray],
        agrees: np.ndarray,
    ) -> None:
        """``pictures``: premultiplied float [h, w, 4] in sRGB; ``points`` [n, 2] as parts of width and height; ``agrees`` [n]."""
        self._images = [image_of(one) for one in pictures]
        self._points, self._agrees = list(points), agrees
        self.update()

    def show_one(self, picture: np.ndarray, points: np.ndarray) -> None:
        """A photograph alone with its features."""
        self._images, self._points, self._agrees = [image_of(picture)], [points], np.zeros(len(points), bool)
        self.update()

    def clear(self) -> None:
        self._images, self._points = [], []
        self.update()

    @property
    def places(self) -> list[QRectF]:
        """Where the photographs lie in the widget: equally high where they are, beside each other, in the middle."""
        if not self._images:
            return []
        room = self.width() - GAP * (len(self._images) - 1)
        wide = sum(one.width() / one.height() for one in self._images)
        high = min(float(self.height()), room / wide)
        left = (room - high * wide) / 2
        top = (self.height() - high) / 2
        found = []
        for one in self._images:
            found.append(QRectF(left, top, high * one.width() / one.height(), high))
            left = found[-1].right() + GAP
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        places = self.places
        if not places:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        for image, place in zip(self._images, places, strict=True):
            painter.drawImage(place, screen_image(image))
        look = theme.current()
        ends = [_placed(points, place) for points, place in zip(self._points, places, strict=True)]
        if len(ends) == 1:
            painter.setPen(look.colour("active"))
            for x, y in ends[0]:
                painter.drawEllipse(QPointF(x, y), DOT, DOT)
            return
        for wanted, token, style in ((False, REJECTED, [4.0, 3.0]), (True, AGREES, [])):
            pen = QPen(look.colour(token), 1)
            if style:
                pen.setDashPattern(style)
            painter.setPen(pen)
            chosen = self._agrees == wanted
            painter.drawLines([
                QLineF(x, y, u, v) for (x, y), (u, v) in zip(ends[0][chosen], ends[1][chosen], strict=True)
            ])  # fmt: skip


def _placed(points: np.ndarray, place: QRectF) -> np.ndarray:
    """Parts of width and height as points of the widget, [n, 2]."""
    return np.asarray(points).reshape(-1, 2) * (place.width(), place.height()) + (place.left(), place.top())
